#include "pisd-sampling.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-patience.h"
#include "pisd-reference.h"
#include "pisd-sampler.h"
#include "pisd-solver.h"

/* The discarded modes of so many readings are there at once, where the equation is linear: two
 * products with half a matrix. */
#define SHORT 4096

/* What all threads share.  Every sample has its own slot in `result` and `finished`; `sums` is
 * guarded by `mutex`; everything else is constant while they work. */
typedef struct
{
  const PisdScenario *scenario;
  const PisdBranch *branch;   /* NULL: from the beginning */
  PisdNormaliser *normaliser; /* of all representations */
  PisdPrior *prior;
  PisdConditioning *conditioning; /* NULL: the method needs none */
  PisdSystems *systems;           /* NULL: likewise */
  PisdCancel *cancel;             /* looked at where a sample's end takes long ... */
  PisdCancel *stop;               /* ... and where a step does: of the job */
  PisdResult *result;
  gboolean *finished; /* [samples] */
  double *bends;      /* [samples] how far a flow moved them */
  pthread_mutex_t mutex;
  PisdEnsemble *sums; /* means, and sums of squared deviations */
} Sampling;

/* One thread's own tools. */
typedef struct
{
  PisdJob *job;
  Sampling *sampling;
  PisdRepresentation *representation;
  PisdDenoiser *denoiser;
  PisdPatience patience;
  PisdConditioning *conditioning;     /* own scratch on the job's factors; NULL: none */
  PisdReference *reference;           /* NULL: no truth */
  gboolean is_solved;                 /* a latent holds field 0 alone, ... */
  PisdSolver *solver;                 /* ... which this completes; NULL otherwise */
  PisdField *fields[PISD_MAX_FIELDS]; /* scratch */
} Worker;

static gpointer
worker_open (PisdJob *job, gpointer shared)
{
  Sampling *sampling = shared;
  const PisdOperator *row = pisd_operator_get (sampling->scenario->settings.problem);
  Worker *worker = g_new0 (Worker, 1);

  worker->job = job;
  worker->sampling = sampling;
  /* The settings have been checked: cannot fail. */
  worker->representation =
      pisd_representation_new_scaled (&sampling->scenario->settings, sampling->normaliser, NULL);
  worker->denoiser = pisd_denoiser_new (sampling->prior, worker->representation);
  pisd_patience_begin (&worker->patience, job, &sampling->scenario->settings, worker->denoiser);
  worker->is_solved = pisd_method_get_space (sampling->scenario->settings.space)->obeys_equation;
  if (worker->is_solved)
    worker->solver = pisd_solver_new (pisd_representation_get_equation (worker->representation));
  if (sampling->conditioning != NULL)
    worker->conditioning = pisd_conditioning_new_shared (sampling->conditioning);
  if (sampling->systems != NULL)
    pisd_conditioning_use_systems (worker->conditioning, sampling->systems, sampling->stop);
  if (sampling->scenario->instance != NULL)
    worker->reference = pisd_reference_new (worker->representation, sampling->scenario->instance);
  for (guint f = 0; f < sampling->result->n_fields; f++)
    worker->fields[f] = pisd_field_info_new_field (&row->fields[f]);
  return worker;
}

static void
worker_close (gpointer tools)
{
  Worker *worker = tools;

  pisd_reference_free (worker->reference);
  pisd_conditioning_free (worker->conditioning);
  pisd_denoiser_free (worker->denoiser);
  pisd_representation_free (worker->representation);
  pisd_solver_free (worker->solver);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    pisd_field_free (worker->fields[f]);
  g_free (worker);
}

static void
fill_errors (Worker *worker, const double *m, PisdFrame *frame)
{
  const PisdOperator *row = pisd_operator_get (worker->sampling->scenario->settings.problem);

  for (guint f = 0; f < row->n_fields; f++)
    {
      pisd_reference_fill_errors (worker->reference, m, f, frame->frame_errors[f]);
      frame->errors[f] = frame->frame_errors[f][row->fields[f].n_frames - 1];
    }
}

static PisdFrame *
make_frame (Worker *worker, PisdSampler *sampler, const PisdJobControl *control)
{
  gsize n = pisd_representation_get_n (worker->representation);
  const double *x = pisd_sampler_get_state (sampler), *m = pisd_sampler_get_denoised (sampler);
  PisdFrame *frame = pisd_frame_new (n);

  frame->run_id = pisd_channel_get_run_id (pisd_job_get_channel (worker->job));
  frame->step = pisd_sampler_get_step (sampler);
  frame->n_steps = pisd_sampler_get_n_steps (sampler);
  frame->sigma = pisd_sampler_get_sigma (sampler);
  for (gsize i = 0; i < n; i++)
    {
      frame->state[i] = (float) x[i];
      frame->denoised[i] = (float) m[i];
    }
  memcpy (frame->losses, pisd_sampler_get_losses (sampler), sizeof frame->losses);
  memcpy (frame->shares, pisd_sampler_get_shares (sampler), sizeof frame->shares);
  if (worker->reference != NULL)
    fill_errors (worker, m, frame);
  frame->residual = pisd_sampler_get_residual (sampler);
  frame->parameters = control->parameters;
  frame->parameters_changed = control->changed;
  frame->broken = pisd_sampler_find_broken (sampler);
  return frame;
}

static void
fail (Worker *worker, guint sample, const PisdSampler *sampler, const char *broken)
{
  pisd_job_fail (
      worker->job,
      g_error_new (PISD_ERROR, PISD_ERROR_NUMERIC,
                   _ ("step %u of %u, sample %u: `%s` is NaN or infinite, expected finite "
                      "numbers; a smaller step size or weight helps"),
                   pisd_sampler_get_step (sampler), pisd_sampler_get_n_steps (sampler), sample,
                   broken));
}

static void
keep_losses (Sampling *sampling, guint sample, const PisdSampler *sampler)
{
  guint step = pisd_sampler_get_step (sampler);

  if (sample != 0)
    return;
  memcpy (sampling->result->losses[step], pisd_sampler_get_losses (sampler),
          sizeof sampling->result->losses[step]);
}

/* A sample's fields from the worker's scratch. */
static void
store_fields (Worker *worker, guint sample)
{
  PisdResult *result = worker->sampling->result;

  if (worker->conditioning != NULL)
    worker->sampling->bends[sample] = pisd_conditioning_get_bend (worker->conditioning);
  for (guint f = 0; f < result->n_fields; f++)
    memcpy (pisd_result_get_sample (result, f, sample), worker->fields[f]->data,
            sizeof (double) * pisd_field_get_n (worker->fields[f]));
}

/* Whether the discarded modes were added to a conditioned sample; not where it was stopped and they
 * would take long. */
static gboolean
complete_sample (Worker *worker, guint sample, const double *z)
{
  gboolean is_short = pisd_representation_is_linear (worker->representation)
                      && pisd_conditioning_get_n (worker->conditioning) <= SHORT;

  if (!pisd_conditioning_complete (worker->conditioning, z,
                                   worker->sampling->scenario->settings.seed, sample,
                                   is_short ? NULL : worker->sampling->cancel, worker->fields[0]))
    return FALSE;
  return pisd_solver_try_complete (worker->solver, worker->fields, worker->sampling->cancel);
}

/* A latent into the worker's fields: a source is completed by the equation's own solver, or, where
 * the sample was stopped, roughly.  FALSE: roughly. */
static gboolean
decode_sample (Worker *worker, const double *z)
{
  guint n_fields = worker->is_solved ? 1 : worker->sampling->result->n_fields;

  for (guint f = 0; f < n_fields; f++)
    pisd_representation_decode (worker->representation, z, f, worker->fields[f]);
  if (!worker->is_solved
      || pisd_solver_try_complete (worker->solver, worker->fields, worker->sampling->cancel))
    return TRUE;
  pisd_solver_sketch (worker->solver, worker->fields);
  return FALSE;
}

/* The result of a sample: its last denoised estimate, which at the end is the state; a
 * conditioned one gets its discarded modes.  FALSE: it is not all that. */
static gboolean
store_sample (Worker *worker, guint sample, const PisdSampler *sampler)
{
  const double *z = pisd_sampler_get_denoised (sampler);
  gboolean is_whole = worker->conditioning == NULL || complete_sample (worker, sample, z);

  if (worker->conditioning == NULL || !is_whole)
    is_whole = decode_sample (worker, z) && is_whole;
  store_fields (worker, sample);
  return is_whole;
}

/* Shows those who watch what the finished samples say so far. */
static void
publish_ensemble (Worker *worker, guint sample)
{
  Sampling *sampling = worker->sampling;
  PisdChannel *channel = pisd_job_get_channel (worker->job);

  if (channel == NULL || sampling->scenario->settings.samples == 1)
    return;
  /* Published under the lock: of two that finish together the later one holds both samples. */
  pthread_mutex_lock (&sampling->mutex);
  pisd_ensemble_add (sampling->sums, sampling->result, sample);
  pisd_channel_publish_ensemble (
      channel, pisd_ensemble_new_spread (sampling->sums, sampling->scenario->settings.problem));
  pthread_mutex_unlock (&sampling->mutex);
}

/* FALSE: what is there after a step is broken; whoever watches may look at it first. */
static gboolean
show_step (Worker *worker, guint sample, PisdSampler *sampler, PisdJobControl *control)
{
  PisdChannel *channel = pisd_job_get_channel (worker->job);
  const char *broken = pisd_sampler_find_broken (sampler);

  if (control->watched && channel != NULL)
    pisd_channel_publish (channel, make_frame (worker, sampler, control));
  if (broken == NULL)
    return TRUE;
  if (control->watched)
    pisd_job_may_go_on (worker->job, control);
  fail (worker, sample, sampler, broken);
  return FALSE;
}

/* Where a branch may go on from; of the sample that is watched, before its step is evaluated. */
static void
keep_checkpoint (Worker *worker, PisdSampler *sampler)
{
  const PisdScenario *scenario = worker->sampling->scenario;
  const PisdBranch *branch = worker->sampling->branch;
  PisdChannel *channel = pisd_job_get_channel (worker->job);
  guint step = pisd_sampler_get_step (sampler);
  guint first = branch != NULL ? pisd_branch_get_step (branch) : 0;
  PisdCheckpoint *checkpoint;

  if (channel == NULL || step == scenario->settings.steps
      || (step != first && step % pisd_branch_get_interval (&scenario->settings) != 0))
    return;
  checkpoint = pisd_sampler_save (sampler, scenario);
  checkpoint->run_id = pisd_channel_get_run_id (channel);
  pisd_channel_keep (channel, checkpoint);
}

/* Step after step to the end; TRUE if it was reached, FALSE where the job was stopped or the
 * sample is broken. */
static gboolean
run_steps (Worker *worker, guint sample, PisdSampler *sampler, gboolean *is_broken)
{
  const PisdSettings *settings = &worker->sampling->scenario->settings;
  const PisdBranch *branch = worker->sampling->branch;
  PisdJobControl control = { settings->parameters, sample == 0, FALSE, 0 };

  control.changed = branch != NULL && pisd_branch_changes (branch, &settings->parameters);
  for (;;)
    {
      gboolean complete;

      if (sample == 0)
        keep_checkpoint (worker, sampler);
      pisd_sampler_evaluate (sampler);
      if (pisd_patience_has_ended (&worker->patience, worker->denoiser))
        return FALSE;
      complete = pisd_sampler_get_step (sampler) == settings->steps;
      *is_broken = !show_step (worker, sample, sampler, &control);
      if (*is_broken)
        return FALSE;
      if (complete || !pisd_job_may_go_on (worker->job, &control))
        return complete;
      keep_losses (worker->sampling, sample, sampler);
      if (control.changed)
        pisd_sampler_set_parameters (sampler, &control.parameters);
      pisd_sampler_advance (sampler);
      if (pisd_patience_has_ended (&worker->patience, worker->denoiser))
        return FALSE;
      pisd_job_add_done (worker->job, 1);
    }
}

/* At its first step; where it is a branch, at that one, with what was before in the channel and in
 * the result.  NULL: stopped. */
static PisdSampler *
begin_sample (Worker *worker, guint sample)
{
  const Sampling *sampling = worker->sampling;
  const PisdScenario *scenario = sampling->scenario;
  PisdChannel *channel = pisd_job_get_channel (worker->job);

  if (sampling->branch == NULL)
    return pisd_sampler_new (worker->representation, worker->denoiser, &scenario->settings,
                             scenario->sensors, worker->conditioning, sample);
  if (channel != NULL)
    pisd_branch_publish (sampling->branch, channel);
  pisd_branch_fill_losses (sampling->branch, sampling->result->losses);
  pisd_job_add_done (worker->job, pisd_branch_get_step (sampling->branch));
  return pisd_branch_new_sampler (sampling->branch, scenario, worker->representation,
                                  worker->denoiser, worker->conditioning, sampling->stop);
}

/* A sample that was stopped is kept only where it is the one that is watched. */
static void
run_sample (Worker *worker, guint sample)
{
  Sampling *sampling = worker->sampling;
  g_autoptr (PisdSampler) sampler = begin_sample (worker, sample);
  gboolean is_broken, complete;

  if (sampler == NULL)
    return;
  complete = run_steps (worker, sample, sampler, &is_broken);
  if (is_broken || (!complete && sample != 0))
    return;
  complete = store_sample (worker, sample, sampler) && complete;
  sampling->finished[sample] = complete;
  if (complete)
    publish_ensemble (worker, sample);
  if (sample == 0)
    {
      gsize n = pisd_representation_get_n (worker->representation);

      sampling->result->deviation =
          cblas_dnrm2 (n, pisd_sampler_get_denoised (sampler), 1) / sqrt (n);
      sampling->result->n_steps = pisd_sampler_get_step (sampler);
      sampling->result->n_evaluations = pisd_sampler_get_n_evaluations (sampler);
    }
}

/* No trajectory: the posterior is drawn from directly. */
static void
draw_sample (Worker *worker, guint sample)
{
  Sampling *sampling = worker->sampling;
  const PisdSettings *settings = &sampling->scenario->settings;
  PisdJobControl control = { settings->parameters, sample == 0, FALSE, 0 };

  if (!pisd_job_may_go_on (worker->job, &control))
    return;
  if (!pisd_conditioning_sample (worker->conditioning, settings->seed, sample, sampling->cancel,
                                 worker->fields[0])
      || !pisd_solver_try_complete (worker->solver, worker->fields, sampling->cancel))
    return;
  store_fields (worker, sample);
  sampling->finished[sample] = TRUE;
  pisd_job_add_done (worker->job, settings->steps);
  publish_ensemble (worker, sample);
}

static void
worker_work (gpointer tools, guint sample)
{
  Worker *worker = tools;
  const PisdSettings *settings = &worker->sampling->scenario->settings;

  (pisd_method_get (settings->guidance)->draws_directly ? draw_sample : run_sample) (worker,
                                                                                     sample);
}

/* Root mean square over the finished samples. */
static void
fill_bend (const Sampling *sampling)
{
  double squares = 0.0;
  guint n = 0;

  for (guint s = 0; s < sampling->scenario->settings.samples; s++)
    if (sampling->finished[s])
      {
        squares += sampling->bends[s] * sampling->bends[s];
        n++;
      }
  sampling->result->consistency.bend = n > 0 ? sqrt (squares / n) : 0.0;
}

static const PisdJobOps sampling_ops = { worker_open, worker_work, worker_close };

/* Where there are more threads than samples, one of them makes systems. */
static void
begin_ahead (Sampling *sampling, guint n_threads)
{
  guint n = n_threads > 0 ? n_threads : g_get_num_processors ();

  if (sampling->systems != NULL && n > sampling->scenario->settings.samples)
    pisd_systems_begin_ahead (sampling->systems);
}

gboolean
pisd_sampling_run (PisdJob *job,
                   const PisdScenario *scenario,
                   const PisdBranch *branch,
                   const PisdRepresentation *representation,
                   const PisdRunCache *cache,
                   guint n_threads,
                   PisdCancel *cancel,
                   PisdResult *result,
                   GError **error)
{
  const PisdSettings *settings = &scenario->settings;
  g_autofree gboolean *finished = g_new0 (gboolean, settings->samples);
  g_autofree double *bends = g_new0 (double, settings->samples);
  g_autoptr (PisdEnsemble) sums = pisd_ensemble_new (settings->problem);
  Sampling sampling = { .scenario = scenario,
                        .branch = branch,
                        .normaliser = pisd_representation_get_normaliser (representation),
                        .prior = cache->prior,
                        .cancel = cancel,
                        .stop = pisd_job_get_stop (job),
                        .sums = sums,
                        .result = result,
                        .finished = finished,
                        .bends = bends };
  gboolean good;

  if (pisd_settings_need_conditioning (settings))
    sampling.conditioning = cache->conditioning;
  if (pisd_settings_need_systems (settings))
    sampling.systems = cache->systems;
  pthread_mutex_init (&sampling.mutex, NULL);
  begin_ahead (&sampling, n_threads);
  good = pisd_job_run (job, &sampling_ops, &sampling, settings->samples, n_threads, error);
  if (sampling.systems != NULL)
    pisd_systems_end_ahead (sampling.systems);
  pthread_mutex_destroy (&sampling.mutex);
  fill_bend (&sampling);
  pisd_result_compact (result, finished);
  return good;
}
