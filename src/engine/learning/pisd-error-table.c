#include "pisd-error-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-number.h"

#define LEVELS "error_levels"
#define SEPARATOR ","
#define GAIN "error.gain"
#define RATIO "error.ratio"
#define N_TENSORS 2
#define RANK 5
#define MOST_LEVELS 64

static gsize
count_all (const PisdErrorTable *self)
{
  return self->n_labels * self->n_levels * pisd_error_table_count_modes (self);
}

static float *
make_ones (gsize n)
{
  float *ones = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    ones[i] = 1.0f;
  return ones;
}

/* Without gains and ratios. */
static PisdErrorTable *
new_empty (const PisdNetworkShape *shape, guint n_levels, const double *levels)
{
  PisdErrorTable *self = g_new0 (PisdErrorTable, 1);

  self->n_labels = shape->n_labels + 1;
  self->n_levels = n_levels;
  self->n_frames = shape->n_out;
  self->side = shape->side;
  self->levels = g_memdup2 (levels, n_levels * sizeof *levels);
  return self;
}

PisdErrorTable *
pisd_error_table_new (const PisdNetworkShape *shape, guint n_levels, const double *levels)
{
  PisdErrorTable *self;

  g_return_val_if_fail (n_levels > 0 && n_levels <= MOST_LEVELS, NULL);

  self = new_empty (shape, n_levels, levels);
  self->gain = make_ones (count_all (self));
  self->ratio = make_ones (count_all (self));
  return self;
}

PisdErrorTable *
pisd_error_table_dup (const PisdErrorTable *self)
{
  PisdErrorTable *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->levels = g_memdup2 (self->levels, self->n_levels * sizeof *self->levels);
  copy->gain = g_memdup2 (self->gain, count_all (self) * sizeof *self->gain);
  copy->ratio = g_memdup2 (self->ratio, count_all (self) * sizeof *self->ratio);
  return copy;
}

void
pisd_error_table_free (PisdErrorTable *self)
{
  if (self == NULL)
    return;
  g_free (self->levels);
  g_free (self->gain);
  g_free (self->ratio);
  g_free (self);
}

gsize
pisd_error_table_count_modes (const PisdErrorTable *self)
{
  return (gsize) self->n_frames * self->side * self->side;
}

static void
interpolate (const PisdErrorTable *self,
             const float *values,
             guint label,
             double sigma,
             double *out)
{
  const double *levels = self->levels;
  gsize n = pisd_error_table_count_modes (self);
  guint last = self->n_levels - 1, low = 0, high;
  double share = 0.0;

  g_return_if_fail (label < self->n_labels);

  while (low < last && levels[low + 1] <= sigma)
    low++;
  high = MIN (low + 1, last);
  if (high > low && sigma > levels[low])
    share = log (sigma / levels[low]) / log (levels[high] / levels[low]);
  values += label * self->n_levels * n;
  for (gsize i = 0; i < n; i++)
    out[i] = (1.0 - share) * values[low * n + i] + share * values[high * n + i];
}

void
pisd_error_table_get_gain (const PisdErrorTable *self, guint label, double sigma, double *out)
{
  interpolate (self, self->gain, label, sigma, out);
}

void
pisd_error_table_get_ratio (const PisdErrorTable *self, guint label, double sigma, double *out)
{
  interpolate (self, self->ratio, label, sigma, out);
}

guint
pisd_error_table_count_tensors (const PisdSafetensors *file)
{
  return pisd_safetensors_get_metadata (file, LEVELS) != NULL ? N_TENSORS : 0;
}

static gboolean
read_levels (const char *name,
             const char *text,
             guint *n,
             double levels[MOST_LEVELS],
             GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, SEPARATOR, MOST_LEVELS + 1);
  g_autofree char *quoted = NULL;
  gboolean good;

  *n = g_strv_length (parts);
  good = *n > 0 && *n <= MOST_LEVELS;
  for (guint i = 0; good && i < *n; i++)
    good = pisd_number_parse (parts[i], &levels[i]) && levels[i] > (i > 0 ? levels[i - 1] : 0.0)
           && isfinite (levels[i]);
  if (good)
    return TRUE;
  quoted = pisd_error_quote (text);
  return pisd_error_fail (
      error, PISD_ERROR_FORMAT,
      _ ("%s: metadata: `%s`: got %s, expected 1 to %d noise levels, ascending"), name, LEVELS,
      quoted, MOST_LEVELS);
}

static void
fill_shape (const PisdErrorTable *self, gsize shape[RANK])
{
  shape[0] = self->n_labels;
  shape[1] = self->n_levels;
  shape[2] = self->n_frames;
  shape[3] = shape[4] = self->side;
}

/* Numbers from 0 to `most`, of a tensor that has been found to have the table's shape: no room is
 * made for what a file only claims to hold.  NULL: they are not that. */
static float *
read_values (const PisdErrorTable *self,
             const PisdSafetensors *file,
             const char *name,
             const char *tensor,
             float most,
             GError **error)
{
  g_autofree float *values = NULL;
  gsize shape[RANK];

  fill_shape (self, shape);
  if (!pisd_safetensors_check (file, tensor, RANK, shape, error))
    return NULL;
  values = g_new (float, count_all (self));
  if (!pisd_safetensors_load (file, tensor, RANK, shape, values, error))
    return NULL;
  for (gsize i = 0; i < count_all (self); i++)
    if (!(values[i] >= 0.0f && values[i] <= most))
      {
        pisd_error_fail (error, PISD_ERROR_RANGE,
                         _ ("%s: tensor \"%s\": got %g, expected %g to %g"), name, tensor,
                         values[i], 0.0, most);
        return NULL;
      }
  return g_steal_pointer (&values);
}

PisdErrorTable *
pisd_error_table_load (const PisdSafetensors *file,
                       const char *name,
                       const PisdNetworkShape *shape,
                       GError **error)
{
  const char *text = pisd_safetensors_get_metadata (file, LEVELS);
  g_autoptr (PisdErrorTable) self = NULL;
  double levels[MOST_LEVELS];
  guint n;

  if (text == NULL || !read_levels (name, text, &n, levels, error))
    return NULL;
  self = new_empty (shape, n, levels);
  self->gain = read_values (self, file, name, GAIN, 1.0f, error);
  if (self->gain != NULL)
    self->ratio = read_values (self, file, name, RATIO, G_MAXFLOAT, error);
  return self->ratio != NULL ? g_steal_pointer (&self) : NULL;
}

void
pisd_error_table_write (const PisdErrorTable *self, PisdSafetensorsWriter *writer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize shape[RANK];

  for (guint i = 0; i < self->n_levels; i++)
    {
      char number[PISD_NUMBER_SIZE];

      g_string_append_printf (text, "%s%s", i > 0 ? SEPARATOR : "",
                              pisd_number_format (self->levels[i], number));
    }
  fill_shape (self, shape);
  pisd_safetensors_writer_describe (writer, LEVELS, text->str);
  pisd_safetensors_writer_add (writer, GAIN, PISD_TENSOR_F16, RANK, shape, self->gain);
  pisd_safetensors_writer_add (writer, RATIO, PISD_TENSOR_F16, RANK, shape, self->ratio);
}

gboolean
pisd_error_table_has_key (const char *key)
{
  return g_str_equal (key, LEVELS);
}
