/* PNG files as tests need them: chunk by chunk, right or wrong. */
#pragma once

#include <glib.h>
#include <string.h>

static const guint8 test_png_signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

/* CRC-32 of PNG's specification, bit by bit. */
static inline guint32
test_png_crc (const guint8 *bytes, gsize n)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static inline void
test_png_append_number (GByteArray *png, guint32 number)
{
  const guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (png, (const guint8 *) &big, sizeof big);
}

static inline void
test_png_append (GByteArray *png, const char *type, gconstpointer data, gsize n)
{
  const guint start = png->len + 4;

  test_png_append_number (png, (guint32) n);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, (guint) n);
  test_png_append_number (png, test_png_crc (png->data + start, png->len - start));
}

/* Signature and header of one grey pixel. */
static inline GByteArray *
test_png_begin (void)
{
  static const guint8 header[] = { 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0 };
  GByteArray *png = g_byte_array_new ();

  g_byte_array_append (png, test_png_signature, sizeof test_png_signature);
  test_png_append (png, "IHDR", header, sizeof header);
  return png;
}

/* That pixel, in a stream that is stored, and the end. */
static inline void
test_png_end (GByteArray *png)
{
  static const guint8 pixel[] = { 0x78, 1, 1, 2, 0, 0xfd, 0xff, 0, 0, 0, 2, 0, 1 };

  test_png_append (png, "IDAT", pixel, sizeof pixel);
  test_png_append (png, "IEND", NULL, 0);
}

/* An iTXt chunk's data: keyword, zero, whether it is packed, how, language, zero, keyword in that
 * language, zero, text. */
static inline GByteArray *
test_png_text (const char *keyword, gboolean is_packed, gconstpointer text, gsize n)
{
  GByteArray *data = g_byte_array_new ();

  g_byte_array_append (data, (const guint8 *) keyword, (guint) strlen (keyword) + 1);
  g_byte_array_append (data, (const guint8[]){ is_packed, 0, 0, 0 }, 4);
  g_byte_array_append (data, text, (guint) n);
  return data;
}

/* Bytes of the first chunk of that type, and their number; NULL: there is none. */
static inline const guint8 *
test_png_find (const guint8 *png, gsize size, const char *type, guint32 *n)
{
  for (gsize at = sizeof test_png_signature; at + 12 <= size;)
    {
      memcpy (n, png + at, sizeof *n);
      *n = GUINT32_FROM_BE (*n);
      if (memcmp (png + at + 4, type, 4) == 0)
        return png + at + 8;
      at += *n + 12;
    }
  return NULL;
}
