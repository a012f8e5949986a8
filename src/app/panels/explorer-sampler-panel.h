/* Prior, integrator, noise levels, seeds: rows of settings, all in the .ui file.
 *
 * Properties: "session" (ExplorerSession). */
#pragma once

#include <adwaita.h>

#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SAMPLER_PANEL (explorer_sampler_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSamplerPanel,
                      explorer_sampler_panel,
                      EXPLORER,
                      SAMPLER_PANEL,
                      AdwPreferencesGroup)

G_END_DECLS
