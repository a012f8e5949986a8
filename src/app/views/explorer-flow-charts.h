/* What a flow is judged by, in the place of the run's curves: its energy by wave number at the
 * moment shown, and the error of every moment; a card has the numbers under the pointer.  Hidden
 * where the preference "flow-charts" does not ask for it, and where the equation has no flow.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"
#include "explorer-exact.h"
#include "explorer-view-grid.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FLOW_CHARTS (explorer_flow_charts_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFlowCharts,
                      explorer_flow_charts,
                      EXPLORER,
                      FLOW_CHARTS,
                      ExplorerCharts)

/* Called once, with all of them. */
void explorer_flow_charts_set_models (ExplorerFlowCharts *self,
                                      ExplorerViewGrid *grid,
                                      ExplorerSession *session,
                                      ExplorerExact *exact,
                                      ExplorerPreferences *preferences);

G_END_DECLS
