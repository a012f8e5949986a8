#include "pisd-weights.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-safetensors.h"

/* Keys of the metadata. */
#define FORMAT "format"
#define VERSION "format_version"
#define PROBLEM "problem"
#define SPACE "space"
#define MODES "modes"
#define FAMILIES "families"
#define SEPARATOR ","
#define ERROR_LEVELS "error_levels"

/* The tensor of the network's errors, and how many noise levels it may have. */
#define ERROR_RATIO "error.ratio"
#define ERROR_RANK 4
#define MOST_ERROR_LEVELS 64

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
  g_free (self->error_levels);
  g_free (self->error_ratio);
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

/* Numbers of one label at one noise level. */
static gsize
count_modes (const PisdWeights *self)
{
  return (gsize) self->modes * self->modes;
}

static gsize
count_ratios (const PisdWeights *self)
{
  return (self->shape.n_labels + 1) * self->n_error_levels * count_modes (self);
}

static void
fill_error_shape (const PisdWeights *self, gsize shape[ERROR_RANK])
{
  shape[0] = self->shape.n_labels + 1;
  shape[1] = self->n_error_levels;
  shape[2] = shape[3] = self->modes;
}

void
pisd_weights_set_error_ratio (PisdWeights *self,
                              guint n_levels,
                              const double *levels,
                              const float *ratio)
{
  g_return_if_fail (n_levels > 0 && n_levels <= MOST_ERROR_LEVELS);

  self->n_error_levels = n_levels;
  g_free (self->error_levels);
  g_free (self->error_ratio);
  self->error_levels = g_memdup2 (levels, n_levels * sizeof *levels);
  self->error_ratio = g_memdup2 (ratio, count_ratios (self) * sizeof *ratio);
}

void
pisd_weights_get_error_ratio (const PisdWeights *self, guint label, double sigma, double *ratio)
{
  const double *levels = self->error_levels;
  guint last = MAX (self->n_error_levels, 1) - 1, low = 0, high;
  gsize n = count_modes (self);
  const float *own;
  double share = 0.0;

  g_return_if_fail (label <= self->shape.n_labels);

  for (gsize i = 0; levels == NULL && i < n; i++)
    ratio[i] = 1.0;
  if (levels == NULL)
    return;
  while (low < last && levels[low + 1] <= sigma)
    low++;
  high = MIN (low + 1, last);
  if (high > low && sigma > levels[low])
    share = log (sigma / levels[low]) / log (levels[high] / levels[low]);
  own = self->error_ratio + label * self->n_error_levels * n;
  for (gsize i = 0; i < n; i++)
    ratio[i] = (1.0 - share) * own[low * n + i] + share * own[high * n + i];
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

/* The noise levels of the network's errors, where the file has such. */
static gboolean
read_error_levels (PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  const char *text = pisd_safetensors_get_metadata (file, ERROR_LEVELS);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, SEPARATOR, MOST_ERROR_LEVELS + 1) : NULL;
  g_autofree char *quoted = NULL;
  gboolean good = TRUE;

  if (text == NULL)
    return TRUE;
  self->n_error_levels = g_strv_length (parts);
  self->error_levels = g_new0 (double, self->n_error_levels + 1);
  for (guint i = 0; good && i < self->n_error_levels; i++)
    good = pisd_number_parse (parts[i], &self->error_levels[i])
           && self->error_levels[i] > (i > 0 ? self->error_levels[i - 1] : 0.0)
           && isfinite (self->error_levels[i]);
  if (good && self->n_error_levels > 0 && self->n_error_levels <= MOST_ERROR_LEVELS)
    return TRUE;
  quoted = pisd_error_quote (text);
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("metadata: `%s`: got %s, expected 1 to %d noise levels, ascending"),
                          ERROR_LEVELS, quoted, MOST_ERROR_LEVELS);
}

static gboolean
check_tensors (const PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  guint got = pisd_safetensors_get_n_tensors (file);
  guint expected = pisd_network_get_n_tensors (&self->shape) + (self->n_error_levels > 0 ? 1 : 0);

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
      && read_purpose (self, file, error) && read_error_levels (self, file, error)
      && check_tensors (self, file, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
read_parameters (PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  self->parameters = g_new (float, pisd_network_get_n_parameters (&self->shape));
  for (guint i = 0; i < pisd_network_get_n_tensors (&self->shape); i++)
    {
      gsize shape[PISD_NETWORK_MOST_RANK];
      PisdNetworkTensor tensor;

      pisd_network_get_tensor (&self->shape, i, &tensor);
      for (guint d = 0; d < tensor.rank; d++)
        shape[d] = tensor.dims[d];
      if (!pisd_safetensors_load (file, tensor.name, tensor.rank, shape,
                                  self->parameters + tensor.offset, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_error_ratio (PisdWeights *self, const PisdSafetensors *file, GError **error)
{
  gsize shape[ERROR_RANK], n = count_ratios (self);

  if (n == 0)
    return TRUE;
  fill_error_shape (self, shape);
  self->error_ratio = g_new (float, n);
  if (!pisd_safetensors_load (file, ERROR_RATIO, ERROR_RANK, shape, self->error_ratio, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!(self->error_ratio[i] >= 0.0f))
      return pisd_error_fail (error, PISD_ERROR_RANGE,
                              _ ("tensor \"%s\": got %g, expected at least 0"), ERROR_RATIO,
                              self->error_ratio[i]);
  return TRUE;
}

/* Whether the file's own fields say what that key does. */
static gboolean
is_own_key (const char *key)
{
  static const char *const keys[] = { FORMAT, VERSION, PROBLEM, SPACE, MODES, FAMILIES,
                                      ERROR_LEVELS, PISD_SAFETENSORS_HASH };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (key, keys[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (shape_keys); i++)
    if (g_str_equal (key, shape_keys[i].key))
      return TRUE;
  return FALSE;
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
  read_descriptions (self, file);
  if (read_metadata (self, file, pisd_input_get_name (input), error)
      && read_parameters (self, file, error) && read_error_ratio (self, file, error))
    return g_steal_pointer (&self);
  return NULL;
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
describe_number (PisdSafetensorsWriter *writer, const char *key, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  pisd_safetensors_writer_describe (writer, key, text);
}

static void
describe_error_levels (const PisdWeights *self, PisdSafetensorsWriter *writer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->error_levels == NULL)
    return;
  for (guint i = 0; i < self->n_error_levels; i++)
    {
      char number[PISD_NUMBER_SIZE];

      g_string_append_printf (text, "%s%s", i > 0 ? SEPARATOR : "",
                              pisd_number_format (self->error_levels[i], number));
    }
  pisd_safetensors_writer_describe (writer, ERROR_LEVELS, text->str);
}

static void
describe (const PisdWeights *self, const char *format, PisdSafetensorsWriter *writer)
{
  g_autofree char *families = g_strjoinv (SEPARATOR, self->families);

  pisd_safetensors_writer_describe (writer, FORMAT, format);
  describe_number (writer, VERSION, PISD_WEIGHTS_VERSION);
  pisd_safetensors_writer_describe (writer, PROBLEM, self->problem);
  pisd_safetensors_writer_describe (writer, SPACE, self->space);
  describe_number (writer, MODES, self->modes);
  pisd_safetensors_writer_describe (writer, FAMILIES, families);
  for (guint i = 0; i < G_N_ELEMENTS (shape_keys); i++)
    describe_number (writer, shape_keys[i].key,
                     G_STRUCT_MEMBER (guint, &self->shape, shape_keys[i].offset));
  describe_error_levels (self, writer);
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

      pisd_network_get_tensor (&self->shape, i, &tensor);
      for (guint d = 0; d < tensor.rank; d++)
        shape[d] = tensor.dims[d];
      pisd_safetensors_writer_add (writer, tensor.name, type, tensor.rank, shape,
                                   self->parameters + tensor.offset);
    }
  if (self->error_ratio != NULL)
    {
      gsize shape[ERROR_RANK];

      fill_error_shape (self, shape);
      pisd_safetensors_writer_add (writer, ERROR_RATIO, type, ERROR_RANK, shape,
                                   self->error_ratio);
    }
}

gboolean
pisd_weights_save (const PisdWeights *self, const char *path, GError **error)
{
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();

  pisd_weights_write (self, PISD_WEIGHTS_FORMAT, PISD_TENSOR_F16, writer);
  return pisd_safetensors_writer_save (writer, path, error);
}
