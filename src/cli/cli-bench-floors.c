#include "cli-bench-floors.h"

#include "cli-floor.h"
#include "pisd-prior-choice.h"

void
cli_floors_init (CliFloors *self)
{
  *self = (CliFloors){ .findings = cli_findings_new () };
}

void
cli_floors_clear (CliFloors *self)
{
  pisd_run_cache_clear (&self->cache);
  g_clear_pointer (&self->findings, cli_findings_free);
}

/* The exact posterior of the Gaussian of the truth's family, for the same sensors. */
static PisdScenario *
make_gaussian (const PisdScenario *scenario)
{
  PisdScenario *self = pisd_scenario_dup (scenario);
  PisdSettings *settings = &self->settings;

  settings->prior = PISD_PRIOR_GAUSSIAN;
  settings->prior_family = pisd_prior_choose_family (self);
  settings->mean_sd = pisd_prior_choose_mean_sd (self);
  pisd_settings_apply_preset (settings, PISD_GUIDANCE_EXACT, pisd_scenario_get_task (self), TRUE);
  return self;
}

/* The exact mean alone. */
static gboolean
add_mean (CliFloors *self,
          const CliBenchOptions *options,
          const PisdScenario *scenario,
          const PisdRunCache *cache,
          GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (options->signals);
  g_autoptr (PisdExact) exact = NULL;

  if (!cli_floor_is_known (scenario))
    return TRUE;
  exact = cli_floor_new (scenario, cache, FALSE, options->n_threads, cancel, error);
  if (exact != NULL)
    cli_findings_add_floor (self->findings->errors, exact);
  return exact != NULL;
}

/* The exact mean, and draws. */
static gboolean
add_draws (CliFloors *self,
           const CliBenchOptions *options,
           const PisdScenario *scenario,
           CliProgress *progress,
           GError **error)
{
  g_autoptr (PisdResult) result =
      cli_bench_run (scenario, options->n_threads, &self->cache, progress, error);

  if (result != NULL)
    cli_findings_add (self->findings, result, scenario);
  return result != NULL;
}

gboolean
cli_floors_add (CliFloors *self,
                const CliBenchOptions *options,
                const PisdScenario *scenario,
                const PisdRunCache *cache,
                CliProgress *progress,
                GError **error)
{
  g_autoptr (PisdScenario) gaussian = NULL;

  if (pisd_method_get_prior (scenario->settings.prior)->is_gaussian)
    return add_mean (self, options, scenario, cache, error);
  gaussian = make_gaussian (scenario);
  if (!cli_floor_is_known (gaussian))
    return TRUE;
  if (gaussian->settings.samples > 1)
    return add_draws (self, options, gaussian, progress, error);
  return add_mean (self, options, gaussian, &self->cache, error);
}
