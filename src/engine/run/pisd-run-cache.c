#include "pisd-run-cache.h"

void
pisd_run_cache_clear (PisdRunCache *cache)
{
  g_clear_pointer (&cache->prior, pisd_prior_unref);
  g_clear_pointer (&cache->conditioning, pisd_conditioning_free);
}

void
pisd_run_cache_fill (PisdRunCache *cache,
                     const PisdScenario *scenario,
                     const PisdRepresentation *representation,
                     guint n_threads)
{
  PisdPriorId prior = scenario->settings.prior;

  if (cache->prior == NULL || !pisd_prior_fits (cache->prior, prior, representation))
    {
      pisd_prior_unref (cache->prior);
      cache->prior = pisd_prior_new (prior, representation);
    }
  if (!pisd_settings_need_conditioning (&scenario->settings))
    return;
  if (cache->conditioning == NULL
      || !pisd_conditioning_fits (cache->conditioning, representation, scenario->sensors))
    {
      pisd_conditioning_free (cache->conditioning);
      cache->conditioning = pisd_conditioning_new (representation, scenario->sensors, n_threads);
    }
  pisd_conditioning_prepare (cache->conditioning, n_threads);
}
