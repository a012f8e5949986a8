/* Many short strokes and triangles with a rim, put together pixel by pixel: what Cairo would show,
 * at a small part of its cost.
 *
 * Every pixel keeps its distance from the nearest of them, so that they overlap without a seam.
 * Units: pixels of the image; a pixel's middle lies at its index plus a half. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

typedef struct _PisdStrokes PisdStrokes;

typedef struct
{
  PisdInk core, rim;
  double width;     /* of the core */
  double rim_width; /* on either side of it */
} PisdPen;

PisdStrokes *pisd_strokes_new (int width, int height, const PisdPen *pen);
void pisd_strokes_free (PisdStrokes *strokes); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdStrokes, pisd_strokes_free)

void pisd_strokes_add_line (PisdStrokes *strokes, double x0, double y0, double x1, double y1);
/* The inside of a triangle, and half the pen's width around it.  Corners: [3]. */
void pisd_strokes_add_triangle (PisdStrokes *strokes, const double *x, const double *y);
/* As an image with alpha. */
cairo_surface_t *pisd_strokes_create_image (const PisdStrokes *strokes);

G_END_DECLS
