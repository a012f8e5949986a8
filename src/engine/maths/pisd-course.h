/* The course of a weight over a run: a factor that depends on the fraction of the steps done,
 * straight between a few points and constant beyond the first and the last of them.
 *
 *   f (t) = f_i + (f_{i+1} - f_i) (t - t_i) / (t_{i+1} - t_i)  for t_i <= t <= t_{i+1}
 * It is straight in t and f, not in log f: so it may come to zero, where a term is left out.
 * As text it is "0:1 0.5:0.2 1:1", the fraction and the factor of every point, with spaces or
 * commas between them; no point at all stands for the factor 1.
 *
 * Errors:  PISD_ERROR_FORMAT, RANGE, LIMIT: which point, what it got and what it expected.
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_COURSE_MAX_POINTS 12
#define PISD_COURSE_MAX_FACTOR 1000.0

/* Compared byte by byte: it has no padding, and entries beyond the last point are zero. */
typedef struct
{
  guint64 n;                             /* points; 0: the factor is 1 all the time */
  double t[PISD_COURSE_MAX_POINTS];      /* [n] in [0, 1], each above the one before */
  double factor[PISD_COURSE_MAX_POINTS]; /* [n] in [0, PISD_COURSE_MAX_FACTOR] */
} PisdCourse;

double pisd_course_get (const PisdCourse *course, double t);
/* FALSE: `course` is as it was. */
gboolean pisd_course_parse (const char *text, PisdCourse *course, GError **error);
/* What pisd_course_parse() reads back bit for bit. */
char *pisd_course_dup_text (const PisdCourse *course);

G_END_DECLS
