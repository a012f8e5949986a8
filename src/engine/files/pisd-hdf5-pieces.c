#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-hdf5-private.h"

/* Bytes of one packed piece of a data set, which the library unpacks as a whole. */
#define MAX_CHUNK (256 * 1024 * 1024)
/* Bytes of a piece that was never written, which the library makes as a whole. */
#define MAX_EMPTY (4 * 1024 * 1024)
/* Pieces of a slice: the library takes some memory and time for each. */
#define MAX_PIECES 65536
#define MOST_OF_ONE 1032 /* bytes that deflate can make of one: 258 of 2 bits */

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
gboolean
pisd_hdf5_check_storage (hid_t set, GError **error)
{
  OWNED (list) list = H5Dget_create_plist (set);
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
  if (n > 0 && count_packing (list) < 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("got numbers that are packed otherwise than by deflate"));
  return size <= MAX_CHUNK
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("got pieces of more than %d bytes, expected at most that"),
                             MAX_CHUNK);
}

/* What the library unpacks it believes to be a whole piece: one that is packed and holds less is
 * told before.  deflate alone, or behind a shuffle, is unpacked here. */
static gboolean
check_piece (hid_t set,
             const hsize_t *start,
             gsize size,
             gboolean is_packed,
             guint64 file_size,
             GError **error)
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
    return pisd_hdf5_fail (_ ("data"), error);
  if (n_packed == 0) /* never written: zeros */
    return size <= MAX_EMPTY
           || pisd_error_fail (error, PISD_ERROR_LIMIT,
                               _ ("data: got an empty piece of %zu bytes, expected at most %d"),
                               size, MAX_EMPTY);
  if (!is_packed && n_packed == size)
    return TRUE;
  if (!is_packed || n_packed > file_size || size / MOST_OF_ONE > n_packed)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("data: got a damaged piece"));
  packed = g_malloc (n_packed);
  if (H5Dread_chunk (set, H5P_DEFAULT, start, &skipped, packed) < 0)
    return pisd_hdf5_fail (_ ("data"), error);
  out = g_malloc (size + 1);
  result = g_converter_convert (inflater, packed, n_packed, out, size + 1, G_CONVERTER_INPUT_AT_END,
                                &n_read, &n, NULL);
  return (skipped == 0 && result == G_CONVERTER_FINISHED && n == size)
         || pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("data: got a damaged piece"));
}

/* Along an axis that the slice has as a whole. */
static gsize
count_pieces (const PisdArray *array, guint axis, const hsize_t *piece)
{
  return (array->shape[axis] + piece[axis] - 1) / piece[axis];
}

static gboolean
check_number (const PisdArray *array, const PisdSlice *slice, const hsize_t *piece, GError **error)
{
  /* Both sides of a slice have been checked. */
  const gsize n =
      count_pieces (array, slice->axes[0], piece) * count_pieces (array, slice->axes[1], piece);

  return n <= MAX_PIECES
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("data: got %zu pieces, expected at most %d"), n, MAX_PIECES);
}

gboolean
pisd_hdf5_check_pieces (PisdInput *input,
                        hid_t set,
                        const PisdArray *array,
                        const PisdSlice *slice,
                        GError **error)
{
  OWNED (list) list = H5Dget_create_plist (set);
  OWNED (type) type = H5Dget_type (set);
  hsize_t piece[PISD_ARRAY_MAX_DIMENSIONS], start[PISD_ARRAY_MAX_DIMENSIONS];
  const guint *axes = slice->axes;
  const gboolean is_packed = count_packing (list) > 0;
  const guint64 file_size = pisd_input_get_size (input);
  gsize size = H5Tget_size (type);

  if (H5Pget_layout (list) != H5D_CHUNKED)
    return TRUE;
  if (H5Pget_chunk (list, PISD_ARRAY_MAX_DIMENSIONS, piece) != (int) array->n_dimensions)
    return pisd_hdf5_fail (_ ("layout"), error);
  if (!check_number (array, slice, piece, error))
    return FALSE;
  for (guint d = 0; d < array->n_dimensions; d++)
    {
      size *= piece[d];
      start[d] = slice->start[d] / piece[d] * piece[d];
    }
  for (start[axes[0]] = 0; start[axes[0]] < array->shape[axes[0]]; start[axes[0]] += piece[axes[0]])
    for (start[axes[1]] = 0; start[axes[1]] < array->shape[axes[1]];
         start[axes[1]] += piece[axes[1]])
      if (!pisd_input_check (input, error)
          || !check_piece (set, start, size, is_packed, file_size, error))
        return FALSE;
  return TRUE;
}
