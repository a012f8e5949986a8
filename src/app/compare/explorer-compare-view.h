/* Draws a comparison's picture, with a read-out under the pointer.
 *
 * Signals:
 *   "fraction-selected" (double)   a click or drag in the plot: that part of every run is wanted */
#pragma once

#include "explorer-charts.h"
#include "explorer-compare-picture.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_COMPARE_VIEW (explorer_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerCompareView,
                      explorer_compare_view,
                      EXPLORER,
                      COMPARE_VIEW,
                      ExplorerCharts)

/* What to draw from now on; borrowed until the next call, NULL: nothing. */
void explorer_compare_view_show (ExplorerCompareView *self, const PisdComparison *comparison);
/* Where everything was when it was drawn last. */
const PisdComparisonLayout *explorer_compare_view_get_layout (ExplorerCompareView *self);

G_END_DECLS
