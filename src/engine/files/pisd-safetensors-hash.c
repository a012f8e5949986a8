#include "pisd-safetensors-hash.h"

#include <glib/gstdio.h>
#include <stdio.h>
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
read_header (FILE *file, gsize *size)
{
  g_autofree char *text = NULL;
  guint64 length;

  if (fread (&length, sizeof length, 1, file) != 1)
    return NULL;
  *size = (gsize) GUINT64_FROM_LE (length);
  if (*size == 0 || *size > PISD_SAFETENSORS_MAX_HEADER)
    return NULL;
  text = g_malloc (*size);
  return fread (text, *size, 1, file) == 1 ? g_steal_pointer (&text) : NULL;
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
pisd_safetensors_find_hash (const char *path)
{
  g_auto (PisdSafetensorsHeader) header = { 0 };
  g_autofree char *text = NULL;
  PisdFileStamp stamp;
  gsize size;
  FILE *file;

  g_return_val_if_fail (path != NULL, NULL);

  file = pisd_file_stamp_init (&stamp, path) ? g_fopen (path, "rb") : NULL;
  if (file == NULL)
    return NULL;
  text = read_header (file, &size);
  fclose (file);
  return text != NULL && pisd_safetensors_header_parse (text, size, &header, NULL)
             ? dup_hash (&header)
             : NULL;
}
