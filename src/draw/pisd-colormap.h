/* Colour maps of 257 entries (an odd number: the middle of the range has a colour of its own), and
 * the mapping of values to them.  In the diverging map +v and -v mirror each other: equal lightness
 * and chroma, opposite hues. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PISD_COLORMAP_DIVERGING, /* blue - near white - red, neutral exactly at the middle of the range */
  PISD_COLORMAP_VIRIDIS,
  PISD_COLORMAP_CIVIDIS,
  PISD_COLORMAP_GREY,
  PISD_N_COLORMAPS
} PisdColormap;

/* Packed 0xffRRGGBB, Cairo's native RGB24 / ARGB32 order. */
guint32 pisd_colormap_lookup (PisdColormap map,
                              double fraction); /* clamped to [0, 1]; NaN has its own */
guint32 pisd_colormap_get_under (PisdColormap map);
guint32 pisd_colormap_get_over (PisdColormap map);

/* values: [n]; out: [n].  Values outside [min, max] by more than one part in 1e9 of the range take
 * the under and over colours, NaN its own; an empty range maps everything to the middle. */
void pisd_colormap_apply (PisdColormap map,
                          const double *values,
                          gsize n,
                          double min,
                          double max,
                          guint32 *out);

G_END_DECLS
