#include "pisd-safetensors.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-safetensors-header.h"

#define LENGTH_SIZE 8

struct _PisdSafetensors
{
  char *name; /* of the file, for messages */
  GBytes *bytes;
  gsize data_at; /* where the data begin */
  PisdSafetensorsHeader header;
};

char *
pisd_tensor_dup_shape (const PisdTensor *tensor)
{
  g_autoptr (GString) text = NULL;

  if (tensor->n_dimensions == 0)
    return g_strdup ("scalar");
  text = g_string_new (NULL);
  for (guint i = 0; i < tensor->n_dimensions; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? "x" : "", tensor->shape[i]);
  return g_strdup (text->str);
}

gboolean
pisd_safetensors_recognise (PisdInput *input)
{
  g_autoptr (GBytes) head = pisd_input_read (input, LENGTH_SIZE + 1, NULL, NULL);
  const guint8 *bytes;

  if (head == NULL || g_bytes_get_size (head) < LENGTH_SIZE + 1)
    return FALSE;
  bytes = g_bytes_get_data (head, NULL);
  return bytes[LENGTH_SIZE] == '{' && memcmp (bytes + 4, "\0\0\0\0", 4) == 0;
}

/* The header's length, which fits into the file. */
static gboolean
read_length (const guint8 *bytes, gsize size, gsize *length, GError **error)
{
  guint64 value;

  if (size < LENGTH_SIZE)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("length of the header: got %zu bytes, expected %d"), size,
                            LENGTH_SIZE);
  memcpy (&value, bytes, sizeof value);
  value = GUINT64_FROM_LE (value);
  if (value > PISD_SAFETENSORS_MAX_HEADER)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            _ ("length of the header: got %zu bytes, expected at most %d"),
                            (gsize) value, PISD_SAFETENSORS_MAX_HEADER);
  if (value > size - LENGTH_SIZE)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("header: got %zu bytes, expected %zu"),
                            size - LENGTH_SIZE, (gsize) value);
  *length = value;
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const PisdTensor *one = *(const PisdTensor *const *) a, *other = *(const PisdTensor *const *) b;

  if (one->begin != other->begin)
    return one->begin < other->begin ? -1 : 1;
  return (one->end > other->end) - (one->end < other->end);
}

/* The tensors follow one another from the first byte of the data to the last one. */
static gboolean
check_places (const GPtrArray *tensors, gsize size, GError **error)
{
  gsize end = 0;

  for (guint i = 0; i < tensors->len; i++)
    {
      const PisdTensor *tensor = g_ptr_array_index (tensors, i);
      g_autofree char *quoted = NULL;

      if (tensor->begin == end)
        {
          end = tensor->end;
          continue;
        }
      quoted = pisd_error_quote (tensor->name);
      return pisd_error_fail (error, PISD_ERROR_FORMAT,
                              _ ("tensor %s: data_offsets: got the beginning %zu, expected %zu, "
                                 "where the tensor before it ends"),
                              quoted, tensor->begin, end);
    }
  if (end == size)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("data: got %zu bytes, expected the %zu of all tensors"), size, end);
}

static gboolean
check_hash (const PisdSafetensors *self, const guint8 *data, gsize size, GError **error)
{
  const char *expected = pisd_safetensors_get_metadata (self, PISD_SAFETENSORS_HASH);
  g_autofree char *got = NULL;
  g_autofree char *quoted = NULL;

  if (expected == NULL)
    return TRUE;
  got = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  if (g_str_equal (got, expected))
    return TRUE;
  quoted = pisd_error_quote (expected);
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("data: got the SHA-256 %s, expected %s, as the metadata say"), got,
                          quoted);
}

static gboolean
parse (PisdSafetensors *self, GError **error)
{
  gsize size, length = 0, n_data;
  const guint8 *bytes = g_bytes_get_data (self->bytes, &size);

  if (!read_length (bytes, size, &length, error))
    return FALSE;
  if (!pisd_safetensors_header_parse ((const char *) bytes + LENGTH_SIZE, length, &self->header,
                                      error))
    return FALSE;
  g_ptr_array_sort (self->header.tensors, compare_places);
  self->data_at = LENGTH_SIZE + length;
  n_data = size - self->data_at;
  g_ptr_array_add (self->header.keys, NULL);
  return check_places (self->header.tensors, n_data, error)
         && check_hash (self, bytes + self->data_at, n_data, error);
}

PisdSafetensors *
pisd_safetensors_read_from (PisdInput *input, GError **error)
{
  g_autoptr (PisdSafetensors) self = NULL;
  GBytes *bytes;

  g_return_val_if_fail (input != NULL, NULL);

  bytes = pisd_input_read_all (input, PISD_SAFETENSORS_MAX_SIZE, error);
  if (bytes == NULL)
    return NULL;
  self = g_new0 (PisdSafetensors, 1);
  self->name = g_strdup (pisd_input_get_name (input));
  self->bytes = bytes;
  if (parse (self, error))
    return g_steal_pointer (&self);
  g_prefix_error (error, "%s: ", self->name);
  return NULL;
}

void
pisd_safetensors_free (PisdSafetensors *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_bytes_unref (self->bytes);
  pisd_safetensors_header_clear (&self->header);
  g_free (self);
}

guint
pisd_safetensors_get_n_tensors (const PisdSafetensors *self)
{
  return self->header.tensors->len;
}

const PisdTensor *
pisd_safetensors_get_tensor (const PisdSafetensors *self, guint i)
{
  g_return_val_if_fail (i < self->header.tensors->len, NULL);

  return g_ptr_array_index (self->header.tensors, i);
}

const char *const *
pisd_safetensors_get_keys (const PisdSafetensors *self)
{
  return (const char *const *) self->header.keys->pdata;
}

const char *
pisd_safetensors_get_metadata (const PisdSafetensors *self, const char *key)
{
  for (guint i = 0; i < self->header.values->len; i++)
    if (g_str_equal (g_ptr_array_index (self->header.keys, i), key))
      return g_ptr_array_index (self->header.values, i);
  return NULL;
}

static const PisdTensor *
find_tensor (const PisdSafetensors *self, const char *name)
{
  for (guint i = 0; i < self->header.tensors->len; i++)
    {
      const PisdTensor *tensor = g_ptr_array_index (self->header.tensors, i);

      if (g_str_equal (tensor->name, name))
        return tensor;
    }
  return NULL;
}

static gboolean
check_shape (const PisdTensor *tensor, guint n_dimensions, const gsize *shape, GError **error)
{
  PisdTensor wanted = { .n_dimensions = n_dimensions };
  g_autofree char *got = NULL;
  g_autofree char *expected = NULL;

  g_return_val_if_fail (n_dimensions <= PISD_TENSOR_MAX_DIMENSIONS, FALSE);

  if (n_dimensions > 0)
    memcpy (wanted.shape, shape, n_dimensions * sizeof *shape);
  got = pisd_tensor_dup_shape (tensor);
  expected = pisd_tensor_dup_shape (&wanted);
  return g_str_equal (got, expected)
         || pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("shape: got %s, expected %s"), got,
                             expected);
}

/* All of them are looked at before the first one is handed over. */
static gboolean
load_numbers (const PisdTensor *tensor, const guint8 *bytes, float *out, GError **error)
{
  for (gsize i = 0; i < tensor->n; i++)
    {
      float value = tensor->type->load (bytes + i * tensor->type->size);

      if (!isfinite (value))
        return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                                _ ("element %zu: got %g, expected a finite number"), i,
                                (double) value);
    }
  for (gsize i = 0; i < tensor->n; i++)
    out[i] = tensor->type->load (bytes + i * tensor->type->size);
  return TRUE;
}

static gboolean
check_tensor (const PisdTensor *tensor, guint n_dimensions, const gsize *shape, GError **error)
{
  if (tensor == NULL)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("got none of that name, expected one"));
  if (!check_shape (tensor, n_dimensions, shape, error))
    return FALSE;
  return tensor->type->load != NULL
         || pisd_error_fail (error, PISD_ERROR_SHAPE,
                             _ ("dtype: got %s, expected F32, F16 or BF16"), tensor->type->name);
}

static gboolean
fail_at (const PisdSafetensors *self, const char *name, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (name);

  g_prefix_error (error, _ ("%s: tensor %s: "), self->name, quoted);
  return FALSE;
}

gboolean
pisd_safetensors_check (const PisdSafetensors *self,
                        const char *name,
                        guint n_dimensions,
                        const gsize *shape,
                        GError **error)
{
  return check_tensor (find_tensor (self, name), n_dimensions, shape, error)
         || fail_at (self, name, error);
}

gboolean
pisd_safetensors_load (const PisdSafetensors *self,
                       const char *name,
                       guint n_dimensions,
                       const gsize *shape,
                       float *out,
                       GError **error)
{
  const guint8 *data = (const guint8 *) g_bytes_get_data (self->bytes, NULL) + self->data_at;
  const PisdTensor *tensor = find_tensor (self, name);

  return (check_tensor (tensor, n_dimensions, shape, error)
          && load_numbers (tensor, data + tensor->begin, out, error))
         || fail_at (self, name, error);
}
