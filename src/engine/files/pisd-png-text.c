#include "pisd-png-text.h"

#include <glib/gi18n-lib.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "pisd-error.h"

#define MAX_FILE (256 * 1024 * 1024 - 1)
#define SIGNATURE_SIZE 8
#define FRAME_SIZE 12 /* length, type and checksum of a chunk */
#define MAX_SIDE PNG_UINT_31_MAX
/* Keyword, language and flags, which stand before the text. */
#define MARGIN 4096

static const guint8 signature[SIGNATURE_SIZE] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

/* A file that is read.  libpng is given signature, header, palette and the chunks of text, and then
 * the beginning of the pixels, where it stops. */
typedef struct
{
  const PisdInput *input;
  const guint8 *bytes;
  gsize size;
  const char *keyword;
  gsize max;
  GByteArray *wanted; /* what libpng is given */
  gsize at;           /* of it, how far it is */
  char *complaint;    /* libpng's last; NULL: none */
} Reader;

static guint32
read_number (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* Chunks. */

static gboolean
is_type (const guint8 *chunk, const char *type)
{
  return memcmp (chunk + 4, type, 4) == 0;
}

static gboolean
fail_chunk (const Reader *reader, const guint8 *chunk, guint32 length, gsize most, GError **error)
{
  g_autofree char *type = g_strndup ((const char *) chunk + 4, 4);
  g_autofree char *quoted = pisd_error_quote (type);

  return pisd_error_fail (
      error, PISD_ERROR_LIMIT, _ ("%s: chunk %s at byte %zu: got %u bytes, expected at most %zu"),
      pisd_input_get_name (reader->input), quoted, (gsize) (chunk - reader->bytes), length, most);
}

/* Whether it is one of those texts, by its keyword; one that is broken is no other's. */
static gboolean
is_our_text (const Reader *reader, const guint8 *chunk, guint32 length)
{
  const gsize n = strlen (reader->keyword) + 1;

  return is_type (chunk, "iTXt") && length >= n && memcmp (chunk + 8, reader->keyword, n) == 0;
}

static gboolean
check_chunk (const Reader *reader, const guint8 *chunk, guint32 length, GError **error)
{
  const gsize left = reader->size - (gsize) (chunk - reader->bytes);

  if (length > left - FRAME_SIZE)
    return fail_chunk (reader, chunk, length, left - FRAME_SIZE, error);
  if (is_our_text (reader, chunk, length) && length > reader->max + MARGIN)
    return fail_chunk (reader, chunk, length, reader->max, error);
  return pisd_input_check (reader->input, error);
}

static gboolean
is_wanted (const Reader *reader, const guint8 *chunk, guint32 length)
{
  return is_type (chunk, "IHDR") || is_type (chunk, "PLTE") || is_our_text (reader, chunk, length);
}

/* Goes through all chunks up to the last one, and keeps those that libpng is given. */
static gboolean
walk (Reader *reader, GError **error)
{
  gsize at = SIGNATURE_SIZE;

  g_byte_array_append (reader->wanted, signature, sizeof signature);
  while (reader->size - at >= FRAME_SIZE)
    {
      const guint8 *chunk = reader->bytes + at;
      const guint32 length = read_number (chunk);

      if (!check_chunk (reader, chunk, length, error))
        return FALSE;
      if (is_wanted (reader, chunk, length))
        g_byte_array_append (reader->wanted, chunk, length + FRAME_SIZE);
      at += (gsize) length + FRAME_SIZE;
      if (is_type (chunk, "IEND"))
        return TRUE;
    }
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("%s: got %zu bytes without an end, expected a whole PNG"),
                          pisd_input_get_name (reader->input), reader->size);
}

/* libpng. */

static void
on_error (png_structp png, png_const_charp message)
{
  Reader *reader = png_get_error_ptr (png);

  g_free (reader->complaint);
  reader->complaint = g_strdup (message);
  longjmp (png_jmpbuf (png), 1);
}

/* What libpng goes on after is an error here: there is nothing in what it reads but our own. */
static void
on_warning (png_structp png, png_const_charp message)
{
  Reader *reader = png_get_error_ptr (png);

  g_free (reader->complaint);
  reader->complaint = g_strdup (message);
}

static void
on_read (png_structp png, png_bytep to, size_t n)
{
  Reader *reader = png_get_io_ptr (png);

  if (n > reader->wanted->len - reader->at)
    png_error (png, "end of file");
  memcpy (to, reader->wanted->data + reader->at, n);
  reader->at += n;
}

/* Up to the pixels; nothing between here and what may jump back is allocated. */
static gboolean
read_info (Reader *reader, png_structp png, png_infop info)
{
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;
  png_set_user_limits (png, MAX_SIDE, MAX_SIDE);
  png_set_chunk_malloc_max (png, reader->max + MARGIN);
  png_set_read_fn (png, reader, on_read);
  png_read_info (png, info);
  return reader->complaint == NULL;
}

/* The one text of our keyword. */
static GBytes *
find_text (const Reader *reader, png_structp png, png_infop info, GError **error)
{
  const char *name = pisd_input_get_name (reader->input);
  png_textp texts;
  int n = 0;

  png_get_text (png, info, &texts, &n);
  if (n == 1 && texts[0].itxt_length <= reader->max)
    return g_bytes_new (texts[0].text, texts[0].itxt_length);
  if (n == 1)
    pisd_error_fail (error, PISD_ERROR_LIMIT,
                     _ ("%s: chunk %s: got %zu bytes, expected at most %zu"), name, reader->keyword,
                     texts[0].itxt_length, reader->max);
  else if (n > 1)
    pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: chunk %s: got %d of them, expected one"),
                     name, reader->keyword, n);
  else
    pisd_error_fail (
        error, PISD_ERROR_UNKNOWN,
        _ ("%s: the picture has no set-up: programs and sites that recompress pictures "
           "remove it; send the file itself"),
        name);
  return NULL;
}

static GBytes *
read_wanted (Reader *reader, GError **error)
{
  png_structp png = png_create_read_struct (PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
  png_infop info = png_create_info_struct (png);
  g_autofree char *escaped = NULL;
  GBytes *text = NULL;

  if (png != NULL && info != NULL && read_info (reader, png, info))
    text = find_text (reader, png, info, error);
  else
    {
      escaped = pisd_error_escape (reader->complaint != NULL ? reader->complaint : "libpng");
      pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: cannot be read as a PNG: %s"),
                       pisd_input_get_name (reader->input), escaped);
    }
  png_destroy_read_struct (&png, &info, NULL);
  return text;
}

GBytes *
pisd_png_text_read (PisdInput *input, const char *keyword, gsize max, GError **error)
{
  static const guint8 pixels[] = { 0, 0, 0, 0, 'I', 'D', 'A', 'T' };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GByteArray) wanted = g_byte_array_new ();
  Reader reader = { .input = input, .keyword = keyword, .max = max, .wanted = wanted };
  GBytes *text;

  g_return_val_if_fail (input != NULL && keyword != NULL, NULL);

  bytes = pisd_input_read_all (input, MAX_FILE, error);
  if (bytes == NULL)
    return NULL;
  reader.bytes = g_bytes_get_data (bytes, &reader.size);
  if (reader.size < SIGNATURE_SIZE || memcmp (reader.bytes, signature, SIGNATURE_SIZE) != 0)
    {
      pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: got another beginning, expected a PNG's"),
                       pisd_input_get_name (input));
      return NULL;
    }
  if (!walk (&reader, error))
    return NULL;
  g_byte_array_append (wanted, pixels, sizeof pixels);
  text = read_wanted (&reader, error);
  g_free (reader.complaint);
  return text;
}

gboolean
pisd_png_recognise (PisdInput *input)
{
  g_autoptr (GBytes) head = NULL;

  g_return_val_if_fail (input != NULL, FALSE);

  head = pisd_input_read (input, SIGNATURE_SIZE, NULL, NULL);
  return head != NULL && g_bytes_get_size (head) == SIGNATURE_SIZE
         && memcmp (g_bytes_get_data (head, NULL), signature, SIGNATURE_SIZE) == 0;
}
