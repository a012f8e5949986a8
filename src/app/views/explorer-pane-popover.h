/* What a pane shows, to choose from: the quantities of its equation, in space or as modes, on either
 * side of a divider. */
#pragma once

#include "explorer-view-grid.h"

G_BEGIN_DECLS

/* Below the button in the pane's heading; borrowed, it goes when it is closed. */
GtkWidget *explorer_pane_popover_open (ExplorerViewGrid *grid, guint row, ExplorerColumn column);

G_END_DECLS
