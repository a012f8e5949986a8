/* The numbers of a run's steps, and in which order they are made: every 2^k-th step first, then
 * those between.
 *
 * Threads: main thread only. */
#pragma once

#include "pisd-inspector.h"

G_BEGIN_DECLS

typedef struct
{
  guint stride; /* 0: all have been passed */
  guint step;   /* the next one */
} ExplorerInspectorPlace;

typedef struct
{
  guint n;                        /* 0: no run */
  PisdInspectionNumbers *numbers; /* [n] */
  gboolean *is_known;             /* [n] */
  ExplorerInspectorPlace at;
} ExplorerInspectorSteps;

void explorer_inspector_steps_init (ExplorerInspectorSteps *self, guint n);
void explorer_inspector_steps_clear (ExplorerInspectorSteps *self);
/* From the largest stride on. */
void explorer_inspector_steps_restart (ExplorerInspectorSteps *self);
/* The next one of the first `n_reached` that is not known; FALSE: all are, or have been passed. */
gboolean explorer_inspector_steps_find (ExplorerInspectorSteps *self, guint n_reached, guint *step);
/* It is on its way. */
void explorer_inspector_steps_pass (ExplorerInspectorSteps *self, guint step);
void explorer_inspector_steps_take (ExplorerInspectorSteps *self,
                                    const PisdInspectionNumbers *numbers);

G_END_DECLS
