#include "pisd-lesson-lines.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FILE (1024 * 1024)
#define MAX_LINES 10000

static void
line_free (gpointer data)
{
  PisdLessonLine *line = data;

  g_free (line->group);
  g_free (line->key);
  g_free (line->language);
  g_free (line->value);
  g_free (line);
}

GStrv
pisd_lesson_split_words (const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) raw = g_strsplit_set (text, " \t", -1);

  for (guint k = 0; raw[k] != NULL; k++)
    if (raw[k][0] != '\0')
      g_strv_builder_add (words, raw[k]);
  return g_strv_builder_end (words);
}

gboolean
pisd_lesson_fail (const char *file,
                  guint line,
                  const char *what,
                  const char *got,
                  const char *expected,
                  PisdError code,
                  GError **error)
{
  pisd_error_fail_got (error, code, what, got, expected);
  pisd_lesson_prefix_error (file, line, error);
  return FALSE;
}

void
pisd_lesson_prefix_error (const char *file, guint line, GError **error)
{
  if (line > 0)
    g_prefix_error (error, "%s:%u: ", file, line);
  else
    g_prefix_error (error, "%s: ", file);
}

typedef struct
{
  PisdInput *input;
  const char *file;
  GPtrArray *lines;
  const char *group; /* of the line before; NULL: none yet */
  GString *value;    /* of the last line, while others go on with it; NULL: none does */
} Reader;

static gboolean
fail (const Reader *reader, guint number, const char *text, const char *expected, GError **error)
{
  return pisd_lesson_fail (reader->file, number, _ ("a line"), text, expected, PISD_ERROR_FORMAT,
                           error);
}

static PisdLessonLine *
get_last (const Reader *reader)
{
  return reader->lines->len > 0 ? g_ptr_array_index (reader->lines, reader->lines->len - 1) : NULL;
}

/* The last line has all of its value. */
static void
finish (Reader *reader)
{
  if (reader->value == NULL)
    return;
  g_free (get_last (reader)->value);
  get_last (reader)->value = g_string_free (g_steal_pointer (&reader->value), FALSE);
}

static PisdLessonLine *
add_line (Reader *reader, guint number, const char *group)
{
  PisdLessonLine *line = g_new0 (PisdLessonLine, 1);

  finish (reader);
  line->number = number;
  line->group = g_strdup (group);
  g_ptr_array_add (reader->lines, line);
  reader->group = line->group;
  return line;
}

static gboolean
read_head (Reader *reader, guint number, char *text, GError **error)
{
  char *end = strchr (text, ']');

  if (end == NULL || end[1] != '\0' || end == text + 1)
    return fail (reader, number, text, "[GROUP]", error);
  *end = '\0';
  add_line (reader, number, text + 1);
  return TRUE;
}

/* KEY or KEY[LANGUAGE]. */
static gboolean
take_key (PisdLessonLine *line, char *key)
{
  char *open = strchr (key, '[');
  char *close = open != NULL ? strchr (open, ']') : NULL;

  if (open != NULL && (close == NULL || close[1] != '\0' || close == open + 1))
    return FALSE;
  if (open != NULL)
    {
      *open = '\0';
      *close = '\0';
      line->language = g_strdup (open + 1);
    }
  line->key = g_strdup (g_strstrip (key));
  return line->key[0] != '\0';
}

static gboolean
read_value (Reader *reader, guint number, char *text, GError **error)
{
  g_autofree char *whole = g_strdup (text);
  char *equals = strchr (text, '=');
  PisdLessonLine *line;

  if (reader->group == NULL)
    return fail (reader, number, text, "[lesson]", error);
  if (equals == NULL)
    return fail (reader, number, text, "KEY = VALUE", error);
  *equals = '\0';
  line = add_line (reader, number, reader->group);
  line->value = g_strdup (g_strstrip (equals + 1));
  return take_key (line, g_strstrip (text))
         || fail (reader, number, whole, "KEY = VALUE or KEY[LANGUAGE] = VALUE", error);
}

static gboolean
go_on (Reader *reader, guint number, char *text, GError **error)
{
  const PisdLessonLine *line = get_last (reader);

  if (line == NULL || line->key == NULL)
    return fail (reader, number, text, _ ("a line that does not begin with a space"), error);
  if (reader->value == NULL)
    reader->value = g_string_new (line->value);
  if (reader->value->len > 0)
    g_string_append_c (reader->value, ' ');
  g_string_append (reader->value, text);
  return TRUE;
}

static gboolean
read_line (Reader *reader, guint number, char *text, GError **error)
{
  const gboolean goes_on = g_ascii_isspace (text[0]);

  g_strstrip (text);
  if (text[0] == '\0' || text[0] == '#')
    return TRUE;
  if (goes_on)
    return go_on (reader, number, text, error);
  return text[0] == '[' ? read_head (reader, number, text, error)
                        : read_value (reader, number, text, error);
}

static gboolean
read_lines (Reader *reader, GError **error)
{
  g_autofree char *text = pisd_input_read_text (reader->input, MAX_FILE, NULL, error);
  g_auto (GStrv) rows = NULL;

  if (text == NULL)
    return FALSE;
  rows = g_strsplit (text, "\n", MAX_LINES + 1);
  for (guint i = 0; rows[i] != NULL; i++)
    {
      if (i == MAX_LINES && rows[i][0] != '\0')
        return pisd_error_fail (error, PISD_ERROR_LIMIT, "%s: got more than %d lines", reader->file,
                                MAX_LINES);
      if (!read_line (reader, i + 1, rows[i], error))
        return FALSE;
    }
  return pisd_input_check (reader->input, error);
}

GPtrArray *
pisd_lesson_lines_read (PisdInput *input, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  Reader reader = { .input = input, .file = pisd_input_get_name (input), .lines = lines };
  gboolean good;

  g_return_val_if_fail (input != NULL, NULL);

  good = read_lines (&reader, error);
  finish (&reader);
  return good ? g_steal_pointer (&lines) : NULL;
}
