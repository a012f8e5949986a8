#include "pisd-run-cache.h"

void
pisd_run_cache_clear (PisdRunCache *cache)
{
  g_clear_pointer (&cache->prior, pisd_prior_unref);
  g_clear_pointer (&cache->conditioning, pisd_conditioning_free);
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
  PisdLearned learned = { NULL, 1.0 }, cached;

  if (!pisd_method_get_prior (id)->is_gaussian)
    learned = (PisdLearned){ scenario->weights_path, scenario->settings.class_weight };
  if (cache->prior != NULL)
    cached = pisd_prior_get_learned (cache->prior);
  if (cache->prior != NULL && pisd_prior_fits (cache->prior, id, representation)
      && pisd_learned_equal (&cached, &learned))
    return TRUE;
  g_clear_pointer (&cache->prior, pisd_prior_unref);
  cache->prior = pisd_prior_new_weighted (id, &learned, representation, n_threads, cancel, error);
  return cache->prior != NULL;
}

static PisdFactorsUses
find_uses (const PisdSettings *settings)
{
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
  g_clear_pointer (&cache->conditioning, pisd_conditioning_free);
  cache->conditioning = pisd_conditioning_new (NULL, representation, scenario->sensors, uses,
                                               n_threads, cancel, error);
  return cache->conditioning != NULL;
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
    return fill_conditioning (cache, scenario, representation, n_threads, cancel, error);
  if (cache->conditioning != NULL
      && !pisd_conditioning_fits (cache->conditioning, representation, scenario->sensors))
    g_clear_pointer (&cache->conditioning, pisd_conditioning_free);
  return TRUE;
}
