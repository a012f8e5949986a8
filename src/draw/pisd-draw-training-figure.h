/* A figure of runs of the training lab, as a file: what was learned, and every chart of the course.
 *
 * Units: points. */
#pragma once

#include "pisd-draw-training.h"

G_BEGIN_DECLS

#define PISD_TRAINING_PANELS 3 /* function, target, error */

typedef struct
{
  const char *caption; /* above all */
  const PisdTrainingCourses *courses;
  const PisdTrainingFunction *function; /* NULL: panels */
  const PisdPanel *panels;              /* [PISD_TRAINING_PANELS]; NULL: a function */
} PisdTrainingFigure;

/* What was learned and the first charts alone, two beside each other. */
double pisd_training_figure_get_height (const PisdTrainingFigure *figure,
                                        guint n_charts,
                                        double row_height);
void pisd_draw_training_figure (cairo_t *cr,
                                const PisdBox *box,
                                const PisdPalette *palette,
                                const PisdTrainingFigure *figure,
                                guint n_charts);

/* Saves as .png, .svg or .pdf, by the path's ending; atomically.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save_training (const char *path,
                                  const PisdPalette *palette,
                                  const PisdTrainingFigure *figure,
                                  GError **error);

G_END_DECLS
