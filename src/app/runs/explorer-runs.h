/* A window of the runs that are kept: a list, the memory that they hold, and any of them side by
 * side at the same part of their steps, in one range of colours.
 *
 * Signals: "step-selected" (uint step)   that step of the shown run is wanted in the main window
 *          "branch" ()                   a branch from the step shown there
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-compare-view.h"
#include "explorer-flow.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_RUNS (explorer_runs_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerRuns, explorer_runs, EXPLORER, RUNS, AdwWindow)

GtkWidget *explorer_runs_new (GtkApplication *application,
                              ExplorerSession *session,
                              ExplorerFlow *flow);
/* The step that the main window shows. */
void explorer_runs_show_step (ExplorerRuns *self, guint step);

/* For tests. */
GtkListBox *explorer_runs_get_list (ExplorerRuns *self);
ExplorerCompareView *explorer_runs_get_view (ExplorerRuns *self);
const PisdComparison *explorer_runs_get_comparison (ExplorerRuns *self);
const char *explorer_runs_get_memory (ExplorerRuns *self); /* "3 runs, 24 of 237 MB" */

G_END_DECLS
