/* One piece of the work that says where to measure next: what goes to the worker and comes back.
 *
 * Threads: one at a time. */
#pragma once

#include "pisd-placing.h"

G_BEGIN_DECLS

/* What more sensors leave is known up to so many more. */
#define EXPLORER_WHERE_CURVE 100

typedef enum
{
  EXPLORER_WHERE_MAP,   /* of one more sensor */
  EXPLORER_WHERE_PLACE, /* the best places */
  EXPLORER_WHERE_MORE   /* what more of them leave, placed in one way */
} ExplorerWhereKind;

typedef struct
{
  ExplorerWhereKind kind; /* in */
  PisdScenario *scenario; /* in */
  PisdQuestion question;  /* in */
  PisdCancel *cancel;     /* in */
  guint n_threads;        /* in */
  PisdPlacing placing;    /* in, of MORE */
  guint n;                /* in, of PLACE: how many; out: how many there are */
  PisdPlacingState state; /* in and out; all but MAP leave it as it is */
  PisdField *map;         /* out, of MAP: part of what is left that one more would take */
  double left;            /* out, of MAP */
  int best;               /* out, of MAP: a node, or -1 */
  guint *nodes;           /* out, of PLACE: [n] */
  double *curve;          /* out, of MORE: [EXPLORER_WHERE_CURVE] */
} ExplorerWhereWork;

void explorer_where_work_free (gpointer work);
/* Errors: those of pisd_placing_make(). */
gboolean explorer_where_work_run (gpointer work, GError **error);

G_END_DECLS
