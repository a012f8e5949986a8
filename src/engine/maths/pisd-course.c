#include "pisd-course.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-number.h"

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
