/* A distribution in the plane that somebody draws: points lie along lines, equally dense, with a
 * Gaussian blur of the brush's width.
 *
 * As text, for files: a line "stroke,x,y" for every point after the head; the columns are numbers.
 *
 * Units:   those of the plane, in which what is drawn fills about [-1, 1].
 * Threads: one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strokes beyond these share labels with those before. */
#define PISD_DRAWING_MOST_LABELS 10

typedef struct _PisdDrawing PisdDrawing;

PisdDrawing *pisd_drawing_new (void);
PisdDrawing *pisd_drawing_dup (const PisdDrawing *strokes);
void pisd_drawing_free (PisdDrawing *strokes); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDrawing, pisd_drawing_free)

/* A stroke begins where none does yet; a single point is a dot. */
void pisd_drawing_begin (PisdDrawing *strokes);
void pisd_drawing_add (PisdDrawing *strokes, double x, double y);
guint pisd_drawing_get_n_points (const PisdDrawing *strokes);
/* The point's place; returns the number of its stroke. */
guint pisd_drawing_get_point (const PisdDrawing *strokes, guint index, double *x, double *y);
guint pisd_drawing_get_n_strokes (const PisdDrawing *strokes);
guint pisd_drawing_get_n_labels (const PisdDrawing *strokes);

/* A point of it by a uniform in (0, 1) and two normals; returns its label.  Of nothing drawn: the
 * normals themselves. */
guint pisd_drawing_draw (const PisdDrawing *strokes,
                         double uniform,
                         const double normals[2],
                         double x[2]);

char *pisd_drawing_dup_csv (const PisdDrawing *strokes);
/* Errors: PISD_ERROR_IO, PISD_ERROR_FORMAT; NULL then. */
PisdDrawing *pisd_drawing_load (const char *path, GError **error);

G_END_DECLS
