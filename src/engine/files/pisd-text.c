#include "pisd-text.h"

#include <glib/gi18n-lib.h>

static const char *const names[] = {
  [PISD_ENCODING_UTF_8] = "UTF-8",
  [PISD_ENCODING_UTF_16_LE] = "UTF-16 (little-endian)",
  [PISD_ENCODING_UTF_16_BE] = "UTF-16 (big-endian)",
};

const char *
pisd_encoding_get_name (PisdEncoding encoding)
{
  g_return_val_if_fail ((guint) encoding < G_N_ELEMENTS (names), NULL);

  return names[encoding];
}

typedef struct
{
  guint n;
  guint8 bytes[3];
  PisdEncoding encoding;
} Mark;

static const Mark marks[] = {
  { 3, { 0xef, 0xbb, 0xbf }, PISD_ENCODING_UTF_8 },
  { 2, { 0xff, 0xfe }, PISD_ENCODING_UTF_16_LE },
  { 2, { 0xfe, 0xff }, PISD_ENCODING_UTF_16_BE },
};

static gboolean
starts_with (const guint8 *bytes, gsize n, const Mark *mark)
{
  for (guint i = 0; i < mark->n; i++)
    if (i >= n || bytes[i] != mark->bytes[i])
      return FALSE;
  return TRUE;
}

static PisdEncoding
guess (const guint8 *bytes, gsize n)
{
  if (n >= 2 && bytes[0] != 0 && bytes[1] == 0)
    return PISD_ENCODING_UTF_16_LE;
  if (n >= 2 && bytes[0] == 0 && bytes[1] != 0)
    return PISD_ENCODING_UTF_16_BE;
  return PISD_ENCODING_UTF_8;
}

void
pisd_text_init (PisdText *text, gconstpointer bytes, gsize n)
{
  g_return_if_fail (text != NULL && (bytes != NULL || n == 0));

  if (bytes == NULL)
    bytes = "";
  *text = (PisdText){ bytes, (const guint8 *) bytes + n, guess (bytes, n) };
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (starts_with (bytes, n, &marks[i]))
      {
        text->p += marks[i].n;
        text->encoding = marks[i].encoding;
        return;
      }
}

/* Each reads the character at `text`, which is not at its end, and says how many bytes it has: none
 * if it is broken. */
static gsize
read_utf_8 (const PisdText *text, gunichar *c)
{
  *c = 0;
  if (*text->p == 0)
    return 1;
  *c = g_utf8_get_char_validated ((const char *) text->p, text->end - text->p);
  if (*c == (gunichar) -1 || *c == (gunichar) -2)
    return 0;
  return g_utf8_next_char ((const char *) text->p) - (const char *) text->p;
}

static guint
read_unit (const PisdText *text, guint at)
{
  const guint8 *p = text->p + at;

  return text->encoding == PISD_ENCODING_UTF_16_LE ? p[0] | p[1] << 8 : p[0] << 8 | p[1];
}

/* A character beyond U+FFFF is a pair: 0xD800 + high ten bits, 0xDC00 + low ten bits. */
static gsize
read_utf_16 (const PisdText *text, gunichar *c)
{
  gsize n = text->end - text->p;
  guint high, low;

  if (n < 2)
    return 0;
  high = read_unit (text, 0);
  *c = high;
  if (high < 0xd800 || high > 0xdfff)
    return 2;
  if (high > 0xdbff || n < 4)
    return 0;
  low = read_unit (text, 2);
  *c = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  return low >= 0xdc00 && low <= 0xdfff ? 4 : 0;
}

static gsize
read_character (const PisdText *text, gunichar *c)
{
  return text->encoding == PISD_ENCODING_UTF_8 ? read_utf_8 (text, c) : read_utf_16 (text, c);
}

PisdTextStatus
pisd_text_next (PisdText *text, gunichar *c)
{
  gunichar read = 0;
  gsize n;

  g_return_val_if_fail (text != NULL && c != NULL, PISD_TEXT_BROKEN);

  if (text->p == text->end)
    return PISD_TEXT_END;
  n = read_character (text, &read);
  if (n == 0 || read == 0)
    return PISD_TEXT_BROKEN;

  text->p += n;
  *c = read;
  return PISD_TEXT_CHARACTER;
}

char *
pisd_text_dup_complaint (const PisdText *text)
{
  gunichar c = 1;

  g_return_val_if_fail (text != NULL && text->p < text->end, NULL);

  if (read_character (text, &c) > 0 && c == 0)
    return g_strdup_printf (_ ("a NUL character in a text read as %s"), names[text->encoding]);
  return g_strdup_printf (_ ("the byte \\x%02x, which is no character, in a text read as %s"),
                          *text->p, names[text->encoding]);
}

char *
pisd_text_dup_rest (PisdText *text)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  PisdTextStatus status;
  gunichar c;

  g_return_val_if_fail (text != NULL, NULL);

  while ((status = pisd_text_next (text, &c)) == PISD_TEXT_CHARACTER)
    g_string_append_unichar (rest, c);
  return status == PISD_TEXT_END ? g_strndup (rest->str, rest->len) : NULL;
}
