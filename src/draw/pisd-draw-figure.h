/* A figure of panels, with the curves of the run below them, as a file. */
#pragma once

#include "pisd-draw-curves.h"

G_BEGIN_DECLS

typedef struct
{
  const char *caption;     /* NULL: none */
  const PisdPanel *panels; /* [n_rows, n_columns] */
  guint n_rows, n_columns;
  const PisdCurves *curves; /* NULL, or no step known: none */
  int step;                 /* marked on the curves; -1: none */
} PisdFigure;

/* Saves as .png, .svg or .pdf, by the path's ending; atomically.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save_figure (const char *path,
                                const PisdPalette *palette,
                                const PisdFigure *figure,
                                GError **error);

G_END_DECLS
