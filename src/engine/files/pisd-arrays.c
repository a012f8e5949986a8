#include "pisd-arrays.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-mat.h"
#include "pisd-npz.h"
#include "pisd-stream.h"
#ifdef PISD_WITH_HDF5
#include "pisd-hdf5.h"
#endif

typedef struct
{
  const char *name;
  gboolean (*recognise) (PisdInput *input);
  GPtrArray *(*list) (PisdInput *input, GError **error);
  gboolean (*read_slice) (PisdInput *input,
                          const GPtrArray *list,
                          guint number,
                          const PisdSlice *slice,
                          double *out,
                          GError **error);
} Format;

struct _PisdArrays
{
  PisdInput *input;
  const Format *format;
  GPtrArray *list;
};

static gboolean
begins_with (PisdInput *input, const char *bytes, gsize size)
{
  char head[8];
  gsize n;

  return pisd_input_read_at (input, 0, head, size, &n, NULL) && n == size
         && memcmp (head, bytes, size) == 0;
}

static gboolean
recognise_npz (PisdInput *input)
{
  return begins_with (input, "PK", 2);
}

static gboolean
read_npz (PisdInput *input,
          const GPtrArray *list,
          guint number,
          const PisdSlice *slice,
          double *out,
          GError **error)
{
  const PisdArray *array = g_ptr_array_index (list, number);

  return pisd_npz_read_slice (input, array->name, slice, out, error);
}

static gboolean
recognise_npy (PisdInput *input)
{
  return begins_with (input, "\x93NUMPY", 6);
}

static GPtrArray *
list_npy (PisdInput *input, GError **error)
{
  g_autoptr (PisdStream) stream = pisd_stream_new (input, 0);
  GPtrArray *list;
  PisdNpyHeader header;

  if (!pisd_npy_read_header (pisd_stream_read, stream, &header, error))
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  g_ptr_array_add (list, pisd_array_new ("array", header.n_dimensions, header.shape));
  return list;
}

static gboolean
read_npy (PisdInput *input,
          const GPtrArray *list,
          guint number,
          const PisdSlice *slice,
          double *out,
          GError **error)
{
  g_autoptr (PisdStream) stream = pisd_stream_new (input, 0);

  return pisd_npy_read_slice (&(PisdSliceSource){ pisd_stream_read, pisd_stream_skip, stream },
                              slice, out, error);
}

static gboolean
read_mat (PisdInput *input,
          const GPtrArray *list,
          guint number,
          const PisdSlice *slice,
          double *out,
          GError **error)
{
  return pisd_mat_read_slice (input, number, slice, out, error);
}

#ifdef PISD_WITH_HDF5
static gboolean
recognise_matlab_7 (PisdInput *input)
{
  return pisd_hdf5_is_matlab (input) && pisd_hdf5_recognise (input);
}

static gboolean
read_hdf5 (PisdInput *input,
           const GPtrArray *list,
           guint number,
           const PisdSlice *slice,
           double *out,
           GError **error)
{
  return pisd_hdf5_read_slice (input, g_ptr_array_index (list, number), slice, out, error);
}
#endif

/* The first that recognises a file has it. */
static const Format formats[] = {
  { "NPZ archive", recognise_npz, pisd_npz_list_from, read_npz },
  { "NumPy array", recognise_npy, list_npy, read_npy },
  { "MATLAB file of version 5", pisd_mat_recognise, pisd_mat_list, read_mat },
#ifdef PISD_WITH_HDF5
  { "MATLAB file of version 7.3", recognise_matlab_7, pisd_hdf5_list, read_hdf5 },
  { "HDF5 file", pisd_hdf5_recognise, pisd_hdf5_list, read_hdf5 },
#endif
};

static const Format *
find_format (PisdInput *input)
{
  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    if (formats[k].recognise (input))
      return &formats[k];
  return NULL;
}

gboolean
pisd_arrays_recognise (PisdInput *input)
{
  g_return_val_if_fail (input != NULL, FALSE);

  return find_format (input) != NULL;
}

PisdArrays *
pisd_arrays_new (PisdInput *input, GError **error)
{
  g_autoptr (PisdArrays) self = g_new0 (PisdArrays, 1);
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (input != NULL, NULL);

  self->input = input;
  self->format = find_format (input);
  /* What claims by its name to be one of these is most likely an archive that was cut off. */
  if (self->format == NULL)
    self->format = &formats[0];
  self->list = self->format->list (input, &reason);
  if (self->list != NULL)
    return g_steal_pointer (&self);
  if (self->format != &formats[0] && !g_error_matches (reason, PISD_ERROR, PISD_ERROR_CANCELLED))
    g_prefix_error (&reason, "%s: ", pisd_input_get_name (input));
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

void
pisd_arrays_free (PisdArrays *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_free (self);
}

PisdInput *
pisd_arrays_get_input (const PisdArrays *self)
{
  return self->input;
}

const char *
pisd_arrays_get_format (const PisdArrays *self)
{
  return self->format->name;
}

gboolean
pisd_arrays_is_npz (const PisdArrays *self)
{
  return self->format == &formats[0];
}

const GPtrArray *
pisd_arrays_get_list (const PisdArrays *self)
{
  return self->list;
}

static gboolean
read_checked (PisdArrays *self, guint number, const PisdSlice *slice, double *out, GError **error)
{
  const PisdArray *array = g_ptr_array_index (self->list, number);

  if (array->unreadable != NULL)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, "%s", array->unreadable);
  return pisd_slice_check (slice, array->n_dimensions, array->shape, error)
         && self->format->read_slice (self->input, self->list, number, slice, out, error);
}

gboolean
pisd_arrays_read_slice (PisdArrays *self,
                        guint number,
                        const PisdSlice *slice,
                        double *out,
                        GError **error)
{
  const PisdArray *array;
  g_autofree char *quoted = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (self != NULL && number < self->list->len, FALSE);

  if (read_checked (self, number, slice, out, &reason))
    return TRUE;
  array = g_ptr_array_index (self->list, number);
  quoted = pisd_error_quote (array->name);
  if (pisd_input_check (self->input, error))
    g_propagate_prefixed_error (error, g_steal_pointer (&reason), _ ("%s: array %s: "),
                                pisd_input_get_name (self->input), quoted);
  return FALSE;
}
