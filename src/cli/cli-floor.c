#include "cli-floor.h"

#include "pisd-prior-choice.h"
#include "pisd-representation.h"

gboolean
cli_floor_has_exact (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;

  return pisd_method_get_prior (settings->prior)->is_gaussian
         && (pisd_settings_need_conditioning (settings)
             || (scenario->instance != NULL && scenario->sensors->n <= CLI_FLOOR_SENSORS));
}

char *
cli_floor_dup_reason (const PisdScenario *scenario)
{
  if (cli_floor_has_exact (scenario) || scenario->instance == NULL
      || !pisd_method_get_prior (scenario->settings.prior)->is_gaussian)
    return NULL;
  return g_strdup_printf (
      "got %u sensors, expected at most %u beside a method that does without it",
      scenario->sensors->n, CLI_FLOOR_SENSORS);
}

gboolean
cli_floor_is_known (const PisdScenario *scenario)
{
  return cli_floor_has_exact (scenario) && pisd_prior_is_of_truth (scenario);
}

const char *
cli_floor_get_title (PisdFamily family)
{
  return family == PISD_FAMILY_GRF ? "best possible" : "exact of its Gaussian";
}

PisdExact *
cli_floor_new (const PisdScenario *scenario,
               const PisdRunCache *cache,
               gboolean with_sd,
               guint n_threads,
               PisdCancel *cancel,
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
  return pisd_exact_new (scenario, conditioning, with_sd, n_threads, cancel, error);
}
