/* Prior, integrator, noise levels and seeds: rows of settings, which all stand in the .ui file;
 * those that the method does not use are hidden. */
#pragma once

#include "explorer-panel.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SAMPLER_PANEL (explorer_sampler_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSamplerPanel,
                      explorer_sampler_panel,
                      EXPLORER,
                      SAMPLER_PANEL,
                      ExplorerPanel)

G_END_DECLS
