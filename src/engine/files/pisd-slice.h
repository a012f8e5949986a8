/* One slice of an array that stands in a file, element after element: two axes of it, the others at
 * one place each; nothing but the slice is kept in memory.
 *
 * Shapes   out [shape[axes[0]], shape[axes[1]]], rows first, whatever order the file has; an array
 *          of one dimension has a second one of length 1
 * Errors   PISD_ERROR_LIMIT for a side that is too long; those of the bytes' source */
#pragma once

#include "pisd-array.h"
#include "pisd-element-type.h"
#include "pisd-npy.h"

G_BEGIN_DECLS

/* Nodes along a side of a slice: more are refused before memory is taken. */
#define PISD_SLICE_MAX_SIDE 2048
/* A table of so few columns, or rows, may be so long. */
#define PISD_SLICE_MAX_COLUMNS 8
#define PISD_SLICE_MAX_LENGTH (1 << 20)

typedef struct
{
  guint axes[2];                          /* of rows and of columns */
  gsize start[PISD_ARRAY_MAX_DIMENSIONS]; /* places on the other axes */
} PisdSlice;

/* How elements stand in a file. */
typedef struct
{
  guint n_dimensions;
  gsize shape[PISD_ARRAY_MAX_DIMENSIONS];
  gboolean is_fortran; /* the first index varies fastest */
  const PisdElementType *type;
  gboolean is_swapped;
} PisdSliceLayout;

/* Where the elements come from, the first one next. */
typedef struct
{
  PisdNpyRead read;
  gboolean (*skip) (gpointer source, guint64 n, GError **error);
  gpointer source;
} PisdSliceSource;

/* Length of an axis, 1 behind the last. */
gsize pisd_slice_get_side (guint axis, guint n_dimensions, const gsize *shape);
/* Whether the array has such a slice, of sides that may be read.  Errors: PISD_ERROR_SHAPE, LIMIT,
 * RANGE. */
gboolean pisd_slice_check (const PisdSlice *slice,
                           guint n_dimensions,
                           const gsize *shape,
                           GError **error);
/* The same of what a file says now: room was made for the shape that it was listed with. */
gboolean pisd_slice_check_again (const PisdSlice *slice,
                                 const PisdArray *listed,
                                 guint n_dimensions,
                                 const gsize *shape,
                                 GError **error);
/* The slice must have been checked. */
gboolean pisd_slice_read (const PisdSlice *slice,
                          const PisdSliceLayout *layout,
                          const PisdSliceSource *source,
                          double *out,
                          GError **error);

/* The same of a whole .npy file or member, header first, which must be as it was listed. */
gboolean pisd_npy_read_slice (const PisdSliceSource *source,
                              const PisdArray *listed,
                              const PisdSlice *slice,
                              double *out,
                              GError **error);

G_END_DECLS
