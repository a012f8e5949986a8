#include "pisd-slice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"

#define BLOCK (64 * 1024)

gsize
pisd_slice_get_side (guint axis, guint n_dimensions, const gsize *shape)
{
  return axis < n_dimensions ? shape[axis] : 1;
}

static gboolean
check_sides (const gsize sides[2], GError **error)
{
  for (guint k = 0; k < 2; k++)
    {
      const gsize most =
          sides[1 - k] <= PISD_SLICE_MAX_COLUMNS ? PISD_SLICE_MAX_LENGTH : PISD_SLICE_MAX_SIDE;

      if (sides[k] > most)
        return pisd_error_fail (error, PISD_ERROR_LIMIT,
                                _ ("shape: got %zu nodes along a side, expected at most %zu"),
                                sides[k], most);
    }
  return TRUE;
}

gboolean
pisd_slice_check (const PisdSlice *slice, guint n_dimensions, const gsize *shape, GError **error)
{
  const guint last = MAX (slice->axes[0], slice->axes[1]);
  gsize n, sides[2];

  g_return_val_if_fail (slice->axes[0] != slice->axes[1], FALSE);

  if (last >= MAX (n_dimensions, 2) || n_dimensions == 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("shape: got %u dimensions, expected at least %u"), n_dimensions,
                            n_dimensions == 0 ? 1 : last + 1);
  if (!pisd_shape_count (n_dimensions, shape, &n) || !g_size_checked_mul (&n, n, sizeof (double)))
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            _ ("shape: got more elements than 64 bits can count"));
  for (guint k = 0; k < 2; k++)
    sides[k] = pisd_slice_get_side (slice->axes[k], n_dimensions, shape);
  if (!check_sides (sides, error))
    return FALSE;
  for (guint d = 0; d < n_dimensions; d++)
    if (d != slice->axes[0] && d != slice->axes[1] && slice->start[d] >= shape[d])
      return pisd_error_fail (error, PISD_ERROR_RANGE,
                              _ ("index: got %zu, expected 0 to %zu, as the shape has %zu"),
                              slice->start[d], MAX (shape[d], 1) - 1, shape[d]);
  return TRUE;
}

gboolean
pisd_slice_check_again (const PisdSlice *slice,
                        const PisdArray *listed,
                        guint n_dimensions,
                        const gsize *shape,
                        GError **error)
{
  g_autofree char *got = NULL, *expected = NULL;

  if (n_dimensions == listed->n_dimensions
      && memcmp (shape, listed->shape, n_dimensions * sizeof *shape) == 0)
    return pisd_slice_check (slice, n_dimensions, shape, error);
  got = pisd_shape_dup_text (n_dimensions, shape);
  expected = pisd_array_dup_shape (listed);
  return pisd_error_fail (error, PISD_ERROR_SHAPE,
                          _ ("shape: got %s, expected %s: the file has changed"), got, expected);
}

/* Elements between neighbours along an axis. */
static gsize
find_stride (const PisdSliceLayout *layout, guint axis)
{
  gsize stride = 1;

  for (guint d = 0; d < layout->n_dimensions; d++)
    if (layout->is_fortran ? d < axis : d > axis)
      stride *= layout->shape[d];
  return stride;
}

/* Number of the slice's first element in the file. */
static gsize
find_first (const PisdSlice *slice, const PisdSliceLayout *layout)
{
  gsize first = 0;

  for (guint d = 0; d < layout->n_dimensions; d++)
    if (d != slice->axes[0] && d != slice->axes[1])
      first += slice->start[d] * find_stride (layout, d);
  return first;
}

/* A block of the file, behind which the source stands. */
typedef struct
{
  const PisdSliceSource *source;
  guint8 bytes[BLOCK];
  gsize start, end, whole; /* bytes of the array */
} Window;

/* The element at that byte, which lies behind all that were asked for before.  Blocks begin at
 * elements, so that none is cut in two. */
static const guint8 *
reach (Window *window, gsize at, gsize size, GError **error)
{
  const PisdSliceSource *source = window->source;
  gsize n;

  if (at < window->end)
    return window->bytes + (at - window->start);
  n = MIN (BLOCK, window->whole - at) / size * size;
  if (!source->skip (source->source, at - window->end, error)
      || !source->read (source->source, _ ("data"), window->bytes, n, error))
    return NULL;
  window->start = at;
  window->end = at + n;
  return window->bytes;
}

/* Element (i, j) has the number first + i stride_0 + j stride_1; the axis with the larger stride is
 * the outer one, so that the file is read from front to back. */
gboolean
pisd_slice_read (const PisdSlice *slice,
                 const PisdSliceLayout *layout,
                 const PisdSliceSource *source,
                 double *out,
                 GError **error)
{
  const gsize strides[] = { find_stride (layout, slice->axes[0]),
                            find_stride (layout, slice->axes[1]) };
  const guint outer = strides[0] >= strides[1] ? 0 : 1, inner = 1 - outer;
  const gsize n[] = { pisd_slice_get_side (slice->axes[0], layout->n_dimensions, layout->shape),
                      pisd_slice_get_side (slice->axes[1], layout->n_dimensions, layout->shape) };
  const gsize first = find_first (slice, layout), size = layout->type->size;
  g_autofree Window *window = g_new0 (Window, 1);
  gsize count = 0;

  g_return_val_if_fail (pisd_shape_count (layout->n_dimensions, layout->shape, &count), FALSE);

  window->source = source;
  window->whole = count * size;
  for (gsize p = 0; p < n[outer]; p++)
    for (gsize q = 0; q < n[inner]; q++)
      {
        const gsize at = (first + p * strides[outer] + q * strides[inner]) * size;
        const guint8 *bytes = reach (window, at, size, error);

        if (bytes == NULL)
          return FALSE;
        out[outer == 0 ? p * n[1] + q : q * n[1] + p] =
            pisd_element_type_load (layout->type, layout->is_swapped, bytes);
      }
  return TRUE;
}

gboolean
pisd_npy_read_slice (const PisdSliceSource *source,
                     const PisdArray *listed,
                     const PisdSlice *slice,
                     double *out,
                     GError **error)
{
  PisdNpyHeader header;
  PisdSliceLayout layout;

  if (!pisd_npy_read_header (source->read, source->source, &header, error)
      || !pisd_slice_check_again (slice, listed, header.n_dimensions, header.shape, error))
    return FALSE;
  layout = (PisdSliceLayout){ .n_dimensions = header.n_dimensions,
                              .is_fortran = header.fortran_order,
                              .type = header.type,
                              .is_swapped = header.swapped };
  memcpy (layout.shape, header.shape, sizeof layout.shape);
  return pisd_slice_read (slice, &layout, source, out, error);
}
