/* Pictures as files: whatever draws itself on Cairo becomes a .png, .svg or .pdf, atomically. */
#pragma once

#include "pisd-draw-png.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef void (*PisdDrawFunc) (cairo_t *cr, gconstpointer data);

/* Which of these endings (NULL-terminated) the name of a file has, in any case; -1: none.
 * Errors: PISD_ERROR_UNKNOWN. */
int pisd_draw_find_ending (const char *path, const char *const *endings, GError **error);
/* Whether `path` has an ending that pisd_draw_save() writes.
 * Errors: PISD_ERROR_UNKNOWN. */
gboolean pisd_draw_save_check (const char *path, GError **error);
/* `path` as it is, with .png after a name that has no ending. */
char *pisd_draw_save_dup_path (const char *path);
/* The paper carries the scenario where what is saved under that name can.
 * Errors: as pisd_setup_text_new(). */
gboolean pisd_draw_save_carry (const char *path,
                               const PisdScenario *scenario,
                               PisdPaper *paper,
                               GError **error);
/* `title` becomes that of a PDF document; NULL: none.  paper: NULL: nothing is asked for; a size of
 * its own has the proportions of what is drawn.
 * Units:  width and height in points.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save (const char *path,
                         const PisdPaper *paper,
                         double width,
                         double height,
                         const char *title,
                         PisdDrawFunc draw,
                         gconstpointer data,
                         GError **error);
/* What it would write under that name, for whoever writes it later; NULL on error. */
GBytes *pisd_draw_make_bytes (const char *path,
                              const PisdPaper *paper,
                              double width,
                              double height,
                              const char *title,
                              PisdDrawFunc draw,
                              gconstpointer data,
                              GError **error);

G_END_DECLS
