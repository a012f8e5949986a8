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
#define PISD_STROKES_MOST_LABELS 10

typedef struct _PisdStrokes PisdStrokes;

PisdStrokes *pisd_strokes_new (void);
PisdStrokes *pisd_strokes_dup (const PisdStrokes *strokes);
void pisd_strokes_free (PisdStrokes *strokes); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdStrokes, pisd_strokes_free)

/* A stroke begins where none does yet; a single point is a dot. */
void pisd_strokes_begin (PisdStrokes *strokes);
void pisd_strokes_add (PisdStrokes *strokes, double x, double y);
guint pisd_strokes_get_n_points (const PisdStrokes *strokes);
/* The point's place; returns the number of its stroke. */
guint pisd_strokes_get_point (const PisdStrokes *strokes, guint index, double *x, double *y);
guint pisd_strokes_get_n_strokes (const PisdStrokes *strokes);
guint pisd_strokes_get_n_labels (const PisdStrokes *strokes);

/* A point of it by a uniform in (0, 1) and two normals; returns its label.  Of nothing drawn: the
 * normals themselves. */
guint pisd_strokes_draw (const PisdStrokes *strokes,
                         double uniform,
                         const double normals[2],
                         double x[2]);

char *pisd_strokes_dup_csv (const PisdStrokes *strokes);
/* Errors: PISD_ERROR_IO, PISD_ERROR_FORMAT; NULL then. */
PisdStrokes *pisd_strokes_load (const char *path, GError **error);

G_END_DECLS
