/* Moving pictures as files: an animated .gif, or a sequence of .png, name-000.png and so on.
 *
 * Every file is written atomically, and none before all pictures are drawn, so that a request to
 * stop leaves no file behind.
 * Threads: any; `draw` is called by the one that saves, also twice a picture. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-draw-save.h"

G_BEGIN_DECLS

typedef struct
{
  double width, height; /* points; a GIF has one pixel a point, a PNG two */
  guint n_pictures;
  double seconds;      /* that each is shown */
  double last_seconds; /* the last one */
  gboolean (*draw) (cairo_t *cr, guint picture, gpointer data, GError **error);
  gpointer data;
} PisdAnimation;

/* Whether `path` has an ending that pisd_draw_save_animation() writes.
 * Errors: PISD_ERROR_UNKNOWN. */
gboolean pisd_animation_check (const char *path, GError **error);
/* The file of one picture of a sequence: "flow.png", or "flow-000.png", to "flow-007.png". */
char *pisd_animation_dup_path (const char *path, guint picture);
/* `path`, or of a sequence its first file. */
char *pisd_animation_dup_first (const char *path);
/* Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending), PISD_ERROR_CANCELLED; what drawing says. */
gboolean pisd_draw_save_animation (const char *path,
                                   const PisdAnimation *animation,
                                   PisdCancel *cancel,
                                   GError **error);

G_END_DECLS
