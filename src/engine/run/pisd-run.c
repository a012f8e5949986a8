#include "pisd-run.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-reference.h"
#include "pisd-representation.h"
#include "pisd-sampler.h"
#include "pisd-solver.h"
#include "pisd-spread.h"

#define S PISD_GRID

PisdResult *
pisd_result_ref (PisdResult *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_result_unref (PisdResult *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint f = 0; f < self->n_fields; f++)
    {
      pisd_field_free (self->mean[f]);
      pisd_field_free (self->sd[f]);
      g_free (self->samples[f]);
    }
  g_free (self->losses);
  g_free (self);
}

/* What all workers of a run share.  `next_sample`, `done` and `stop` are atomic, `failure` is
 * guarded by `mutex`; every sample has its own slot in `result`, everything else is constant while
 * they work. */
typedef struct
{
  const PisdScenario *scenario;
  PisdPrior *prior;
  PisdConditioning *conditioning; /* decoupled second order, exact; shared by all workers */
  PisdEnsemble *sums;             /* guarded by `mutex`: means, and sums of squared deviations */
  PisdChannel *channel;           /* NULL: nobody watches */
  PisdProgress progress;
  gpointer progress_data;
  PisdResult *result;
  gboolean *finished; /* [samples] */
  atomic_uint next_sample;
  atomic_ullong done; /* steps of all samples */
  atomic_bool stop;
  pthread_mutex_t mutex;
  GError *failure;
} Job;

/* One thread's own tools. */
typedef struct
{
  Job *job;
  gboolean reports; /* the calling thread: it alone calls progress and computes sample 0 */
  PisdRepresentation *representation;
  PisdDenoiser *denoiser;
  PisdConditioning *conditioning; /* own scratch on the job's factors; NULL: none */
  PisdReference *reference;       /* NULL: no truth */
  PisdSolver *solver;
  PisdField *fields[PISD_MAX_FIELDS]; /* scratch */
} Worker;

static void
worker_init (Worker *worker, Job *job, gboolean reports)
{
  memset (worker, 0, sizeof *worker);
  worker->job = job;
  worker->reports = reports;
  /* The settings have been checked: cannot fail. */
  worker->representation = pisd_representation_new (&job->scenario->settings, NULL);
  worker->denoiser = pisd_denoiser_new (job->prior, worker->representation);
  if (job->conditioning != NULL)
    worker->conditioning = pisd_conditioning_new_shared (job->conditioning);
  if (job->scenario->instance != NULL)
    worker->reference = pisd_reference_new (worker->representation, job->scenario->instance);
  worker->solver = pisd_solver_new (pisd_representation_get_equation (worker->representation));
  for (guint f = 0; f < job->result->n_fields; f++)
    worker->fields[f] = pisd_field_new (S, S);
}

static void
worker_clear (Worker *worker)
{
  pisd_reference_free (worker->reference);
  pisd_conditioning_free (worker->conditioning);
  pisd_denoiser_free (worker->denoiser);
  pisd_representation_free (worker->representation);
  pisd_solver_free (worker->solver);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    pisd_field_free (worker->fields[f]);
}

/* What whoever watches the run may change under way. */
typedef struct
{
  PisdGuidanceParameters parameters;
  gboolean watched; /* this sample is seen step by step */
  gboolean changed; /* the parameters, before the step to come */
  guint seen;       /* changes of them */
} Control;

static PisdFrame *
make_frame (Worker *worker, PisdSampler *sampler, const Control *control)
{
  gsize n = pisd_representation_get_n (worker->representation);
  const double *x = pisd_sampler_get_state (sampler), *m = pisd_sampler_get_denoised (sampler);
  PisdFrame *frame = pisd_frame_new (n);

  frame->run_id = pisd_channel_get_run_id (worker->job->channel);
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
  for (guint f = 0; f < worker->job->result->n_fields; f++)
    frame->errors[f] =
        worker->reference != NULL ? pisd_reference_error (worker->reference, m, f) : NAN;
  frame->residual = pisd_sampler_get_residual (sampler);
  frame->parameters = control->parameters;
  frame->parameters_changed = control->changed;
  frame->broken = pisd_sampler_find_broken (sampler);
  return frame;
}

/* Workers that rest while the run is paused are woken too. */
static void
stop_job (Job *job)
{
  atomic_store (&job->stop, TRUE);
  if (job->channel != NULL)
    pisd_channel_cancel (job->channel);
}

static void
fail (Job *job, guint sample, const PisdSampler *sampler, const char *broken)
{
  pthread_mutex_lock (&job->mutex);
  if (job->failure == NULL)
    g_set_error (&job->failure, PISD_ERROR, PISD_ERROR_NUMERIC,
                 "step %u of %u, sample %u: `%s` is NaN or infinite, expected finite numbers; a "
                 "smaller step size or "
                 "weight helps",
                 pisd_sampler_get_step (sampler), pisd_sampler_get_n_steps (sampler), sample,
                 broken);
  pthread_mutex_unlock (&job->mutex);
  stop_job (job);
}

/* Whether the next step may be done; takes over new parameters. */
static gboolean
may_go_on (Worker *worker, Control *control)
{
  Job *job = worker->job;

  control->changed = FALSE;
  if (job->channel != NULL
      && !pisd_channel_wait (job->channel, control->watched, &control->parameters, &control->seen,
                             &control->changed))
    stop_job (job);
  if (worker->reports && job->progress != NULL
      && !job->progress (atomic_load (&job->done),
                         (guint64) job->scenario->settings.samples * job->scenario->settings.steps,
                         job->progress_data))
    stop_job (job);
  return !atomic_load (&job->stop);
}

static void
keep_losses (Job *job, guint sample, const PisdSampler *sampler)
{
  guint step = pisd_sampler_get_step (sampler);

  if (sample != 0)
    return;
  memcpy (job->result->losses[step], pisd_sampler_get_losses (sampler),
          sizeof job->result->losses[step]);
}

/* A sample's fields from the worker's scratch. */
static void
store_fields (Worker *worker, guint sample)
{
  PisdResult *result = worker->job->result;

  for (guint f = 0; f < result->n_fields; f++)
    memcpy (result->samples[f] + (gsize) sample * S * S, worker->fields[f]->data,
            sizeof (double) * S * S);
}

/* The result of a sample: its last denoised estimate, which at the end is the state; a conditioned one gets its
 * discarded modes. */
static void
store_sample (Worker *worker, guint sample, const PisdSampler *sampler)
{
  const double *z = pisd_sampler_get_denoised (sampler);

  if (worker->conditioning != NULL)
    {
      pisd_conditioning_complete (worker->conditioning, z, worker->job->scenario->settings.seed,
                                  sample, worker->fields[0]);
      pisd_solver_complete (worker->solver, worker->fields);
    }
  else
    for (guint f = 0; f < worker->job->result->n_fields; f++)
      pisd_representation_decode (worker->representation, z, f, worker->fields[f]);
  store_fields (worker, sample);
}

/* Mean and sum of squared deviations with one more value (Welford). */
static void
add_to_sums (PisdEnsemble *sums, const PisdResult *result, guint sample)
{
  sums->n++;
  for (guint f = 0; f < result->n_fields; f++)
    for (guint p = 0; p < S * S; p++)
      {
        double value = result->samples[f][(gsize) sample * S * S + p];
        double before = value - sums->mean[f]->data[p];

        sums->mean[f]->data[p] += before / sums->n;
        sums->sd[f]->data[p] += before * (value - sums->mean[f]->data[p]);
      }
}

/* Shows those who watch what the finished samples say so far. */
static void
publish_ensemble (Job *job, guint sample)
{
  PisdEnsemble *snapshot;

  if (job->channel == NULL || job->scenario->settings.samples == 1)
    return;
  snapshot = pisd_ensemble_new (job->result->n_fields);
  /* Published under the lock: of two that finish together the later one holds both samples. */
  pthread_mutex_lock (&job->mutex);
  add_to_sums (job->sums, job->result, sample);
  snapshot->n = job->sums->n;
  for (guint f = 0; f < snapshot->n_fields; f++)
    {
      pisd_field_copy (job->sums->mean[f], snapshot->mean[f]);
      for (guint p = 0; p < S * S; p++)
        snapshot->sd[f]->data[p] =
            snapshot->n > 1 ? sqrt (job->sums->sd[f]->data[p] / (snapshot->n - 1)) : NAN;
    }
  pisd_channel_publish_ensemble (job->channel, snapshot);
  pthread_mutex_unlock (&job->mutex);
}

static void
run_sample (Worker *worker, guint sample)
{
  Job *job = worker->job;
  const PisdSettings *settings = &job->scenario->settings;
  g_autoptr (PisdSampler) sampler =
      pisd_sampler_new (worker->representation, worker->denoiser, settings, job->scenario->sensors,
                        worker->conditioning, sample);
  Control control = { settings->parameters, sample == 0, FALSE, 0 };
  gboolean complete;

  for (;;)
    {
      const char *broken;

      pisd_sampler_evaluate (sampler);
      complete = pisd_sampler_get_step (sampler) == settings->steps;
      broken = pisd_sampler_find_broken (sampler);
      if (control.watched && job->channel != NULL)
        pisd_channel_publish (job->channel, make_frame (worker, sampler, &control));
      if (broken != NULL)
        {
          /* Who watches may look at it first. */
          if (control.watched)
            may_go_on (worker, &control);
          fail (job, sample, sampler, broken);
          return;
        }
      if (complete || !may_go_on (worker, &control))
        break;
      keep_losses (job, sample, sampler);
      if (control.changed)
        pisd_sampler_set_parameters (sampler, &control.parameters);
      pisd_sampler_advance (sampler);
      atomic_fetch_add (&job->done, 1);
    }
  job->finished[sample] = complete;
  if (!complete && sample != 0)
    return;
  store_sample (worker, sample, sampler);
  if (complete)
    publish_ensemble (job, sample);
  if (sample == 0)
    {
      job->result->n_steps = pisd_sampler_get_step (sampler);
      job->result->n_evaluations = pisd_sampler_get_n_evaluations (sampler);
    }
}

/* No trajectory: the posterior is drawn from directly. */
static void
draw_sample (Worker *worker, guint sample)
{
  Job *job = worker->job;
  const PisdSettings *settings = &job->scenario->settings;
  Control control = { settings->parameters, sample == 0, FALSE, 0 };

  if (!may_go_on (worker, &control))
    return;
  pisd_conditioning_sample (worker->conditioning, settings->seed, sample, worker->fields[0]);
  pisd_solver_complete (worker->solver, worker->fields);
  store_fields (worker, sample);
  job->finished[sample] = TRUE;
  atomic_fetch_add (&job->done, settings->steps);
  publish_ensemble (job, sample);
}

static void
make_sample (Worker *worker, guint sample)
{
  if (pisd_method_get (worker->job->scenario->settings.guidance)->draws_directly)
    draw_sample (worker, sample);
  else
    run_sample (worker, sample);
}

static void
run_samples (Worker *worker)
{
  Job *job = worker->job;

  while (!atomic_load (&job->stop))
    {
      guint sample = atomic_fetch_add (&job->next_sample, 1);

      if (sample >= job->scenario->settings.samples)
        return;
      make_sample (worker, sample);
    }
}

static void *
worker_main (void *data)
{
  Worker worker;

  worker_init (&worker, data, FALSE);
  run_samples (&worker);
  worker_clear (&worker);
  return NULL;
}

/* Sample 0, the one that is watched, is the calling thread's. */
static void
run_job (Job *job, guint n_threads)
{
  guint n_helpers = MIN (n_threads, job->scenario->settings.samples) - 1;
  g_autofree pthread_t *helpers = g_new (pthread_t, n_helpers);
  Worker worker;

  worker_init (&worker, job, TRUE);
  atomic_store (&job->next_sample, 1);
  for (guint i = 0; i < n_helpers; i++)
    if (pthread_create (&helpers[i], NULL, worker_main, job) != 0)
      n_helpers = i;
  make_sample (&worker, 0);
  run_samples (&worker);
  for (guint i = 0; i < n_helpers; i++)
    pthread_join (helpers[i], NULL);
  worker_clear (&worker);
}

/* Finished samples move to the front; without any, the unfinished sample 0 is what there is.  Returns how many are
 * finished. */
static guint
compact_samples (Job *job)
{
  PisdResult *result = job->result;
  guint n = 0;

  for (guint s = 0; s < job->scenario->settings.samples; s++)
    {
      if (!job->finished[s])
        continue;
      for (guint f = 0; f < result->n_fields && n != s; f++)
        memcpy (result->samples[f] + (gsize) n * S * S, result->samples[f] + (gsize) s * S * S,
                sizeof (double) * S * S);
      n++;
    }
  result->complete = n == job->scenario->settings.samples;
  result->n_finished = n;
  result->n_samples = MAX (1, n);
  return n;
}

static void
fill_moments (PisdResult *result, guint f)
{
  guint n = result->n_samples;
  double *mean = result->mean[f]->data, *sd = result->sd[f]->data;

  for (guint s = 0; s < n; s++)
    for (guint p = 0; p < S * S; p++)
      mean[p] += result->samples[f][(gsize) s * S * S + p] / n;
  for (guint p = 0; p < S * S; p++)
    {
      double sum = 0.0;

      for (guint s = 0; s < n; s++)
        {
          double d = result->samples[f][(gsize) s * S * S + p] - mean[p];

          sum += d * d;
        }
      sd[p] = n > 1 ? sqrt (sum / (n - 1)) : NAN;
    }
}

/* Of the exact posterior mean and spread are known, not estimated. */
static void
fill_exact_moments (PisdResult *result,
                    PisdSolver *solver,
                    PisdConditioning *conditioning,
                    guint n_threads)
{
  pisd_conditioning_get_mean (conditioning, result->mean[0]);
  pisd_solver_complete (solver, result->mean);
  pisd_spread_compute (pisd_conditioning_get_factors (conditioning), n_threads, result->sd[0],
                       result->sd[1]);
}

static void
fill_figures (PisdResult *result, PisdSolver *solver, const PisdInstance *truth)
{
  const PisdOperator *row = pisd_operator_get (result->settings.problem);
  PisdField *const *true_fields;

  result->residual_fd = pisd_solver_relative_residual (solver, PISD_DIFFERENCES, result->mean);
  result->residual_spectral = pisd_solver_relative_residual (solver, PISD_SPECTRAL, result->mean);
  if (truth == NULL)
    return;
  for (guint f = 0; f < result->n_fields; f++)
    result->errors[f] = pisd_field_relative_error (
        result->mean[f], pisd_instance_get_field (truth, row->fields[f].id));
  true_fields = pisd_instance_get_fields (truth);
  result->truth_residual_fd = pisd_solver_relative_residual (solver, PISD_DIFFERENCES, true_fields);
  result->truth_residual_spectral =
      pisd_solver_relative_residual (solver, PISD_SPECTRAL, true_fields);
}

static PisdResult *
result_new (const PisdSettings *settings, GError **error)
{
  g_autoptr (PisdResult) self = g_new0 (PisdResult, 1);

  self->ref_count = 1;
  self->settings = *settings;
  self->n_fields = pisd_operator_get (settings->problem)->n_fields;
  self->losses = g_malloc0_n (settings->steps, sizeof *self->losses);
  self->truth_residual_fd = NAN;
  self->truth_residual_spectral = NAN;
  for (guint f = 0; f < self->n_fields; f++)
    {
      self->errors[f] = NAN;
      self->mean[f] = pisd_field_new (S, S);
      self->sd[f] = pisd_field_new (S, S);
      self->samples[f] = g_try_malloc0_n ((gsize) settings->samples * S * S, sizeof (double));
      if (self->samples[f] == NULL)
        {
          g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
                       "samples: got %u, which do not fit into memory", settings->samples);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

static gboolean
check_scenario (const PisdScenario *scenario, GError **error)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  if (!pisd_settings_check (&scenario->settings, error))
    return FALSE;
  for (guint i = 0; i < scenario->sensors->n; i++)
    {
      PisdFieldId field = scenario->sensors->items[i].field;

      if (pisd_problem_find_field (scenario->settings.problem, field) != NULL)
        continue;
      g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                   "sensor %u: field `%s`, which %s does not have", i,
                   pisd_field_id_get_name (field), info->name);
      return FALSE;
    }
  return TRUE;
}

static double
seconds_since (gint64 start)
{
  return 1e-6 * (double) (g_get_monotonic_time () - start);
}

/* What takes longer than everything else before the first step together.  A conditioning that was put together from
 * another one is never kept: its rounding would differ from a new one's. */
static void
fill_cache (PisdRunCache *cache,
            const PisdScenario *scenario,
            const PisdRepresentation *representation,
            guint n_threads)
{
  PisdPriorId prior = scenario->settings.prior;

  if (cache->prior == NULL || !pisd_prior_fits (cache->prior, prior, representation))
    {
      pisd_prior_unref (cache->prior);
      cache->prior = pisd_prior_new (prior, representation);
    }
  if (!pisd_settings_need_conditioning (&scenario->settings))
    return;
  if (cache->conditioning == NULL
      || !pisd_conditioning_fits (cache->conditioning, representation, scenario->sensors))
    {
      pisd_conditioning_free (cache->conditioning);
      cache->conditioning = pisd_conditioning_new (representation, scenario->sensors, n_threads);
    }
  pisd_conditioning_prepare (cache->conditioning, n_threads);
}

void
pisd_run_cache_clear (PisdRunCache *cache)
{
  g_clear_pointer (&cache->prior, pisd_prior_unref);
  g_clear_pointer (&cache->conditioning, pisd_conditioning_free);
}

PisdResult *
pisd_run (const PisdScenario *scenario,
          PisdChannel *channel,
          guint n_threads,
          PisdProgress progress,
          gpointer data,
          GError **error)
{
  g_auto (PisdRunCache) cache = { 0 };

  return pisd_run_again (scenario, channel, n_threads, progress, data, &cache, error);
}

PisdResult *
pisd_run_again (const PisdScenario *scenario,
                PisdChannel *channel,
                guint n_threads,
                PisdProgress progress,
                gpointer data,
                PisdRunCache *cache,
                GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (PisdSolver) solver = NULL;
  g_autoptr (PisdEnsemble) sums = NULL;
  g_autofree gboolean *finished = NULL;
  Job job = {
    .scenario = scenario, .channel = channel, .progress = progress, .progress_data = data
  };

  if (!check_scenario (scenario, error))
    return NULL;
  representation = pisd_representation_new (&scenario->settings, error);
  if (representation == NULL)
    return NULL;
  result = result_new (&scenario->settings, error);
  if (result == NULL)
    return NULL;

  fill_cache (cache, scenario, representation, n_threads);
  sums = pisd_ensemble_new (result->n_fields);
  finished = g_new0 (gboolean, scenario->settings.samples);
  job.prior = cache->prior;
  job.conditioning =
      pisd_settings_need_conditioning (&scenario->settings) ? cache->conditioning : NULL;
  job.sums = sums;
  job.result = result;
  job.finished = finished;
  pthread_mutex_init (&job.mutex, NULL);
  result->setup_seconds = seconds_since (start);
  run_job (&job, n_threads > 0 ? n_threads : g_get_num_processors ());
  pthread_mutex_destroy (&job.mutex);
  result->seconds = seconds_since (start);

  if (job.failure != NULL)
    {
      g_propagate_error (error, job.failure);
      return NULL;
    }
  if (compact_samples (&job) == 0 && result->n_steps == 0)
    {
      g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED,
                           "the run was stopped before its first step");
      return NULL;
    }
  solver = pisd_solver_new (pisd_representation_get_equation (representation));
  if (pisd_method_get (scenario->settings.guidance)->knows_mean)
    fill_exact_moments (result, solver, cache->conditioning, n_threads);
  else
    for (guint f = 0; f < result->n_fields; f++)
      fill_moments (result, f);
  fill_figures (result, solver, scenario->instance);
  return g_steal_pointer (&result);
}
