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
                          const PisdArray *listed,
                          guint number,
                          const PisdSlice *slice,
                          double *out,
                          GError **error);
} Format;

/* Bytes of slices that are kept: reading one again may mean to inflate half a file. */
#define MOST_KEPT (64 * 1024 * 1024)

typedef struct
{
  guint number;
  PisdSlice slice; /* axes ascending */
  gsize size;      /* bytes */
  double *data;
} Kept;

struct _PisdArrays
{
  PisdInput *input;
  const Format *format;
  GPtrArray *list;
  GQueue kept; /* of Kept, the oldest first */
  gsize n_bytes;
};

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->data);
  g_free (kept);
}

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
recognise_npy (PisdInput *input)
{
  return begins_with (input, PISD_NPY_MAGIC, PISD_NPY_MAGIC_SIZE);
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
          const PisdArray *listed,
          guint number,
          const PisdSlice *slice,
          double *out,
          GError **error)
{
  g_autoptr (PisdStream) stream = pisd_stream_new (input, 0);

  return pisd_npy_read_slice (&(PisdSliceSource){ pisd_stream_read, pisd_stream_skip, stream },
                              listed, slice, out, error);
}

#ifdef PISD_WITH_HDF5
static gboolean
recognise_matlab_7 (PisdInput *input)
{
  return pisd_hdf5_is_matlab (input) && pisd_hdf5_recognise (input);
}

static gboolean
read_hdf5 (PisdInput *input,
           const PisdArray *listed,
           guint number,
           const PisdSlice *slice,
           double *out,
           GError **error)
{
  return pisd_hdf5_read_slice (input, listed, slice, out, error);
}
#endif

/* The first that recognises a file has it. */
static const Format formats[] = {
  { "NPZ archive", recognise_npz, pisd_npz_list_from, pisd_npz_read_slice },
  { "NumPy array", recognise_npy, list_npy, read_npy },
  { "MATLAB file of version 5", pisd_mat_recognise, pisd_mat_list, pisd_mat_read_slice },
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

/* What claims by its name to be an archive is most likely one that was cut off. */
static gboolean
is_named_npz (PisdInput *input)
{
  g_autofree char *lower = g_ascii_strdown (pisd_input_get_path (input), -1);

  return g_str_has_suffix (lower, ".npz");
}

static gboolean
fail_format (PisdInput *input, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  char byte;
  gsize n;

  /* It may be that it could not even be looked at. */
  if (!pisd_input_read_at (input, 0, &byte, 1, &n, error))
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    g_string_append_printf (names, "%s%s", k > 0 ? ", " : "", formats[k].name);
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("%s: got no format that this build reads, expected one of: %s"),
                          pisd_input_get_name (input), names->str);
}

/* Hands it on with the file in front, and the array where there is one, unless it names the file
 * itself. */
static void
propagate (PisdInput *input, const PisdArray *array, GError *reason, GError **error)
{
  const char *file = pisd_input_get_name (input);
  g_autofree char *quoted = array != NULL ? pisd_error_quote (array->name) : NULL;

  if (g_str_has_prefix (reason->message, file))
    g_propagate_error (error, reason);
  else if (array == NULL)
    g_propagate_prefixed_error (error, reason, "%s: ", file);
  else
    g_propagate_prefixed_error (error, reason, _ ("%s: array %s: "), file, quoted);
}

PisdArrays *
pisd_arrays_new (PisdInput *input, GError **error)
{
  g_autoptr (PisdArrays) self = g_new0 (PisdArrays, 1);
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (input != NULL, NULL);

  g_queue_init (&self->kept);
  self->input = input;
  self->format = find_format (input);
  if (self->format == NULL && is_named_npz (input))
    self->format = &formats[0];
  if (self->format == NULL && !fail_format (input, error))
    return NULL;
  self->list = self->format->list (input, &reason);
  if (self->list != NULL)
    return g_steal_pointer (&self);
  propagate (input, NULL, g_steal_pointer (&reason), error);
  return NULL;
}

void
pisd_arrays_free (PisdArrays *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_queue_clear_full (&self->kept, kept_free);
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

static const Kept *
find_kept (PisdArrays *self, guint number, const PisdSlice *slice)
{
  for (GList *link = self->kept.head; link != NULL; link = link->next)
    {
      const Kept *kept = link->data;

      if (kept->number == number && memcmp (&kept->slice, slice, sizeof *slice) == 0)
        return kept;
    }
  return NULL;
}

/* Makes room for it, and reads it. */
static const Kept *
keep (PisdArrays *self, guint number, const PisdSlice *slice, gsize n, GError **error)
{
  Kept *kept = g_new (Kept, 1);

  *kept = (Kept){ number, *slice, n * sizeof (double), g_new (double, MAX (n, 1)) };
  if (!self->format->read_slice (self->input, g_ptr_array_index (self->list, number), number, slice,
                                 kept->data, error))
    {
      kept_free (kept);
      return NULL;
    }
  self->n_bytes += kept->size;
  g_queue_push_tail (&self->kept, kept);
  while (self->n_bytes > MOST_KEPT && self->kept.length > 1)
    {
      Kept *oldest = g_queue_pop_head (&self->kept);

      self->n_bytes -= oldest->size;
      kept_free (oldest);
    }
  return kept;
}

/* [n, m], or its transpose */
static void
copy (const double *data, gsize n, gsize m, gboolean is_turned, double *out)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < m; j++)
      out[is_turned ? j * n + i : i * m + j] = data[i * m + j];
}

static gboolean
read_checked (PisdArrays *self, guint number, const PisdSlice *slice, double *out, GError **error)
{
  const PisdArray *array = g_ptr_array_index (self->list, number);
  PisdSlice whole = *slice;
  const Kept *kept;
  gsize n, m;

  if (array->unreadable != NULL)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, "%s", array->unreadable);
  if (!pisd_slice_check (slice, array->n_dimensions, array->shape, error))
    return FALSE;
  whole.axes[0] = MIN (slice->axes[0], slice->axes[1]);
  whole.axes[1] = MAX (slice->axes[0], slice->axes[1]);
  n = pisd_slice_get_side (whole.axes[0], array->n_dimensions, array->shape);
  m = pisd_slice_get_side (whole.axes[1], array->n_dimensions, array->shape);
  kept = find_kept (self, number, &whole);
  if (kept == NULL)
    kept = keep (self, number, &whole, n * m, error);
  if (kept == NULL)
    return FALSE;
  copy (kept->data, n, m, slice->axes[0] > slice->axes[1], out);
  return TRUE;
}

gboolean
pisd_arrays_read_slice (PisdArrays *self,
                        guint number,
                        const PisdSlice *slice,
                        double *out,
                        GError **error)
{
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (self != NULL && number < self->list->len, FALSE);

  if (read_checked (self, number, slice, out, &reason))
    return TRUE;
  if (pisd_input_check (self->input, error))
    propagate (self->input, g_ptr_array_index (self->list, number), g_steal_pointer (&reason),
               error);
  return FALSE;
}
