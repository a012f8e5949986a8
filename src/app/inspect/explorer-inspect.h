/* A window that shows what guidance did to the step that the main window shows, taken apart: every
 * term in space and as modes, their total, the update, the effective step by wave number, and what
 * they come to over the run.  It follows the scrubber and a run that goes on.
 *
 * Signals: "step-selected" (uint step)   a step was chosen on the curves
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-flow.h"
#include "explorer-inspect-charts.h"
#include "explorer-inspect-pictures.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_INSPECT (explorer_inspect_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInspect, explorer_inspect, EXPLORER, INSPECT, AdwWindow)

/* A flow is shown at the moment that the main window shows. */
GtkWidget *explorer_inspect_new (GtkWindow *parent,
                                 ExplorerSession *session,
                                 ExplorerInspector *inspector,
                                 ExplorerFlow *flow);
/* The main window shows that frame. */
void explorer_inspect_show_frame (ExplorerInspect *self, guint frame);

/* For tests. */
ExplorerInspectPictures *explorer_inspect_get_pictures (ExplorerInspect *self);
ExplorerInspectCurves *explorer_inspect_get_curves (ExplorerInspect *self);
const char *explorer_inspect_get_subtitle (ExplorerInspect *self);
/* Why there is nothing to see; NULL: there is. */
const char *explorer_inspect_get_note (ExplorerInspect *self);
/* The step that is shown; -1: none yet. */
int explorer_inspect_get_step (ExplorerInspect *self);

G_END_DECLS
