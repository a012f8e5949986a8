/* How fields are shown: D or x, colours, ranges, pace, style. */
#pragma once

#include <adwaita.h>

#include "explorer-preferences.h"
#include "explorer-view-grid.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_DISPLAY_PANEL (explorer_display_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerDisplayPanel,
                      explorer_display_panel,
                      EXPLORER,
                      DISPLAY_PANEL,
                      AdwPreferencesGroup)

/* Once. */
void explorer_display_panel_set_models (ExplorerDisplayPanel *self,
                                        ExplorerPreferences *preferences,
                                        ExplorerViewGrid *grid);

G_END_DECLS
