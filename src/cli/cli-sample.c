#include "cli-common.h"

#include <stdio.h>

#include "cli-figure.h"
#include "cli-floor.h"
#include "cli-progress.h"
#include "cli-sample-options.h"
#include "cli-sample-print.h"
#include "cli-sample-scenario.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-report.h"
#include "pisd-scenario-save.h"

/* A stopped run keeps the samples that are finished; without any there is nothing to keep. */
static PisdResult *
run (const PisdScenario *scenario,
     guint n_threads,
     PisdRunCache *cache,
     CliSignals *signals,
     GError **error)
{
  g_autoptr (PisdResult) result = NULL;
  CliProgress progress;

  cli_progress_begin (&progress, signals, "sampling", 1);
  result = pisd_run_again (scenario, NULL, n_threads, cli_progress_step, &progress, cache, error);
  cli_progress_end (&progress);
  if (result == NULL || result->n_finished > 0)
    return g_steal_pointer (&result);
  g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED,
               "stopped after %u of %u steps, nothing written", result->n_steps,
               result->settings.steps);
  return NULL;
}

/* The exact posterior; NULL where it is not known (then without `error`).  The spread is for
 * the report, and comes with the methods whose calibration it tells. */
static gboolean
find_exact (const CliSampleOptions *options,
            const PisdScenario *scenario,
            const PisdRunCache *cache,
            PisdExact **exact,
            GError **error)
{
  gboolean is_posterior = pisd_method_get (scenario->settings.guidance)->conditions;
  g_autoptr (GError) own = NULL;

  *exact = NULL;
  if (!cli_floor_has_exact (scenario))
    return TRUE;
  *exact = cli_floor_new (scenario, cache, is_posterior && options->json != NULL,
                          options->n_threads, &own);
  if (!g_error_matches (own, PISD_ERROR, PISD_ERROR_LIMIT))
    {
      if (own != NULL)
        g_propagate_error (error, g_steal_pointer (&own));
      return *exact != NULL;
    }
  fprintf (stderr, "%s: the best possible estimate is left out: %s\n", g_get_prgname (),
           own->message);
  return TRUE;
}

static gboolean
save (const CliSampleOptions *options,
      const PisdResult *result,
      const PisdScenario *scenario,
      const PisdExact *exact,
      GError **error)
{
  if (options->save_scenario != NULL
      && !pisd_scenario_save (scenario, options->save_scenario, error))
    return FALSE;
  if (options->json != NULL
      && !pisd_result_save_json (result, scenario, exact, options->json, error))
    return FALSE;
  if (options->png != NULL && !cli_figure_save (result, scenario, options->png, error))
    return FALSE;
  return pisd_result_save_npz (result, scenario->sensors, options->output, error);
}

static gboolean
run_and_save (const CliSampleOptions *options,
              const PisdScenario *scenario,
              CliSignals *signals,
              GError **error)
{
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdExact) exact = NULL;
  g_auto (PisdRunCache) cache = { 0 };
  gboolean good;

  pisd_budget_set_limit (options->n_megabytes << 20);
  if (options->png != NULL)
    cli_warn_of_fonts (options->png);
  result = run (scenario, options->n_threads, &cache, signals, error);
  if (result == NULL || !find_exact (options, scenario, &cache, &exact, error))
    return FALSE;
  cli_signals_begin_save (signals);
  good = save (options, result, scenario, exact, error);
  cli_signals_end_save (signals);
  if (!good)
    return FALSE;
  cli_sample_print_result (result, scenario, exact);
  cli_sample_print_remarks (result, scenario, exact);
  if (result->complete)
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped, %u of %u samples are written",
               result->n_finished, result->settings.samples);
  return FALSE;
}

gboolean
cli_sample (int argc, char **argv, GError **error)
{
  g_auto (CliSampleOptions) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdScenario) scenario = NULL;

  if (!cli_sample_options_parse (&options, argc, argv, error))
    return FALSE;
  if (options.list_settings)
    {
      cli_sample_print_settings ();
      return TRUE;
    }
  if (!cli_sample_options_check (&options, error)
      || !cli_sample_options_check_files (&options, NULL, error))
    return FALSE;
  scenario = cli_sample_make_scenario (&options, error);
  return scenario != NULL && cli_sample_options_check_files (&options, scenario->truth_path, error)
         && run_and_save (&options, scenario, signals, error);
}
