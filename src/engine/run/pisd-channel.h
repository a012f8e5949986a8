/* The way from a running job to whoever watches it, and back.
 *
 * Worker to consumer: every step goes into the history, the newest also into a one-frame slot; the
 * wake function is called when there is something to take and no wake is pending.
 * Consumer to worker: pace, cancel, and new guidance parameters, in force from the next step.
 *
 * Locks:   one mutex, never held while computing, freeing, waking or calling GLib's main loop.
 * Threads: worker functions from the worker (some from any of them), consumer functions from any
 *          one thread. */
#pragma once

#include "pisd-checkpoint.h"
#include "pisd-ensemble.h"
#include "pisd-frame.h"

G_BEGIN_DECLS

typedef struct _PisdChannel PisdChannel;

typedef enum
{
  PISD_PACE_FREE,     /* as fast as it computes */
  PISD_PACE_LOCKSTEP, /* a step waits until the frame before was taken */
  PISD_PACE_PAUSED,   /* only steps that pisd_channel_allow() granted; all samples rest */
  PISD_PACE_GRANTED   /* the same for the watched sample; the others compute */
} PisdPace;

typedef void (*PisdWake) (gpointer data); /* called from the worker, must not block */

PisdChannel *pisd_channel_new (guint run_id, PisdPace pace, PisdWake wake, gpointer data);
void pisd_channel_free (PisdChannel *channel); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdChannel, pisd_channel_free)

/* Consumer. */
guint pisd_channel_get_run_id (PisdChannel *channel);
/* The newest frame not yet taken, or NULL; clears the pending wake, lets a lockstep worker go on.
 */
PisdFrame *pisd_channel_take (PisdChannel *channel);
/* The newest running ensemble not yet taken, or NULL. */
PisdEnsemble *pisd_channel_take_ensemble (PisdChannel *channel);
guint pisd_channel_get_n_frames (PisdChannel *channel);
/* Frame of that step from the history; NULL if it was not reached. */
PisdFrame *pisd_channel_dup_frame (PisdChannel *channel, guint step);
/* The last checkpoint at that step or before it; NULL: there is none. */
PisdCheckpoint *pisd_channel_dup_checkpoint (PisdChannel *channel, guint step);
/* Bytes that frames and checkpoints hold, without those of other runs that they share. */
gsize pisd_channel_get_bytes (PisdChannel *channel);
void pisd_channel_set_pace (PisdChannel *channel, PisdPace pace);
PisdPace pisd_channel_get_pace (PisdChannel *channel);
/* While paused or at granted pace; what was granted is forgotten when the pace is set. */
void pisd_channel_allow (PisdChannel *channel, guint n_steps);
void pisd_channel_set_parameters (PisdChannel *channel, const PisdGuidanceParameters *parameters);
/* Before the worker begins: it is drained, and nobody is there to let a run go on that waits. */
void pisd_channel_leave_alone (PisdChannel *channel);
/* Why the run waits for somebody who is neither of the two; owned, NULL: nothing new. */
GError *pisd_channel_take_stall (PisdChannel *channel);
/* What the run waits for, without being paused; NULL: nothing since the last call. */
GError *pisd_channel_take_notice (PisdChannel *channel);
void pisd_channel_cancel (PisdChannel *channel); /* also wakes a waiting worker */
gboolean pisd_channel_is_cancelled (PisdChannel *channel);
/* For tests: frames that were replaced before they were taken. */
guint pisd_channel_get_n_skipped (PisdChannel *channel);

/* Worker. */
/* Takes over the reference, appends to the history, wakes.  A frame with `broken` set pauses the
 * run, unless it was left alone. */
void pisd_channel_publish (PisdChannel *channel, PisdFrame *frame);
/* Takes over the reference; those of a run come in the order of their steps. */
void pisd_channel_keep (PisdChannel *channel, PisdCheckpoint *checkpoint);
/* Takes it over, replaces the one before, wakes.  From any worker of the run. */
void pisd_channel_publish_ensemble (PisdChannel *channel, PisdEnsemble *ensemble);
/* What a step waits for has failed.  Where somebody watches the run is paused, and
 * this blocks until it goes on or a step is granted; FALSE when it was cancelled.  Else TRUE at
 * once.  From any worker of the run. */
gboolean pisd_channel_stall (PisdChannel *channel, const GError *failure);
/* What a step waits for is slow: that is said, and the run goes on.  From any worker of the run. */
void pisd_channel_notice (PisdChannel *channel, const GError *notice);
gboolean pisd_channel_is_watched (PisdChannel *channel); /* has a wake function, is not alone */
/* Blocks until the next step may start; FALSE when the run was cancelled.  From any worker of the
 * run.  Samples that are not `watched` rest while the run is paused: lockstep is not for them,
 * and steps that are granted only when the watched sample has made its last one.  `seen`: 0 at
 * first, the caller keeps it; `parameters`: overwritten by those that it has not seen yet (then
 * *changed = TRUE). */
gboolean pisd_channel_wait (PisdChannel *channel,
                            gboolean watched,
                            PisdGuidanceParameters *parameters,
                            guint *seen,
                            gboolean *changed);

G_END_DECLS
