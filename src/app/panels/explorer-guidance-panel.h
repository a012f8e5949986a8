/* Method, weights with their shares of the gradient, step sizes.
 *
 * Properties: "session" (ExplorerSession). */
#pragma once

#include <adwaita.h>

#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_GUIDANCE_PANEL (explorer_guidance_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerGuidancePanel,
                      explorer_guidance_panel,
                      EXPLORER,
                      GUIDANCE_PANEL,
                      AdwPreferencesGroup)

/* The shares of that step's gradient; NULL: none are shown. */
void explorer_guidance_panel_show_frame (ExplorerGuidancePanel *self, const PisdFrame *frame);

G_END_DECLS
