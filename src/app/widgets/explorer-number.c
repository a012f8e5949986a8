#include "explorer-number.h"

#include <math.h>
#include <string.h>

#include "pisd-number.h"

static char *
format_in_c (double value, int digits)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

char *
explorer_number_format_digits (double value, int digits)
{
  g_autofree char *text = format_in_c (value, digits);

  return pisd_number_dup_local (text);
}

/* "7e+01" is shorter than "70" in digits only. */
static gboolean
is_plain (const char *text, double value)
{
  return strchr (text, 'e') == NULL || fabs (value) < 1e-4 || fabs (value) >= 1e6;
}

char *
explorer_number_format (double value)
{
  for (int digits = 1; digits < 17; digits++)
    {
      g_autofree char *text = format_in_c (value, digits);

      if (g_ascii_strtod (text, NULL) == value && is_plain (text, value))
        return pisd_number_dup_local (text);
    }
  return explorer_number_format_digits (value, 17);
}

char *
explorer_number_format_percent (double fraction)
{
  const double percent = 100 * fraction;

  if (isnan (fraction))
    return g_strdup ("–");
  if (fabs (percent) >= 1000)
    return g_strdup_printf ("%.1e\u00a0%%", percent);
  if (fabs (percent) >= 99.95)
    return g_strdup_printf ("%.0f\u00a0%%", percent);
  return g_strdup_printf (fabs (percent) < 9.995 ? "%.2f\u00a0%%" : "%.1f\u00a0%%", percent);
}

char *
explorer_number_normalize (const char *text)
{
  char *copy = g_strstrip (g_strdup (text));

  return g_strdelimit (copy, ",", '.');
}

gboolean
explorer_number_parse (const char *text, double *value)
{
  g_autofree char *clean = explorer_number_normalize (text);
  char *end = NULL;
  double parsed;

  parsed = g_ascii_strtod (clean, &end);
  if (end == clean || *end != '\0' || !isfinite (parsed))
    return FALSE;
  *value = parsed;
  return TRUE;
}
