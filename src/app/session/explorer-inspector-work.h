/* What goes to a worker that takes steps apart, and comes back.
 *
 * Threads: one at a time. */
#pragma once

#include "explorer-inspection.h"
#include "explorer-inspector-steps.h"
#include "pisd-run-cache.h"

G_BEGIN_DECLS

/* Steps that one task counts at most, and how long it goes on with them, in microseconds. */
#define EXPLORER_INSPECTOR_BATCH 64
#define EXPLORER_INSPECTOR_SPELL 60000

typedef struct
{
  guint maker; /* run that made these steps */
  /* In, and out: NULL, and then it is made of what follows. */
  PisdInspector *inspector;
  PisdScenario *scenario;
  PisdNormaliser *normaliser; /* NULL: made too */
  PisdRunCache cache;
  PisdCancel *cancel;

  /* In: the step asked for, and those whose numbers are wanted; out: what came of them. */
  PisdFrame *frame, *next; /* NULL: none is asked for; the last one of a run that goes on */
  ExplorerInspection *inspection;
  guint n, n_done;
  ExplorerInspectorPlace at; /* of the curves, before this batch */
  PisdFrame *frames[EXPLORER_INSPECTOR_BATCH], *nexts[EXPLORER_INSPECTOR_BATCH];
  PisdInspectionNumbers numbers[EXPLORER_INSPECTOR_BATCH];
  gint64 duration; /* microseconds */
} ExplorerInspectorWork;

/* Inspectors of the run shown, and of the one that it is a branch of: the newest first. */
#define EXPLORER_INSPECTOR_TOOLS 2

typedef struct
{
  guint makers[EXPLORER_INSPECTOR_TOOLS];              /* runs */
  PisdInspector *inspectors[EXPLORER_INSPECTOR_TOOLS]; /* NULL: none, or a worker's */
} ExplorerInspectorTools;

/* Of that run, to be put back; NULL: there is none. */
PisdInspector *explorer_inspector_tools_take (ExplorerInspectorTools *tools, guint maker);
/* The oldest one makes room; NULL: nothing is put. */
void explorer_inspector_tools_put (ExplorerInspectorTools *tools,
                                   guint maker,
                                   PisdInspector *inspector);
void explorer_inspector_tools_clear (ExplorerInspectorTools *tools);

void explorer_inspector_work_free (gpointer work);
/* Errors: those of pisd_inspector_new(). */
gboolean explorer_inspector_work_run (gpointer work, GError **error);

G_END_DECLS
