#include "pisd-channel.h"

#include <pthread.h>

/* Lock order: `mutex` is the only lock here.  It guards every field below it and is never held
 * while computing, freeing, waking or calling GLib's main loop.  Plain pthread, so that
 * ThreadSanitizer understands it. */
struct _PisdChannel
{
  guint run_id;
  PisdWake wake;
  gpointer wake_data;
  gboolean is_alone; /* nobody lets a paused run go on */

  pthread_mutex_t mutex;
  pthread_cond_t changed;
  PisdPace pace;
  guint allowance;       /* steps granted */
  gboolean watched_done; /* the watched sample has made its last step */
  gboolean cancelled;
  gboolean wake_pending;
  PisdFrame *latest;      /* not yet taken; a reference */
  PisdEnsemble *ensemble; /* not yet taken */
  PisdFrame **history;    /* [n_frames], a reference each, index = step */
  guint n_frames, n_allocated;
  GPtrArray *checkpoints; /* of PisdCheckpoint, ascending steps */
  gsize n_bytes;          /* of frames and checkpoints */
  GError *stall, *notice; /* not yet taken */
  guint n_skipped;
  guint n_changes; /* of `parameters` */
  PisdGuidanceParameters parameters;
};

PisdChannel *
pisd_channel_new (guint run_id, PisdPace pace, PisdWake wake, gpointer data)
{
  PisdChannel *self = g_new0 (PisdChannel, 1);

  self->run_id = run_id;
  self->pace = pace;
  self->wake = wake;
  self->wake_data = data;
  self->checkpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_checkpoint_unref);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->changed, NULL);
  return self;
}

void
pisd_channel_free (PisdChannel *self)
{
  if (self == NULL)
    return;
  pisd_frame_unref (self->latest);
  pisd_ensemble_free (self->ensemble);
  for (guint i = 0; i < self->n_frames; i++)
    pisd_frame_unref (self->history[i]);
  g_free (self->history);
  g_ptr_array_unref (self->checkpoints);
  g_clear_error (&self->stall);
  g_clear_error (&self->notice);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

guint
pisd_channel_get_run_id (PisdChannel *self)
{
  return self->run_id;
}

PisdFrame *
pisd_channel_take (PisdChannel *self)
{
  PisdFrame *frame;

  pthread_mutex_lock (&self->mutex);
  frame = g_steal_pointer (&self->latest);
  self->wake_pending = FALSE;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
  return frame;
}

PisdEnsemble *
pisd_channel_take_ensemble (PisdChannel *self)
{
  PisdEnsemble *ensemble;

  pthread_mutex_lock (&self->mutex);
  ensemble = g_steal_pointer (&self->ensemble);
  self->wake_pending = FALSE;
  pthread_mutex_unlock (&self->mutex);
  return ensemble;
}

guint
pisd_channel_get_n_frames (PisdChannel *self)
{
  guint n;

  pthread_mutex_lock (&self->mutex);
  n = self->n_frames;
  pthread_mutex_unlock (&self->mutex);
  return n;
}

PisdFrame *
pisd_channel_dup_frame (PisdChannel *self, guint step)
{
  PisdFrame *frame = NULL;

  pthread_mutex_lock (&self->mutex);
  if (step < self->n_frames)
    frame = pisd_frame_ref (self->history[step]);
  pthread_mutex_unlock (&self->mutex);
  return frame;
}

PisdCheckpoint *
pisd_channel_dup_checkpoint (PisdChannel *self, guint step)
{
  PisdCheckpoint *found = NULL;

  pthread_mutex_lock (&self->mutex);
  for (guint k = self->checkpoints->len; k-- > 0 && found == NULL;)
    {
      PisdCheckpoint *checkpoint = g_ptr_array_index (self->checkpoints, k);

      if (checkpoint->step <= step)
        found = pisd_checkpoint_ref (checkpoint);
    }
  pthread_mutex_unlock (&self->mutex);
  return found;
}

gsize
pisd_channel_get_bytes (PisdChannel *self)
{
  gsize n;

  pthread_mutex_lock (&self->mutex);
  n = self->n_bytes;
  pthread_mutex_unlock (&self->mutex);
  return n;
}

guint
pisd_channel_get_n_skipped (PisdChannel *self)
{
  guint n;

  pthread_mutex_lock (&self->mutex);
  n = self->n_skipped;
  pthread_mutex_unlock (&self->mutex);
  return n;
}

void
pisd_channel_set_pace (PisdChannel *self, PisdPace pace)
{
  pthread_mutex_lock (&self->mutex);
  self->pace = pace;
  self->allowance = 0;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

PisdPace
pisd_channel_get_pace (PisdChannel *self)
{
  PisdPace pace;

  pthread_mutex_lock (&self->mutex);
  pace = self->pace;
  pthread_mutex_unlock (&self->mutex);
  return pace;
}

void
pisd_channel_allow (PisdChannel *self, guint n_steps)
{
  pthread_mutex_lock (&self->mutex);
  self->allowance += n_steps;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

void
pisd_channel_set_parameters (PisdChannel *self, const PisdGuidanceParameters *parameters)
{
  pthread_mutex_lock (&self->mutex);
  self->parameters = *parameters;
  self->n_changes++;
  pthread_mutex_unlock (&self->mutex);
}

static GError *
take (PisdChannel *self, GError **place)
{
  GError *taken;

  pthread_mutex_lock (&self->mutex);
  taken = g_steal_pointer (place);
  pthread_mutex_unlock (&self->mutex);
  return taken;
}

GError *
pisd_channel_take_stall (PisdChannel *self)
{
  return take (self, &self->stall);
}

GError *
pisd_channel_take_notice (PisdChannel *self)
{
  return take (self, &self->notice);
}

void
pisd_channel_cancel (PisdChannel *self)
{
  pthread_mutex_lock (&self->mutex);
  self->cancelled = TRUE;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

gboolean
pisd_channel_is_cancelled (PisdChannel *self)
{
  gboolean cancelled;

  pthread_mutex_lock (&self->mutex);
  cancelled = self->cancelled;
  pthread_mutex_unlock (&self->mutex);
  return cancelled;
}

/* Room for one more frame is made outside the lock: only the worker touches n_allocated. */
static void
make_room (PisdChannel *self, guint n)
{
  PisdFrame **wider, **old;
  guint n_wider;

  if (n < self->n_allocated)
    return;
  n_wider = MAX (256, 2 * self->n_allocated);
  wider = g_new (PisdFrame *, n_wider);
  pthread_mutex_lock (&self->mutex);
  old = self->history;
  for (guint i = 0; i < self->n_frames; i++)
    wider[i] = old[i];
  self->history = wider;
  self->n_allocated = n_wider;
  pthread_mutex_unlock (&self->mutex);
  g_free (old);
}

void
pisd_channel_publish (PisdChannel *self, PisdFrame *frame)
{
  PisdFrame *replaced;
  gboolean wake;

  g_return_if_fail (frame->step == self->n_frames);

  make_room (self, frame->step);
  pisd_frame_ref (frame);
  pthread_mutex_lock (&self->mutex);
  self->history[self->n_frames++] = frame;
  self->n_bytes += pisd_frame_get_bytes (frame);
  replaced = self->latest;
  self->latest = frame;
  self->n_skipped += replaced != NULL;
  wake = !self->wake_pending;
  self->wake_pending = TRUE;
  self->watched_done = frame->n_steps > 0 && frame->step == frame->n_steps;
  /* Steps that were granted beyond its last one are now the others'. */
  if (self->watched_done)
    pthread_cond_broadcast (&self->changed);
  if (frame->broken != NULL && !self->is_alone)
    {
      self->pace = PISD_PACE_PAUSED;
      self->allowance = 0;
    }
  pthread_mutex_unlock (&self->mutex);
  pisd_frame_unref (replaced);
  if (wake && self->wake != NULL)
    self->wake (self->wake_data);
}

void
pisd_channel_keep (PisdChannel *self, PisdCheckpoint *checkpoint)
{
  pthread_mutex_lock (&self->mutex);
  g_ptr_array_add (self->checkpoints, checkpoint);
  if (checkpoint->run_id == self->run_id)
    self->n_bytes += pisd_checkpoint_get_bytes (checkpoint);
  pthread_mutex_unlock (&self->mutex);
}

/* Called with the lock held. */
static gboolean
uses_allowance (const PisdChannel *self, gboolean watched)
{
  return self->pace == PISD_PACE_PAUSED || (self->pace == PISD_PACE_GRANTED && watched);
}

/* Called with the lock held. */
static gboolean
may_step (const PisdChannel *self, gboolean watched)
{
  switch (self->pace)
    {
    case PISD_PACE_FREE:
      return TRUE;
    case PISD_PACE_LOCKSTEP:
      return !watched || self->latest == NULL;
    case PISD_PACE_GRANTED:
      return !watched || self->allowance > 0;
    case PISD_PACE_PAUSED:
    default:
      return (watched || self->watched_done) && self->allowance > 0;
    }
}

gboolean
pisd_channel_wait (PisdChannel *self,
                   gboolean watched,
                   PisdGuidanceParameters *parameters,
                   guint *seen,
                   gboolean *changed)
{
  gboolean go_on;

  pthread_mutex_lock (&self->mutex);
  while (!self->cancelled && !may_step (self, watched))
    pthread_cond_wait (&self->changed, &self->mutex);
  go_on = !self->cancelled;
  if (uses_allowance (self, watched) && self->allowance > 0)
    self->allowance--;
  *changed = *seen != self->n_changes;
  if (*changed)
    *parameters = self->parameters;
  *seen = self->n_changes;
  pthread_mutex_unlock (&self->mutex);
  return go_on;
}

void
pisd_channel_publish_ensemble (PisdChannel *self, PisdEnsemble *ensemble)
{
  PisdEnsemble *replaced;
  gboolean wake;

  pthread_mutex_lock (&self->mutex);
  replaced = self->ensemble;
  self->ensemble = ensemble;
  wake = !self->wake_pending;
  self->wake_pending = TRUE;
  pthread_mutex_unlock (&self->mutex);
  pisd_ensemble_free (replaced);
  if (wake && self->wake != NULL)
    self->wake (self->wake_data);
}

void
pisd_channel_leave_alone (PisdChannel *self)
{
  self->is_alone = TRUE;
}

gboolean
pisd_channel_is_watched (PisdChannel *self)
{
  return self->wake != NULL && !self->is_alone;
}

/* The newest failure replaces the one before. */
static void
put_stall (PisdChannel *self, const GError *failure)
{
  GError *copy = g_error_copy (failure), *replaced;

  pthread_mutex_lock (&self->mutex);
  replaced = self->stall;
  self->stall = copy;
  if (pisd_channel_is_watched (self))
    {
      self->pace = PISD_PACE_PAUSED;
      self->allowance = 0;
    }
  pthread_mutex_unlock (&self->mutex);
  g_clear_error (&replaced);
}

void
pisd_channel_notice (PisdChannel *self, const GError *notice)
{
  GError *copy = g_error_copy (notice), *replaced;

  pthread_mutex_lock (&self->mutex);
  replaced = self->notice;
  self->notice = copy;
  pthread_mutex_unlock (&self->mutex);
  g_clear_error (&replaced);
  if (self->wake != NULL)
    self->wake (self->wake_data);
}

gboolean
pisd_channel_stall (PisdChannel *self, const GError *failure)
{
  gboolean go_on;

  put_stall (self, failure);
  if (self->wake != NULL) /* also beside a wake for a frame, which may be on its way already */
    self->wake (self->wake_data);
  pthread_mutex_lock (&self->mutex);
  while (pisd_channel_is_watched (self) && !self->cancelled && self->pace == PISD_PACE_PAUSED
         && self->allowance == 0)
    pthread_cond_wait (&self->changed, &self->mutex);
  go_on = !self->cancelled;
  pthread_mutex_unlock (&self->mutex);
  return go_on;
}
