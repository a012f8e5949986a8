#include "pisd-draw-panel.h"

#include <math.h>

/* Pixels a node in either direction in vector graphics: as many as make so many a point, up to a
 * limit. */
static const double pixels_a_point = 400.0 / 72.0;
static const int most_enlargement = 8;

cairo_surface_t *
pisd_heatmap_create_pixels (const PisdField *field, PisdColormap map, double min, double max)
{
  cairo_surface_t *pixels;

  g_return_val_if_fail (field != NULL, NULL);

  pixels = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) field->nx, (int) field->ny);
  if (cairo_surface_status (pixels) != CAIRO_STATUS_SUCCESS)
    return pixels;
  cairo_surface_flush (pixels);
  /* rows of four-byte pixels follow each other without a gap */
  pisd_colormap_apply (map, field->data, pisd_field_get_n (field), min, max,
                       (guint32 *) (gpointer) cairo_image_surface_get_data (pixels));
  cairo_surface_mark_dirty (pixels);
  return pixels;
}

/* Paints the image over the box, every pixel a rectangle. */
static void
paint_crisp (cairo_t *cr, const PisdBox *box, cairo_surface_t *pixels)
{
  int nx = cairo_image_surface_get_width (pixels);
  int ny = cairo_image_surface_get_height (pixels);

  cairo_save (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, box->width / nx, box->height / ny);
  cairo_set_source_surface (cr, pixels, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  /* without padding the last row of a fractional size would be mixed with nothing */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* Files of vector graphics hold the image as it is, and most of their viewers blur what they
 * enlarge, whatever the filter says: what is blurred then is a small part of a node. */
static gboolean
is_blurred_by_viewers (cairo_surface_t *target)
{
  cairo_surface_type_t type = cairo_surface_get_type (target);

  return type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF;
}

static cairo_surface_t *
create_enlarged (const PisdBox *place, cairo_surface_t *pixels)
{
  int needed = (int) ceil (place->width * pixels_a_point / cairo_image_surface_get_width (pixels));
  int enlargement = CLAMP (needed, 1, most_enlargement);
  int width = cairo_image_surface_get_width (pixels) * enlargement;
  int height = cairo_image_surface_get_height (pixels) * enlargement;
  cairo_surface_t *enlarged = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (enlarged);
  PisdBox box = { 0.0, 0.0, width, height };

  paint_crisp (cr, &box, pixels);
  cairo_destroy (cr);
  return enlarged;
}

void
pisd_draw_heatmap_pixels (cairo_t *cr, const PisdBox *box, cairo_surface_t *pixels)
{
  cairo_surface_t *enlarged;

  g_return_if_fail (cr != NULL && box != NULL && pixels != NULL);

  if (box->width <= 0.0 || box->height <= 0.0 || cairo_image_surface_get_width (pixels) == 0)
    return;
  if (!is_blurred_by_viewers (cairo_get_target (cr)))
    {
      paint_crisp (cr, box, pixels);
      return;
    }
  enlarged = create_enlarged (box, pixels);
  paint_crisp (cr, box, enlarged);
  cairo_surface_destroy (enlarged);
}

void
pisd_draw_heatmap (cairo_t *cr,
                   const PisdBox *box,
                   const PisdField *field,
                   PisdColormap map,
                   double min,
                   double max)
{
  cairo_surface_t *pixels;

  g_return_if_fail (field != NULL);

  pixels = pisd_heatmap_create_pixels (field, map, min, max);
  pisd_draw_heatmap_pixels (cr, box, pixels);
  cairo_surface_destroy (pixels);
}
