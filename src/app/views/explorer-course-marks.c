#include "explorer-course-marks.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-text.h"

static const double radius = 5.0; /* of a handle */
static const double type_size = 12.0;

void
explorer_course_marks_get_place (const ExplorerCourseMarks *marks,
                                 double t,
                                 double factor,
                                 double *x,
                                 double *y)
{
  *x = marks->plot.x + t * marks->plot.width;
  *y = marks->plot.y + (1.0 - MIN (factor / marks->top, 1.0)) * marks->plot.height;
}

void
explorer_course_marks_get_point (const ExplorerCourseMarks *marks,
                                 double x,
                                 double y,
                                 double *t,
                                 double *factor)
{
  *t = CLAMP ((x - marks->plot.x) / marks->plot.width, 0.0, 1.0);
  *factor = CLAMP (1.0 - (y - marks->plot.y) / marks->plot.height, 0.0, 1.0) * marks->top;
}

int
explorer_course_marks_find (const ExplorerCourseMarks *marks, double x, double y)
{
  for (guint64 i = 0; i < marks->course->n; i++)
    {
      double px, py;

      explorer_course_marks_get_place (marks, marks->course->t[i], marks->course->factor[i], &px,
                                       &py);
      if (hypot (px - x, py - y) <= EXPLORER_COURSE_REACH)
        return (int) i;
    }
  return -1;
}

char *
explorer_course_dup_words (const char *title, const PisdCourse *course, int point, guint n_steps)
{
  if (course->n == 0)
    return g_strdup_printf (_ ("%s: constant; a click adds a point"), title);
  if (point < 0)
    return g_strdup_printf (_ ("%s over the run"), title);
  return g_strdup_printf (_ ("%s × %.3g at step %.0f"), title, course->factor[point],
                          course->t[point] * n_steps);
}

static void
draw_line (cairo_t *cr, const ExplorerCourseMarks *marks)
{
  const PisdCourse *course = marks->course;
  double x, y;

  explorer_course_marks_get_place (marks, 0.0, pisd_course_get (course, 0.0), &x, &y);
  cairo_move_to (cr, x, y);
  for (guint64 i = 0; i < course->n; i++)
    {
      explorer_course_marks_get_place (marks, course->t[i], course->factor[i], &x, &y);
      cairo_line_to (cr, x, y);
    }
  explorer_course_marks_get_place (marks, 1.0, pisd_course_get (course, 1.0), &x, &y);
  cairo_line_to (cr, x, y);
  pisd_ink_set (cr, &marks->palette->accent);
  cairo_set_line_width (cr, 2.0);
  cairo_stroke (cr);
}

static void
draw_handles (cairo_t *cr, const ExplorerCourseMarks *marks)
{
  const PisdCourse *course = marks->course;

  cairo_set_line_width (cr, 2.0);
  for (guint64 i = 0; i < course->n; i++)
    {
      const gboolean selected = marks->selected == (int) i;
      double x, y;

      explorer_course_marks_get_place (marks, course->t[i], course->factor[i], &x, &y);
      cairo_arc (cr, x, y, selected ? radius + 2.0 : radius, 0.0, 2.0 * G_PI);
      cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
      if (selected)
        pisd_ink_set (cr, &marks->palette->accent);
      cairo_fill_preserve (cr);
      pisd_ink_set (cr, &marks->palette->accent);
      cairo_stroke (cr);
    }
}

/* The level of one. */
static void
draw_level (cairo_t *cr, const ExplorerCourseMarks *marks)
{
  const double dashes[] = { 3.0, 3.0 };
  double x, y;

  explorer_course_marks_get_place (marks, 0.0, 1.0, &x, &y);
  pisd_ink_set_faded (cr, &marks->palette->accent, 0.5);
  cairo_set_line_width (cr, 1.0);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + marks->plot.width, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0.0);
}

/* On a ground of their own, as curves pass there. */
static void
draw_words (cairo_t *cr, const ExplorerCourseMarks *marks)
{
  const PisdTextStyle style = { .size = type_size * marks->type,
                                .ink = &marks->palette->accent,
                                .bold = TRUE,
                                .max_width = marks->plot.width - 16.0 };
  const double x = marks->plot.x + 8.0, y = marks->plot.y + style.size;
  g_autofree char *escaped = g_markup_escape_text (marks->words, -1);
  const double width = MIN (pisd_text_get_width (&style, escaped), style.max_width);

  cairo_rectangle (cr, x - 3.0, y - 0.75 * style.size, width + 6.0, 1.5 * style.size);
  pisd_ink_set_faded (cr, &marks->palette->background, 0.8);
  cairo_fill (cr);
  pisd_draw_text (cr, x, y, &style, marks->words);
}

void
explorer_draw_course (cairo_t *cr, const ExplorerCourseMarks *marks)
{
  draw_level (cr, marks);
  draw_words (cr, marks);
  draw_line (cr, marks);
  draw_handles (cr, marks);
}
