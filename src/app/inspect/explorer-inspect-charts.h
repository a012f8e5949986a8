/* The two charts of the inspector: what terms come to over the steps of the run, and the effective
 * step by wave number.
 *
 * Signals of the curves:
 *   "step-selected" (uint step)   a click or drag, or, with focus, a key: arrows, Page Up and Page
 *                                 Down, Home, End
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"
#include "explorer-inspector.h"
#include "pisd-draw-inspection.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_INSPECT_CURVES (explorer_inspect_curves_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInspectCurves,
                      explorer_inspect_curves,
                      EXPLORER,
                      INSPECT_CURVES,
                      ExplorerCharts)

/* Called once. */
void explorer_inspect_curves_set_inspector (ExplorerInspectCurves *self,
                                            ExplorerInspector *inspector,
                                            ExplorerSession *session);
void explorer_inspect_curves_set_chart (ExplorerInspectCurves *self, PisdInspectionChart chart);
void explorer_inspect_curves_set_step (ExplorerInspectCurves *self, guint step);
/* For tests: what is drawn; the place of a step, in the widget's coordinates. */
const PisdInspectionCurves *explorer_inspect_curves_get (ExplorerInspectCurves *self);
double explorer_inspect_curves_find_place (ExplorerInspectCurves *self, guint step);

#define EXPLORER_TYPE_INSPECT_SHELLS (explorer_inspect_shells_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInspectShells,
                      explorer_inspect_shells,
                      EXPLORER,
                      INSPECT_SHELLS,
                      ExplorerCharts)

/* The inspection is kept; NULL: none. */
void explorer_inspect_shells_show (ExplorerInspectShells *self,
                                   ExplorerInspection *inspection,
                                   guint field);

G_END_DECLS
