/* A moving picture as GIF, in memory: all its pictures first for their colours, then one by one.
 *
 * Source: giflib; Graphics Interchange Format, version 89a. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdGif PisdGif;

/* Shapes: images of format RGB24, width x height pixels, at most 65535 either way. */
PisdGif *pisd_gif_new (int width, int height);
void pisd_gif_free (PisdGif *gif); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdGif, pisd_gif_free)

/* Every picture once, before the first is added. */
void pisd_gif_count (PisdGif *gif, cairo_surface_t *image);
/* Shown for so many hundredths of a second.  Errors: PISD_ERROR_IO. */
gboolean pisd_gif_add (PisdGif *gif, cairo_surface_t *image, guint hundredths, GError **error);
/* The whole file, of pictures that begin again at the end; NULL with an error.  Errors: as
 * above. */
GByteArray *pisd_gif_finish (PisdGif *gif, GError **error);

G_END_DECLS
