#include "pisd-base64.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#define BITS 6 /* that a letter stands for */

void
pisd_base64_append (GString *text, gconstpointer bytes, gsize size)
{
  const guint8 *from = bytes;
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < size; i++)
    {
      bits = bits << 8 | from[i];
      for (n_bits += 8; n_bits >= BITS; n_bits -= BITS)
        g_string_append_c (text, letters[bits >> (n_bits - BITS) & 63]);
    }
  if (n_bits > 0)
    g_string_append_c (text, letters[bits << (BITS - n_bits) & 63]);
}

static void
fail_byte (guint8 byte, gsize at, const char *name, GError **error)
{
  pisd_error_fail (error, PISD_ERROR_FORMAT,
                   _ ("%s: byte %zu: got 0x%02x, expected a letter, a digit, - or _"), name, at,
                   byte);
}

GBytes *
pisd_base64_read (const char *text, gsize size, gsize offset, const char *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < size; i++)
    {
      const char *letter = text[i] != '\0' ? strchr (letters, text[i]) : NULL;

      if (letter == NULL && g_ascii_isspace (text[i]))
        continue;
      if (letter == NULL)
        {
          fail_byte ((guint8) text[i], offset + i, name, error);
          return NULL;
        }
      bits = bits << BITS | (guint32) (letter - letters);
      n_bits += BITS;
      if (n_bits < 8)
        continue;
      n_bits -= 8;
      g_byte_array_append (bytes, &(guint8){ (guint8) (bits >> n_bits) }, 1);
    }
  if (n_bits < BITS && (bits & ((1u << n_bits) - 1)) == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  pisd_error_fail (error, PISD_ERROR_FORMAT,
                   _ ("%s: got %zu bytes that break off, expected a whole text"), name, size);
  return NULL;
}
