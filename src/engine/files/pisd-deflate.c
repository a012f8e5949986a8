#include "pisd-deflate.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "pisd-error.h"

#define LEVEL 9 /* what is sent is made once and read often */
#define BLOCK 65536

GBytes *
pisd_deflate (gconstpointer bytes, gsize size)
{
  g_autoptr (GZlibCompressor) compressor =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, LEVEL);
  GByteArray *made = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  guint8 block[BLOCK];
  gsize at = 0, n_read, n_written;

  while (result == G_CONVERTER_CONVERTED)
    {
      result = g_converter_convert (G_CONVERTER (compressor), (const guint8 *) bytes + at,
                                    size - at, block, sizeof block, G_CONVERTER_INPUT_AT_END,
                                    &n_read, &n_written, NULL);
      at += n_read;
      g_byte_array_append (made, block, (guint) n_written);
    }
  g_return_val_if_fail (result == G_CONVERTER_FINISHED, g_byte_array_free_to_bytes (made));
  return g_byte_array_free_to_bytes (made);
}

/* All that comes out, into room for one byte more than there may be: GLib refuses a stream that
 * ends too early or is none. */
static gboolean
inflate_into (gconstpointer bytes, gsize size, guint8 *room, gsize n, gsize *made, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor =
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize at = 0, n_read, n_written;

  *made = 0;
  while (result == G_CONVERTER_CONVERTED && *made <= n)
    {
      result = g_converter_convert (G_CONVERTER (decompressor), (const guint8 *) bytes + at,
                                    size - at, room + *made, n + 1 - *made,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return FALSE;
      at += n_read;
      *made += n_written;
    }
  return TRUE;
}

GBytes *
pisd_inflate (gconstpointer bytes, gsize size, gsize n, const char *name, GError **error)
{
  g_autofree guint8 *room = NULL;
  g_autoptr (GError) reason = NULL;
  gsize made;

  if (n / PISD_DEFLATE_MOST_OF_ONE > size)
    {
      pisd_error_fail (error, PISD_ERROR_FORMAT,
                       _ ("%s: what is packed: got %zu bytes, which cannot hold %zu"), name, size,
                       n);
      return NULL;
    }
  room = g_malloc (n + 1);
  if (!inflate_into (bytes, size, room, n, &made, &reason))
    {
      pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: what is packed cannot be read: %s"), name,
                       reason->message);
      return NULL;
    }
  if (made == n)
    return g_bytes_new_take (g_steal_pointer (&room), n);
  if (made > n)
    pisd_error_fail (error, PISD_ERROR_LIMIT,
                     _ ("%s: what is packed: got more than %zu bytes, expected %zu"), name, n, n);
  else
    pisd_error_fail (error, PISD_ERROR_FORMAT,
                     _ ("%s: what is packed: got %zu bytes, expected %zu"), name, made, n);
  return NULL;
}
