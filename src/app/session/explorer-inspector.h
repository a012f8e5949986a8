/* The steps of the session's run taken apart beside the window, on a thread of the pool, one task
 * after the other: the steps that are asked for, and, once the run rests, the numbers of all steps,
 * thinned first and then filled.
 *
 * While a run goes on it takes no more than a tenth of a thread, and of what is asked for meanwhile
 * only the newest is made.  Tables are the run's own.
 *
 * Signals: "inspection" ()   a step that was asked for is there
 *          "numbers" ()      more steps have numbers, or the run is another one
 * Threads: main thread only; the worker has what it needs. */
#pragma once

#include "explorer-inspection.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_INSPECTOR (explorer_inspector_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInspector, explorer_inspector, EXPLORER, INSPECTOR, GObject)

ExplorerInspector *explorer_inspector_new (ExplorerSession *session);

/* Somebody looks, at curves over the run too; each call needs its end.  What nobody looks at is
 * forgotten. */
void explorer_inspector_begin (ExplorerInspector *self, gboolean with_curves);
void explorer_inspector_end (ExplorerInspector *self, gboolean with_curves);

/* What the shown run's steps hold; nothing where there is no run. */
PisdInspectionKind explorer_inspector_get_kind (ExplorerInspector *self);
/* Why there is nothing to see, in translated words; NULL: there is, or it is being computed. */
const char *explorer_inspector_get_note (ExplorerInspector *self);
/* The step that ends where a frame is the newest one, else the one that begins there: of which both
 * ends are known. */
guint explorer_inspector_find_step (ExplorerInspector *self, guint frame);
/* The step from that frame to the next: another reference, or NULL: it is asked for, unless
 * something newer is by then. */
ExplorerInspection *explorer_inspector_ask (ExplorerInspector *self, guint step);

/* Frames of the run, and the numbers of a step; NULL: not known yet. */
guint explorer_inspector_get_n_steps (ExplorerInspector *self);
const PisdInspectionNumbers *explorer_inspector_get_numbers (ExplorerInspector *self, guint step);

G_END_DECLS
