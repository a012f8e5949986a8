#include "cli-floor.h"

#include "pisd-representation.h"
#include "pisd-second-order.h"

static gboolean
runs_on_the_posterior (const PisdSettings *settings)
{
  return settings->guidance == PISD_GUIDANCE_EXACT
         || (settings->guidance == PISD_GUIDANCE_SECOND_ORDER
             && pisd_second_order_needs_conditioning (settings));
}

gboolean
cli_floor_is_known (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;

  return scenario->instance != NULL && settings->family == PISD_FAMILY_GRF
         && settings->prior == PISD_PRIOR_GAUSSIAN
         && (scenario->sensors->n <= CLI_FLOOR_SENSORS || runs_on_the_posterior (settings));
}

PisdExact *
cli_floor_new (const PisdScenario *scenario,
               const PisdRunCache *cache,
               gboolean with_sd,
               guint n_threads,
               GError **error)
{
  g_autoptr (PisdRepresentation) representation = NULL;
  PisdConditioning *conditioning = cache->conditioning;

  representation = pisd_representation_new (&scenario->settings, error);
  if (representation == NULL)
    return NULL;
  if (conditioning != NULL
      && !pisd_conditioning_fits (conditioning, representation, scenario->sensors))
    conditioning = NULL;
  return pisd_exact_new (scenario, conditioning, with_sd, n_threads, error);
}
