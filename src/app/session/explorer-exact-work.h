/* One computation of an exact answer: what goes to the worker and comes back.
 *
 * Threads: `compute` on one thread, `wait` on another;
 * the fields are the worker's until it is over. */
#pragma once

#include "pisd-exact.h"

G_BEGIN_DECLS

typedef struct
{
  PisdScenario *scenario;
  PisdCancel *cancel;
  PisdConditioning *conditioning; /* in: of other sensors, or NULL; out: of these, or NULL */
  PisdExact *exact;               /* out; NULL on failure */
  guint64 too_much;               /* out: bytes that it would need and there are not; 0: it fits */
  gint64 duration;                /* out, microseconds */
  gboolean taken;                 /* the waiting thread has what is out */
  GMutex lock;                    /* of what follows */
  GCond ended;
  gboolean is_over;
} ExplorerExactWork;

/* Copies the scenario, takes the conditioning. */
ExplorerExactWork *explorer_exact_work_new (const PisdScenario *scenario,
                                            PisdCancel *cancel,
                                            PisdConditioning *conditioning);
void explorer_exact_work_free (gpointer work);
/* Errors: those of the conditioning and of the exact mean; PISD_ERROR_CANCELLED after a stop. */
gboolean explorer_exact_work_compute (ExplorerExactWork *work, GError **error);
/* Whether it is over; it waits for that, `most` microseconds at most. */
gboolean explorer_exact_work_wait (ExplorerExactWork *work, gint64 most);

G_END_DECLS
