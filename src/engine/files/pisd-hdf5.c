#include "pisd-hdf5.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-hdf5-private.h"

#define MAGIC "\x89HDF\r\n\x1a\n"
#define MAGIC_SIZE 8
/* The signature stands at the beginning, or behind a block of a user that is a power of two. */
#define FIRST_BLOCK 512
#define LAST_BLOCK (1024 * 1024)
#define MATLAB "MATLAB 7.3"
#define MAX_LISTED 4096

/* The library is not made for threads. */
static GMutex lock;

gboolean
pisd_hdf5_recognise (PisdInput *input)
{
  guint8 bytes[MAGIC_SIZE];
  gsize n;

  for (guint64 at = 0; at <= LAST_BLOCK; at = at == 0 ? FIRST_BLOCK : 2 * at)
    {
      if (!pisd_input_read_at (input, at, bytes, sizeof bytes, &n, NULL) || n < sizeof bytes)
        return FALSE;
      if (memcmp (bytes, MAGIC, MAGIC_SIZE) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
pisd_hdf5_is_matlab (PisdInput *input)
{
  char bytes[sizeof MATLAB - 1];
  gsize n;

  return pisd_input_read_at (input, 0, bytes, sizeof bytes, &n, NULL) && n == sizeof bytes
         && memcmp (bytes, MATLAB, sizeof bytes) == 0;
}

/* The innermost of the library's own messages. */
static herr_t
keep_reason (unsigned n, const H5E_error2_t *row, void *data)
{
  char **reason = data;

  if (n == 0 && row->desc != NULL)
    *reason = pisd_error_escape (row->desc);
  return 0;
}

gboolean
pisd_hdf5_fail (const char *what, GError **error)
{
  g_autofree char *reason = NULL;

  H5Ewalk2 (H5E_DEFAULT, H5E_WALK_UPWARD, keep_reason, &reason);
  H5Eclear2 (H5E_DEFAULT);
  return pisd_error_fail (error, PISD_ERROR_FORMAT, "%s: %s", what,
                          reason != NULL ? reason : _ ("the library does not say why"));
}

/* The bytes of a pipe, which the library copies; or the file once more by its path. */
static hid_t
open_file (PisdInput *input, GError **error)
{
  OWNED (list) access = H5Pcreate (H5P_FILE_ACCESS);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  hid_t file;

  H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);
  if (!pisd_input_is_file (input))
    {
      bytes = pisd_input_read (input, PISD_INPUT_MAX_PIPE, NULL, NULL);
      H5Pset_fapl_core (access, 1024 * 1024, FALSE);
      H5Pset_file_image (access, (void *) g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  size = pisd_input_get_size (input);
  file = size > 0 ? H5Fopen (pisd_input_get_path (input), H5F_ACC_RDONLY, access) : -1;
  if (file < 0)
    pisd_hdf5_fail (_ ("cannot be opened as HDF5"), error);
  return file;
}

static void
turn_axes (guint n, gsize *shape)
{
  for (guint d = 0; d < n / 2; d++)
    {
      gsize length = shape[d];

      shape[d] = shape[n - 1 - d];
      shape[n - 1 - d] = length;
    }
}

static gboolean
read_shape (hid_t set, gboolean is_matlab, PisdArray *array, GError **error)
{
  OWNED (space) space = H5Dget_space (set);
  hsize_t shape[PISD_ARRAY_MAX_DIMENSIONS];
  const int n = space >= 0 ? H5Sget_simple_extent_ndims (space) : -1;

  if (n < 0)
    return pisd_hdf5_fail (_ ("shape"), error);
  if (n > PISD_ARRAY_MAX_DIMENSIONS)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("shape: got more than %d dimensions, expected at most %d"),
                            PISD_ARRAY_MAX_DIMENSIONS, PISD_ARRAY_MAX_DIMENSIONS);
  if (H5Sget_simple_extent_dims (space, shape, NULL) != n)
    return pisd_hdf5_fail (_ ("shape"), error);
  array->n_dimensions = (guint) n;
  for (int d = 0; d < n; d++)
    array->shape[d] = shape[d];
  if (is_matlab)
    turn_axes (array->n_dimensions, array->shape);
  return TRUE;
}

/* Whole and real numbers of the machine's own sizes. */
static gboolean
check_type (hid_t set, GError **error)
{
  OWNED (type) type = H5Dget_type (set);
  const H5T_class_t class = type >= 0 ? H5Tget_class (type) : H5T_NO_CLASS;

  if ((class == H5T_INTEGER || class == H5T_FLOAT) && H5Tget_size (type) <= sizeof (double))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_SHAPE,
                          _ ("element type: got no whole or real numbers of up to 64 bits"));
}

static PisdArray *
describe (hid_t set, const char *name, gboolean is_matlab)
{
  g_autoptr (GError) reason = NULL;
  PisdArray *array = pisd_array_new (name, 0, NULL);

  if (!read_shape (set, is_matlab, array, &reason) || !check_type (set, &reason)
      || !pisd_hdf5_check_storage (set, &reason))
    array->unreadable = g_strdup (reason->message);
  return array;
}

typedef struct
{
  PisdInput *input;
  gboolean is_matlab;
  GPtrArray *arrays;
  GError **error;
} Visit;

/* A link of the file; what MATLAB keeps for itself has a name that begins with #. */
static herr_t
visit (hid_t group, const char *name, const H5L_info_t *info, void *data)
{
  Visit *self = data;

  if (!pisd_input_check (self->input, self->error))
    return -1;
  if (info->type != H5L_TYPE_HARD || *name == '#')
    return 0;
  {
    OWNED (object) object = H5Oopen (group, name, H5P_DEFAULT);

    if (object < 0 || H5Iget_type (object) != H5I_DATASET)
      return 0;
    if (self->arrays->len == MAX_LISTED)
      {
        pisd_error_fail (self->error, PISD_ERROR_LIMIT,
                         _ ("got more than %d arrays, expected at most %d"), MAX_LISTED,
                         MAX_LISTED);
        return -1;
      }
    g_ptr_array_add (self->arrays, describe (object, name, self->is_matlab));
  }
  return 0;
}

static GPtrArray *
list (PisdInput *input, GError **error)
{
  OWNED (file) file = open_file (input, error);
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  g_autoptr (GError) reason = NULL;
  Visit data = { input, pisd_hdf5_is_matlab (input), arrays, &reason };

  if (file < 0)
    return NULL;
  if (H5Lvisit (file, H5_INDEX_NAME, H5_ITER_INC, visit, &data) >= 0)
    return g_steal_pointer (&arrays);
  if (reason == NULL)
    pisd_hdf5_fail (_ ("list of arrays"), &reason);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

GPtrArray *
pisd_hdf5_list (PisdInput *input, GError **error)
{
  GPtrArray *arrays;

  g_mutex_lock (&lock);
  arrays = list (input, error);
  g_mutex_unlock (&lock);
  return arrays;
}

/* The rows of a slice whose first axis comes first in the file, or its transpose. */
static gboolean
read_block (hid_t set, const PisdArray *array, const PisdSlice *slice, double *out, GError **error)
{
  OWNED (space) space = H5Dget_space (set);
  hsize_t start[PISD_ARRAY_MAX_DIMENSIONS], count[PISD_ARRAY_MAX_DIMENSIONS], n = 1;

  for (guint d = 0; d < array->n_dimensions; d++)
    {
      const gboolean is_whole = d == slice->axes[0] || d == slice->axes[1];

      start[d] = is_whole ? 0 : slice->start[d];
      count[d] = is_whole ? array->shape[d] : 1;
      n *= count[d];
    }
  if (space < 0 || H5Sselect_hyperslab (space, H5S_SELECT_SET, start, NULL, count, NULL) < 0)
    return pisd_hdf5_fail (_ ("data"), error);
  {
    OWNED (space) memory = H5Screate_simple (1, &n, NULL);

    return H5Dread (set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, out) >= 0
           || pisd_hdf5_fail (_ ("data"), error);
  }
}

/* [n, m] -> [m, n] */
static void
transpose (double *data, gsize n, gsize m)
{
  g_autofree double *copy = g_memdup2 (data, n * m * sizeof *data);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < m; j++)
      data[j * n + i] = copy[i * m + j];
}

static gboolean
read_slice (PisdInput *input,
            const PisdArray *wanted,
            const PisdSlice *wanted_slice,
            double *out,
            GError **error)
{
  OWNED (file) file = open_file (input, error);
  OWNED (object) set = file >= 0 ? H5Oopen (file, wanted->name, H5P_DEFAULT) : -1;
  const guint n = wanted->n_dimensions;
  PisdSlice slice = *wanted_slice;
  PisdArray array = { .n_dimensions = n };
  const gboolean is_matlab = pisd_hdf5_is_matlab (input);

  if (set < 0)
    return file < 0 ? FALSE : pisd_hdf5_fail (_ ("array"), error);
  if (!read_shape (set, FALSE, &array, error) || !check_type (set, error)
      || !pisd_hdf5_check_storage (set, error))
    return FALSE;
  if (is_matlab)
    {
      turn_axes (n, slice.start);
      for (guint k = 0; k < 2; k++)
        slice.axes[k] = n - 1 - slice.axes[k];
    }
  if (!pisd_slice_check (&slice, array.n_dimensions, array.shape, error)
      || !pisd_hdf5_check_pieces (input, set, &array, &slice, error)
      || !read_block (set, &array, &slice, out, error))
    return FALSE;
  if (slice.axes[0] > slice.axes[1])
    transpose (out, array.shape[slice.axes[1]], array.shape[slice.axes[0]]);
  return TRUE;
}

gboolean
pisd_hdf5_read_slice (PisdInput *input,
                      const PisdArray *array,
                      const PisdSlice *slice,
                      double *out,
                      GError **error)
{
  gboolean good;

  g_mutex_lock (&lock);
  good = read_slice (input, array, slice, out, error);
  g_mutex_unlock (&lock);
  return good;
}
