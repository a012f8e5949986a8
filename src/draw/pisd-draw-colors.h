/* At most 256 colours for pictures that have more, often-used ones exactly.
 *
 * Pictures are counted, colours are chosen, and every colour finds its own.  Where 256 are enough
 * all are exact.  Else a colour is left out that lies near to one that was chosen before it, in the
 * order of how often they are used: the nearer the more it is used, so that those of fields are
 * kept to a level of 255 or so, and those of the rims of letters and lines to some more.
 *
 * Units:   colours 0xRRGGBB.
 * Threads: one. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define PISD_COLORS_MOST 256

typedef struct _PisdColors PisdColors;

PisdColors *pisd_colors_new (void);
void pisd_colors_free (PisdColors *colors); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdColors, pisd_colors_free)

/* An image of format RGB24. */
void pisd_colors_count (PisdColors *colors, cairo_surface_t *image);
/* After all are counted; how many are chosen.  out: [PISD_COLORS_MOST], the rest is 0. */
guint pisd_colors_choose (PisdColors *colors, guint32 *out);
/* After that, the index of what was chosen for each pixel of a counted image, row after row.
 * out: [height, width]. */
void pisd_colors_map (PisdColors *colors, cairo_surface_t *image, guint8 *out);

G_END_DECLS
