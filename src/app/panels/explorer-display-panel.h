/* How fields are shown: D or x, columns, colours, ranges, pace, style. */
#pragma once

#include "explorer-panel.h"
#include "explorer-view-grid.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_DISPLAY_PANEL (explorer_display_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerDisplayPanel,
                      explorer_display_panel,
                      EXPLORER,
                      DISPLAY_PANEL,
                      ExplorerPanel)

/* Called once, before the panel's models are set and after those of the grid, whose rows it
 * shows. */
void explorer_display_panel_set_grid (ExplorerDisplayPanel *self, ExplorerViewGrid *grid);

G_END_DECLS
