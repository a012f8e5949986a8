#include "explorer-field-marks.h"

#include <math.h>

/* In units of the window. */
static const double smallest_square = 4.0; /* half the side of the square in the cross-hair */
static const double smallest_brush = 4.0;  /* radius */

static void
clip_to (cairo_t *cr, const PisdBox *box)
{
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
}

/* Strokes the current path light on dark: visible on every colour. */
static void
stroke_visibly (cairo_t *cr, double width)
{
  cairo_set_source_rgba (cr, 0.0, 0.0, 0.0, 0.5);
  cairo_set_line_width (cr, width + 1.6);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

/* Lines from the edges to a small square around the node, which itself stays free. */
void
explorer_draw_crosshair (cairo_t *cr, const PisdBox *heat, const PisdBox *node)
{
  double x = floor (node->x + 0.5 * node->width) + 0.5;
  double y = floor (node->y + 0.5 * node->height) + 0.5;
  double half = floor (MAX (0.5 * node->width + 2.0, smallest_square));

  cairo_save (cr);
  clip_to (cr, heat);
  cairo_move_to (cr, heat->x, y);
  cairo_line_to (cr, x - half, y);
  cairo_move_to (cr, x + half, y);
  cairo_line_to (cr, heat->x + heat->width, y);
  cairo_move_to (cr, x, heat->y);
  cairo_line_to (cr, x, y - half);
  cairo_move_to (cr, x, y + half);
  cairo_line_to (cr, x, heat->y + heat->height);
  cairo_rectangle (cr, x - half, y - half, 2.0 * half, 2.0 * half);
  stroke_visibly (cr, 1.0);
  cairo_restore (cr);
}

void
explorer_draw_brush (cairo_t *cr,
                     const PisdBox *heat,
                     const PisdBox *node,
                     int radius,
                     gboolean erases)
{
  static const double dashes[] = { 4.0, 3.0 };
  double reach = MAX ((radius + 0.5) * node->width, smallest_brush);

  cairo_save (cr);
  clip_to (cr, heat);
  cairo_arc (cr, node->x + 0.5 * node->width, node->y + 0.5 * node->height, reach, 0.0, 2.0 * G_PI);
  if (erases)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  stroke_visibly (cr, 1.5);
  cairo_restore (cr);
}

void
explorer_draw_focus (cairo_t *cr, const PisdBox *heat, const PisdPalette *palette)
{
  const PisdInk *ink = &palette->accent;

  cairo_save (cr);
  cairo_rectangle (cr, heat->x - 2.0, heat->y - 2.0, heat->width + 4.0, heat->height + 4.0);
  cairo_set_source_rgba (cr, ink->r, ink->g, ink->b, ink->a);
  cairo_set_line_width (cr, 2.0);
  cairo_stroke (cr);
  cairo_restore (cr);
}
