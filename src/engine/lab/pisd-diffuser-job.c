#include "pisd-diffuser-job.h"

#include <math.h>
#include <pthread.h>

#include "pisd-divergence.h"

/* Between two frames, of a training that goes on. */
#define FRAME_MICROSECONDS 80000
/* Steps of sampling in a measurement, and fresh sets, or pairs, that it is a mean of. */
#define PREVIEW_STEPS 20
#define N_FRESH_PAIRS 4
#define N_FRESH_SETS (2 * N_FRESH_PAIRS)
/* Samples that the bound is a mean over. */
#define N_BOUND 32

/* One mutex for what follows it; it is never held while computing. */
struct _PisdDiffuserJob
{
  atomic_uint references;
  PisdDiffuserPlan plan;
  PisdLabDataId id;
  PisdDrawing *drawing;
  guint64 n_steps;
  guint n_threads;
  pthread_t thread;
  PisdCancel *cancel;

  /* The thread's own, constant for others once there is a frame. */
  PisdLabData *data;
  PisdDiffuserTraining *training;
  double *fresh; /* [N_FRESH_SETS, PISD_DIFFUSER_N_PREVIEW, dimension of the data] */
  PisdEnergySet fresh_sets[N_FRESH_SETS];
  PisdDiffuserFrame own; /* what the next frame is a copy of */
  PisdDivergence divergence;
  double stretch_sum;
  guint stretch_n;
  gint64 published_at;

  pthread_mutex_t mutex;
  pthread_cond_t woken;
  guint64 until; /* steps that may be made */
  gboolean is_stopped;
  gboolean is_busy;
  gboolean has_ended; /* the thread is at nothing any more */
  double rate;        /* NaN: as it is */
  PisdDiffuserFrame *frame;
};

static void
publish (PisdDiffuserJob *self)
{
  const gsize n_preview = PISD_DIFFUSER_N_PREVIEW * self->data->dimension;
  PisdDiffuserFrame *frame = pisd_diffuser_frame_new (&self->own, self->training, n_preview), *old;

  self->published_at = g_get_monotonic_time ();
  pthread_mutex_lock (&self->mutex);
  old = self->frame;
  self->frame = frame;
  pthread_mutex_unlock (&self->mutex);
  pisd_diffuser_frame_unref (old);
}

/* Steps that one point of the loss's curve stands for. */
static guint
get_stretch (const PisdDiffuserJob *self)
{
  return (guint) ((self->n_steps + PISD_DIFFUSER_MOST_LOSSES - 1) / PISD_DIFFUSER_MOST_LOSSES);
}

static void
note_loss (PisdDiffuserJob *self, double loss)
{
  const guint stretch = get_stretch (self);

  self->stretch_sum += loss;
  if (++self->stretch_n < stretch || self->own.n_losses == PISD_DIFFUSER_MOST_LOSSES)
    return;
  self->own.loss_steps[self->own.n_losses] =
      (double) pisd_diffuser_training_get_n_steps (self->training) - (stretch - 1) / 2.0;
  self->own.losses[self->own.n_losses++] = self->stretch_sum / stretch;
  self->stretch_sum = 0.0;
  self->stretch_n = 0;
}

/* Measurements. */

static void
measure_fresh (PisdDiffuserJob *self)
{
  const guint d = self->data->dimension;
  const gsize n = PISD_DIFFUSER_N_PREVIEW;

  self->fresh = g_new (double, N_FRESH_SETS *n *d);
  for (guint k = 0; k < N_FRESH_SETS && !pisd_cancel_look (self->cancel); k++)
    {
      double *x = self->fresh + k * n * d;

      pisd_diffuser_draw_fresh (self->data, self->plan.seed, k * n, n, x, NULL, self->cancel);
      pisd_energy_set_init (&self->fresh_sets[k], d, n, x, self->n_threads, self->cancel);
    }
  for (guint k = 0; k < N_FRESH_SETS && !pisd_cancel_look (self->cancel); k += 2)
    self->own.fresh += pisd_energy_distance (&self->fresh_sets[k], &self->fresh_sets[k + 1],
                                             self->n_threads, self->cancel)
                           .of_sets
                       / N_FRESH_PAIRS;
}

/* What is measured: the running mean, as it is. */
static PisdDiffuserModel
get_model (const PisdDiffuserJob *self)
{
  return (PisdDiffuserModel){ pisd_diffuser_training_get_diffuser (self->training),
                              pisd_diffuser_training_get_average (self->training), 0.0, 0.0 };
}

static PisdTrajectories *
draw_preview (PisdDiffuserJob *self)
{
  const PisdDiffuserModel model = get_model (self);
  const PisdEstimator estimator = pisd_estimator_for_diffuser (&model);
  guint labels[PISD_DIFFUSER_N_PREVIEW];
  const PisdSamplePlan plan = { .seed = self->plan.seed,
                                .rule = PISD_SAMPLE_DDIM,
                                .n_steps = MIN (PREVIEW_STEPS, self->plan.n_times),
                                .n = PISD_DIFFUSER_N_PREVIEW,
                                .labels =
                                    pisd_diffuser_plan_has_labels (&self->plan) ? labels : NULL,
                                .keeps_last = TRUE };

  pisd_diffuser_choose_labels (self->data, self->plan.seed, PISD_NO_LABEL, plan.n, labels);
  return pisd_trajectories_new (&estimator, pisd_diffuser_get_process (model.diffuser), &plan,
                                self->n_threads, self->cancel);
}

static double
get_bits (PisdDiffuserJob *self)
{
  const PisdDiffuserModel model = get_model (self);
  const PisdEstimator estimator = pisd_estimator_for_diffuser (&model);
  g_autofree double *x0 = g_new (double, N_BOUND *estimator.dimension);
  guint labels[N_BOUND];

  pisd_diffuser_training_draw (self->training, PISD_LAB_FRESH, N_BOUND, x0, labels);
  return pisd_estimator_get_bound (
      &estimator, pisd_diffuser_get_process (model.diffuser),
      estimator.learns_variance ? PISD_VARIANCE_LEARNED : PISD_VARIANCE_LARGE, self->plan.seed,
      N_BOUND, x0, pisd_diffuser_plan_has_labels (&self->plan) ? labels : NULL, NULL,
      self->n_threads, self->cancel);
}

static void
measure (PisdDiffuserJob *self)
{
  const gsize n = PISD_DIFFUSER_N_PREVIEW, d = self->data->dimension;
  g_autoptr (PisdTrajectories) samples = draw_preview (self);
  PisdDiffuserMeasure found = { (double) pisd_diffuser_training_get_n_steps (self->training) };
  g_autofree double *x = g_new (double, n *d);
  PisdEnergySet set;

  if (samples == NULL)
    return;
  pisd_diffuser_training_decode (self->training, n,
                                 pisd_trajectories_get_state (samples, samples->n_steps), x);
  pisd_energy_set_init (&set, d, n, x, self->n_threads, self->cancel);
  for (guint k = 0; k < N_FRESH_PAIRS; k++)
    found.samples +=
        pisd_energy_distance (&set, &self->fresh_sets[k], self->n_threads, self->cancel).of_sets
        / N_FRESH_PAIRS;
  found.bits = get_bits (self);
  if (!isfinite (found.samples + found.bits)) /* such a training is about to fail */
    return;
  self->own.measures[self->own.n_measures++] = found;
  g_free (self->own.preview);
  self->own.preview = g_steal_pointer (&x);
}

/* At equal distances, the last one at the end. */
static gboolean
is_to_measure (const PisdDiffuserJob *self)
{
  const guint64 done = pisd_diffuser_training_get_n_steps (self->training);

  return self->own.n_measures < PISD_DIFFUSER_MOST_MEASURES
         && done >= self->n_steps * (self->own.n_measures + 1) / PISD_DIFFUSER_MOST_MEASURES;
}

/* The thread. */

/* Waits for something to do, with the last step shown; FALSE: never more.  Tells a rate that was
 * changed. */
static gboolean
await (PisdDiffuserJob *self, guint64 done, double *rate)
{
  gboolean goes_on;

  pthread_mutex_lock (&self->mutex);
  self->is_busy = !self->is_stopped && done < self->until;
  while (!self->is_stopped && done >= self->until)
    if (self->frame->n_steps < done)
      {
        pthread_mutex_unlock (&self->mutex);
        publish (self);
        pthread_mutex_lock (&self->mutex);
      }
    else
      pthread_cond_wait (&self->woken, &self->mutex);
  self->is_busy = goes_on = !self->is_stopped;
  *rate = self->rate;
  self->rate = NAN;
  pthread_mutex_unlock (&self->mutex);
  return goes_on;
}

static gboolean
has_more (PisdDiffuserJob *self, guint64 done)
{
  gboolean more;

  pthread_mutex_lock (&self->mutex);
  more = !self->is_stopped && done < self->until;
  pthread_mutex_unlock (&self->mutex);
  return more;
}

static void
make_step (PisdDiffuserJob *self)
{
  const guint64 step = pisd_diffuser_training_get_n_steps (self->training) + 1;
  const double loss = pisd_diffuser_training_step (self->training, self->n_threads);

  if (pisd_cancel_look (self->cancel))
    return;
  self->own.failure = pisd_divergence_note (&self->divergence, step, loss);
  if (isfinite (loss))
    note_loss (self, loss);
  if (self->own.failure == NULL && is_to_measure (self))
    measure (self);
  if (self->own.failure != NULL || !has_more (self, step)
      || g_get_monotonic_time () - self->published_at >= FRAME_MICROSECONDS)
    publish (self);
}

/* Everything that comes before the first frame; FALSE where stopped. */
static gboolean
prepare (PisdDiffuserJob *self)
{
  pisd_divergence_init (&self->divergence, &self->plan);
  self->data = pisd_lab_data_new (self->id, self->drawing, self->cancel);
  if (self->data != NULL)
    self->training =
        pisd_diffuser_training_new (&self->plan, self->data, self->n_threads, self->cancel);
  if (self->training != NULL)
    measure_fresh (self);
  return self->training != NULL && !pisd_cancel_look (self->cancel);
}

static void
train (PisdDiffuserJob *self)
{
  double rate;

  publish (self);
  while (self->own.failure == NULL
         && await (self, pisd_diffuser_training_get_n_steps (self->training), &rate))
    {
      if (!isnan (rate))
        pisd_diffuser_training_set_rate (self->training, rate);
      make_step (self);
    }
}

static void *
work (void *data)
{
  PisdDiffuserJob *self = data;

  if (prepare (self))
    train (self);
  pthread_mutex_lock (&self->mutex);
  self->has_ended = TRUE;
  pthread_mutex_unlock (&self->mutex);
  return NULL;
}

PisdDiffuserJob *
pisd_diffuser_job_new (const PisdDiffuserPlan *plan,
                       PisdLabDataId data,
                       const PisdDrawing *drawing,
                       guint64 n_steps,
                       guint n_threads)
{
  PisdDiffuserJob *self;

  g_return_val_if_fail (plan != NULL && n_steps > 0, NULL);

  self = g_new0 (PisdDiffuserJob, 1);
  atomic_init (&self->references, 1);
  self->plan = *plan;
  self->id = data;
  self->drawing = drawing != NULL ? pisd_drawing_dup (drawing) : NULL;
  self->n_steps = n_steps;
  self->n_threads = n_threads;
  self->cancel = pisd_cancel_new ();
  self->rate = NAN;
  self->is_busy = TRUE;
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->woken, NULL);
  if (pthread_create (&self->thread, NULL, work, self) != 0)
    g_error ("no thread for the training of the diffusion lab");
  return self;
}

PisdDiffuserJob *
pisd_diffuser_job_ref (PisdDiffuserJob *job)
{
  g_return_val_if_fail (job != NULL, NULL);

  atomic_fetch_add (&job->references, 1);
  return job;
}

void
pisd_diffuser_job_unref (PisdDiffuserJob *job)
{
  if (job == NULL || atomic_fetch_sub (&job->references, 1) > 1)
    return;
  pisd_diffuser_job_stop (job);
  pthread_join (job->thread, NULL);
  pthread_mutex_destroy (&job->mutex);
  pthread_cond_destroy (&job->woken);
  pisd_diffuser_frame_unref (job->frame);
  pisd_diffuser_training_free (job->training);
  pisd_lab_data_free (job->data);
  pisd_drawing_free (job->drawing);
  pisd_cancel_unref (job->cancel);
  g_free (job->fresh);
  g_free (job->own.preview);
  g_free (job->own.failure);
  g_free (job);
}

/* What others ask of it. */

static void
allow (PisdDiffuserJob *self, guint64 until)
{
  pthread_mutex_lock (&self->mutex);
  self->until = MIN (until, self->n_steps);
  pthread_cond_signal (&self->woken);
  pthread_mutex_unlock (&self->mutex);
}

void
pisd_diffuser_job_run (PisdDiffuserJob *job)
{
  g_return_if_fail (job != NULL);

  allow (job, job->n_steps);
}

void
pisd_diffuser_job_pause (PisdDiffuserJob *job)
{
  g_return_if_fail (job != NULL);

  allow (job, 0);
}

void
pisd_diffuser_job_step (PisdDiffuserJob *job, guint n)
{
  g_autoptr (PisdDiffuserFrame) frame = pisd_diffuser_job_get_frame (job);

  allow (job, (frame != NULL ? frame->n_steps : 0) + n);
}

void
pisd_diffuser_job_set_rate (PisdDiffuserJob *job, double rate)
{
  g_return_if_fail (job != NULL && rate >= 0.0);

  pthread_mutex_lock (&job->mutex);
  job->rate = rate;
  pthread_mutex_unlock (&job->mutex);
}

void
pisd_diffuser_job_stop (PisdDiffuserJob *job)
{
  g_return_if_fail (job != NULL);

  pisd_cancel_trigger (job->cancel);
  pthread_mutex_lock (&job->mutex);
  job->is_stopped = TRUE;
  pthread_cond_signal (&job->woken);
  pthread_mutex_unlock (&job->mutex);
}

gboolean
pisd_diffuser_job_is_idle (PisdDiffuserJob *job)
{
  gboolean is_idle;

  g_return_val_if_fail (job != NULL, TRUE);

  pthread_mutex_lock (&job->mutex);
  is_idle = job->has_ended || (!job->is_busy && job->frame->n_steps >= job->until);
  pthread_mutex_unlock (&job->mutex);
  return is_idle;
}

gboolean
pisd_diffuser_job_is_through (PisdDiffuserJob *job)
{
  g_autoptr (PisdDiffuserFrame) frame = pisd_diffuser_job_get_frame (job);

  return frame != NULL && (frame->n_steps >= job->n_steps || frame->failure != NULL);
}

PisdDiffuserFrame *
pisd_diffuser_job_get_frame (PisdDiffuserJob *job)
{
  PisdDiffuserFrame *frame;

  g_return_val_if_fail (job != NULL, NULL);

  pthread_mutex_lock (&job->mutex);
  frame = job->frame;
  if (frame != NULL)
    atomic_fetch_add (&frame->references, 1);
  pthread_mutex_unlock (&job->mutex);
  return frame;
}

const PisdDiffuserTraining *
pisd_diffuser_job_get_training (PisdDiffuserJob *job)
{
  g_return_val_if_fail (job != NULL, NULL);

  return job->training;
}

const PisdLabData *
pisd_diffuser_job_get_data (PisdDiffuserJob *job)
{
  g_return_val_if_fail (job != NULL, NULL);

  return job->data;
}
