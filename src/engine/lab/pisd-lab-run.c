#include "pisd-lab-run.h"

#include <math.h>
#include <string.h>

#include "pisd-diffuser-report.h"
#include "pisd-divergence.h"
#include "pisd-error.h"
#include "pisd-regression-group.h"

/* How often a request to stop is looked for. */
#define EVERY_MICROSECONDS 50000
/* Paths that are kept. */
#define MOST_PATHS 60

static const struct
{
  PisdLab lab;
  const char *name;
  gsize offset;
} numbers[] = {
  { PISD_LAB_DIFFUSION, "energy-distance", offsetof (PisdLabResult, energy_distance) },
  { PISD_LAB_DIFFUSION, "fresh-distance", offsetof (PisdLabResult, fresh_distance) },
  { PISD_LAB_DIFFUSION, "energy-ratio", offsetof (PisdLabResult, energy_ratio) },
  { PISD_LAB_DIFFUSION, "diversity", offsetof (PisdLabResult, diversity) },
  { PISD_LAB_TRAINING, "loss", offsetof (PisdLabResult, loss) },
  { PISD_LAB_TRAINING, "gradient", offsetof (PisdLabResult, gradient) },
  { PISD_LAB_TRAINING, "norm", offsetof (PisdLabResult, norm) },
  { PISD_LAB_TRAINING, "time", offsetof (PisdLabResult, time) },
};

gboolean
pisd_lab_result_exists (PisdLab lab, const char *name)
{
  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    if (numbers[k].lab == lab && g_str_equal (numbers[k].name, name))
      return TRUE;
  return FALSE;
}

double
pisd_lab_result_get (const PisdLabResult *result, const char *name)
{
  g_return_val_if_fail (result != NULL && name != NULL, NAN);

  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    if (numbers[k].lab == result->lab && g_str_equal (numbers[k].name, name))
      return *(const double *) (gconstpointer) ((const char *) result + numbers[k].offset);
  return NAN;
}

static const PisdLabResult unknown = { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

/* Diffusion. */

void
pisd_lab_result_take_report (PisdLabResult *result, const PisdDiffuserReport *report)
{
  g_return_if_fail (result != NULL && report != NULL);

  *result = unknown;
  result->lab = PISD_LAB_DIFFUSION;
  result->energy_distance = report->samples.of_sets;
  result->fresh_distance = report->fresh.of_sets;
  result->energy_ratio = report->samples.of_sets / report->fresh.of_sets;
  result->diversity = report->width / report->fresh_width;
}

/* What says E[x0 given x]: a network that has been trained, or the closed form. */
typedef struct
{
  PisdLabData *data;
  PisdDiffuserTraining *training; /* NULL: the closed form */
  PisdProcess *process;
  PisdExactModel exact;
  PisdDiffuserModel learned;
  PisdEstimator estimator;
} Source;

static void
source_clear (Source *self)
{
  pisd_diffuser_training_free (self->training);
  pisd_process_free (self->process);
  pisd_lab_data_free (self->data);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static gboolean
fail_as_stopped (GError **error)
{
  return pisd_error_fail (error, PISD_ERROR_CANCELLED, "diffusion lab: stopped");
}

static gboolean
train (Source *self, const PisdLabSetup *setup, guint n_threads, PisdCancel *cancel, GError **error)
{
  PisdDiffuserPlan plan = setup->diffuser;
  g_autofree char *failure = NULL;
  PisdDivergence divergence;

  plan.n_steps = setup->n_train;
  pisd_divergence_init (&divergence, &plan);
  self->training = pisd_diffuser_training_new (&plan, self->data, n_threads, cancel);
  for (guint i = 0; i < setup->n_train && self->training != NULL && failure == NULL; i++)
    {
      const double loss = pisd_diffuser_training_step (self->training, n_threads);

      if (pisd_cancel_look (cancel))
        return fail_as_stopped (error);
      failure = pisd_divergence_note (&divergence, i + 1, loss);
    }
  if (failure != NULL)
    return pisd_error_fail (error, PISD_ERROR_NUMERIC, "diffusion lab: %s", failure);
  return self->training != NULL || fail_as_stopped (error);
}

static gboolean
source_init (Source *self,
             const PisdLabSetup *setup,
             guint n_threads,
             PisdCancel *cancel,
             GError **error)
{
  self->data = pisd_lab_data_new (setup->data, NULL, cancel);
  if (self->data == NULL)
    return fail_as_stopped (error);
  self->process = pisd_process_new (setup->diffuser.process, setup->diffuser.n_times);
  if (setup->is_exact)
    {
      self->exact = (PisdExactModel){ self->process, &self->data->mixture };
      self->estimator = pisd_estimator_for_mixture (&self->exact);
      return TRUE;
    }
  if (!train (self, setup, n_threads, cancel, error))
    return FALSE;
  self->learned = (PisdDiffuserModel){
    pisd_diffuser_training_get_diffuser (self->training),
    pisd_diffuser_training_get_average (self->training),
    pisd_diffuser_plan_has_guidance (&setup->diffuser) ? setup->guidance : 0.0, 0.0
  };
  self->estimator = pisd_estimator_for_diffuser (&self->learned);
  return TRUE;
}

static gboolean
has_labels (const Source *source, const PisdLabSetup *setup)
{
  return source->training != NULL && pisd_diffuser_plan_has_labels (&setup->diffuser);
}

/* n samples as data, with all on their way where they are paths.  NULL: cancelled. */
static double *
draw (const Source *source,
      const PisdLabSetup *setup,
      gsize n,
      const guint *labels,
      gboolean are_paths,
      guint n_threads,
      PisdCancel *cancel)
{
  const PisdSamplePlan plan = { .seed = setup->diffuser.seed,
                                .rule = setup->rule,
                                .n_steps = setup->n_sampling,
                                .n = n,
                                .eta = setup->eta,
                                .variance = setup->variance,
                                .labels = has_labels (source, setup) ? labels : NULL,
                                .keeps_last = !are_paths };
  const gsize n_states = (are_paths ? plan.n_steps + 1 : 1) * n;
  g_autoptr (PisdTrajectories) trajectories =
      pisd_trajectories_new (&source->estimator, source->process, &plan, n_threads, cancel);
  const double *states;
  double *x;

  if (trajectories == NULL)
    return NULL;
  states = pisd_trajectories_get_state (trajectories, are_paths ? 0 : plan.n_steps);
  x = g_new (double, n_states * source->data->dimension);
  if (source->training != NULL)
    pisd_diffuser_training_decode (source->training, n_states, states, x);
  else
    memcpy (x, states, n_states * source->data->dimension * sizeof (double));
  return x;
}

/* The first samples once more, whose bits are the same. */
static gboolean
draw_paths (PisdLabRun *self,
            const Source *source,
            const PisdLabSetup *setup,
            guint n_threads,
            PisdCancel *cancel)
{
  if (source->data->side > 0)
    return TRUE;
  self->n_paths = MIN (setup->n_samples, MOST_PATHS);
  self->n_stops = setup->n_sampling;
  self->paths = draw (source, setup, self->n_paths, self->labels, TRUE, n_threads, cancel);
  return self->paths != NULL;
}

static gboolean
draw_all (PisdLabRun *self,
          const Source *source,
          const PisdLabSetup *setup,
          guint n_threads,
          PisdCancel *cancel)
{
  const gboolean is_learned = source->training != NULL;
  PisdDiffuserReport report;

  self->n = setup->n_samples;
  self->labels = g_new (guint, self->n);
  pisd_diffuser_choose_labels (source->data, setup->diffuser.seed, PISD_NO_LABEL, self->n,
                               self->labels);
  self->samples = draw (source, setup, self->n, self->labels, FALSE, n_threads, cancel);
  if (self->samples == NULL || !draw_paths (self, source, setup, n_threads, cancel)
      || !pisd_diffuser_report_init (
          &report, source->data, setup->diffuser.seed, self->n, self->samples,
          has_labels (source, setup) ? self->labels : NULL, n_threads, cancel))
    return FALSE;
  if (!is_learned)
    pisd_plane_mixture_find_parts (&source->data->mixture, self->n, self->samples, self->labels);
  pisd_lab_result_take_report (&self->result, &report);
  return TRUE;
}

static gboolean
run_diffusion (PisdLabRun *self,
               const PisdLabSetup *setup,
               guint n_threads,
               PisdCancel *cancel,
               GError **error)
{
  g_auto (Source) source = { 0 };

  if (!source_init (&source, setup, n_threads, cancel, error))
    return FALSE;
  if (!draw_all (self, &source, setup, n_threads, cancel))
    return fail_as_stopped (error);
  self->data = g_steal_pointer (&source.data);
  return TRUE;
}

/* Training. */

gboolean
pisd_lab_result_take_log (PisdLabResult *result, const PisdRegressionLog *log)
{
  const PisdRegressionRow *row;

  g_return_val_if_fail (result != NULL && log != NULL, FALSE);

  row = pisd_regression_log_get_last_whole (log);
  if (row == NULL)
    return FALSE;
  *result = unknown;
  result->lab = PISD_LAB_TRAINING;
  result->loss = row->loss;
  result->gradient = row->gradient;
  result->norm = row->norm;
  result->time = row->time;
  return TRUE;
}

static gboolean
take_end (PisdLabRun *self, PisdRegressionGroup *group, GError **error)
{
  g_autofree char *message = pisd_regression_group_dup_message (group, 0);

  self->log = pisd_regression_group_dup_log (group, 0);
  return (message == NULL && pisd_lab_result_take_log (&self->result, self->log))
         || pisd_error_fail (error, PISD_ERROR_NUMERIC, "training lab: %s",
                             message != NULL ? message : "not a row was made");
}

static gboolean
run_training (PisdLabRun *self,
              const PisdLabSetup *setup,
              guint n_threads,
              PisdCancel *cancel,
              GError **error)
{
  const PisdRegressionPlan *const plans[] = { setup->regression };
  g_autoptr (PisdRegressionGroup) group =
      pisd_regression_group_new (plans, 1, setup->n_steps, n_threads, FALSE, error);

  if (group == NULL)
    return FALSE;
  while (!pisd_regression_group_wait (group, EVERY_MICROSECONDS))
    if (cancel != NULL && !pisd_cancel_check (cancel, "training lab", error))
      return FALSE;
  return take_end (self, group, error);
}

PisdLabRun *
pisd_lab_run_new (const PisdLabSetup *setup, guint n_threads, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdLabRun) self = NULL;
  gboolean good;

  g_return_val_if_fail (setup != NULL, NULL);

  if (!pisd_lab_setup_check (setup, error))
    return NULL;
  self = g_rc_box_new0 (PisdLabRun);
  good = setup->lab == PISD_LAB_DIFFUSION ? run_diffusion (self, setup, n_threads, cancel, error)
                                          : run_training (self, setup, n_threads, cancel, error);
  return good ? g_steal_pointer (&self) : NULL;
}

PisdLabRun *
pisd_lab_run_ref (PisdLabRun *run)
{
  return g_rc_box_acquire (run);
}

static void
clear (gpointer data)
{
  PisdLabRun *self = data;

  pisd_lab_data_free (self->data);
  g_free (self->samples);
  g_free (self->labels);
  g_free (self->paths);
  pisd_regression_log_free (self->log);
}

void
pisd_lab_run_unref (PisdLabRun *run)
{
  if (run != NULL)
    g_rc_box_release_full (run, clear);
}
