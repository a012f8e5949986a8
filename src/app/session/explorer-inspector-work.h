/* What goes to a worker that takes steps apart, and comes back.
 *
 * Threads: one at a time. */
#pragma once

#include "explorer-inspection.h"
#include "pisd-run-cache.h"

G_BEGIN_DECLS

/* Steps that one task counts at most, and how long it goes on with them, in microseconds. */
#define EXPLORER_INSPECTOR_BATCH 64
#define EXPLORER_INSPECTOR_SPELL 60000

typedef struct
{
  /* In, and out: NULL, and then it is made of what follows. */
  PisdInspector *inspector;
  PisdScenario *scenario;
  PisdNormaliser *normaliser; /* NULL: made too */
  PisdRunCache cache;
  PisdCancel *cancel;
  guint run_id;

  /* In: the step asked for, and those whose numbers are wanted; out: what came of them. */
  PisdFrame *frame, *next; /* NULL: none is asked for; the last one of a run that goes on */
  ExplorerInspection *inspection;
  guint n, n_done;
  guint stride, place; /* of the curves, before this batch */
  PisdFrame *frames[EXPLORER_INSPECTOR_BATCH], *nexts[EXPLORER_INSPECTOR_BATCH];
  PisdInspectionNumbers numbers[EXPLORER_INSPECTOR_BATCH];
  gint64 duration; /* microseconds */
} ExplorerInspectorWork;

void explorer_inspector_work_free (gpointer work);
/* Errors: those of pisd_inspector_new(). */
gboolean explorer_inspector_work_run (gpointer work, GError **error);

G_END_DECLS
