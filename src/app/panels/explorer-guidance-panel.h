/* Method, weights with their shares of the gradient, step sizes. */
#pragma once

#include "explorer-panel.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_GUIDANCE_PANEL (explorer_guidance_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerGuidancePanel,
                      explorer_guidance_panel,
                      EXPLORER,
                      GUIDANCE_PANEL,
                      ExplorerPanel)

/* Shows the shares of that step's gradient; with NULL none are shown. */
void explorer_guidance_panel_show_frame (ExplorerGuidancePanel *self, const PisdFrame *frame);

G_END_DECLS
