/* The course of a weight as it is drawn over the curves of a run: a line, its handles, the level of
 * one, and words.
 *
 * Units: those of the plot. */
#pragma once

#include "pisd-course.h"
#include "pisd-draw-curves.h"

G_BEGIN_DECLS

/* From which a handle is taken. */
#define EXPLORER_COURSE_REACH 10.0

typedef struct
{
  const PisdPalette *palette;
  const PisdCourse *course;
  const char *words;
  PisdBox plot; /* factors from 0 at its bottom to `top` */
  double top;
  double type;  /* what the reader's type is larger than usual by */
  int selected; /* point, -1: none */
} ExplorerCourseMarks;

void explorer_course_marks_get_place (const ExplorerCourseMarks *marks,
                                      double t,
                                      double factor,
                                      double *x,
                                      double *y);
/* The other way round, within the plot. */
void explorer_course_marks_get_point (const ExplorerCourseMarks *marks,
                                      double x,
                                      double y,
                                      double *t,
                                      double *factor);
/* The point whose handle lies there, -1: none. */
int explorer_course_marks_find (const ExplorerCourseMarks *marks, double x, double y);
/* "Weight of equation × 1 at step 60" of a point, or, for -1, what it is. */
char *explorer_course_dup_words (const char *title,
                                 const PisdCourse *course,
                                 int point,
                                 guint n_steps);
void explorer_draw_course (cairo_t *cr, const ExplorerCourseMarks *marks);

G_END_DECLS
