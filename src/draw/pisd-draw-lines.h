/* The curves of a plot without anything around them. */
#pragma once

#include "pisd-draw-curves.h"

G_BEGIN_DECLS

/* Runs with more steps than pixels draw the extremes of every pixel column. */
void pisd_draw_curve_lines (cairo_t *cr,
                            const PisdCurvesLayout *layout,
                            const PisdPalette *palette,
                            const PisdCurves *curves);

G_END_DECLS
