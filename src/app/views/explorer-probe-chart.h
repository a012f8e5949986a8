/* What the samples say of the node that was pointed at last, beside what the exact Gaussian
 * posterior says: a histogram of each field where there is room, else of the one that was pointed
 * at; a card has the numbers under the pointer.  Shown where the preference "probe-chart" asks for
 * it.
 *
 * The samples are those at the end of the run, the estimate is that of the step shown.
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"
#include "explorer-spread.h"
#include "explorer-view-grid.h"
#include "pisd-marginal.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PROBE_CHART (explorer_probe_chart_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerProbeChart,
                      explorer_probe_chart,
                      EXPLORER,
                      PROBE_CHART,
                      ExplorerCharts)

/* Called once, with all of them. */
void explorer_probe_chart_set_models (ExplorerProbeChart *self,
                                      ExplorerViewGrid *grid,
                                      ExplorerSession *session,
                                      ExplorerSpread *spread,
                                      ExplorerPreferences *preferences);

/* For tests: the marginal of a field as it was drawn last, borrowed; NULL: none, and then why. */
const PisdMarginal *explorer_probe_chart_get_marginal (ExplorerProbeChart *self, guint field);
const char *explorer_probe_chart_get_note (ExplorerProbeChart *self);
/* For tests: why the Gaussian's curve is not drawn. */
const char *explorer_probe_chart_get_missing (ExplorerProbeChart *self);

G_END_DECLS
