/* Numbered pieces of work on several threads, watched and steered through a channel: samples of a
 * run, epochs of a training.
 *
 * Each thread opens tools of its own, takes one piece after the other, and asks
 * pisd_job_may_go_on() between the steps of a piece: there it rests while the job is paused,
 * hears that the job was stopped, and takes over new parameters.  Piece 0, the one that is
 * watched, is the calling thread's, which alone reports progress, also while it waits for the
 * others.
 *
 * Errors: the first failure stops the job and is its outcome.
 * Threads: pisd_job_run() from one thread; all else from any thread of the job. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-channel.h"

G_BEGIN_DECLS

typedef struct _PisdJob PisdJob;

/* Called from the calling thread between steps, and of a run also between blocks of what comes
 * before and after them: steps done of all pieces' steps; FALSE stops the job. */
typedef gboolean (*PisdProgress) (guint64 done, guint64 total, gpointer data);

/* One kind of work. */
typedef struct
{
  gpointer (*open) (PisdJob *job, gpointer shared); /* one thread's tools */
  void (*work) (gpointer tools, guint piece);
  void (*close) (gpointer tools);
} PisdJobOps;

/* What whoever watches may change under way, as one piece sees it. */
typedef struct
{
  PisdGuidanceParameters parameters;
  gboolean watched; /* this piece is seen step by step */
  gboolean changed; /* the parameters, before the step to come */

  /*< private >*/
  guint seen; /* changes of them */
} PisdJobControl;

/* `channel`: borrowed, NULL where nobody watches; `total`: steps of all pieces, for `progress`
 * (NULL: none). */
PisdJob *pisd_job_new (PisdChannel *channel, guint64 total, PisdProgress progress, gpointer data);
void pisd_job_free (PisdJob *job); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdJob, pisd_job_free)

/* Works through the pieces on at most `n_threads` threads (0: as many as the machine has cores),
 * the calling one among them.  FALSE with the error of the piece that failed first; a job that
 * was stopped has not failed. */
gboolean pisd_job_run (PisdJob *job,
                       const PisdJobOps *ops,
                       gpointer shared,
                       guint n_pieces,
                       guint n_threads,
                       GError **error);

/* For the work. */

/* Whether the next step may be done; rests while it has to. */
gboolean pisd_job_may_go_on (PisdJob *job, PisdJobControl *control);
/* What a step looks at, at once and without a rest: it says stop once the job is stopped, by
 * whomever.  Looks from the thread that made the job, which is to be the calling one, ask channel
 * and progress function too. */
PisdCancel *pisd_job_get_stop (PisdJob *job);
void pisd_job_add_done (PisdJob *job, guint64 n_steps);
/* Takes over the error and stops the job. */
void pisd_job_fail (PisdJob *job, GError *error);
PisdChannel *pisd_job_get_channel (PisdJob *job); /* NULL: nobody watches */

G_END_DECLS
