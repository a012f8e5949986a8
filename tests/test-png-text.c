#include "pisd-png-text.h"

#include <gio/gio.h>

#include "pisd-error.h"
#include "pisd-test-png.h"
#include "pisd-test.h"

#define KEY "pisd-setup"
#define MOST 1000

static GBytes *
read_text (const GByteArray *png, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (png->data, size);
  g_autoptr (PisdInput) input = pisd_input_new_for_bytes ("p.png", bytes);

  return pisd_png_text_read (input, KEY, MOST, error);
}

static void
assert_refused (const GByteArray *png, gsize size, PisdError code, const char *needle)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (png, size, &error));
  g_assert_error (error, PISD_ERROR, (int) code);
  g_assert_null (strchr (error->message, '\n'));
  if (!g_str_has_prefix (error->message, "p.png: ") || strstr (error->message, needle) == NULL)
    g_error ("got `%s`, expected `%s` in it", error->message, needle);
}

static void
assert_text (const GByteArray *png, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = read_text (png, png->len, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), expected,
                   strlen (expected));
}

static void
append_text (GByteArray *png, const char *keyword, const char *text)
{
  g_autoptr (GByteArray) data = test_png_text (keyword, FALSE, text, strlen (text));

  test_png_append (png, "iTXt", data->data, data->len);
}

/* As zlib packs it: a header, what is deflated, a checksum (Adler-32). */
static GByteArray *
pack (const char *text, gsize n)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  GByteArray *packed = g_byte_array_new ();
  gsize n_read, n_written;

  g_byte_array_set_size (packed, (guint) n + 100);
  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), text, n, packed->data,
                                        packed->len, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                                        NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) n_written);
  return packed;
}

static void
append_packed (GByteArray *png, const char *text, gsize n)
{
  g_autoptr (GByteArray) packed = pack (text, n);
  g_autoptr (GByteArray) data = test_png_text (KEY, TRUE, packed->data, packed->len);

  test_png_append (png, "iTXt", data->data, data->len);
}

/* Before or after the pixels, packed or not, beside whatever others have in the file. */
static void
test_reads (void)
{
  g_autoptr (GByteArray) png = test_png_begin ();
  g_autoptr (GByteArray) late = test_png_begin ();
  g_autoptr (GByteArray) packed = test_png_begin ();

  test_png_append (png, "tEXt", KEY "\0other", 16);
  append_text (png, "pisd-setup2", "another");
  test_png_append (png, "iTXt", "broken", 6);
  test_png_append (png, "iCCP", "broken", 6);
  append_text (png, KEY, "PISD1:abc");
  test_png_end (png);
  assert_text (png, "PISD1:abc");

  test_png_append (late, "IDAT", "no pixels", 9);
  append_text (late, KEY, "late");
  test_png_append (late, "IEND", NULL, 0);
  assert_text (late, "late");

  append_packed (packed, "packed", 6);
  test_png_end (packed);
  assert_text (packed, "packed");
}

static void
test_none (void)
{
  g_autoptr (GByteArray) png = test_png_begin ();
  g_autoptr (GByteArray) two = test_png_begin ();

  test_png_end (png);
  assert_refused (png, png->len, PISD_ERROR_UNKNOWN,
                  "the picture has no set-up: programs and sites that recompress pictures remove "
                  "it; send the file itself");
  append_text (two, KEY, "one");
  append_text (two, KEY, "two");
  test_png_end (two);
  assert_refused (two, two->len, PISD_ERROR_FORMAT, "chunk pisd-setup: got 2 of them");
}

/* At every byte. */
static void
test_truncated (void)
{
  g_autoptr (GByteArray) png = test_png_begin ();

  append_text (png, KEY, "text");
  test_png_end (png);
  for (gsize n = 0; n < png->len; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (png, n, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (error->code, !=, PISD_ERROR_UNKNOWN);
    }
}

/* A length beyond the file, or beyond what is asked for, is refused before memory is taken. */
static void
test_lengths (void)
{
  g_autofree char *long_text = g_strnfill (MOST + 5000, 'x');
  g_autoptr (GByteArray) png = test_png_begin ();
  g_autoptr (GByteArray) large = test_png_begin ();
  g_autoptr (GByteArray) just = test_png_begin ();
  const guint start = png->len;

  append_text (png, KEY, "text");
  test_png_end (png);
  memcpy (png->data + start, "\x7f\xff\xff\xff", 4);
  assert_refused (png, png->len, PISD_ERROR_LIMIT,
                  "chunk \"iTXt\" at byte 33: got 2147483647 bytes, expected at most ");
  memcpy (png->data + start, "\xff\xff\xff\xff", 4);
  assert_refused (png, png->len, PISD_ERROR_LIMIT, "got 4294967295 bytes");

  append_text (large, KEY, long_text);
  test_png_end (large);
  assert_refused (large, large->len, PISD_ERROR_LIMIT, "bytes, expected at most 1000");

  long_text[MOST + 1] = '\0';
  append_text (just, KEY, long_text);
  test_png_end (just);
  assert_refused (just, just->len, PISD_ERROR_LIMIT,
                  "chunk pisd-setup: got 1001 bytes, expected at most 1000");
}

/* A hundred thousand bytes in a few hundred. */
static void
test_bomb (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GByteArray) png = test_png_begin ();

  append_packed (png, text, 100000);
  test_png_end (png);
  g_assert_cmpuint (png->len, <, 1000);
  assert_refused (png, png->len, PISD_ERROR_FORMAT, "cannot be read as a PNG: iTXt: ");
}

/* Every bit of the chunk that is turned is found by its checksum, or makes it another's chunk. */
static void
test_flipped (void)
{
  g_autoptr (GByteArray) png = test_png_begin ();
  const guint start = png->len + 4;
  guint end;

  append_text (png, KEY, "text");
  end = png->len;
  test_png_end (png);
  for (guint i = start; i < end; i++)
    {
      g_autoptr (GError) error = NULL;

      png->data[i] ^= 0x20;
      g_assert_null (read_text (png, png->len, &error));
      g_assert_nonnull (error);
      png->data[i] ^= 0x20;
    }
  png->data[end - 1] ^= 1;
  assert_refused (png, png->len, PISD_ERROR_FORMAT, "cannot be read as a PNG: iTXt: CRC error");
}

/* Behind the signature is no PNG. */
static void
test_other (void)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autoptr (GByteArray) no_header = g_byte_array_new ();

  g_byte_array_append (png, (const guint8 *) "GIF89a not a PNG", 16);
  assert_refused (png, png->len, PISD_ERROR_FORMAT, "got another beginning, expected a PNG's");
  g_byte_array_set_size (png, 0);
  g_byte_array_append (png, test_png_signature, 8);
  g_byte_array_append (png, (const guint8 *) "then words, and more of them", 28);
  assert_refused (png, png->len, PISD_ERROR_LIMIT, "chunk \" wor\" at byte 8: got");

  g_byte_array_append (no_header, test_png_signature, 8);
  append_text (no_header, KEY, "text");
  test_png_end (no_header);
  assert_refused (no_header, no_header->len, PISD_ERROR_FORMAT, "cannot be read as a PNG: ");
}

static void
test_recognise (void)
{
  g_autoptr (GByteArray) png = test_png_begin ();
  g_autoptr (GBytes) bytes = g_bytes_new (png->data, png->len);
  g_autoptr (GBytes) few = g_bytes_new (png->data, 7);
  g_autoptr (PisdInput) input = pisd_input_new_for_bytes ("x", bytes);
  g_autoptr (PisdInput) short_input = pisd_input_new_for_bytes ("x", few);

  g_assert_true (pisd_png_recognise (input));
  g_assert_false (pisd_png_recognise (short_input));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/png-text/reads", test_reads);
  g_test_add_func ("/files/png-text/none", test_none);
  g_test_add_func ("/files/png-text/truncated", test_truncated);
  g_test_add_func ("/files/png-text/lengths", test_lengths);
  g_test_add_func ("/files/png-text/bomb", test_bomb);
  g_test_add_func ("/files/png-text/flipped", test_flipped);
  g_test_add_func ("/files/png-text/other", test_other);
  g_test_add_func ("/files/png-text/recognise", test_recognise);
  return g_test_run ();
}
