/* One computation of an exact answer: what goes to the worker and comes back.
 *
 * Threads: one at a time. */
#pragma once

#include "pisd-exact.h"

G_BEGIN_DECLS

typedef struct
{
  PisdScenario *scenario; /* in; overwritten */
  PisdCancel *cancel;     /* in */
  guint n_threads;        /* in */
  gboolean with_sd;       /* in: the spread, too */
  PisdExactFunc early; /* in: gets, with the work, what rows of other sensors say, on the thread */
  gpointer owner;      /* in: whoever that is for; borrowed */
  PisdRepresentation *representation; /* in: of `represented`, or NULL; out: of the scenario's */
  PisdSettings represented;           /* in and out: the settings that it was made for */
  PisdConditioning *conditioning;     /* in: of other sensors, or NULL; out: of these, or NULL */
  PisdExact *exact;                   /* out; NULL on failure */
  guint64 too_much; /* out: bytes that it would take, where they are not there; else 0 */
  gint64 duration;  /* out, microseconds */
} ExplorerExactWork;

void explorer_exact_work_free (gpointer work);
/* Errors: those of pisd_representation_new(), pisd_conditioning_new() and pisd_exact_new_live(). */
gboolean explorer_exact_work_compute (gpointer work, GError **error);

G_END_DECLS
