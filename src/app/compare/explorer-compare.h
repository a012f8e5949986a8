/* A window that runs every guidance method on one scenario, side by side, and plots their
 * errors.  It starts when it is first shown; closing it ends what runs. */
#pragma once

#include <adwaita.h>

#include "explorer-compare-picture.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_COMPARE (explorer_compare_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerCompare, explorer_compare, EXPLORER, COMPARE, AdwWindow)

/* The scenario is copied. */
GtkWidget *explorer_compare_new (GtkApplication *application, const PisdScenario *scenario);

/* For tests: what its dialog does, what runs, and what is drawn. */

/* By the path's ending; a toast and FALSE where it cannot be. */
gboolean explorer_compare_save (ExplorerCompare *self, const char *path);
ExplorerComparison *explorer_compare_get_comparison (ExplorerCompare *self);
const PisdComparison *explorer_compare_get_drawn (ExplorerCompare *self);

G_END_DECLS
