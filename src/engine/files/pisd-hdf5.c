#include "pisd-hdf5.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <hdf5.h>
#include <string.h>

#include "pisd-error.h"

#define MAGIC "\x89HDF\r\n\x1a\n"
#define MAGIC_SIZE 8
/* The signature stands at the beginning, or behind a block of a user that is a power of two. */
#define FIRST_BLOCK 512
#define LAST_BLOCK (1024 * 1024)
#define MATLAB "MATLAB 7.3"
#define MAX_LISTED 4096
/* Bytes of one packed piece of a data set, which the library unpacks as a whole. */
#define MAX_CHUNK (256 * 1024 * 1024)

/* The library is not made for threads. */
static GMutex lock;

/* Handles of the library, closed in whatever order; a negative one is none. */
static void
close_file (hid_t *id)
{
  if (*id >= 0)
    H5Fclose (*id);
}

static void
close_object (hid_t *id)
{
  if (*id >= 0)
    H5Oclose (*id);
}

static void
close_space (hid_t *id)
{
  if (*id >= 0)
    H5Sclose (*id);
}

static void
close_type (hid_t *id)
{
  if (*id >= 0)
    H5Tclose (*id);
}

static void
close_list (hid_t *id)
{
  if (*id >= 0)
    H5Pclose (*id);
}

#define OWNED(kind) __attribute__ ((cleanup (close_##kind))) hid_t

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

static gboolean
fail (const char *what, GError **error)
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
    fail (_ ("cannot be opened as HDF5"), error);
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
    return fail (_ ("shape"), error);
  if (n > PISD_ARRAY_MAX_DIMENSIONS)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("shape: got more than %d dimensions, expected at most %d"),
                            PISD_ARRAY_MAX_DIMENSIONS, PISD_ARRAY_MAX_DIMENSIONS);
  if (H5Sget_simple_extent_dims (space, shape, NULL) != n)
    return fail (_ ("shape"), error);
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

/* 0: not in pieces, or not packed; -1: packed by something else. */
static int
count_packing (hid_t list)
{
  const int n = H5Pget_nfilters (list);
  gboolean has_deflate = FALSE;

  for (int k = 0; k < n; k++)
    {
      unsigned flags, config;
      size_t n_values = 0;
      const H5Z_filter_t filter =
          H5Pget_filter2 (list, (unsigned) k, &flags, &n_values, NULL, 0, NULL, &config);

      if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE)
        return -1;
      has_deflate = has_deflate || filter == H5Z_FILTER_DEFLATE;
    }
  return n > 0 && !has_deflate ? -1 : n;
}

/* What lies in other files is not read, and pieces are not larger than memory should be. */
static gboolean
check_storage (hid_t set, GError **error)
{
  OWNED (list) list = H5Dget_create_plist (set);
  const H5D_layout_t layout = list >= 0 ? H5Pget_layout (list) : H5D_LAYOUT_ERROR;
  hsize_t piece[PISD_ARRAY_MAX_DIMENSIONS];
  gsize size = sizeof (double);
  int n;

  if (layout == H5D_LAYOUT_ERROR)
    return fail (_ ("layout"), error);
  if (layout == H5D_VIRTUAL || H5Pget_external_count (list) > 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("got numbers that lie in other files"));
  n = layout == H5D_CHUNKED ? H5Pget_chunk (list, PISD_ARRAY_MAX_DIMENSIONS, piece) : 0;
  for (int d = 0; d < n; d++)
    if (piece[d] == 0 || !g_size_checked_mul (&size, size, piece[d]))
      size = G_MAXSIZE;
  if (n > 0 && count_packing (list) < 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("got numbers that are packed otherwise than by deflate"));
  return size <= MAX_CHUNK
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("got pieces of more than %d bytes, expected at most that"),
                             MAX_CHUNK);
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
    fail (_ ("list of arrays"), &reason);
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

/* What the library unpacks it believes to be a whole piece: one that is packed and holds less is
 * told before.  deflate alone, or behind a shuffle, is unpacked here. */
static gboolean
check_piece (hid_t set, const hsize_t *start, gsize size, gboolean is_packed, GError **error)
{
  g_autofree guint8 *packed = NULL;
  g_autoptr (GConverter) inflater =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autofree guint8 *out = NULL;
  GConverterResult result;
  hsize_t n_packed = 0;
  haddr_t at;
  uint32_t skipped = 0;
  gsize n_read, n = 0;

  if (H5Dget_chunk_info_by_coord (set, start, &skipped, &at, &n_packed) < 0)
    return fail (_ ("data"), error);
  if (n_packed == 0) /* never written: zeros */
    return TRUE;
  if (!is_packed && n_packed == size)
    return TRUE;
  if (n_packed > MAX_CHUNK || !is_packed)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("data: got a damaged piece"));
  packed = g_malloc (n_packed);
  if (H5Dread_chunk (set, H5P_DEFAULT, start, &skipped, packed) < 0)
    return fail (_ ("data"), error);
  out = g_malloc (size + 1);
  result = g_converter_convert (inflater, packed, n_packed, out, size + 1, G_CONVERTER_INPUT_AT_END,
                                &n_read, &n, NULL);
  return (skipped == 0 && result == G_CONVERTER_FINISHED && n == size)
         || pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("data: got a damaged piece"));
}

/* All pieces that the slice has a part of. */
static gboolean
check_pieces (hid_t set, const PisdArray *array, const PisdSlice *slice, GError **error)
{
  OWNED (list) list = H5Dget_create_plist (set);
  OWNED (type) type = H5Dget_type (set);
  hsize_t piece[PISD_ARRAY_MAX_DIMENSIONS], start[PISD_ARRAY_MAX_DIMENSIONS];
  const guint *axes = slice->axes;
  gsize size = H5Tget_size (type);

  if (H5Pget_layout (list) != H5D_CHUNKED)
    return TRUE;
  if (H5Pget_chunk (list, PISD_ARRAY_MAX_DIMENSIONS, piece) != (int) array->n_dimensions)
    return fail (_ ("layout"), error);
  for (guint d = 0; d < array->n_dimensions; d++)
    {
      size *= piece[d];
      start[d] = slice->start[d] / piece[d] * piece[d];
    }
  for (start[axes[0]] = 0; start[axes[0]] < array->shape[axes[0]]; start[axes[0]] += piece[axes[0]])
    for (start[axes[1]] = 0; start[axes[1]] < array->shape[axes[1]];
         start[axes[1]] += piece[axes[1]])
      if (!check_piece (set, start, size, count_packing (list) > 0, error))
        return FALSE;
  return TRUE;
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
    return fail (_ ("data"), error);
  {
    OWNED (space) memory = H5Screate_simple (1, &n, NULL);

    return H5Dread (set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, out) >= 0
           || fail (_ ("data"), error);
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
  PisdArray array = { 0 };
  const gboolean is_matlab = pisd_hdf5_is_matlab (input);

  if (set < 0)
    return file < 0 ? FALSE : fail (_ ("array"), error);
  if (!read_shape (set, is_matlab, &array, error) || !check_type (set, error)
      || !check_storage (set, error)
      || !pisd_slice_check_again (&slice, wanted, array.n_dimensions, array.shape, error))
    return FALSE;
  if (is_matlab)
    {
      turn_axes (n, array.shape);
      turn_axes (n, slice.start);
      for (guint k = 0; k < 2; k++)
        slice.axes[k] = n - 1 - slice.axes[k];
    }
  if (!check_pieces (set, &array, &slice, error) || !read_block (set, &array, &slice, out, error))
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
