/* The pixels behind a Cairo context, for what is put together pixel by pixel and painted at once.
 *
 * Units: boxes in user units, areas in pixels of the target. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

/* From user units to pixels: sizes, and places after cairo_user_to_device(). */
typedef struct
{
  double size, place;
} PisdPixels;

typedef struct
{
  int x, y, width, height;
} PisdArea;

/* FALSE: the target has no pixels; it is a document, or a record of what is drawn. */
gboolean pisd_pixels_init (PisdPixels *pixels, cairo_t *cr);
/* The place of a point, in pixels of the target. */
void pisd_pixels_place (const PisdPixels *pixels, cairo_t *cr, double *x, double *y);
/* The pixels that a box covers, and a margin of so many around it, as far as they are not clipped
 * away. */
PisdArea pisd_pixels_get_area (const PisdPixels *pixels,
                               cairo_t *cr,
                               const PisdBox *box,
                               int margin);
/* Paints an image whose pixels are those of the area. */
void pisd_pixels_paint (const PisdPixels *pixels,
                        cairo_t *cr,
                        cairo_surface_t *layer,
                        const PisdArea *area);

G_END_DECLS
