#include "pisd-number.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* Bytes of a decimal point; a number with one of these still fits into PISD_NUMBER_SIZE. */
#define MOST_POINT 4

gboolean
pisd_number_parse (const char *text, double *value)
{
  double parsed;
  char *end;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  /* strtod would also take spaces, "0x1p3", "nan" and "infinity". */
  if (text[0] == '\0' || text[strspn (text, "0123456789+-.eE")] != '\0')
    return FALSE;
  parsed = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (parsed))
    return FALSE;

  *value = parsed;
  return TRUE;
}

char *
pisd_number_format (double value, char buffer[PISD_NUMBER_SIZE])
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, PISD_NUMBER_SIZE, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  return buffer;
}

/* The locale's decimal point in the place of the C locale's; a few locales write it in several
 * bytes, for which there is room. */
static void
localise (char *text)
{
  const char *local = localeconv ()->decimal_point;
  const gsize n = strlen (local);
  char *point = strchr (text, '.');

  if (point == NULL || n > MOST_POINT)
    return;
  memmove (point + n, point + 1, strlen (point + 1) + 1);
  memcpy (point, local, n);
}

char *
pisd_number_format_local (double value, char buffer[PISD_NUMBER_SIZE])
{
  localise (pisd_number_format (value, buffer));
  return buffer;
}

char *
pisd_number_dup_local (const char *text)
{
  const gsize size = strlen (text) + MOST_POINT;
  char *copy = g_malloc (size);
  double value;

  g_strlcpy (copy, text, size);
  if (pisd_number_parse (text, &value))
    localise (copy);
  return copy;
}

void
pisd_number_append_cell (GString *text, double value)
{
  char buffer[PISD_NUMBER_SIZE];

  g_string_append_c (text, ',');
  if (isfinite (value))
    g_string_append (text, pisd_number_format (value, buffer));
}
