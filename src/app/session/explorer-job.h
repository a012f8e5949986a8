/* One run on its own thread: the scenario it works on, the channel to it, and what came of it.
 *
 * Threads: everything here is called on the main thread; the worker only computes and publishes. */
#pragma once

#include <glib-object.h>

#include "pisd-run.h"

G_BEGIN_DECLS

typedef struct _ExplorerJob ExplorerJob;

/* Called on the main thread while `target` is alive; `job` may be one that was released meanwhile.
 */
typedef void (*ExplorerJobNotify) (ExplorerJob *job, gpointer target);

typedef enum
{
  EXPLORER_JOB_DECODED = 1 << 0, /* the thread makes what decodes its frames */
  EXPLORER_JOB_SCORED = 1 << 1,  /* ... and the CRPS of what it came to */
  EXPLORER_JOB_ALONE = 1 << 2    /* a model that has gone ends it, instead of a pause */
} ExplorerJobFlags;

/* Starts a thread named "pisd-run".  The scenario is copied; `target` is referenced weakly.
 * `branch`: where the run begins (referenced; NULL: at the beginning).
 * `cache`: of the run before (taken, zero afterwards).  What decodes its frames is not made where
 * it gets that of a run with the same latents (`representation`, taken; else NULL).  `ready`: there
 * is a frame to take; `done`: the thread is through. */
ExplorerJob *explorer_job_start (guint id,
                                 const PisdScenario *scenario,
                                 PisdBranch *branch,
                                 PisdPace pace,
                                 PisdRunCache *cache,
                                 guint flags,
                                 PisdRepresentation *representation,
                                 GObject *target,
                                 ExplorerJobNotify ready,
                                 ExplorerJobNotify done);
/* Cancels and waits for the thread: at most one step. */
void explorer_job_stop (ExplorerJob *job);
/* After explorer_job_stop(): what the next run need not make again goes into the empty `cache`. */
void explorer_job_take_cache (ExplorerJob *job, PisdRunCache *cache);
/* The other way round, of one that is through (taken, zero afterwards). */
void explorer_job_give_cache (ExplorerJob *job, PisdRunCache *cache);
/* Where there is a frame, or after explorer_job_stop(): what decodes the frames, owned; NULL: there
 * is nothing. */
PisdRepresentation *explorer_job_take_representation (ExplorerJob *job);
/* After `done`, where the sensors are others by now: what was made of those of the run goes. */
void explorer_job_forget_readings (ExplorerJob *job);
/* Of a run whose frames are decoded, once there is one: its tables, for a thread that looks at
 * steps again, into an empty cache.  FALSE: there are none. */
gboolean explorer_job_share_tables (ExplorerJob *job, PisdRunCache *cache);
/* Stops it and drops the reference; NULL is fine. */
void explorer_job_release (ExplorerJob *job);
/* Of one that is through, for a thread that reads its scenario and its result. */
ExplorerJob *explorer_job_ref (ExplorerJob *job);
void explorer_job_unref (ExplorerJob *job); /* NULL is fine; any thread */

PisdChannel *explorer_job_get_channel (ExplorerJob *job);
/* Of a branch: the frame of its run where it begins, another reference; NULL: it is none. */
PisdFrame *explorer_job_dup_fork (ExplorerJob *job);
/* Where there is a frame: what decodes it, on the main thread. */
PisdRepresentation *explorer_job_get_representation (ExplorerJob *job);
/* Of one that is through: made anew where another run has taken it; NULL: there was none. */
PisdRepresentation *explorer_job_make_representation (ExplorerJob *job);
const PisdScenario *explorer_job_get_scenario (ExplorerJob *job);
/* After `done`: borrowed, one of them NULL. */
PisdResult *explorer_job_get_result (ExplorerJob *job);
/* After `done`, of a result: of a field, where it was to be scored; NaN: not known. */
double explorer_job_get_crps (ExplorerJob *job, guint field);
const GError *explorer_job_get_error (ExplorerJob *job);

G_END_DECLS
