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

/* What all runs have come to. */
typedef struct
{
  guint n_runs;
  PisdRegressionLog **logs; /* [n_runs] */
  char **messages;          /* [n_runs]: why a run has failed; NULL: it has not */
} Ends;

static void
ends_init (Ends *self, PisdRegressionGroup *group)
{
  self->n_runs = pisd_regression_group_get_n_runs (group);
  self->logs = g_new (PisdRegressionLog *, self->n_runs);
  self->messages = g_new (char *, self->n_runs);
  for (guint k = 0; k < self->n_runs; k++)
    {
      self->logs[k] = pisd_regression_group_dup_log (group, k);
      self->messages[k] = pisd_regression_group_dup_message (group, k);
    }
}

static void
ends_clear (Ends *self)
{
  for (guint k = 0; k < self->n_runs; k++)
    {
      pisd_regression_log_free (self->logs[k]);
      g_free (self->messages[k]);
    }
  g_free (self->logs);
  g_free (self->messages);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ends, ends_clear)

static void
add_run (CliGrid *grid,
         const PisdRegressionPlan *plan,
         const PisdRegressionLog *log,
         const char *message)
{
  const PisdRegressionRow *row = pisd_regression_log_get_last_whole (log);
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
print (const CliLabTrainingOptions *options, const Ends *ends)
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
    add_run (grid, options->runs->plans[k], ends->logs[k], ends->messages[k]);
  cli_grid_print (grid);
  printf ("\n%s\n", theory);
  for (guint k = 0; k < options->runs->n_runs && options->runs->n_runs <= MOST_JUDGED; k++)
    {
      g_autofree char *judgement = NULL;
      PisdGrowth growth;

      if (ends->messages[k] != NULL)
        continue;
      pisd_growth_init (&growth, ends->logs[k]);
      judgement = pisd_theory_dup_judgement (options->runs->names[k], &growth);
      printf ("\n%s\n", judgement);
    }
}

static gboolean
has_end (const Ends *ends)
{
  for (guint k = 0; k < ends->n_runs; k++)
    if (ends->messages[k] == NULL)
      return TRUE;
  return FALSE;
}

/* Where every run has failed the files say what there was, and the first message is that of the
 * program. */
static gboolean
finish (const CliLabTrainingOptions *options,
        PisdRegressionGroup *group,
        CliSignals *signals,
        GError **error)
{
  g_auto (Ends) ends = { 0 };
  const PisdRegressionLog *const *logs;
  gboolean good = TRUE;

  ends_init (&ends, group);
  logs = (const PisdRegressionLog *const *) ends.logs;
  if (has_end (&ends) && options->table)
    good = cli_lab_training_print_table (options, logs, error);
  else if (has_end (&ends))
    print (options, &ends);
  cli_signals_begin_save (signals);
  good = good && cli_lab_training_save (options, logs, (const char *const *) ends.messages, error);
  cli_signals_end_save (signals);
  if (good && pisd_regression_group_is_stopped (group))
    return pisd_error_fail (error, PISD_ERROR_CANCELLED, "stopped before the last step");
  if (good && !has_end (&ends))
    return pisd_error_fail (error, PISD_ERROR_NUMERIC, "%s", ends.messages[0]);
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
