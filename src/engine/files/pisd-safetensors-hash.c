#include "pisd-safetensors-hash.h"

#include <string.h>

#include "pisd-file-stamp.h"
#include "pisd-safetensors-header.h"

#define N_DIGITS 64

gboolean
pisd_safetensors_is_hash (const char *text)
{
  return strlen (text) == N_DIGITS && strspn (text, "0123456789abcdef") == N_DIGITS;
}

/* The text behind its length; NULL: there is none. */
static char *
read_header (PisdInput *input, gsize *size)
{
  g_autofree char *text = NULL;
  guint64 length;
  gsize n;

  if (!pisd_input_read_at (input, 0, &length, sizeof length, &n, NULL) || n != sizeof length)
    return NULL;
  *size = (gsize) GUINT64_FROM_LE (length);
  if (*size == 0 || *size > PISD_SAFETENSORS_MAX_HEADER)
    return NULL;
  text = g_malloc (*size);
  return pisd_input_read_at (input, sizeof length, text, *size, &n, NULL) && n == *size
             ? g_steal_pointer (&text)
             : NULL;
}

static char *
dup_hash (const PisdSafetensorsHeader *header)
{
  for (guint k = 0; k < header->keys->len; k++)
    {
      const char *value = g_ptr_array_index (header->values, k);

      if (g_str_equal (g_ptr_array_index (header->keys, k), PISD_SAFETENSORS_HASH))
        return pisd_safetensors_is_hash (value) ? g_strdup (value) : NULL;
    }
  return NULL;
}

char *
pisd_safetensors_find_hash_in (PisdInput *input)
{
  g_auto (PisdSafetensorsHeader) header = { 0 };
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (input != NULL, NULL);

  text = read_header (input, &size);
  return text != NULL && pisd_safetensors_header_parse (text, size, &header, NULL)
             ? dup_hash (&header)
             : NULL;
}

char *
pisd_safetensors_find_hash (const char *path)
{
  g_autoptr (PisdInput) input = NULL;
  PisdFileStamp stamp;

  g_return_val_if_fail (path != NULL, NULL);

  if (pisd_file_stamp_init (&stamp, path)) /* else it might have to be waited for */
    input = pisd_input_open (path, NULL, NULL);
  return input != NULL ? pisd_safetensors_find_hash_in (input) : NULL;
}
