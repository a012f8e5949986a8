#include "pisd-job.h"

#include <pthread.h>
#include <stdatomic.h>

#include "pisd-wait.h"

/* How often whoever waits for the others asks whether to stop, in microseconds. */
#define LISTEN_INTERVAL 50000

/* `next`, `done` and `stop` are atomic, `failure` and `n_open` are guarded by `mutex`; everything
 * else is constant while the threads work.  Plain pthread, so that ThreadSanitizer understands
 * it. */
struct _PisdJob
{
  PisdChannel *channel;
  PisdProgress progress;
  gpointer progress_data;
  guint64 total;
  const PisdJobOps *ops;
  gpointer shared;
  guint n_pieces;
  pthread_t caller;
  atomic_uint next; /* piece that nobody has taken */
  atomic_ullong done;
  atomic_bool stop;
  PisdCancel *token; /* says stop once `stop` does */
  pthread_mutex_t mutex;
  pthread_cond_t closed; /* of `n_open` */
  GError *failure;
  guint n_open; /* helpers that work */
};

static gboolean
report_progress (PisdJob *self)
{
  return self->progress == NULL || !pthread_equal (pthread_self (), self->caller)
         || self->progress (atomic_load (&self->done), self->total, self->progress_data);
}

/* No piece goes on; those that rest are woken, and those within a step hear of it. */
static void
stop_all (PisdJob *self)
{
  atomic_store (&self->stop, TRUE);
  pisd_cancel_trigger (self->token);
  if (self->channel != NULL)
    pisd_channel_cancel (self->channel);
}

/* Whether to stop, asked without a rest; the calling thread asks channel and progress function. */
static gboolean
look (gpointer data)
{
  PisdJob *self = data;

  if ((self->channel != NULL && pisd_channel_is_cancelled (self->channel))
      || !report_progress (self))
    stop_all (self);
  return atomic_load (&self->stop);
}

PisdJob *
pisd_job_new (PisdChannel *channel, guint64 total, PisdProgress progress, gpointer data)
{
  PisdJob *self = g_new0 (PisdJob, 1);

  self->channel = channel;
  self->total = total;
  self->progress = progress;
  self->progress_data = data;
  self->token = pisd_cancel_new_polling (look, self);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->closed, NULL);
  return self;
}

void
pisd_job_free (PisdJob *self)
{
  if (self == NULL)
    return;
  pthread_cond_destroy (&self->closed);
  pthread_mutex_destroy (&self->mutex);
  g_clear_error (&self->failure);
  pisd_cancel_unref (self->token);
  g_free (self);
}

PisdChannel *
pisd_job_get_channel (PisdJob *self)
{
  return self->channel;
}

void
pisd_job_fail (PisdJob *self, GError *error)
{
  pthread_mutex_lock (&self->mutex);
  if (self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  pthread_mutex_unlock (&self->mutex);
  g_clear_error (&error);
  stop_all (self);
}

void
pisd_job_add_done (PisdJob *self, guint64 n_steps)
{
  atomic_fetch_add (&self->done, n_steps);
}

gboolean
pisd_job_may_go_on (PisdJob *self, PisdJobControl *control)
{
  control->changed = FALSE;
  if (self->channel != NULL
      && !pisd_channel_wait (self->channel, control->watched, &control->parameters, &control->seen,
                             &control->changed))
    stop_all (self);
  if (!report_progress (self))
    stop_all (self);
  return !atomic_load (&self->stop);
}

PisdCancel *
pisd_job_get_stop (PisdJob *self)
{
  return self->token;
}

static void
take_pieces (PisdJob *self, gpointer tools)
{
  while (!atomic_load (&self->stop))
    {
      guint piece = atomic_fetch_add (&self->next, 1);

      if (piece >= self->n_pieces)
        return;
      self->ops->work (tools, piece);
    }
}

static void *
helper_main (void *data)
{
  PisdJob *self = data;
  gpointer tools = self->ops->open (self, self->shared);

  take_pieces (self, tools);
  self->ops->close (tools);
  pthread_mutex_lock (&self->mutex);
  if (--self->n_open == 0)
    pthread_cond_signal (&self->closed);
  pthread_mutex_unlock (&self->mutex);
  return NULL;
}

/* Until the helpers have worked or so much time has passed.  TRUE: they have. */
static gboolean
wait_for_helpers (PisdJob *self)
{
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  if (self->n_open > 0)
    pisd_wait (&self->closed, &self->mutex, LISTEN_INTERVAL);
  done = self->n_open == 0;
  pthread_mutex_unlock (&self->mutex);
  return done;
}

/* The calling thread, when it has no piece left, still asks whether to stop those of the others. */
static void
listen_for_helpers (PisdJob *self)
{
  while (!wait_for_helpers (self))
    look (self);
}

/* Those that could not be started.  Returns how many there are. */
static guint
forget_helpers (PisdJob *self, guint n, guint n_left)
{
  pthread_mutex_lock (&self->mutex);
  self->n_open -= n;
  pthread_mutex_unlock (&self->mutex);
  return n_left;
}

/* Piece 0 is the calling thread's, before the helpers could take it. */
static void
work (PisdJob *self, guint n_helpers)
{
  g_autofree pthread_t *helpers = g_new (pthread_t, n_helpers);
  gpointer tools = self->ops->open (self, self->shared);

  atomic_store (&self->next, 1);
  self->n_open = n_helpers;
  for (guint i = 0; i < n_helpers; i++)
    if (pthread_create (&helpers[i], NULL, helper_main, self) != 0)
      n_helpers = forget_helpers (self, n_helpers - i, i);
  self->ops->work (tools, 0);
  take_pieces (self, tools);
  listen_for_helpers (self);
  for (guint i = 0; i < n_helpers; i++)
    pthread_join (helpers[i], NULL);
  self->ops->close (tools);
}

gboolean
pisd_job_run (PisdJob *self,
              const PisdJobOps *ops,
              gpointer shared,
              guint n_pieces,
              guint n_threads,
              GError **error)
{
  g_return_val_if_fail (self != NULL && ops != NULL && n_pieces > 0, FALSE);

  self->ops = ops;
  self->shared = shared;
  self->n_pieces = n_pieces;
  self->caller = pthread_self ();
  work (self, MIN (n_threads > 0 ? n_threads : g_get_num_processors (), n_pieces) - 1);
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}
