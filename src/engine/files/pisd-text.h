/* Decoding of text files: UTF-8 with or without a mark, UTF-16 in either byte order.
 *
 * Without a byte-order mark, a first character whose other byte is zero tells UTF-16 from UTF-8.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PISD_ENCODING_UTF_8,
  PISD_ENCODING_UTF_16_LE,
  PISD_ENCODING_UTF_16_BE,
} PisdEncoding;

const char *pisd_encoding_get_name (PisdEncoding encoding); /* "UTF-16 (little-endian)" */

/* A place in a text, whose bytes are borrowed. */
typedef struct
{
  const guint8 *p, *end;
  PisdEncoding encoding;
} PisdText;

typedef enum
{
  PISD_TEXT_CHARACTER,
  PISD_TEXT_END,
  PISD_TEXT_BROKEN, /* a NUL, bytes that are no character, or half a character at the end */
} PisdTextStatus;

void pisd_text_init (PisdText *text, gconstpointer bytes, gsize n); /* passes over a mark */
/* The next character; `text` stays where it is unless there is one. */
PisdTextStatus pisd_text_next (PisdText *text, gunichar *c);
/* What cannot be read at this place, for a message: "the byte \xe4 in a text read as UTF-8". */
char *pisd_text_dup_complaint (const PisdText *text);
/* The rest in UTF-8, or NULL where it is broken: then `text` stands at the place. */
char *pisd_text_dup_rest (PisdText *text);

G_END_DECLS
