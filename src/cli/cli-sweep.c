#include "cli-common.h"

#include <stdio.h>
#include <string.h>

#include "cli-figure.h"
#include "cli-progress.h"
#include "cli-sample-print.h"
#include "cli-scenario.h"
#include "cli-sweep-sheet.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-save.h"

/* How often the line of progress is renewed, and Ctrl+C heard. */
#define EVERY_MICROSECONDS 100000

static const char summary[] =
    "Runs a scenario once for each value of one setting, or of two, and says what came of each:\n"
    "  pisd sweep --observe-u 500 --over zeta-pde=0.01..10/4 --over steps=50,100,300 --png S.png\n"
    "A setting is any that --list-settings names, `sensors` (how many, on each measured frame) or\n"
    "`layout` (random, grid, ring). What was at its preset follows, what was set by hand stays.";

typedef struct
{
  CliScenarioOptions scenario;
  GStrv over; /* KEY=VALUES */
  char *csv;
  char *png;
  char *field;
} Options;

static void
options_clear (Options *self)
{
  cli_scenario_options_clear (&self->scenario);
  g_strfreev (self->over);
  g_free (self->csv);
  g_free (self->png);
  g_free (self->field);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "over", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->over,
      "What is varied, and how: once or twice; the first goes down, the second across",
      "KEY=V,V,…|KEY=LOW..HIGH/N" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv, "Write a row a run", "TABLE.csv" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png,
      "Write a contact sheet of all estimates; .svg and .pdf work too", "SHEET.png" },
    { "field", 0, 0, G_OPTION_ARG_STRING, &self->field,
      "Field of the sheet (default: the one with fewer sensors)", "NAME" },
    { NULL },
  };

  return cli_scenario_options_parse (&self->scenario, entries, summary, argc, argv, error);
}

static gboolean
check (Options *self, GError **error)
{
  if (self->over == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "expected --over KEY=VALUE,VALUE,…");
      return FALSE;
    }
  if (self->field != NULL && self->png == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got --field without a sheet, expected --png SHEET.png too");
      return FALSE;
    }
  return cli_scenario_options_check (&self->scenario, error)
         && (self->png == NULL || cli_figure_complete_name (&self->png, error));
}

static gboolean
check_files (const Options *self, const char *truth, GError **error)
{
  const CliFile written[] = {
    { "--csv", self->csv, TRUE, NULL },
    { "--png", self->png, TRUE, NULL },
  };

  return cli_scenario_options_check_files (&self->scenario, truth, written, G_N_ELEMENTS (written),
                                           error);
}

static PisdSweep *
make_sweep (const Options *options, const PisdScenario *scenario, GError **error)
{
  g_autoptr (PisdSweep) sweep = pisd_sweep_new (scenario);

  for (guint k = 0; options->over[k] != NULL; k++)
    if (!pisd_sweep_add_axis (sweep, options->over[k], error))
      {
        cli_blame ("over", error);
        return NULL;
      }
  return g_steal_pointer (&sweep);
}

/* Index of the field that the sheet shows: else the one with the fewest sensors. */
static gboolean
choose_field (const Options *options, const PisdScenario *scenario, guint *field, GError **error)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);
  guint fewest = G_MAXUINT;

  if (options->field != NULL)
    return cli_find_field (row, "field", options->field, NULL, field, error);
  for (guint f = 0; f < row->n_fields; f++)
    {
      const guint n = pisd_sensors_count (scenario->sensors, row->fields[f].id);

      if (n < fewest)
        {
          fewest = n;
          *field = f;
        }
    }
  return TRUE;
}

/* Until all cells are through, or somebody asks for an end. */
static PisdSweepQueue *
run (const PisdSweep *sweep, guint n_threads, CliSignals *signals)
{
  const guint64 total = 1000 * (guint64) pisd_sweep_get_n_cells (sweep);
  PisdSweepQueue *queue;
  CliProgress progress;

  cli_progress_begin (&progress, signals, "sweeping", 1);
  queue = pisd_sweep_queue_new (sweep, n_threads);
  while (!pisd_sweep_queue_wait (queue, EVERY_MICROSECONDS))
    if (!cli_progress_step (pisd_sweep_queue_get_done (queue), total, &progress))
      pisd_sweep_queue_stop (queue);
  cli_progress_end (&progress);
  return queue;
}

static guint
count (PisdSweepQueue *queue, PisdCellState state)
{
  guint n = 0;

  for (guint k = 0; k < pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (queue)); k++)
    n += pisd_sweep_queue_get_state (queue, k) == state;
  return n;
}

/* FALSE, with the error that ends the program, where cells are missing. */
static gboolean
check_whole (PisdSweepQueue *queue, GError **error)
{
  const guint n_cells = pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (queue));
  const guint n_failed = count (queue, PISD_CELL_FAILED), n_done = count (queue, PISD_CELL_DONE);

  if (n_done + n_failed < n_cells)
    g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped, %u of %u runs are done", n_done,
                 n_cells);
  else if (n_done == 0)
    g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "none of %u runs could be made: %s",
                 n_cells, pisd_sweep_queue_get_cell (queue, 0)->message);
  else
    return TRUE;
  return FALSE;
}

static gboolean
save_csv (PisdSweepQueue *queue, const char *path, GError **error)
{
  g_autofree char *text = pisd_sweep_queue_dup_csv (queue);

  return pisd_save_bytes (path, text, strlen (text), error);
}

static gboolean
run_and_save (const Options *options,
              const PisdSweep *sweep,
              guint field,
              CliSignals *signals,
              GError **error)
{
  g_autoptr (PisdSweepQueue) queue = NULL;
  gboolean good;

  pisd_budget_set_limit (options->scenario.n_megabytes << 20);
  if (options->png != NULL)
    cli_warn_of_fonts (options->png);
  queue = run (sweep, options->scenario.n_threads, signals);
  cli_signals_begin_save (signals);
  good = (options->csv == NULL || save_csv (queue, options->csv, error))
         && (options->png == NULL || count (queue, PISD_CELL_DONE) == 0
             || cli_sweep_save_sheet (queue, field, options->png, error));
  cli_signals_end_save (signals);
  cli_sweep_print (queue);
  return good && check_whole (queue, error);
}

gboolean
cli_sweep (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdSweep) sweep = NULL;
  guint field = 0;

  if (!parse (&options, argc, argv, error))
    return FALSE;
  if (options.scenario.list_settings)
    {
      cli_sample_print_settings ();
      return TRUE;
    }
  if (!check (&options, error) || !check_files (&options, NULL, error))
    return FALSE;
  scenario = cli_scenario_make (&options.scenario, error);
  if (scenario == NULL || !check_files (&options, scenario->truth_path, error)
      || !choose_field (&options, scenario, &field, error))
    return FALSE;
  sweep = make_sweep (&options, scenario, error);
  return sweep != NULL && run_and_save (&options, sweep, field, signals, error);
}
