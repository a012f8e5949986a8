#include "pisd-safetensors-writer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-half.h"
#include "pisd-safetensors.h"
#include "pisd-save.h"

#define ALIGNMENT 8

struct _PisdSafetensorsWriter
{
  GString *metadata, *tensors; /* members of the header */
  GByteArray *data;
  char *bad; /* name of the first tensor that holds what cannot be written */
};

PisdSafetensorsWriter *
pisd_safetensors_writer_new (void)
{
  PisdSafetensorsWriter *self = g_new0 (PisdSafetensorsWriter, 1);

  self->metadata = g_string_new (NULL);
  self->tensors = g_string_new (NULL);
  self->data = g_byte_array_new ();
  return self;
}

void
pisd_safetensors_writer_free (PisdSafetensorsWriter *self)
{
  if (self == NULL)
    return;
  g_string_free (self->metadata, TRUE);
  g_string_free (self->tensors, TRUE);
  g_byte_array_unref (self->data);
  g_free (self->bad);
  g_free (self);
}

/* A text as JSON has it. */
static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (out, "\\u%04x", *text);
    else
      g_string_append_c (out, *text);
  g_string_append_c (out, '"');
}

void
pisd_safetensors_writer_describe (PisdSafetensorsWriter *self, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append (self->metadata, self->metadata->len > 0 ? "," : "");
  append_string (self->metadata, key);
  g_string_append_c (self->metadata, ':');
  append_string (self->metadata, valid);
}

void
pisd_safetensors_writer_describe_count (PisdSafetensorsWriter *self, const char *key, guint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  pisd_safetensors_writer_describe (self, key, text);
}

static void
append_f32 (GByteArray *data, float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  g_byte_array_append (data, (const guint8 *) &bits, sizeof bits);
}

static void
append_f16 (GByteArray *data, float value)
{
  guint16 bits = GUINT16_TO_LE (pisd_half_from_float (value));

  g_byte_array_append (data, (const guint8 *) &bits, sizeof bits);
}

static const struct
{
  const char *name;
  void (*append) (GByteArray *data, float value);
  float most; /* the least magnitude that it has no number for */
} formats[] = {
  [PISD_TENSOR_F32] = { "F32", append_f32, INFINITY },
  [PISD_TENSOR_F16] = { "F16", append_f16, 65520.0f },
};

void
pisd_safetensors_writer_add (PisdSafetensorsWriter *self,
                             const char *name,
                             PisdTensorFormat format,
                             guint n_dimensions,
                             const gsize *shape,
                             const float *data)
{
  gsize begin = self->data->len, n = 1;

  g_string_append (self->tensors, self->tensors->len > 0 ? "," : "");
  append_string (self->tensors, name);
  g_string_append_printf (self->tensors, ":{\"dtype\":\"%s\",\"shape\":[", formats[format].name);
  for (guint d = 0; d < n_dimensions; d++)
    {
      g_string_append_printf (self->tensors, "%s%zu", d > 0 ? "," : "", shape[d]);
      n *= shape[d];
    }
  for (gsize i = 0; i < n; i++)
    {
      if (!(fabsf (data[i]) < formats[format].most) && self->bad == NULL)
        self->bad = pisd_error_quote (name);
      formats[format].append (self->data, data[i]);
    }
  g_string_append_printf (self->tensors, "],\"data_offsets\":[%zu,%zu]}", begin,
                          (gsize) self->data->len);
}

/* Length, header and the spaces that align what follows. */
static GByteArray *
format_header (PisdSafetensorsWriter *self)
{
  g_autoptr (GString) text = g_string_new ("{\"__metadata__\":{");
  GByteArray *file = g_byte_array_new ();
  guint64 length;

  g_string_append_len (text, self->metadata->str, self->metadata->len);
  g_string_append (text, self->tensors->len > 0 ? "}," : "}");
  g_string_append_len (text, self->tensors->str, self->tensors->len);
  g_string_append_c (text, '}');
  while (text->len % ALIGNMENT != 0)
    g_string_append_c (text, ' ');
  length = GUINT64_TO_LE (text->len);
  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) text->str, text->len);
  return file;
}

GBytes *
pisd_safetensors_writer_format (PisdSafetensorsWriter *self, GError **error)
{
  g_autofree char *hash = NULL;
  GByteArray *file;

  if (self->bad != NULL)
    {
      pisd_error_fail (error, PISD_ERROR_NUMERIC,
                       _ ("tensor %s: got a number that is infinite, too large or none, expected "
                          "finite ones"),
                       self->bad);
      return NULL;
    }
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, self->data->data, self->data->len);
  pisd_safetensors_writer_describe (self, PISD_SAFETENSORS_HASH, hash);
  file = format_header (self);
  g_byte_array_append (file, self->data->data, self->data->len);
  return g_byte_array_free_to_bytes (file);
}

gboolean
pisd_safetensors_writer_save (PisdSafetensorsWriter *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = pisd_safetensors_writer_format (self, error);
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  data = g_bytes_get_data (bytes, &size);
  return pisd_save_bytes (path, data, size, error);
}
