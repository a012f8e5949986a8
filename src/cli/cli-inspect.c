/* `pisd inspect`: a run, and what guidance did to its steps, taken apart. */
#include "cli-common.h"

#include <stdio.h>

#include "cli-inspect-grid.h"
#include "cli-inspect-npz.h"
#include "cli-progress.h"
#include "cli-sample-print.h"
#include "cli-scenario.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-run.h"

static const char summary[] =
    "Runs a scenario and says what pulled at its steps: of every term of the loss the norm of its\n"
    "weighted gradient by the state, its share, how far measurement and equation agree (the "
    "cosine\n"
    "between their gradients: below zero they fight), and what the optimiser made of them. With\n"
    "second-order guidance, which has no gradient, the terms are what the readings of each field\n"
    "add to the estimate.";

/* Steps that are looked at where nobody names them. */
#define N_STANDARD 5

typedef struct
{
  CliScenarioOptions scenario;
  char *at, *csv, *npz;

  GArray *steps; /* of guint: those of `at` */
} Options;

static void
options_clear (Options *self)
{
  cli_scenario_options_clear (&self->scenario);
  g_free (self->at);
  g_free (self->csv);
  g_free (self->npz);
  g_clear_pointer (&self->steps, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
options_parse (Options *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &self->at,
      "Steps to look at, from 0 on (default: five of them from the first to the last)", "N,N,…" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv, "Write the numbers of all steps",
      "STEPS.csv" },
    { "npz", 0, 0, G_OPTION_ARG_FILENAME, &self->npz,
      "Write terms, total and update at the steps to look at, as modes and in space", "AT.npz" },
    { NULL },
  };

  return cli_scenario_options_parse (&self->scenario, entries, summary, argc, argv, error);
}

static gboolean
options_check_files (const Options *self, const char *truth_of_scenario, GError **error)
{
  const CliFile written[] = { { "--csv", self->csv, TRUE, NULL },
                              { "--npz", self->npz, TRUE, NULL } };

  return cli_scenario_options_check_files (&self->scenario, truth_of_scenario, written,
                                           G_N_ELEMENTS (written), error);
}

static void
add_step (GArray *steps, guint step)
{
  if (steps->len == 0 || g_array_index (steps, guint, steps->len - 1) != step)
    g_array_append_val (steps, step);
}

/* The numbers of --at, or some that are equally far apart. */
static gboolean
options_read_steps (Options *self, guint n_steps, GError **error)
{
  g_auto (GStrv) words = self->at != NULL ? g_strsplit (self->at, ",", -1) : NULL;

  self->steps = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      guint64 number;

      if (!cli_parse_uint ("at", words[i], 0, n_steps - 1, &number, error))
        return FALSE;
      add_step (self->steps, (guint) number);
    }
  for (guint i = 0; words == NULL && i < N_STANDARD; i++)
    add_step (self->steps, i * (n_steps - 1) / (N_STANDARD - 1));
  return TRUE;
}

/* Why there is nothing to look at. */
static gboolean
check_kind (const PisdSettings *settings, GError **error)
{
  const PisdMethod *method = pisd_method_get (settings->guidance);

  if (pisd_inspector_find_kind (settings) != PISD_INSPECTION_NOTHING)
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
               method->makes_steps
                   ? "guidance `%s`: nothing pulls at its steps, expected dps, pisd or second-order"
                   : "guidance `%s` draws directly and makes no steps, expected dps, pisd or "
                     "second-order",
               method->choice.name);
  return FALSE;
}

/* A run's frames, and what takes them apart. */
typedef struct
{
  PisdChannel *channel;
  PisdInspector *inspector;
  guint n_steps;
} Recorded;

static void
recorded_clear (Recorded *self)
{
  pisd_inspector_free (self->inspector);
  pisd_channel_free (self->channel);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recorded, recorded_clear)

/* Only the sample that is watched, all its frames. */
static gboolean
record (const Options *options,
        const PisdScenario *scenario,
        CliSignals *signals,
        Recorded *recorded,
        GError **error)
{
  g_auto (PisdRunCache) cache = { 0 };
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (signals);
  CliProgress progress;

  recorded->n_steps = scenario->settings.steps;
  recorded->channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  cli_progress_begin (&progress, signals, "sampling", 1);
  result = pisd_run_again (scenario, recorded->channel, options->scenario.n_threads,
                           cli_progress_step, &progress, &cache, error);
  if (result != NULL && result->complete)
    recorded->inspector =
        pisd_inspector_new (scenario, NULL, &cache, options->scenario.n_threads, cancel, error);
  else if (result != NULL)
    g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED,
                 "stopped after %u of %u steps, nothing written", result->n_steps,
                 recorded->n_steps);
  cli_progress_end (&progress);
  return recorded->inspector != NULL;
}

static void
add_row (const Recorded *recorded, guint step, CliInspectGrid *grid)
{
  g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (recorded->channel, step);
  g_autoptr (PisdFrame) next = pisd_channel_dup_frame (recorded->channel, step + 1);
  PisdInspectionNumbers numbers;

  if (pisd_inspector_measure (recorded->inspector, frame, next, &numbers))
    cli_inspect_grid_add (grid, frame, &numbers);
}

static gboolean
save_csv (const Options *options,
          const Recorded *recorded,
          PisdProblemId problem,
          CliSignals *signals,
          GError **error)
{
  g_autoptr (CliInspectGrid) grid = cli_inspect_grid_new (problem, TRUE);
  CliProgress progress;
  gboolean goes_on = TRUE;

  cli_progress_begin (&progress, signals, "inspecting", 1);
  for (guint step = 0; step < recorded->n_steps && goes_on; step++)
    {
      add_row (recorded, step, grid);
      goes_on = cli_progress_step (step, recorded->n_steps, &progress);
    }
  cli_progress_end (&progress);
  if (goes_on)
    return cli_grid_save_csv (cli_inspect_grid_get (grid), options->csv, error);
  g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped, nothing written");
  return FALSE;
}

/* The steps to look at, taken apart, and how long that took; NULL: cancelled. */
static GPtrArray *
look (const Options *options,
      const Recorded *recorded,
      const CliSignals *signals,
      gint64 *microseconds)
{
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) inspections =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_inspection_free);

  for (guint i = 0; i < options->steps->len; i++)
    {
      guint step = g_array_index (options->steps, guint, i);
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (recorded->channel, step);
      g_autoptr (PisdFrame) next = pisd_channel_dup_frame (recorded->channel, step + 1);
      PisdInspection *inspection = pisd_inspector_look (recorded->inspector, frame, next);

      if (inspection == NULL)
        return NULL;
      if (cli_signals_is_stopped (signals))
        {
          pisd_inspection_free (inspection);
          return NULL;
        }
      g_ptr_array_add (inspections, inspection);
    }
  *microseconds = g_get_monotonic_time () - start;
  return g_steal_pointer (&inspections);
}

static void
print (const Recorded *recorded,
       PisdProblemId problem,
       const GPtrArray *inspections,
       gint64 microseconds)
{
  g_autoptr (CliInspectGrid) grid = cli_inspect_grid_new (problem, FALSE);

  for (guint i = 0; i < inspections->len; i++)
    {
      const PisdInspection *inspection = g_ptr_array_index (inspections, i);
      g_autoptr (PisdFrame) frame =
          pisd_channel_dup_frame (recorded->channel, inspection->numbers.step);

      cli_inspect_grid_add (grid, frame, &inspection->numbers);
    }
  cli_grid_print (cli_inspect_grid_get (grid));
  printf ("\n%u steps of %u were taken apart, in %.3g ms each.\n", inspections->len,
          recorded->n_steps, 1e-3 * (double) microseconds / inspections->len);
}

static gboolean
inspect (const Options *options, const PisdScenario *scenario, CliSignals *signals, GError **error)
{
  g_auto (Recorded) recorded = { NULL };
  g_autoptr (GPtrArray) inspections = NULL;
  const PisdProblemId problem = scenario->settings.problem;
  gint64 microseconds;
  gboolean good = TRUE;

  pisd_budget_set_limit (options->scenario.n_megabytes << 20);
  if (!record (options, scenario, signals, &recorded, error)
      || (options->csv != NULL && !save_csv (options, &recorded, problem, signals, error)))
    return FALSE;
  inspections = look (options, &recorded, signals, &microseconds);
  if (inspections == NULL)
    {
      g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped before the end");
      return FALSE;
    }
  cli_signals_begin_save (signals);
  if (options->npz != NULL)
    good = cli_inspect_save_npz (recorded.inspector, inspections, options->npz, error);
  cli_signals_end_save (signals);
  if (good)
    print (&recorded, problem, inspections, microseconds);
  return good;
}

gboolean
cli_inspect (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdScenario) scenario = NULL;

  if (!options_parse (&options, argc, argv, error))
    return FALSE;
  if (options.scenario.list_settings)
    {
      cli_sample_print_settings ();
      return TRUE;
    }
  if (!cli_scenario_options_check (&options.scenario, error)
      || !options_check_files (&options, NULL, error))
    return FALSE;
  scenario = cli_scenario_make (&options.scenario, error);
  if (scenario == NULL || !check_kind (&scenario->settings, error)
      || !options_read_steps (&options, scenario->settings.steps, error)
      || !options_check_files (&options, scenario->truth_path, error))
    return FALSE;
  scenario->settings.samples = 1; /* the one that is watched */
  return inspect (&options, scenario, signals, error);
}
