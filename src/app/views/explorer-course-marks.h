/* The course of a weight as it is drawn over the curves of a run: a line, its handles, the level of
 * one, and words.
 *
 * Units: those of the plot. */
#pragma once

#include "pisd-course.h"
#include "pisd-draw-curves.h"

G_BEGIN_DECLS

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
void explorer_draw_course (cairo_t *cr, const ExplorerCourseMarks *marks);

G_END_DECLS
