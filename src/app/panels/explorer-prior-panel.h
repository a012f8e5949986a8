/* What the prior is: Gaussian or learned, of which family, and by which network. */
#pragma once

#include "explorer-panel.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PRIOR_PANEL (explorer_prior_panel_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerPriorPanel,
                      explorer_prior_panel,
                      EXPLORER,
                      PRIOR_PANEL,
                      ExplorerPanel)

G_END_DECLS
