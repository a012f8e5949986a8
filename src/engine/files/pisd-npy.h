/* The .npy format of one array: a header in the form of a Python dictionary, then the elements.
 *
 * Read     format versions 1 to 3; float32, float64, int8 to int64, uint8 to uint64, bool; either
 *          byte order or none; C or Fortran order; the lengths of Python 2 (128L)
 * Written  version 1, C order
 * Errors   PISD_ERROR_FORMAT, SHAPE, LIMIT: what, got, expected; the caller adds file and array
 * Source   numpy.lib.format's description of the format
 */
#pragma once

#include "pisd-array.h"
#include "pisd-element-type.h"

G_BEGIN_DECLS

/* What a file begins with. */
#define PISD_NPY_MAGIC "\x93NUMPY"
#define PISD_NPY_MAGIC_SIZE 6

/* What a header says. */
typedef struct
{
  const PisdElementType *type;
  gboolean swapped; /* bytes are not in the machine's order */
  gboolean fortran_order;
  guint n_dimensions;
  gsize shape[PISD_ARRAY_MAX_DIMENSIONS];
  gsize n; /* elements */
} PisdNpyHeader;

/* Reads the next `size` bytes or fails; `what` they are is for its message. */
typedef gboolean (
    *PisdNpyRead) (gpointer source, const char *what, void *bytes, gsize size, GError **error);

gboolean pisd_npy_read_header (PisdNpyRead read,
                               gpointer source,
                               PisdNpyHeader *header,
                               GError **error);
/* For tests: the text of a header alone, not terminated. */
gboolean pisd_npy_parse_header (const char *text,
                                gsize size,
                                PisdNpyHeader *header,
                                GError **error);
gsize pisd_npy_get_element_size (const PisdNpyHeader *header); /* bytes */
/* The elements in C order.  raw: [n] elements as they stand in the file, overwritten; out: [n]. */
void pisd_npy_convert (const PisdNpyHeader *header, guint8 *raw, double *out);

/* A file is one piece of memory that GLib counts in 32 bits: as many numbers, with room for the
 * header. */
#define PISD_NPY_MOST_NUMBERS ((G_MAXUINT - 1024) / sizeof (double))
/* What stands before the elements of a type: "f4", "f8", "i8", in the machine's order. */
GByteArray *pisd_npy_format_header (const char *code, guint n_dimensions, const gsize *shape);
/* A whole .npy file of float64.  Errors: PISD_ERROR_LIMIT. */
GByteArray *pisd_npy_format (guint n_dimensions,
                             const gsize *shape,
                             const double *data,
                             GError **error);

G_END_DECLS
