#include "pisd-hdf5-pieces.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-deflate.h"
#include "pisd-error.h"
#include "pisd-hdf5-private.h"

/* Pieces of one slice: each one costs a look into the file's index. */
#define MAX_PIECES 65536
/* Bytes of a piece that was never written, which the library makes as a whole. */
#define MAX_EMPTY (4 * 1024 * 1024)
/* Bytes that are unpacked from one look at the request to stop to the next. */
#define BLOCK (4 * 1024 * 1024)

int
pisd_hdf5_count_filters (hid_t list, gsize element_size)
{
  const int n = H5Pget_nfilters (list);

  for (int k = 0; k < n; k++)
    {
      const gboolean is_last = k == n - 1;
      unsigned flags, config, values[1] = { 0 };
      size_t n_values = G_N_ELEMENTS (values);
      const H5Z_filter_t filter =
          H5Pget_filter2 (list, (unsigned) k, &flags, &n_values, values, 0, NULL, &config);

      if (filter != (is_last ? H5Z_FILTER_DEFLATE : H5Z_FILTER_SHUFFLE)
          || (!is_last && values[0] != element_size))
        return -1;
    }
  return n <= 2 ? n : -1;
}

/* One piece after the other, and what of it belongs to the slice. */
typedef struct
{
  PisdInput *input;
  hid_t set, type;
  const PisdArray *array;
  const PisdSlice *slice;
  hsize_t piece[PISD_ARRAY_MAX_DIMENSIONS]; /* its shape */
  hsize_t start[PISD_ARRAY_MAX_DIMENSIONS]; /* its first element */
  gsize element, size;                      /* bytes of an element and of a piece */
  guint n_filters;
  gboolean has_plain_edges; /* no filter was applied to pieces that stand over the edge */
  gboolean has_fill;
  double fill;          /* of pieces that were never written, once there was one */
  guint8 *bytes;        /* of the piece; NULL: it was never written */
  gboolean is_shuffled; /* first the first bytes of all elements, then the second ones, ... */
} Pieces;

static void
pieces_clear (Pieces *self)
{
  g_clear_pointer (&self->bytes, g_free);
  if (self->type >= 0)
    H5Tclose (self->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pieces, pieces_clear)

static gboolean
check_number (const Pieces *self, GError **error)
{
  gsize n = 1;

  for (guint k = 0; k < 2; k++)
    {
      const guint d = self->slice->axes[k];

      n *= (self->array->shape[d] + self->piece[d] - 1) / self->piece[d];
    }
  return n <= MAX_PIECES
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("got a slice in %zu pieces, expected at most %d"), n, MAX_PIECES);
}

static gboolean
pieces_init (Pieces *self, GError **error)
{
  OWNED (list) list = H5Dget_create_plist (self->set);
  const guint n = self->array->n_dimensions;
  unsigned options = 0;
  int n_filters;

  self->type = H5Dget_type (self->set);
  if (self->type < 0 || H5Pget_chunk (list, PISD_ARRAY_MAX_DIMENSIONS, self->piece) != (int) n)
    return pisd_hdf5_fail (_ ("layout"), error);
  self->piece[1] = n == 1 ? 1 : self->piece[1];
  self->element = self->size = H5Tget_size (self->type);
  for (guint d = 0; d < n; d++)
    {
      self->size *= self->piece[d];
      self->start[d] = self->slice->start[d] / self->piece[d] * self->piece[d];
    }
  n_filters = pisd_hdf5_count_filters (list, self->element);
  g_return_val_if_fail (n_filters >= 0, FALSE);
  self->n_filters = (guint) n_filters;
  H5Pget_chunk_opts (list, &options);
  self->has_plain_edges = (options & H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS) != 0;
  return check_number (self, error);
}

static gboolean
fail_damaged (GError **error)
{
  return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("data: got a damaged piece"));
}

/* Whether it failed in nothing below: the look into the index went well and found no piece. */
static herr_t
find_missing (unsigned n, const H5E_error2_t *row, void *data)
{
  gboolean *is_missing = data;

  if (n == 0)
    *is_missing = g_strcmp0 (row->func_name, "H5D__get_chunk_storage_size") == 0;
  return 0;
}

/* Bytes of the piece in the file, found as the library finds it when it reads it; 0: it was never
 * written, which some versions of the library say by 0 and others by failing. */
static gboolean
find_size (const Pieces *self, hsize_t *size, GError **error)
{
  gboolean is_missing = FALSE;
  guint8 nothing[1];
  uint32_t skipped;

  *size = 0;
  if (H5Dget_chunk_storage_size (self->set, self->start, size) < 0)
    {
      H5Ewalk2 (H5E_DEFAULT, H5E_WALK_UPWARD, find_missing, &is_missing);
      if (!is_missing)
        return pisd_hdf5_fail (_ ("data"), error);
      *size = 0;
    }
  else if (*size == 0) /* what is there but empty can be read */
    is_missing = H5Dread_chunk (self->set, H5P_DEFAULT, self->start, &skipped, nothing) < 0;
  H5Eclear2 (H5E_DEFAULT);
  return *size > 0 || is_missing || fail_damaged (error);
}

/* Exactly a whole piece comes out, and nothing is left. */
static gboolean
inflate (Pieces *self, const guint8 *packed, gsize n_packed, GError **error)
{
  g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize at = 0, n = 0, n_read, n_written;

  while (result == G_CONVERTER_CONVERTED && n <= self->size)
    {
      if (!pisd_input_check (self->input, error))
        return FALSE;
      result = g_converter_convert (G_CONVERTER (inflater), packed + at, n_packed - at,
                                    self->bytes + n, MIN (BLOCK, self->size + 1 - n),
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      if (result == G_CONVERTER_ERROR)
        break;
      at += n_read;
      n += n_written;
    }
  return (result == G_CONVERTER_FINISHED && n == self->size) || fail_damaged (error);
}

/* deflate adds little, and makes only so much of a byte; nothing is longer than its file. */
static gboolean
may_be_packed (const Pieces *self, gsize n_packed)
{
  return n_packed <= self->size + self->size / 64 + 64
         && n_packed <= pisd_input_get_size (self->input)
         && self->size / PISD_DEFLATE_MOST_OF_ONE <= n_packed;
}

static gboolean
is_over_the_edge (const Pieces *self)
{
  for (guint d = 0; d < self->array->n_dimensions; d++)
    if (self->start[d] + self->piece[d] > self->array->shape[d])
      return TRUE;
  return FALSE;
}

/* A bit of `skipped` says that a filter was not applied to this piece: deflate that would make it
 * larger. */
static gboolean
unpack (Pieces *self, gsize n_packed, GError **error)
{
  g_autofree guint8 *packed = NULL;
  uint32_t skipped = 0;

  if (!may_be_packed (self, n_packed))
    return fail_damaged (error);
  packed = g_malloc (n_packed);
  if (H5Dread_chunk (self->set, H5P_DEFAULT, self->start, &skipped, packed) < 0)
    return pisd_hdf5_fail (_ ("data"), error);
  if (self->has_plain_edges && is_over_the_edge (self))
    skipped = G_MAXUINT32;
  self->is_shuffled = self->n_filters == 2 && (skipped & 1) == 0;
  if ((skipped >> (self->n_filters - 1) & 1) == 0)
    {
      self->bytes = g_malloc (self->size + 1);
      return inflate (self, packed, n_packed, error);
    }
  self->bytes = g_steal_pointer (&packed);
  return n_packed == self->size || fail_damaged (error);
}

/* Elements from one place along an axis to the next. */
static gsize
find_stride (const Pieces *self, guint axis)
{
  gsize stride = 1;

  for (guint d = axis + 1; d < self->array->n_dimensions; d++)
    stride *= self->piece[d];
  return stride;
}

/* As they stand in the file: [n, m] elements of the piece. */
static void
gather (const Pieces *self, gsize n, gsize m, guint8 *raw)
{
  const guint *axes = self->slice->axes;
  const gsize strides[] = { find_stride (self, axes[0]), find_stride (self, axes[1]) };
  const gsize count = self->size / self->element;
  gsize first = 0;

  for (guint d = 0; d < self->array->n_dimensions; d++)
    if (d != axes[0] && d != axes[1])
      first += (self->slice->start[d] - self->start[d]) * find_stride (self, d);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < m; j++)
      {
        const gsize c = first + i * strides[0] + j * strides[1];

        for (gsize b = 0; b < self->element; b++)
          *raw++ = self->bytes[self->is_shuffled ? b * count + c : c * self->element + b];
      }
}

/* What the library reads where there is no piece; it unpacks none for that. */
static gboolean
read_fill (Pieces *self, GError **error)
{
  OWNED (space) space = H5Dget_space (self->set);
  OWNED (space) memory = H5Screate (H5S_SCALAR);
  const hsize_t one[PISD_ARRAY_MAX_DIMENSIONS] = { 1, 1, 1, 1, 1 };

  if (!self->has_fill
      && (H5Sselect_hyperslab (space, H5S_SELECT_SET, self->start, NULL, one, NULL) < 0
          || H5Dread (self->set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &self->fill) < 0))
    return pisd_hdf5_fail (_ ("data"), error);
  self->has_fill = TRUE;
  return TRUE;
}

/* The part of the piece that belongs to the slice goes where it stands there. */
static gboolean
put (const Pieces *self, double *out, GError **error)
{
  const guint p = self->slice->axes[0], q = self->slice->axes[1];
  const gsize *shape = self->array->shape;
  const gsize n = MIN (self->piece[p], shape[p] - self->start[p]);
  const gsize m = MIN (self->piece[q], shape[q] - self->start[q]);
  g_autofree double *part = g_new (double, n *m);

  if (self->bytes != NULL)
    gather (self, n, m, (guint8 *) part);
  if (self->bytes != NULL
      && H5Tconvert (self->type, H5T_NATIVE_DOUBLE, n * m, part, NULL, H5P_DEFAULT) < 0)
    return pisd_hdf5_fail (_ ("data"), error);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < m; j++)
      out[(self->start[p] + i) * shape[q] + self->start[q] + j] =
          self->bytes != NULL ? part[i * m + j] : self->fill;
  return TRUE;
}

/* Of a piece that is not packed, or was never written. */
static gboolean
check_stored (const Pieces *self, gsize n_stored, GError **error)
{
  if (n_stored == 0)
    return self->size <= MAX_EMPTY
           || pisd_error_fail (error, PISD_ERROR_LIMIT,
                               _ ("data: got an empty piece of %zu bytes, expected at most %d"),
                               self->size, MAX_EMPTY);
  return n_stored == self->size || fail_damaged (error);
}

/* What is not packed, the library reads: from the file into its place, piece by piece. */
static gboolean
read_piece (Pieces *self, double *out, GError **error)
{
  hsize_t n_packed;

  g_clear_pointer (&self->bytes, g_free);
  if (!pisd_input_check (self->input, error) || !find_size (self, &n_packed, error))
    return FALSE;
  if (self->n_filters == 0)
    return check_stored (self, n_packed, error);
  if (n_packed == 0)
    return check_stored (self, 0, error) && read_fill (self, error) && put (self, out, error);
  return unpack (self, n_packed, error) && put (self, out, error);
}

gboolean
pisd_hdf5_read_pieces (PisdInput *input,
                       hid_t set,
                       const PisdArray *array,
                       const PisdSlice *slice,
                       double *out,
                       GError **error)
{
  g_auto (Pieces) self = { .input = input, .set = set, .type = -1, .array = array, .slice = slice };
  const guint p = slice->axes[0], q = slice->axes[1];

  if (!pieces_init (&self, error))
    return FALSE;
  for (self.start[p] = 0; self.start[p] < array->shape[p]; self.start[p] += self.piece[p])
    for (self.start[q] = 0; self.start[q] < array->shape[q]; self.start[q] += self.piece[q])
      if (!read_piece (&self, out, error))
        return FALSE;
  return TRUE;
}
