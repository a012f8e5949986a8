/* The plot of a comparison: what its parts (scales, curves, labels, read-out) share. */
#pragma once

#include "pisd-draw-comparison.h"

G_BEGIN_DECLS

/* Chooses the plot's box and the ends of its scales from layout->area. */
void pisd_comparison_plot_init (PisdComparisonLayout *layout, const PisdComparison *comparison);
void pisd_draw_comparison_plot (cairo_t *cr,
                                const PisdComparisonLayout *layout,
                                const PisdPalette *palette,
                                const PisdComparison *comparison);
/* At the right of the plot, where the curves end. */
void pisd_draw_comparison_labels (cairo_t *cr,
                                  const PisdComparisonLayout *layout,
                                  const PisdPalette *palette,
                                  const PisdComparison *comparison);
/* The dot of a method on its curve. */
void pisd_draw_comparison_dot (cairo_t *cr,
                               const PisdComparisonLayout *layout,
                               const PisdPalette *palette,
                               const PisdComparisonColumn *column,
                               double x,
                               double y);

/* Width of the widest of these labels and what lies between it and the plot. */
double pisd_comparison_measure_labels (const PisdComparison *comparison, double scale);
const PisdInk *pisd_comparison_get_ink (const PisdPalette *palette,
                                        const PisdComparisonColumn *column);
gboolean pisd_comparison_column_has_curve (const PisdComparisonColumn *column);
/* Of a step that is known; the last step has the error `end` where there is one. */
double pisd_comparison_column_get_error (const PisdComparisonColumn *column, guint step);
/* log10 of percent; NaN where there is nothing to draw. */
double pisd_comparison_get_log (double error);
/* The place of an error, NaN for one that cannot be drawn; the place of a step of a method. */
double pisd_comparison_layout_get_y (const PisdComparisonLayout *layout, double error);
double pisd_comparison_layout_get_x (const PisdComparisonLayout *layout,
                                     const PisdComparisonColumn *column,
                                     guint step);
/* The last step at or before x, or -1 where the method has none there. */
int pisd_comparison_layout_find_step (const PisdComparisonLayout *layout,
                                      const PisdComparisonColumn *column,
                                      double x);

G_END_DECLS
