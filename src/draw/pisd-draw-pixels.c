#include "pisd-draw-pixels.h"

#include <math.h>

gboolean
pisd_pixels_init (PisdPixels *pixels, cairo_t *cr)
{
  cairo_surface_t *target = cairo_get_target (cr);
  double x_scale, y_scale;
  double dx = 1.0;
  double dy = 0.0;

  cairo_surface_get_device_scale (target, &x_scale, &y_scale);
  cairo_user_to_device_distance (cr, &dx, &dy);
  *pixels = (PisdPixels){ fabs (dx) * x_scale, x_scale };
  return cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_IMAGE;
}

void
pisd_pixels_place (const PisdPixels *pixels, cairo_t *cr, double *x, double *y)
{
  cairo_user_to_device (cr, x, y);
  *x *= pixels->place;
  *y *= pixels->place;
}

/* What is beyond the clip is not seen: a field that is zoomed into is far larger than its
 * picture. */
static void
cut_to_clip (const PisdPixels *pixels, cairo_t *cr, PisdArea *area)
{
  double x0, y0, x1, y1;
  int left, top, right, bottom;

  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  pisd_pixels_place (pixels, cr, &x0, &y0);
  pisd_pixels_place (pixels, cr, &x1, &y1);
  left = MAX (area->x, (int) floor (x0) - 1);
  top = MAX (area->y, (int) floor (y0) - 1);
  right = MIN (area->x + area->width, (int) ceil (x1) + 1);
  bottom = MIN (area->y + area->height, (int) ceil (y1) + 1);
  *area = (PisdArea){ left, top, MAX (right - left, 1), MAX (bottom - top, 1) };
}

PisdArea
pisd_pixels_get_area (const PisdPixels *pixels, cairo_t *cr, const PisdBox *box, int margin)
{
  double x0 = box->x, y0 = box->y, x1 = box->x + box->width, y1 = box->y + box->height;
  PisdArea area;

  pisd_pixels_place (pixels, cr, &x0, &y0);
  pisd_pixels_place (pixels, cr, &x1, &y1);
  area.x = (int) floor (MIN (x0, x1)) - margin;
  area.y = (int) floor (MIN (y0, y1)) - margin;
  area.width = (int) ceil (MAX (x0, x1)) + margin + 1 - area.x;
  area.height = (int) ceil (MAX (y0, y1)) + margin + 1 - area.y;
  cut_to_clip (pixels, cr, &area);
  return area;
}

void
pisd_pixels_paint (const PisdPixels *pixels,
                   cairo_t *cr,
                   cairo_surface_t *layer,
                   const PisdArea *area)
{
  cairo_surface_mark_dirty (layer);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_scale (cr, 1.0 / pixels->place, 1.0 / pixels->place);
  cairo_set_source_surface (cr, layer, area->x, area->y);
  cairo_paint (cr);
  cairo_restore (cr);
}
