/* A window that runs the set-up of the main window, and beside it the presets of the methods that
 * the person chooses, on one scenario, and plots their errors.  It starts when it is first shown;
 * closing it ends what runs.  When the main window's set-up changes it says so, and runs that one
 * when it is started again. */
#pragma once

#include <adwaita.h>

#include "explorer-compare-picture.h"
#include "explorer-flow.h"
#include "explorer-preferences.h"
#include "explorer-saver.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_COMPARE (explorer_compare_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerCompare, explorer_compare, EXPLORER, COMPARE, AdwWindow)

/* A flow is shown at the moment that the main window shows. */
GtkWidget *explorer_compare_new (GtkApplication *application,
                                 ExplorerSession *session,
                                 ExplorerFlow *flow,
                                 ExplorerPreferences *preferences);

/* The learned prior against the Gaussian one, and nothing else, from the next start on. */
void explorer_compare_choose_priors (ExplorerCompare *self);

/* For tests: what its dialog does, what runs, and what is drawn. */

/* As things are now, by the path's ending; it is written while the window answers, and a toast says
 * what came of it. */
void explorer_compare_save (ExplorerCompare *self, const char *path);
ExplorerSaver *explorer_compare_get_saver (ExplorerCompare *self);
const char *explorer_compare_get_last_toast (ExplorerCompare *self);
ExplorerComparison *explorer_compare_get_comparison (ExplorerCompare *self);
const PisdComparison *explorer_compare_get_drawn (ExplorerCompare *self);

G_END_DECLS
