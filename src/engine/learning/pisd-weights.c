#include "pisd-weights.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-safetensors.h"

/* Keys of the metadata. */
#define FORMAT "format"
#define VERSION "format_version"
#define PROBLEM "problem"
#define SPACE "space"
#define MODES "modes"
#define FAMILIES "families"
#define SEPARATOR ","
/* The numbers of a shape. */
static const struct
{
  const char *key;
  gsize offset;
} shape_keys[] = {
  { "side", G_STRUCT_OFFSET (PisdNetworkShape, side) },
  { "channels_in", G_STRUCT_OFFSET (PisdNetworkShape, n_in) },
  { "channels_out", G_STRUCT_OFFSET (PisdNetworkShape, n_out) },
  { "width", G_STRUCT_OFFSET (PisdNetworkShape, width) },
  { "blocks", G_STRUCT_OFFSET (PisdNetworkShape, n_blocks) },
  { "levels", G_STRUCT_OFFSET (PisdNetworkShape, n_levels) },
  { "labels", G_STRUCT_OFFSET (PisdNetworkShape, n_labels) },
  { "periodic", G_STRUCT_OFFSET (PisdNetworkShape, is_periodic) },
};

static char *
dup_setting (const PisdSettings *settings, const char *key)
{
  return pisd_settings_dup_text (settings, pisd_settings_find (key));
}

static PisdWeights *
weights_alloc (void)
{
  PisdWeights *self = g_new0 (PisdWeights, 1);

  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

PisdWeights *
pisd_weights_new (const PisdNetworkShape *shape,
                  const PisdSettings *settings,
                  const char *const *families)
{
  PisdWeights *self = weights_alloc ();

  self->shape = *shape;
  self->parameters = g_new0 (float, pisd_network_get_n_parameters (shape));
  self->problem = dup_setting (settings, PROBLEM);
  self->space = dup_setting (settings, SPACE);
  self->modes = settings->modes;
  self->families = g_strdupv ((char **) families);
  return self;
}

void
pisd_weights_free (PisdWeights *self)
{
  if (self == NULL)
    return;
  g_free (self->parameters);
  g_free (self->problem);
  g_free (self->space);
  g_strfreev (self->families);
  pisd_error_table_free (self->errors);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

void
pisd_weights_describe (PisdWeights *self, const char *key, const char *text)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      {
        g_free (g_ptr_array_index (self->texts, i));
        g_ptr_array_index (self->texts, i) = g_strdup (text);
        return;
      }
  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->texts, g_strdup (text));
}

/* One tensor of the network, and its shape as files have it. */
static void
get_tensor (const PisdWeights *self,
            guint index,
            PisdNetworkTensor *tensor,
            gsize shape[PISD_NETWORK_MOST_RANK])
{
  pisd_network_get_tensor (&self->shape, index, tensor);
  for (guint d = 0; d < tensor->rank; d++)
    shape[d] = tensor->dims[d];
}

/* Reading. */

static const char *
require (const PisdSafetensors *file, const char *key, GError **error)
{
  const char *text = pisd_safetensors_get_metadata (file, key);

  if (text == NULL)
    pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("metadata: got no `%s`, expected one"), key);
  return text;
}

static gboolean
require_number (const PisdSafetensors *file, const char *key, guint *value, GError **error)
{
  const char *text = require (file, key, error);
  g_autofree char *quoted = NULL;
  guint64 number;

  if (text == NULL)
    return FALSE;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &number, NULL))
    {
      *value = number;
      return TRUE;
    }
  quoted = pisd_error_quote (text);
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("metadata: `%s`: got %s, expected a whole number up to %d"), key,
                          quoted, G_MAXUINT16);
}

static gboolean
check_format (const PisdSafetensors *file, GError **error)
{
  const char *format = require (file, FORMAT, error);
  g_autofree char *quoted = format != NULL ? pisd_error_quote (format) : NULL;
  guint version = 0;

  if (format == NULL)
    return FALSE;
  if (!g_str_equal (format, PISD_WEIGHTS_FORMAT))
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("metadata: `%s`: got %s, expected \"%s\""),
                            FORMAT, quoted, PISD_WEIGHTS_FORMAT);
  if (!require_number (file, VERSION, &version, error))
    return FALSE;
  if (version < 1 || version > PISD_WEIGHTS_VERSION)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("metadata: `%s`: got %u, expected 1 to %d, which this program "
                               "reads"),
                            VERSION, version, PISD_WEIGHTS_VERSION);
  return require (file, PISD_SAFETENSORS_HASH, error) != NULL;
}

static gboolean
read_shape (const PisdSafetensors *file, PisdNetworkShape *shape, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape_keys); i++)
    if (!require_number (file, shape_keys[i].key, G_STRUCT_MEMBER_P (shape, shape_keys[i].offset),
                         error))
      return FALSE;
  return pisd_network_shape_check (shape, "metadata", error);
}

static gboolean
read_purpose (PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  const char *problem = require (file, PROBLEM, error);
  const char *space = problem != NULL ? require (file, SPACE, error) : NULL;
  const char *families = space != NULL ? require (file, FAMILIES, error) : NULL;

  if (families == NULL || !require_number (file, MODES, &self->modes, error))
    return FALSE;
  self->problem = g_strdup (problem);
  self->space = g_strdup (space);
  self->families = g_strsplit (families, SEPARATOR, -1);
  if (g_strv_length (self->families) != self->shape.n_labels)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("metadata: `%s`: got %u names, expected the %u of `labels`"),
                            FAMILIES, g_strv_length (self->families), self->shape.n_labels);
  if (self->modes == self->shape.side)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("metadata: `%s`: got %u, expected the %u of `side`"), MODES,
                          self->modes, self->shape.side);
}

static gboolean
check_tensors (const PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  guint got = pisd_safetensors_get_n_tensors (file);
  guint expected =
      pisd_network_get_n_tensors (&self->shape) + pisd_error_table_count_tensors (file);

  return got == expected
         || pisd_error_fail (error, PISD_ERROR_SHAPE,
                             _ ("got %u tensors, expected the %u of the network's shape"), got,
                             expected);
}

/* All that the metadata say, and that there is no tensor but the network's. */
static gboolean
read_metadata (PisdWeights *self, const PisdSafetensors *file, const char *name, GError **error)
{
  if (check_format (file, error) && read_shape (file, &self->shape, error)
      && read_purpose (self, file, error) && check_tensors (self, file, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/* parameters: NULL to only look whether all of them are there. */
static gboolean
read_tensors (const PisdWeights *self,
              const PisdSafetensors *file,
              float *parameters,
              GError **error)
{
  for (guint i = 0; i < pisd_network_get_n_tensors (&self->shape); i++)
    {
      gsize shape[PISD_NETWORK_MOST_RANK];
      PisdNetworkTensor tensor;
      gboolean good;

      get_tensor (self, i, &tensor, shape);
      if (parameters == NULL)
        good = pisd_safetensors_check (file, tensor.name, tensor.rank, shape, error);
      else
        good = pisd_safetensors_load (file, tensor.name, tensor.rank, shape,
                                      parameters + tensor.offset, error);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

/* Room is made for them once the file is known to hold as many. */
static gboolean
read_parameters (PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  if (!read_tensors (self, file, NULL, error))
    return FALSE;
  self->parameters = g_new (float, pisd_network_get_n_parameters (&self->shape));
  return read_tensors (self, file, self->parameters, error);
}

static gboolean
read_errors (PisdWeights *self, const PisdSafetensors *file, const char *name, GError **error)
{
  self->errors = pisd_error_table_load (file, name, &self->shape, error);
  return self->errors != NULL || pisd_error_table_count_tensors (file) == 0;
}

/* Whether the file's own fields say what that key does. */
static gboolean
is_own_key (const char *key)
{
  static const char *const keys[] = {
    FORMAT, VERSION, PROBLEM, SPACE, MODES, FAMILIES, PISD_SAFETENSORS_HASH
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (key, keys[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (shape_keys); i++)
    if (g_str_equal (key, shape_keys[i].key))
      return TRUE;
  return pisd_error_table_has_key (key);
}

static void
read_descriptions (PisdWeights *self, const PisdSafetensors *file)
{
  const char *const *keys = pisd_safetensors_get_keys (file);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!is_own_key (keys[i]))
      pisd_weights_describe (self, keys[i], pisd_safetensors_get_metadata (file, keys[i]));
}

PisdWeights *
pisd_weights_load_from (PisdInput *input, GError **error)
{
  g_autoptr (PisdSafetensors) file = pisd_safetensors_read_from (input, error);
  g_autoptr (PisdWeights) self = NULL;

  if (file == NULL)
    return NULL;
  self = weights_alloc ();
  if (!read_metadata (self, file, pisd_input_get_name (input), error)
      || !read_parameters (self, file, error)
      || !read_errors (self, file, pisd_input_get_name (input), error))
    return NULL;
  read_descriptions (self, file);
  return g_steal_pointer (&self);
}

static gboolean
check_purpose (const char *name,
               const char *key,
               const char *got,
               const char *expected,
               GError **error)
{
  g_autofree char *quoted = pisd_error_quote (got);

  if (g_str_equal (got, expected))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("%s: weights of a network: `%s`: got %s, expected \"%s\""), name, key,
                          quoted, expected);
}

static gboolean
check_problem (const PisdWeights *self,
               const char *name,
               const PisdSettings *settings,
               GError **error)
{
  g_autofree char *problem = dup_setting (settings, PROBLEM);
  int own = pisd_setting_find_choice (pisd_settings_find (PROBLEM), self->problem);

  return (own >= 0 && pisd_settings_share_latent (own, settings->problem, settings->space))
         || check_purpose (name, PROBLEM, self->problem, problem, error);
}

gboolean
pisd_weights_check (const PisdWeights *self,
                    const char *name,
                    const PisdSettings *settings,
                    GError **error)
{
  g_autofree char *space = dup_setting (settings, SPACE);
  g_autofree char *got = g_strdup_printf ("%u", self->modes);
  g_autofree char *modes = g_strdup_printf ("%u", settings->modes);

  return check_problem (self, name, settings, error)
         && check_purpose (name, SPACE, self->space, space, error)
         && check_purpose (name, MODES, got, modes, error);
}

/* Writing. */

static void
describe (const PisdWeights *self, const char *format, PisdSafetensorsWriter *writer)
{
  g_autofree char *families = g_strjoinv (SEPARATOR, self->families);

  pisd_safetensors_writer_describe (writer, FORMAT, format);
  pisd_safetensors_writer_describe_count (writer, VERSION, PISD_WEIGHTS_VERSION);
  pisd_safetensors_writer_describe (writer, PROBLEM, self->problem);
  pisd_safetensors_writer_describe (writer, SPACE, self->space);
  pisd_safetensors_writer_describe_count (writer, MODES, self->modes);
  pisd_safetensors_writer_describe (writer, FAMILIES, families);
  for (guint i = 0; i < G_N_ELEMENTS (shape_keys); i++)
    pisd_safetensors_writer_describe_count (
        writer, shape_keys[i].key, G_STRUCT_MEMBER (guint, &self->shape, shape_keys[i].offset));
  for (guint i = 0; i < self->keys->len; i++)
    pisd_safetensors_writer_describe (writer, g_ptr_array_index (self->keys, i),
                                      g_ptr_array_index (self->texts, i));
}

void
pisd_weights_write (const PisdWeights *self,
                    const char *format,
                    PisdTensorFormat type,
                    PisdSafetensorsWriter *writer)
{
  describe (self, format, writer);
  for (guint i = 0; i < pisd_network_get_n_tensors (&self->shape); i++)
    {
      gsize shape[PISD_NETWORK_MOST_RANK];
      PisdNetworkTensor tensor;

      get_tensor (self, i, &tensor, shape);
      pisd_safetensors_writer_add (writer, tensor.name, type, tensor.rank, shape,
                                   self->parameters + tensor.offset);
    }
  if (self->errors != NULL)
    pisd_error_table_write (self->errors, writer);
}

gboolean
pisd_weights_save (const PisdWeights *self, const char *path, GError **error)
{
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();

  pisd_weights_write (self, PISD_WEIGHTS_FORMAT, PISD_TENSOR_F16, writer);
  return pisd_safetensors_writer_save (writer, path, error);
}
