#include "pisd-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-text.h"

/* Bytes of a line in UTF-8: six numbers of 24 characters fit five times over. */
#define MAX_LINE 1024
/* Bytes of a file that are looked at. */
#define MAX_FILE (64 * 1024 * 1024)

typedef struct
{
  char character;
  const char *name; /* of several */
} Separator;

/* A header that shows two of them equally often is read with the first. */
static const Separator separators[] = {
  { ',', N_ ("commas") },
  { ';', N_ ("semicolons") },
  { '\t', N_ ("tabs") },
};
#define SEPARATOR_LIST "comma, semicolon or tab"

struct _PisdCsv
{
  char *name; /* for messages */
  PisdCancel *cancel;
  GBytes *bytes;
  gboolean is_whole;          /* whether these are all bytes of the file */
  PisdText text;              /* behind the current line */
  guint64 n_lines;            /* up to and with the current one */
  GString *line;              /* the current one in UTF-8, without its end */
  const Separator *separator; /* NULL before the first row */
  GPtrArray *cells;           /* of the current row */
};

PisdCsv *
pisd_csv_new (PisdInput *input, GError **error)
{
  PisdCsv *self;
  GBytes *bytes;
  gboolean is_whole;
  gconstpointer data;
  gsize n;

  g_return_val_if_fail (input != NULL, NULL);

  bytes = pisd_input_read (input, MAX_FILE, &is_whole, error);
  if (bytes == NULL)
    return NULL;

  self = g_new0 (PisdCsv, 1);
  self->name = g_strdup (pisd_input_get_name (input));
  self->bytes = bytes;
  if (pisd_input_get_cancel (input) != NULL)
    self->cancel = pisd_cancel_ref (pisd_input_get_cancel (input));
  self->is_whole = is_whole;
  self->line = g_string_new (NULL);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  data = g_bytes_get_data (bytes, &n);
  pisd_text_init (&self->text, data, n);
  return self;
}

void
pisd_csv_free (PisdCsv *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  pisd_cancel_unref (self->cancel);
  g_bytes_unref (self->bytes);
  g_string_free (self->line, TRUE);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* Puts the place before a message and what the text was read as behind it. */
gboolean
pisd_csv_fail_at (const PisdCsv *self, GError **error)
{
  const char *encoding;
  g_autofree char *message = NULL;
  g_autofree char *dialect = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (error == NULL)
    return FALSE;
  message = (*error)->message;
  encoding = pisd_encoding_get_name (self->text.encoding);
  /* Translators: an encoding, such as UTF-8, and what separates cells, such as commas */
  dialect = self->separator == NULL
                ? g_strdup_printf (_ ("read as %s"), encoding)
                : g_strdup_printf (_ ("read as %s with %s"), encoding, _ (self->separator->name));
  (*error)->message = g_strdup_printf ("%s:%" G_GUINT64_FORMAT ": %s (%s)", self->name,
                                       self->n_lines, message, dialect);
  return FALSE;
}

static gboolean
fail (const PisdCsv *self, PisdError code, const char *message, GError **error)
{
  g_set_error_literal (error, PISD_ERROR, code, message);
  return pisd_csv_fail_at (self, error);
}

static gboolean
fail_text (const PisdCsv *self, GError **error)
{
  g_autofree char *complaint = pisd_text_dup_complaint (&self->text);

  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, _ ("got %s, expected UTF-8 or UTF-16"),
               complaint);
  return pisd_csv_fail_at (self, error);
}

/* Passes over the LF of a CR LF. */
static void
end_line (PisdCsv *self, gunichar end)
{
  PisdText ahead = self->text;
  gunichar c;

  if (end == '\r' && pisd_text_next (&ahead, &c) == PISD_TEXT_CHARACTER && c == '\n')
    self->text = ahead;
}

/* Fills `line` up to its end, or to the end of the text. */
static gboolean
read_characters (PisdCsv *self, GError **error)
{
  PisdTextStatus status;
  gunichar c;

  while ((status = pisd_text_next (&self->text, &c)) == PISD_TEXT_CHARACTER)
    {
      if (c == '\n' || c == '\r')
        {
          end_line (self, c);
          return TRUE;
        }
      g_string_append_unichar (self->line, c);
      if (self->line->len >= MAX_LINE)
        return fail (self, PISD_ERROR_FORMAT,
                     _ ("got a line of 1024 bytes or more, expected a row of numbers"), error);
    }
  return status == PISD_TEXT_END || fail_text (self, error);
}

static PisdCsvStatus
read_line (PisdCsv *self, GError **error)
{
  g_string_truncate (self->line, 0);
  if (self->text.p == self->text.end && self->is_whole)
    return PISD_CSV_END;

  self->n_lines++;
  if (!read_characters (self, error))
    return PISD_CSV_FAILED;
  /* The last line of what was read may go on behind it. */
  if (self->text.p == self->text.end && !self->is_whole)
    {
      fail (self, PISD_ERROR_LIMIT, _ ("got more than 64 MiB, expected fewer and shorter lines"),
            error);
      return PISD_CSV_FAILED;
    }
  return PISD_CSV_ROW;
}

/* Spaces of every kind and marks without a width; a tab only where it does not part cells. */
static gboolean
is_blank (const PisdCsv *self, const char *p)
{
  gunichar c = g_utf8_get_char (p);

  if (self->separator != NULL && c == (gunichar) self->separator->character)
    return FALSE;
  return g_unichar_isspace (c) || c == 0xfeff || c == 0x200b;
}

static const char *
skip_blanks (const PisdCsv *self, const char *p)
{
  while (*p != '\0' && is_blank (self, p))
    p = g_utf8_next_char (p);
  return p;
}

/* The text between two places without the blanks around it. */
static char *
dup_stripped (const PisdCsv *self, const char *start, const char *end)
{
  start = skip_blanks (self, start);
  while (end > start && is_blank (self, g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  return g_strndup (start, MAX (end - start, 0));
}

/* A number written with one comma and no point gets the point. */
static void
point_decimal_comma (char *cell)
{
  char *comma = strchr (cell, ',');

  if (comma != NULL && strchr (comma + 1, ',') == NULL
      && cell[strspn (cell, "0123456789+-eE,")] == '\0')
    *comma = '.';
}

static void
add_cell (PisdCsv *self, char *cell)
{
  if (self->separator->character != ',')
    point_decimal_comma (cell);
  g_ptr_array_add (self->cells, cell);
}

static gboolean
ends_cell (const PisdCsv *self, const char *p)
{
  return *p == '\0' || *p == self->separator->character;
}

/* A cell in quotes, the first of which is passed over; a doubled quote stands for one.  Returns the
 * place behind it, NULL if it is not closed or followed by more. */
static const char *
add_quoted_cell (PisdCsv *self, const char *p)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; *p != '"' || p[1] == '"'; p++)
    {
      if (*p == '\0')
        return NULL;
      p += *p == '"';
      g_string_append_c (text, *p);
    }
  p = skip_blanks (self, p + 1);
  if (!ends_cell (self, p))
    return NULL;

  add_cell (self, dup_stripped (self, text->str, text->str + text->len));
  return p;
}

static const char *
add_plain_cell (PisdCsv *self, const char *p)
{
  const char *end = p;

  while (!ends_cell (self, end))
    end++;
  add_cell (self, dup_stripped (self, p, end));
  return end;
}

static gboolean
split_line (PisdCsv *self, GError **error)
{
  const char *p = self->line->str;

  g_ptr_array_set_size (self->cells, 0);
  for (;; p++)
    {
      const char *start = skip_blanks (self, p);

      p = *start == '"' ? add_quoted_cell (self, start + 1) : add_plain_cell (self, start);
      if (p == NULL)
        return fail (self, PISD_ERROR_FORMAT,
                     _ ("got a quote without its other one around a cell of this line"), error);
      if (*p == '\0')
        return TRUE;
    }
}

/* How often a separator stands in the line outside quotes. */
static guint
count (const char *line, char separator)
{
  gboolean quoted = FALSE;
  guint n = 0;

  for (; *line != '\0'; line++)
    {
      quoted ^= *line == '"';
      n += !quoted && *line == separator;
    }
  return n;
}

static const Separator *
guess_separator (const char *line)
{
  const Separator *best = separators;

  for (guint i = 1; i < G_N_ELEMENTS (separators); i++)
    if (count (line, separators[i].character) > count (line, best->character))
      best = &separators[i];
  return best;
}

/* The text behind `sep=` in such a line, NULL in any other. */
static const char *
find_sep (const PisdCsv *self)
{
  const char *p = skip_blanks (self, self->line->str);

  p += *p == '"';
  return g_ascii_strncasecmp (p, "sep=", 4) == 0 ? p + 4 : NULL;
}

static gboolean
take_sep (PisdCsv *self, const char *sep, GError **error)
{
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (*sep == separators[i].character)
      {
        self->separator = &separators[i];
        return TRUE;
      }

  quoted = pisd_error_quote (sep);
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, "sep: got %s, expected " SEPARATOR_LIST,
               quoted);
  return pisd_csv_fail_at (self, error);
}

guint
pisd_csv_count_filled (const PisdCsv *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);

  n = self->cells->len;
  while (n > 0 && ((const char *) self->cells->pdata[n - 1])[0] == '\0')
    n--;
  return n;
}

/* Whether the line is a row with anything in it. */
static gboolean
take_line (PisdCsv *self, gboolean *is_row, GError **error)
{
  const char *sep = self->separator == NULL ? find_sep (self) : NULL;

  *is_row = FALSE;
  if (sep != NULL)
    return take_sep (self, sep, error);
  if (*skip_blanks (self, self->line->str) == '\0')
    return TRUE;
  if (self->separator == NULL)
    self->separator = guess_separator (self->line->str);
  if (!split_line (self, error))
    return FALSE;
  *is_row = pisd_csv_count_filled (self) > 0;
  return TRUE;
}

PisdCsvStatus
pisd_csv_next (PisdCsv *self, GError **error)
{
  PisdCsvStatus status;
  gboolean is_row;

  g_return_val_if_fail (self != NULL, PISD_CSV_FAILED);

  while ((status = read_line (self, error)) == PISD_CSV_ROW)
    {
      if (!pisd_cancel_check (self->cancel, self->name, error) || !take_line (self, &is_row, error))
        return PISD_CSV_FAILED;
      if (is_row)
        return PISD_CSV_ROW;
    }
  return status;
}

guint
pisd_csv_get_n_cells (const PisdCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->cells->len;
}

const char *
pisd_csv_get_cell (const PisdCsv *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->cells->len, NULL);

  return self->cells->pdata[index];
}
