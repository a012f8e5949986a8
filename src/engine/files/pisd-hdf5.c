#include "pisd-hdf5.h"

#include <glib/gi18n-lib.h>
#include <hdf5.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-hdf5-pieces.h"
#include "pisd-hdf5-private.h"

#define MAGIC "\x89HDF\r\n\x1a\n"
#define MAGIC_SIZE 8
/* The signature stands at the beginning, or behind a block of a user that is a power of two. */
#define FIRST_BLOCK 512
#define LAST_BLOCK (1024 * 1024)
#define MATLAB "MATLAB 7.3"
#define MAX_LISTED 4096
/* Microseconds from one look at the request to stop to the next, while the library is busy. */
#define PATIENCE 20000

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

/* The bytes of a pipe, which the library copies; or the very file that is open.  The library keeps
 * no piece in memory: of one that is not packed it would believe how long it is. */
static hid_t
open_file (PisdInput *input, GError **error)
{
  OWNED (list) access = H5Pcreate (H5P_FILE_ACCESS);
  g_autofree char *path = pisd_input_dup_open_path (input);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  hid_t file;

  H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);
  H5Pset_cache (access, 0, 0, 0, 0);
  if (!pisd_input_is_file (input))
    {
      bytes = pisd_input_read (input, PISD_INPUT_MAX_PIPE, NULL, NULL);
      H5Pset_fapl_core (access, 1024 * 1024, FALSE);
      H5Pset_file_image (access, (void *) g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  size = pisd_input_get_size (input);
  file = size > 0 ? H5Fopen (path, H5F_ACC_RDONLY, access) : -1;
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

/* Whether its bits lie in its bytes, as the library takes for granted. */
static gboolean
has_own_bits (hid_t type, H5T_class_t class)
{
  const size_t n = 8 * H5Tget_size (type), precision = H5Tget_precision (type);
  size_t sign, exponent, n_exponent, mantissa, n_mantissa;

  if (precision == 0 || precision > n || (size_t) H5Tget_offset (type) > n - precision)
    return FALSE;
  return class == H5T_INTEGER
         || (H5Tget_fields (type, &sign, &exponent, &n_exponent, &mantissa, &n_mantissa) >= 0
             && sign < n && exponent < n && n_exponent <= n - exponent && mantissa < n
             && n_mantissa <= n - mantissa);
}

/* Whole and real numbers of the machine's own sizes. */
static gboolean
check_type (hid_t set, GError **error)
{
  OWNED (type) type = H5Dget_type (set);
  const H5T_class_t class = type >= 0 ? H5Tget_class (type) : H5T_NO_CLASS;

  if ((class == H5T_INTEGER || class == H5T_FLOAT) && H5Tget_size (type) <= sizeof (double)
      && has_own_bits (type, class))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_SHAPE,
                          _ ("element type: got no whole or real numbers of up to 64 bits"));
}

/* What lies in other files is not read, and pieces are not larger than memory should be. */
static gboolean
check_storage (hid_t set, GError **error)
{
  OWNED (list) list = H5Dget_create_plist (set);
  OWNED (type) type = H5Dget_type (set);
  const H5D_layout_t layout = list >= 0 ? H5Pget_layout (list) : H5D_LAYOUT_ERROR;
  hsize_t piece[PISD_ARRAY_MAX_DIMENSIONS];
  gsize size = sizeof (double);
  int n;

  if (layout == H5D_LAYOUT_ERROR)
    return pisd_hdf5_fail (_ ("layout"), error);
  if (layout == H5D_VIRTUAL || H5Pget_external_count (list) > 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("got numbers that lie in other files"));
  n = layout == H5D_CHUNKED ? H5Pget_chunk (list, PISD_ARRAY_MAX_DIMENSIONS, piece) : 0;
  for (int d = 0; d < n; d++)
    if (piece[d] == 0 || !g_size_checked_mul (&size, size, piece[d]))
      size = G_MAXSIZE;
  if (n > 0 && pisd_hdf5_count_filters (list, H5Tget_size (type)) < 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("got numbers that are packed otherwise than by deflate"));
  return size <= PISD_HDF5_MAX_PIECE
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("got pieces of more than %d bytes, expected at most that"),
                             PISD_HDF5_MAX_PIECE);
}

static PisdArray *
describe (hid_t set, const char *name, gboolean is_matlab)
{
  g_autoptr (GError) reason = NULL;
  PisdArray *array = pisd_array_new (name, 0, NULL);

  if (!read_shape (set, is_matlab, array, &reason) || !check_type (set, &reason)
      || !check_storage (set, &reason))
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

/* Waits until nobody else reads. */
static gboolean
take_lock (PisdInput *input, GError **error)
{
  while (!g_mutex_trylock (&lock))
    {
      if (!pisd_input_check (input, error))
        return FALSE;
      g_usleep (PATIENCE);
    }
  return TRUE;
}

GPtrArray *
pisd_hdf5_list (PisdInput *input, GError **error)
{
  GPtrArray *arrays;

  if (!take_lock (input, error))
    return NULL;
  arrays = list (input, error);
  g_mutex_unlock (&lock);
  return arrays;
}

/* What the library has to select of the file for one row of a slice. */
typedef struct
{
  hid_t set, space, memory;
  hsize_t start[PISD_ARRAY_MAX_DIMENSIONS], count[PISD_ARRAY_MAX_DIMENSIONS];
} Row;

static gboolean
read_row (const Row *row, double *out, GError **error)
{
  return (H5Sselect_hyperslab (row->space, H5S_SELECT_SET, row->start, NULL, row->count, NULL) >= 0
          && H5Dread (row->set, H5T_NATIVE_DOUBLE, row->memory, row->space, H5P_DEFAULT, out) >= 0)
         || pisd_hdf5_fail (_ ("data"), error);
}

/* Numbers that are not packed, row by row along the axis that comes first in the file. */
static gboolean
read_rows (PisdInput *input,
           hid_t set,
           const PisdArray *array,
           const PisdSlice *slice,
           double *out,
           GError **error)
{
  const guint p = MIN (slice->axes[0], slice->axes[1]), q = MAX (slice->axes[0], slice->axes[1]);
  const hsize_t n = array->shape[p], m = array->shape[q];
  OWNED (space) space = H5Dget_space (set);
  OWNED (space) memory = H5Screate_simple (1, &m, NULL);
  g_autofree double *numbers = g_new (double, MAX (m, 1));
  Row row = { set, space, memory, { 0 }, { 0 } };

  for (guint d = 0; d < array->n_dimensions; d++)
    {
      row.start[d] = d == p || d == q ? 0 : slice->start[d];
      row.count[d] = d == q ? m : 1;
    }
  for (; row.start[p] < n && m > 0; row.start[p]++)
    {
      if (!pisd_input_check (input, error) || !read_row (&row, numbers, error))
        return FALSE;
      for (gsize j = 0; j < m; j++)
        out[slice->axes[0] == p ? row.start[p] * m + j : j * n + row.start[p]] = numbers[j];
    }
  return TRUE;
}

static gboolean
read_numbers (PisdInput *input,
              hid_t set,
              const PisdArray *array,
              const PisdSlice *slice,
              double *out,
              GError **error)
{
  OWNED (list) list = H5Dget_create_plist (set);
  const gboolean is_in_pieces = H5Pget_layout (list) == H5D_CHUNKED;

  if (is_in_pieces && !pisd_hdf5_read_pieces (input, set, array, slice, out, error))
    return FALSE;
  return (is_in_pieces && H5Pget_nfilters (list) > 0)
         || read_rows (input, set, array, slice, out, error);
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
  PisdArray array = { 0 };
  const gboolean is_matlab = pisd_hdf5_is_matlab (input);

  if (set < 0)
    return file < 0 ? FALSE : pisd_hdf5_fail (_ ("array"), error);
  if (!read_shape (set, is_matlab, &array, error) || !check_type (set, error)
      || !check_storage (set, error)
      || !pisd_slice_check_again (&slice, wanted, array.n_dimensions, array.shape, error))
    return FALSE;
  if (n == 1) /* and a second one of length 1 */
    array.shape[1] = 1;
  if (is_matlab && n > 1)
    {
      turn_axes (n, array.shape);
      turn_axes (n, slice.start);
      for (guint k = 0; k < 2; k++)
        slice.axes[k] = n - 1 - slice.axes[k];
    }
  return read_numbers (input, set, &array, &slice, out, error);
}

gboolean
pisd_hdf5_read_slice (PisdInput *input,
                      const PisdArray *array,
                      const PisdSlice *slice,
                      double *out,
                      GError **error)
{
  gboolean good;

  if (!take_lock (input, error))
    return FALSE;
  good = read_slice (input, array, slice, out, error);
  g_mutex_unlock (&lock);
  return good;
}
