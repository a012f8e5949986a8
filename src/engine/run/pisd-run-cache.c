#include "pisd-run-cache.h"

#include "pisd-sampler.h"

/* Systems of more bytes are made once more for the next run. */
#define MOST_SYSTEMS ((gsize) 192 * 1024 * 1024)

static void
clear_conditioning (PisdRunCache *cache)
{
  g_clear_pointer (&cache->systems, pisd_systems_unref);
  g_clear_pointer (&cache->conditioning, pisd_conditioning_free);
}

void
pisd_run_cache_clear (PisdRunCache *cache)
{
  g_clear_pointer (&cache->prior, pisd_prior_unref);
  clear_conditioning (cache);
}

static gboolean
fill_prior (PisdRunCache *cache,
            const PisdScenario *scenario,
            const PisdRepresentation *representation,
            guint n_threads,
            PisdCancel *cancel,
            GError **error)
{
  PisdPriorId id = scenario->settings.prior;
  const PisdPriorTraits *traits = pisd_method_get_prior (id);
  PisdLearned learned = { .class_weight = 1.0 }, cached;

  if (traits->is_learned)
    learned = (PisdLearned){ scenario->weights_path, scenario->settings.class_weight };
  if (traits->is_elsewhere)
    learned =
        (PisdLearned){ .socket = scenario->socket_name, .seconds = scenario->settings.model_wait };
  if (cache->prior != NULL)
    cached = pisd_prior_get_learned (cache->prior);
  if (cache->prior != NULL && !traits->is_elsewhere
      && pisd_prior_fits (cache->prior, id, representation)
      && pisd_learned_equal (&cached, &learned))
    return TRUE;
  g_clear_pointer (&cache->prior, pisd_prior_unref);
  cache->prior = pisd_prior_new_weighted (id, &learned, representation, n_threads, cancel, error);
  return cache->prior != NULL;
}

static PisdFactorsUses
find_uses (const PisdSettings *settings)
{
  if (pisd_settings_need_systems (settings))
    return PISD_FACTORS_TAIL;
  return pisd_method_get (settings->guidance)->draws_directly
             ? PISD_FACTORS_MEAN | PISD_FACTORS_SPREAD
             : PISD_FACTORS_STEPS | PISD_FACTORS_TAIL;
}

static gboolean
fill_conditioning (PisdRunCache *cache,
                   const PisdScenario *scenario,
                   const PisdRepresentation *representation,
                   guint n_threads,
                   PisdCancel *cancel,
                   GError **error)
{
  PisdFactorsUses uses = find_uses (&scenario->settings);

  if (cache->conditioning != NULL
      && pisd_conditioning_fits (cache->conditioning, representation, scenario->sensors))
    return pisd_conditioning_prepare (cache->conditioning, uses, n_threads, cancel, error);
  clear_conditioning (cache);
  cache->conditioning = pisd_conditioning_new (NULL, representation, scenario->sensors, uses,
                                               n_threads, cancel, error);
  return cache->conditioning != NULL;
}

/* Those of the run's noise levels, where a conditioning alone is not enough. */
static gboolean
fill_systems (PisdRunCache *cache,
              const PisdSettings *settings,
              const PisdRepresentation *representation,
              guint n_threads,
              PisdCancel *cancel,
              GError **error)
{
  gsize n = pisd_representation_get_n (representation);
  g_autofree double *sigma = NULL, *c = NULL;
  guint n_levels;

  if (!pisd_settings_need_systems (settings))
    {
      g_clear_pointer (&cache->systems, pisd_systems_unref);
      return TRUE;
    }
  sigma = g_new (double, 2 * settings->steps);
  n_levels = pisd_sampler_list_levels (settings, sigma);
  c = g_new (double, n_levels *n);
  for (guint i = 0; i < n_levels; i++)
    pisd_prior_fill_variances (cache->prior, representation, settings->covariance, sigma[i],
                               c + i * n);
  if (cache->systems != NULL
      && pisd_conditioning_has_made (cache->conditioning, cache->systems, n_levels, sigma, c))
    return TRUE;
  g_clear_pointer (&cache->systems, pisd_systems_unref);
  cache->systems = pisd_conditioning_make_systems (cache->conditioning, n_levels, sigma, c,
                                                   n_threads, cancel, error);
  return cache->systems != NULL;
}

gboolean
pisd_run_cache_fill (PisdRunCache *cache,
                     const PisdScenario *scenario,
                     const PisdRepresentation *representation,
                     guint n_threads,
                     PisdCancel *cancel,
                     GError **error)
{
  if (!fill_prior (cache, scenario, representation, n_threads, cancel, error))
    return FALSE;
  if (pisd_settings_need_conditioning (&scenario->settings))
    return fill_conditioning (cache, scenario, representation, n_threads, cancel, error)
           && fill_systems (cache, &scenario->settings, representation, n_threads, cancel, error);
  if (cache->conditioning != NULL
      && !pisd_conditioning_fits (cache->conditioning, representation, scenario->sensors))
    clear_conditioning (cache);
  return TRUE;
}

void
pisd_run_cache_share (const PisdRunCache *cache, PisdRunCache *other)
{
  if (cache->prior != NULL)
    other->prior = pisd_prior_ref (cache->prior);
  if (cache->conditioning != NULL)
    other->conditioning = pisd_conditioning_new_shared (cache->conditioning);
  if (cache->systems != NULL)
    other->systems = pisd_systems_ref (cache->systems);
}

void
pisd_run_cache_trim (PisdRunCache *cache)
{
  if (cache->systems != NULL && pisd_systems_get_bytes (cache->systems) > MOST_SYSTEMS)
    g_clear_pointer (&cache->systems, pisd_systems_unref);
}
