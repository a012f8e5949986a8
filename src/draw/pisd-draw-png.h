/* Pictures as PNG files, with what they carry beside their pixels. */
#pragma once

#include <cairo.h>

#include "pisd-draw-paper.h"

G_BEGIN_DECLS

/* Appends the bytes of a file: pixels an inch in its pHYs chunk, and the paper's set-up in an iTXt
 * chunk of that keyword.  paper: NULL: neither.  The image is of CAIRO_FORMAT_RGB24. */
cairo_status_t pisd_draw_append_png (cairo_surface_t *image,
                                     const PisdPaper *paper,
                                     GByteArray *bytes);

G_END_DECLS
