#include "pisd-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (pisd - error - quark, pisd_error)

/* Characters of a quoted text before it is cut. */
#define MAX_QUOTED 40

static const char *const meanings[] = {
#define PISD_ERROR_MEANING(name, meaning) [PISD_ERROR_##name] = meaning,
  PISD_ERROR_LIST (PISD_ERROR_MEANING)
#undef PISD_ERROR_MEANING
};

const char *
pisd_error_get_meaning (PisdError code)
{
  g_return_val_if_fail ((guint) code < PISD_N_ERRORS, NULL);

  return meanings[code];
}

gboolean
pisd_error_fail (GError **error, PisdError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, PISD_ERROR, code, message);
  return FALSE;
}

static void
append_character (GString *quoted, const char *text)
{
  gunichar c = g_utf8_get_char_validated (text, -1);

  if (c == (gunichar) -1 || c == (gunichar) -2)
    g_string_append_printf (quoted, "\\x%02x", (guchar) *text);
  else if (!g_unichar_isprint (c))
    g_string_append_printf (quoted, "\\u%04x", c);
  else
    g_string_append_unichar (quoted, c);
}

static const char *
next_character (const char *text)
{
  gunichar c = g_utf8_get_char_validated (text, -1);

  return c == (gunichar) -1 || c == (gunichar) -2 ? text + 1 : g_utf8_next_char (text);
}

/* Appends up to `n` characters; returns what is left of the text. */
static const char *
append_escaped (GString *escaped, const char *text, guint n)
{
  for (; n > 0 && *text != '\0'; n--, text = next_character (text))
    append_character (escaped, text);
  return text;
}

char *
pisd_error_quote (const char *text)
{
  GString *quoted;
  const char *rest;

  g_return_val_if_fail (text != NULL, NULL);

  quoted = g_string_new ("\"");
  rest = append_escaped (quoted, text, MAX_QUOTED);
  g_string_append (quoted, *rest != '\0' ? "...\"" : "\"");
  return g_string_free (quoted, FALSE);
}

gboolean
pisd_error_fail_got (GError **error,
                     PisdError code,
                     const char *what,
                     const char *got,
                     const char *expected)
{
  g_autofree char *quoted = pisd_error_quote (got);

  return pisd_error_fail (error, code, _ ("%s: got %s, expected %s"), what, quoted, expected);
}

char *
pisd_error_escape (const char *text)
{
  GString *escaped;

  g_return_val_if_fail (text != NULL, NULL);

  escaped = g_string_new (NULL);
  append_escaped (escaped, text, G_MAXUINT);
  return g_string_free (escaped, FALSE);
}

char *
pisd_error_escape_base (const char *path)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  base = g_path_get_basename (path);
  return pisd_error_escape (base);
}
