/* `pisd train`: the loop around a training, with what it prints, writes and hears. */
#include "cli-common.h"

#include <stdio.h>

#include "cli-progress.h"
#include "cli-streams.h"
#include "cli-train-log.h"
#include "cli-train-options.h"
#include "pisd-error.h"
#include "pisd-input.h"
#include "pisd-training-start.h"

/* Seconds to the first state that is written, between later ones, and to the first validation; each
 * later one comes after half as long again, and an hour at most. */
#define FIRST_SAVE 1.0
#define SAVE_INTERVAL 60.0
#define FIRST_VALIDATION 15.0
#define MOST_BETWEEN 3600.0
/* The share of the time after which the number of steps is settled, if the warm-up is not over. */
#define SETTLING 0.1

typedef struct
{
  const CliTrainOptions *options;
  CliSignals *signals;
  PisdTraining *training;
  PisdValidation *validation;
  CliTrainLog *log;
  PisdCancel *cancel;
  PisdValidationRow *rows;
  guint n_rows;
  CliProgress progress;
  guint64 first;         /* step that this run began with */
  double begun;          /* seconds, of the log */
  double saved, checked; /* seconds at the newest one */
} Train;

static void
train_clear (Train *self)
{
  pisd_validation_free (self->validation);
  pisd_training_free (self->training);
  cli_train_log_free (self->log);
  pisd_cancel_unref (self->cancel);
  g_free (self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Train, train_clear)

static gboolean
fail_stopped (Train *self, GError **error)
{
  if (self->options->weights != NULL)
    g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped; nothing was written");
  else
    g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED,
                 "stopped after %" G_GUINT64_FORMAT " steps; with --resume it goes on",
                 pisd_training_get_step (self->training));
  return FALSE;
}

static gboolean
restore (Train *self, GError **error)
{
  const CliTrainOptions *options = self->options;
  g_autoptr (PisdInput) input = NULL;

  if (!options->resume)
    return TRUE;
  input = pisd_input_open (options->checkpoint, NULL, error);
  if (input == NULL || !pisd_training_restore_from (self->training, input, error))
    return FALSE;
  if (options->plan.n_steps > 0)
    pisd_training_set_n_steps (self->training, options->plan.n_steps);
  return TRUE;
}

static gboolean
prepare (Train *self, GError **error)
{
  const CliTrainOptions *options = self->options;

  self->training = pisd_training_new (&options->plan, options->n_threads, self->cancel, error);
  if (self->training == NULL || !restore (self, error))
    return FALSE;
  self->first = pisd_training_get_step (self->training);
  self->validation = pisd_training_new_validation (self->training, options->n_fields,
                                                   options->n_draws, self->cancel);
  if (self->validation == NULL)
    return fail_stopped (self, error);
  self->n_rows = pisd_validation_get_n_rows (self->validation);
  self->rows = g_new0 (PisdValidationRow, self->n_rows);
  self->log = cli_train_log_new (options->log, self->first);
  self->begun = self->saved = self->checked = cli_train_log_get_seconds (self->log);
  return TRUE;
}

/* "inclusions 0.1: 0.38, 0.2: 0.31, ...": the network's errors over the linear ones. */
static char *
dup_table (const Train *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_rows; i++)
    {
      const PisdValidationRow *row = &self->rows[i];
      gboolean is_first = i == 0 || row->family != row[-1].family;

      g_string_append_printf (text, "%s%s%s%g: %.3f", is_first && i > 0 ? "; " : "",
                              is_first ? pisd_family_get_name (row->family) : ",", " ", row->sigma,
                              row->network / row->linear);
    }
  return g_string_free (text, FALSE);
}

static gboolean
validate (Train *self, GError **error)
{
  guint64 step = pisd_training_get_step (self->training);
  g_autofree char *table = NULL;

  if (!pisd_training_validate (self->training, self->validation, self->cancel, self->rows))
    return FALSE;
  cli_train_log_add_validation (self->log, step, self->rows, self->n_rows);
  table = dup_table (self);
  cli_progress_end (&self->progress);
  printf ("step %" G_GUINT64_FORMAT ", %.0f s: %s\n", step, cli_train_log_get_seconds (self->log),
          table);
  self->checked = cli_train_log_get_seconds (self->log);
  return cli_streams_flush (error);
}

/* FALSE is that of a stopped one too. */
static gboolean
validate_in_time (Train *self, GError **error)
{
  double now = cli_train_log_get_seconds (self->log);
  double wait = CLAMP (0.5 * (self->checked - self->begun), FIRST_VALIDATION, MOST_BETWEEN);

  return now - self->checked < wait || validate (self, error);
}

static PisdWeights *
make_weights (const Train *self)
{
  PisdWeights *weights = pisd_training_dup_weights (self->training);
  const PisdTrainingPlan *plan = pisd_training_get_plan (self->training);
  g_autofree char *command = cli_train_options_dup_command (self->options, plan->n_steps);
  g_autofree char *table = dup_table (self);
  g_autofree char *seconds = g_strdup_printf ("%.0f", cli_train_log_get_seconds (self->log));

  pisd_weights_describe (weights, "command", command);
  pisd_weights_describe (weights, "seconds", seconds);
  if (self->checked > self->begun)
    pisd_weights_describe (weights, "validation", table);
  return weights;
}

static gboolean
save (Train *self, GError **error)
{
  g_autoptr (PisdWeights) weights = make_weights (self);
  gboolean good;

  cli_signals_begin_save (self->signals);
  good = pisd_training_save (self->training, self->options->checkpoint, error)
         && pisd_weights_save (weights, self->options->output, error)
         && cli_train_log_save (self->log, error);
  cli_signals_end_save (self->signals);
  self->saved = cli_train_log_get_seconds (self->log);
  return good;
}

static gboolean
is_time_to_save (const Train *self)
{
  double wait = self->saved > self->begun ? SAVE_INTERVAL : FIRST_SAVE;

  return cli_train_log_get_seconds (self->log) - self->saved >= wait;
}

/* As many steps as fit into the time at the pace so far, once that is known. */
static void
settle_steps (Train *self)
{
  const PisdTrainingPlan *plan = pisd_training_get_plan (self->training);
  guint64 step = pisd_training_get_step (self->training);
  double spent = cli_train_log_get_seconds (self->log) - self->begun;
  double all = 60.0 * self->options->minutes;

  if (plan->n_steps > 0 || (step < plan->n_warm_up && spent < SETTLING * all))
    return;
  pisd_training_set_n_steps (
      self->training, step + (guint64) (MAX (all - spent, 0.0) * (step - self->first) / spent));
}

static void
show_progress (Train *self)
{
  const PisdTrainingPlan *plan = pisd_training_get_plan (self->training);
  guint64 step = pisd_training_get_step (self->training);

  if (plan->n_steps > 0)
    cli_progress_step (step - self->first, plan->n_steps - self->first, &self->progress);
}

static gboolean
step (Train *self, GError **error)
{
  PisdTrainingReport report;

  if (!pisd_training_step (self->training, self->cancel, &report))
    return FALSE;
  cli_train_log_add_step (self->log, pisd_training_get_step (self->training), &report);
  settle_steps (self);
  show_progress (self);
  if (is_time_to_save (self) && !save (self, error))
    return FALSE;
  return validate_in_time (self, error);
}

static gboolean
is_done (const Train *self)
{
  const PisdTrainingPlan *plan = pisd_training_get_plan (self->training);

  return plan->n_steps > 0 && pisd_training_get_step (self->training) >= plan->n_steps;
}

/* How good the finished network is, mode by mode, which its validation then knows. */
static gboolean
measure_errors (Train *self)
{
  guint n = self->options->n_error_fields;

  return n == 0 || pisd_training_measure_errors (self->training, n, self->cancel);
}

/* What is there is kept, whether it ends or is stopped. */
static gboolean
train (Train *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean good = TRUE;

  while (good && !is_done (self))
    good = step (self, &failure);
  good = good && measure_errors (self) && validate (self, &failure);
  if (failure == NULL)
    good = save (self, &failure) && good;
  if (failure == NULL)
    return good || fail_stopped (self, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Weights that are there already, from wherever: the same file with validation and errors, which
 * stay where no fields are to be measured on. */
static gboolean
measure (Train *self, GError **error)
{
  PisdWeights *weights = self->options->weights;
  g_autoptr (GError) failure = NULL;
  g_autofree char *table = NULL;
  gboolean good;

  pisd_training_set_parameters (self->training, weights->parameters, weights->errors);
  good = measure_errors (self);
  cli_progress_begin (&self->progress, self->signals, "validation", 1);
  if (!good || !validate (self, &failure))
    {
      if (failure == NULL)
        return fail_stopped (self, error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  pisd_error_table_free (weights->errors);
  weights->errors = pisd_error_table_dup (pisd_training_get_errors (self->training));
  table = dup_table (self);
  pisd_weights_describe (weights, "validation", table);
  return pisd_weights_save (weights, self->options->output, error);
}

gboolean
cli_train (int argc, char **argv, GError **error)
{
  g_auto (CliTrainOptions) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_auto (Train) self = { .options = &options, .signals = signals };
  gboolean good;

  if (!cli_train_options_parse (&options, argc, argv, error))
    return FALSE;
  self.cancel = cli_signals_new_cancel (signals);
  if (options.start != NULL)
    return pisd_training_start_save (&options.plan, options.start, options.n_threads, self.cancel,
                                     error)
           || (g_error_matches (*error, PISD_ERROR, PISD_ERROR_RANGE) && cli_blame (NULL, error));
  cli_progress_begin (&self.progress, signals, options.weights != NULL ? "measurement" : "training",
                      1);
  good = prepare (&self, error)
         && (options.weights != NULL ? measure (&self, error) : train (&self, error));
  cli_progress_end (&self.progress);
  return good;
}
