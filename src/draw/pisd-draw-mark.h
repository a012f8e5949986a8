/* A heatmap that is of another set-up than the one beside it: faded, with words across it.
 *
 * Units: user units of the Cairo context. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

/* Fades what has been drawn into the heatmap; what is drawn afterwards has its full colours. */
void pisd_draw_veil (cairo_t *cr, const PisdBox *heat, const PisdPalette *palette);
/* The words in a band along the heatmap's upper edge, in as many lines as they need.
 * `scale`: of the type, 1 for a heatmap of about 260 units. */
void pisd_draw_mark (cairo_t *cr,
                     const PisdBox *heat,
                     double scale,
                     const PisdPalette *palette,
                     const char *words);

G_END_DECLS
