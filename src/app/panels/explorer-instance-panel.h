/* Which true fields the sensors read: random ones, ones from a file, or a source drawn by hand.
 *
 * Properties: "session" (ExplorerSession). */
#pragma once

#include <adwaita.h>

#include "explorer-brush.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_INSTANCE_PANEL (explorer_instance_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInstancePanel,
                      explorer_instance_panel,
                      EXPLORER,
                      INSTANCE_PANEL,
                      AdwPreferencesGroup)

void explorer_instance_panel_set_brush (ExplorerInstancePanel *self, ExplorerBrush *brush);

G_END_DECLS
