/* The error to be expected over the number of sensors: where one stands, and what more of them
 * leave.  Nothing is drawn before the map is there.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"
#include "explorer-where.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_WHERE_CHART (explorer_where_chart_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerWhereChart,
                      explorer_where_chart,
                      EXPLORER,
                      WHERE_CHART,
                      ExplorerCharts)

/* Called once. */
void explorer_where_chart_set_where (ExplorerWhereChart *self, ExplorerWhere *where);

G_END_DECLS
