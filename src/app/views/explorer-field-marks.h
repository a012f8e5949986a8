/* What is drawn over a heatmap and only on screen: cross-hair, brush outline, focus ring. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

/* heat: the heatmap; node: the rectangle of one node. */
void explorer_draw_crosshair (cairo_t *cr, const PisdBox *heat, const PisdBox *node);
/* A circle around all nodes within `radius` nodes; dashed where it erases. */
void explorer_draw_brush (cairo_t *cr,
                          const PisdBox *heat,
                          const PisdBox *node,
                          int radius,
                          gboolean erases);
void explorer_draw_focus (cairo_t *cr, const PisdBox *heat, const PisdPalette *palette);

G_END_DECLS
