/* Which true fields the sensors read: random ones, ones from a file, or a source drawn by hand. */
#pragma once

#include "explorer-panel.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_INSTANCE_PANEL (explorer_instance_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInstancePanel,
                      explorer_instance_panel,
                      EXPLORER,
                      INSTANCE_PANEL,
                      ExplorerPanel)

G_END_DECLS
