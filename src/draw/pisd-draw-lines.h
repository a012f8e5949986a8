/* The curves of a plot without anything around them. */
#pragma once

#include "pisd-draw-curves.h"

G_BEGIN_DECLS

/* Runs with more steps than pixels draw the extremes of every pixel column. */
void pisd_draw_curve_lines (cairo_t *cr,
                            const PisdCurvesLayout *layout,
                            const PisdPalette *palette,
                            const PisdCurves *curves);
/* Width and dashes of a curve's line, as the legend repeats them. */
void pisd_curve_set_line (cairo_t *cr, PisdCurve curve, double scale);

G_END_DECLS
