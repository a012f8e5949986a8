/* `pisd lab training`: runs that are followed to their end, and what is printed of them. */
#include "cli-lab.h"

#include <math.h>
#include <stdio.h>

#include "cli-grid.h"
#include "cli-lab-training-files.h"
#include "cli-lab-training-table.h"
#include "cli-progress.h"
#include "pisd-error.h"
#include "pisd-theory.h"

/* How often the line of progress is renewed, and Ctrl+C heard. */
#define EVERY_MICROSECONDS 50000
/* Of more runs the table alone says what they look like. */
#define MOST_JUDGED 8

/* Until all runs are through, or somebody asks for an end. */
static void
follow (PisdRegressionGroup *group, CliSignals *signals)
{
  const guint64 total =
      pisd_regression_group_get_n_steps (group) * pisd_regression_group_get_n_runs (group);
  CliProgress progress;

  cli_progress_begin (&progress, signals, "training", 1);
  while (!pisd_regression_group_wait (group, EVERY_MICROSECONDS))
    if (!cli_progress_step (pisd_regression_group_get_done (group), total, &progress))
      pisd_regression_group_stop (group);
  cli_progress_end (&progress);
}

static void
add_run (CliGrid *grid, PisdRegressionGroup *group, guint run, const PisdRegressionLog *log)
{
  const PisdRegressionPlan *plan = pisd_regression_group_get_plan (group, run);
  const PisdRegressionRow *row = pisd_regression_log_get_last_whole (log);
  g_autofree char *message = pisd_regression_group_dup_message (group, run);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, plan->seed);
  PisdGrowth growth;

  pisd_growth_init (&growth, log);
  cli_grid_add_text (grid, pisd_activation_get_traits (plan->activation)->name);
  cli_grid_add_text (grid, seed);
  cli_grid_add_number (grid, row != NULL ? row->step : NAN);
  cli_grid_add_number (grid, row != NULL ? row->time : NAN);
  cli_grid_add_number (grid, row != NULL ? row->loss : NAN);
  cli_grid_add_number (grid, row != NULL ? row->norm : NAN);
  cli_grid_add_number (grid, row != NULL ? row->gradient : NAN);
  cli_grid_add_text (grid, message != NULL ? message : pisd_theory_get_look (growth.look));
}

static void
print (const CliLabTrainingOptions *options,
       PisdRegressionGroup *group,
       const PisdRegressionLog *const *logs)
{
  static const CliColumn columns[] = {
    { "activation", "activation", 0 },
    { "seed", "seed", 0 },
    { "step", "step", 9 },
    { "time", "time", 5 },
    { "loss", "loss", 3 },
    { "norm", "norm", 5 },
    { "gradient_norm", "gradient", 3 },
    { "looks", "the run", 0 },
  };
  g_autoptr (CliGrid) grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *caption = pisd_regression_runs_dup_caption (options->runs);
  g_autofree char *theory = pisd_theory_dup_text (options->runs->plans[0]);

  printf ("%s\n", caption);
  for (guint k = 0; k < options->runs->n_runs; k++)
    add_run (grid, group, k, logs[k]);
  cli_grid_print (grid);
  printf ("\n%s\n", theory);
  for (guint k = 0; k < options->runs->n_runs && options->runs->n_runs <= MOST_JUDGED; k++)
    {
      g_autofree char *judgement = NULL;
      g_autofree char *message = pisd_regression_group_dup_message (group, k);
      PisdGrowth growth;

      if (message != NULL)
        continue;
      pisd_growth_init (&growth, logs[k]);
      judgement = pisd_theory_dup_judgement (options->runs->names[k], &growth);
      printf ("\n%s\n", judgement);
    }
}

/* Where every run has failed the first message is that of the program. */
static gboolean
check_runs (PisdRegressionGroup *group, GError **error)
{
  guint n_runs = pisd_regression_group_get_n_runs (group), n_failed = 0;
  g_autofree char *first = NULL;

  for (guint k = 0; k < n_runs; k++)
    {
      g_autofree char *message = pisd_regression_group_dup_message (group, k);

      n_failed += message != NULL;
      if (first == NULL)
        first = g_steal_pointer (&message);
    }
  return n_failed < n_runs || pisd_error_fail (error, PISD_ERROR_NUMERIC, "%s", first);
}

static gboolean
finish (const CliLabTrainingOptions *options,
        PisdRegressionGroup *group,
        CliSignals *signals,
        GError **error)
{
  g_autoptr (GPtrArray) array =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_regression_log_free);
  const PisdRegressionLog *const *logs;
  gboolean good = TRUE;

  if (!check_runs (group, error))
    return FALSE;
  for (guint k = 0; k < options->runs->n_runs; k++)
    g_ptr_array_add (array, pisd_regression_group_dup_log (group, k));
  logs = (const PisdRegressionLog *const *) array->pdata;
  if (options->table)
    good = cli_lab_training_print_table (options, logs, error);
  else
    print (options, group, logs);
  cli_signals_begin_save (signals);
  good = good && cli_lab_training_save (options, logs, error);
  cli_signals_end_save (signals);
  if (good && pisd_regression_group_is_stopped (group))
    return pisd_error_fail (error, PISD_ERROR_CANCELLED, "stopped before the last step");
  return good;
}

gboolean
cli_lab_training (int argc, char **argv, GError **error)
{
  g_auto (CliLabTrainingOptions) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdRegressionGroup) group = NULL;

  if (!cli_lab_training_options_parse (&options, argc, argv, error))
    return FALSE;
  if (options.png != NULL)
    cli_warn_of_fonts (options.png);
  group = pisd_regression_group_new ((const PisdRegressionPlan *const *) options.runs->plans,
                                     options.runs->n_runs, options.n_steps, options.n_threads,
                                     FALSE, error);
  if (group == NULL)
    return FALSE;
  follow (group, signals);
  return finish (&options, group, signals, error);
}
