/* Pictures as files: whatever draws itself on Cairo becomes a .png, .svg or .pdf, atomically. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef void (*PisdDrawFunc) (cairo_t *cr, gconstpointer data);

/* The bytes of a PNG file. */
cairo_status_t pisd_draw_append_png (cairo_surface_t *image, GByteArray *bytes);
/* Which of these endings (NULL-terminated) the name of a file has, in any case; -1: none.
 * Errors: PISD_ERROR_UNKNOWN. */
int pisd_draw_find_ending (const char *path, const char *const *endings, GError **error);
/* Whether `path` has an ending that pisd_draw_save() writes.
 * Errors: PISD_ERROR_UNKNOWN. */
gboolean pisd_draw_save_check (const char *path, GError **error);
/* `path` as it is, with .png after a name that has no ending. */
char *pisd_draw_save_dup_path (const char *path);
/* `title` becomes that of a PDF document; NULL: none.
 * Units:  width and height in points; a PNG has two pixels a point.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save (const char *path,
                         double width,
                         double height,
                         const char *title,
                         PisdDrawFunc draw,
                         gconstpointer data,
                         GError **error);
/* What it would write under that name, for whoever writes it later; NULL on error. */
GBytes *pisd_draw_make_bytes (const char *path,
                              double width,
                              double height,
                              const char *title,
                              PisdDrawFunc draw,
                              gconstpointer data,
                              GError **error);

G_END_DECLS
