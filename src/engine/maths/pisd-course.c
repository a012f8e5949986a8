#include "pisd-course.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

/* Nearer to each other points do not come. */
#define CLOSEST 1e-3

/* f (t) = f_{i-1} + (t - t_{i-1}) / (t_i - t_{i-1}) (f_i - f_{i-1}) with i the first point after
 * t; before the first point and from the last one on f is constant. */
double
pisd_course_get (const PisdCourse *course, double t)
{
  const guint64 n = course->n;
  double share;
  guint64 i = 0;

  if (n == 0)
    return 1.0;
  while (i < n && course->t[i] <= t)
    i++;
  if (i == 0 || i == n)
    return course->factor[i == 0 ? 0 : n - 1];
  share = (t - course->t[i - 1]) / (course->t[i] - course->t[i - 1]);
  return course->factor[i - 1] + share * (course->factor[i] - course->factor[i - 1]);
}

/* "0.5:0.2", number `index` from zero. */
static gboolean
fail (guint64 index, const char *got, PisdError code, const char *expected, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (got);

  return pisd_error_fail (error, code, _ ("point %u: got %s, expected %s"), (guint) index + 1,
                          quoted, expected);
}

static gboolean
read_point (const char *text, double *t, double *factor)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);

  return g_strv_length (parts) == 2 && pisd_number_parse (parts[0], t)
         && pisd_number_parse (parts[1], factor);
}

static gboolean
add_point (PisdCourse *course, const char *text, GError **error)
{
  const guint64 n = course->n;
  double t, factor;

  if (n == PISD_COURSE_MAX_POINTS)
    return fail (n, text, PISD_ERROR_LIMIT, _ ("at most 12 points"), error);
  if (!read_point (text, &t, &factor))
    return fail (n, text, PISD_ERROR_FORMAT, _ ("a fraction of the run and a factor as in 0.5:0.2"),
                 error);
  if (t < 0.0 || t > 1.0)
    return fail (n, text, PISD_ERROR_RANGE, _ ("a fraction of the run from 0 to 1"), error);
  if (n > 0 && t <= course->t[n - 1])
    return fail (n, text, PISD_ERROR_RANGE, _ ("a later fraction than that of the point before"),
                 error);
  if (factor < 0.0 || factor > PISD_COURSE_MAX_FACTOR)
    return fail (n, text, PISD_ERROR_RANGE, _ ("a factor from 0 to 1000"), error);
  course->t[n] = t;
  course->factor[n] = factor;
  course->n++;
  return TRUE;
}

gboolean
pisd_course_parse (const char *text, PisdCourse *course, GError **error)
{
  g_auto (GStrv) points = g_strsplit_set (text, " \t,", -1);
  PisdCourse read = { 0 };

  for (guint i = 0; points[i] != NULL; i++)
    if (points[i][0] != '\0' && !add_point (&read, points[i], error))
      return FALSE;
  *course = read;
  return TRUE;
}

char *
pisd_course_dup_text (const PisdCourse *course)
{
  GString *text = g_string_new (NULL);
  char t[PISD_NUMBER_SIZE], factor[PISD_NUMBER_SIZE];

  for (guint64 i = 0; i < course->n; i++)
    g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", pisd_number_format (course->t[i], t),
                            pisd_number_format (course->factor[i], factor));
  return g_string_free (text, FALSE);
}

/* The points from t on move up by one place; both neighbours are CLOSEST away at least, so that
 * no two points fall together. */
int
pisd_course_add (PisdCourse *course, double t, double factor)
{
  guint64 i = 0, n = course->n;

  t = CLAMP (t, 0.0, 1.0);
  while (i < n && course->t[i] < t)
    i++;
  if (n == PISD_COURSE_MAX_POINTS || (i < n && course->t[i] - t < CLOSEST)
      || (i > 0 && t - course->t[i - 1] < CLOSEST))
    return -1;
  memmove (&course->t[i + 1], &course->t[i], (n - i) * sizeof (double));
  memmove (&course->factor[i + 1], &course->factor[i], (n - i) * sizeof (double));
  course->t[i] = t;
  course->factor[i] = CLAMP (factor, 0.0, PISD_COURSE_MAX_FACTOR);
  course->n++;
  return (int) i;
}

/* t is kept in [t_{i-1} + CLOSEST, t_{i+1} - CLOSEST], so points never change their order; where
 * that is empty the point keeps its t. */
void
pisd_course_move (PisdCourse *course, guint point, double t, double factor)
{
  const guint64 n = course->n;
  double from, to;

  g_return_if_fail (point < n);

  from = point > 0 ? course->t[point - 1] + CLOSEST : 0.0;
  to = point + 1 < n ? course->t[point + 1] - CLOSEST : 1.0;
  course->t[point] = from <= to ? CLAMP (t, from, to) : course->t[point];
  course->factor[point] = CLAMP (factor, 0.0, PISD_COURSE_MAX_FACTOR);
}

/* The entry that becomes free is 0 again, as courses are compared byte by byte. */
void
pisd_course_remove (PisdCourse *course, guint point)
{
  const guint64 n = course->n;

  g_return_if_fail (point < n);

  memmove (&course->t[point], &course->t[point + 1], (n - 1 - point) * sizeof (double));
  memmove (&course->factor[point], &course->factor[point + 1], (n - 1 - point) * sizeof (double));
  course->t[n - 1] = course->factor[n - 1] = 0.0;
  course->n--;
}
