#include "explorer-job.h"

#include <math.h>

/* Counted: one reference for the owner, one for the thread, one for every pending call to the main
 * thread. */
struct _ExplorerJob
{
  GWeakRef target;
  ExplorerJobNotify ready, done;
  PisdBranch *branch;     /* NULL: it begins at the beginning */
  PisdScenario *scenario; /* read only from the start of the thread on */
  PisdChannel *channel;
  GThread *thread;                    /* owner's; NULL: joined */
  guint flags;                        /* as ExplorerJobFlags bits */
  PisdRepresentation *representation; /* the thread's until there is a frame; NULL: none */
  PisdNormaliser *normaliser;         /* of one that another run has taken */
  PisdRunCache cache;                 /* the thread's until it is joined */
  GMutex lock;                        /* of what follows */
  gboolean is_asked;                  /* somebody wants the tables */
  gboolean is_shared;                 /* they are in `shared` */
  gboolean is_through;                /* the thread has no more use for its cache */
  PisdRunCache shared;                /* the same tables, for other threads */
  PisdResult *result;
  gint is_over;                 /* what the thread makes is there, and stays as it is */
  double crps[PISD_MAX_FIELDS]; /* NaN: not known */
  GError *error;
};

static void
job_clear (gpointer data)
{
  ExplorerJob *job = data;

  g_weak_ref_clear (&job->target);
  pisd_scenario_free (job->scenario);
  pisd_branch_unref (job->branch);
  pisd_channel_free (job->channel);
  pisd_representation_free (job->representation);
  pisd_normaliser_unref (job->normaliser);
  pisd_run_cache_clear (&job->cache);
  pisd_run_cache_clear (&job->shared);
  g_mutex_clear (&job->lock);
  pisd_result_free (job->result);
  g_clear_error (&job->error);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

static void
notify (ExplorerJob *job, ExplorerJobNotify function)
{
  g_autoptr (GObject) target = g_weak_ref_get (&job->target);

  if (target != NULL)
    function (job, target);
}

static gboolean
on_ready (gpointer data)
{
  ExplorerJob *job = data;

  notify (job, job->ready);
  return G_SOURCE_REMOVE;
}

static gboolean
on_done (gpointer data)
{
  ExplorerJob *job = data;

  notify (job, job->done);
  return G_SOURCE_REMOVE;
}

/* Before GTK's redraw, so that a frame that is there is drawn in the cycle to come. */
static void
call_main (ExplorerJob *job, GSourceFunc function)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, function, g_atomic_rc_box_acquire (job), job_unref);
}

/* Once there is a frame the tables are made, and stay as they are until the last one. */
static void
share_tables (ExplorerJob *job)
{
  g_mutex_lock (&job->lock);
  if (!job->is_shared && (job->flags & EXPLORER_JOB_DECODED))
    {
      pisd_run_cache_share (&job->cache, &job->shared);
      job->is_shared = TRUE;
    }
  g_mutex_unlock (&job->lock);
}

/* On a thread of the run. */
static void
wake (gpointer data)
{
  share_tables (data);
  call_main (data, on_ready);
}

/* Also while the set-up is computed, when nobody waits on the channel. */
static gboolean
on_progress (guint64 done, guint64 total, gpointer data)
{
  return !pisd_channel_is_cancelled (data);
}

static void
score (ExplorerJob *job)
{
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    job->crps[f] = NAN;
  if (job->result == NULL || !job->result->complete || !(job->flags & EXPLORER_JOB_SCORED))
    return;
  for (guint f = 0; f < job->result->n_fields; f++)
    job->crps[f] = pisd_result_get_crps (job->result, f, job->scenario->instance);
}

static gpointer
run_thread (gpointer data)
{
  ExplorerJob *job = data;
  /* One sample has no use for a second core; the window has. */
  const guint n_threads = job->scenario->settings.samples > 1 ? 0 : 1;

  if ((job->flags & EXPLORER_JOB_DECODED)
      && job->representation == NULL) /* what fails is an error of the run, too */
    job->representation = pisd_representation_new (&job->scenario->settings, NULL);
  job->result = pisd_run_branch (job->scenario, job->branch, job->channel, n_threads, on_progress,
                                 job->channel, &job->cache, &job->error);
  g_mutex_lock (&job->lock);
  pisd_run_cache_trim (&job->shared);
  g_mutex_unlock (&job->lock);
  score (job);
  g_atomic_int_set (&job->is_over, TRUE);
  call_main (job, on_done);
  job_unref (job);
  return NULL;
}

ExplorerJob *
explorer_job_start (guint id,
                    const PisdScenario *scenario,
                    PisdBranch *branch,
                    PisdPace pace,
                    PisdRunCache *cache,
                    guint flags,
                    PisdRepresentation *representation,
                    GObject *target,
                    ExplorerJobNotify ready,
                    ExplorerJobNotify done)
{
  ExplorerJob *job = g_atomic_rc_box_new0 (ExplorerJob);

  g_weak_ref_init (&job->target, target);
  g_mutex_init (&job->lock);
  job->ready = ready;
  job->done = done;
  job->scenario = pisd_scenario_dup (scenario);
  job->branch = branch == NULL ? NULL : pisd_branch_ref (branch);
  job->channel = pisd_channel_new (id, pace, wake, job);
  if (flags & EXPLORER_JOB_ALONE)
    pisd_channel_leave_alone (job->channel);
  job->cache = *cache;
  *cache = (PisdRunCache){ 0 };
  job->flags = flags;
  job->representation = representation;
  job->thread = g_thread_new ("pisd-run", run_thread, g_atomic_rc_box_acquire (job));
  return job;
}

void
explorer_job_stop (ExplorerJob *job)
{
  pisd_channel_cancel (job->channel);
  if (job->thread != NULL)
    g_thread_join (g_steal_pointer (&job->thread));
}

void
explorer_job_take_cache (ExplorerJob *job, PisdRunCache *cache)
{
  g_return_if_fail (job->thread == NULL);
  *cache = job->cache;
  job->cache = (PisdRunCache){ 0 };
  pisd_run_cache_clear (&job->shared);
}

void
explorer_job_give_cache (ExplorerJob *job, PisdRunCache *cache)
{
  g_return_if_fail (job->thread == NULL);
  pisd_run_cache_clear (&job->cache);
  job->cache = *cache;
  *cache = (PisdRunCache){ 0 };
  pisd_run_cache_clear (&job->shared);
  pisd_run_cache_share (&job->cache, &job->shared);
  job->is_shared = TRUE;
}

PisdRepresentation *
explorer_job_make_representation (ExplorerJob *job)
{
  if (job->representation == NULL && job->normaliser != NULL)
    job->representation =
        pisd_representation_new_scaled (&job->scenario->settings, job->normaliser, NULL);
  return job->representation;
}

PisdRepresentation *
explorer_job_take_representation (ExplorerJob *job)
{
  if (job->representation != NULL && job->normaliser == NULL)
    job->normaliser =
        pisd_normaliser_ref (pisd_representation_get_normaliser (job->representation));
  return g_steal_pointer (&job->representation);
}

void
explorer_job_forget_readings (ExplorerJob *job)
{
  explorer_job_stop (job);
  g_clear_pointer (&job->cache.conditioning, pisd_conditioning_free);
  pisd_run_cache_clear (&job->shared);
}

gboolean
explorer_job_share_tables (ExplorerJob *job, PisdRunCache *cache)
{
  gboolean is_shared;

  g_mutex_lock (&job->lock);
  is_shared = job->is_shared;
  if (is_shared)
    pisd_run_cache_share (&job->shared, cache);
  g_mutex_unlock (&job->lock);
  return is_shared;
}

void
explorer_job_release (ExplorerJob *job)
{
  if (job == NULL)
    return;
  explorer_job_stop (job);
  job_unref (job);
}

ExplorerJob *
explorer_job_ref (ExplorerJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

void
explorer_job_unref (ExplorerJob *job)
{
  if (job != NULL)
    job_unref (job);
}

PisdChannel *
explorer_job_get_channel (ExplorerJob *job)
{
  return job->channel;
}

PisdFrame *
explorer_job_dup_fork (ExplorerJob *job)
{
  return job->branch == NULL ? NULL : pisd_branch_dup_frame (job->branch);
}

PisdRepresentation *
explorer_job_get_representation (ExplorerJob *job)
{
  return job->representation;
}

const PisdScenario *
explorer_job_get_scenario (ExplorerJob *job)
{
  return job->scenario;
}

PisdResult *
explorer_job_get_result (ExplorerJob *job)
{
  return g_atomic_int_get (&job->is_over) ? job->result : NULL;
}

double
explorer_job_get_crps (ExplorerJob *job, guint field)
{
  g_return_val_if_fail (field < PISD_MAX_FIELDS, NAN);
  return job->crps[field];
}

const GError *
explorer_job_get_error (ExplorerJob *job)
{
  return job->error;
}
