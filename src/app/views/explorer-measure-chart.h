/* A chart that reads and measures what the panes show, one of those of explorer-measure.h: for each
 * field where there is room, else for the one that was pointed at; a card has the numbers under the
 * pointer.  Which of them, or none, the preference "measure" says.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"
#include "explorer-spread.h"
#include "explorer-view-grid.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_MEASURE_CHART (explorer_measure_chart_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerMeasureChart,
                      explorer_measure_chart,
                      EXPLORER,
                      MEASURE_CHART,
                      ExplorerCharts)

/* Called once, with all of them. */
void explorer_measure_chart_set_models (ExplorerMeasureChart *self,
                                        ExplorerViewGrid *grid,
                                        ExplorerSession *session,
                                        ExplorerSpread *spread,
                                        ExplorerGauge *gauge,
                                        ExplorerPreferences *preferences);

/* For tests: what was drawn last of a field, of the kind's own type; borrowed, NULL: nothing. */
gconstpointer explorer_measure_chart_get_content (ExplorerMeasureChart *self, guint field);

G_END_DECLS
