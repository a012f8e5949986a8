/* A figure of panels, with the curves of the run below them, as a file. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-draw-curves.h"
#include "pisd-draw-paper.h"

G_BEGIN_DECLS

typedef struct
{
  const char *caption;     /* NULL: none */
  const PisdPanel *panels; /* [n_rows, n_columns] */
  guint n_rows, n_columns;
  const PisdCurves *curves; /* NULL, or no step known: none */
  int step;                 /* marked on the curves; -1: none */
} PisdFigure;

/* A copy of all that it points to, which another thread may save meanwhile. */
PisdFigure *pisd_figure_dup (const PisdFigure *figure);
void pisd_figure_free (PisdFigure *figure); /* of a copy; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFigure, pisd_figure_free)

/* Saves as .png, .svg or .pdf, by the path's ending; atomically.  paper: NULL: as large as the
 * figure is; type grows with the paper, and panels take whatever proportions it has.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save_figure (const char *path,
                                const PisdPaper *paper,
                                const PisdPalette *palette,
                                const PisdFigure *figure,
                                GError **error);
/* Figures that follow each other, all with as many rows and columns. */
typedef struct
{
  guint n_figures;
  double seconds, last_seconds; /* that each is shown, and the last one */
  const PisdPalette *palette;
  /* A figure, as pisd_figure_dup() makes one; on the thread that saves, and of a GIF twice each.
   * NULL, with an error: it could not be made. */
  PisdFigure *(*make) (gpointer data, guint number, GError **error);
  gpointer data;
} PisdFilm;

/* Saves as .gif or as a sequence of .png, by the path's ending.
 * Errors: as pisd_draw_save_animation(), and those of making a figure. */
gboolean pisd_draw_save_film (const char *path,
                              const PisdFilm *film,
                              PisdCancel *cancel,
                              GError **error);

G_END_DECLS
