#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-mat.h"

#define HEADER_TEXT "MATLAB 5.0 MAT-file, written by PISD Explorer"
#define TEXT_SIZE 116
#define ALIGNMENT 8
#define TYPE_INT8 1
#define TYPE_INT32 5
#define TYPE_UINT32 6
#define TYPE_DOUBLE 9
#define TYPE_MATRIX 14
#define CLASS_DOUBLE 6
/* MATLAB counts with a sign; names and shapes need some room. */
#define MOST_BYTES (G_MAXINT32 - 65536u)

GByteArray *
pisd_mat_format_header (void)
{
  static const guint8 zeros[8] = { 0 };
  const guint16 version[] = { 0x0100, 'M' << 8 | 'I' };
  GByteArray *file = g_byte_array_new ();
  char text[TEXT_SIZE];

  memset (text, ' ', sizeof text);
  memcpy (text, HEADER_TEXT, strlen (HEADER_TEXT));
  g_byte_array_append (file, (const guint8 *) text, sizeof text);
  g_byte_array_append (file, zeros, sizeof zeros);
  g_byte_array_append (file, (const guint8 *) version, sizeof version);
  return file;
}

/* Its tag, its bytes, and zeros up to a multiple of eight. */
static void
append (GByteArray *file, guint32 type, gconstpointer data, gsize size)
{
  static const guint8 zeros[ALIGNMENT] = { 0 };
  const guint32 tag[] = { type, (guint32) size };

  g_byte_array_append (file, (const guint8 *) tag, sizeof tag);
  if (size > 0)
    g_byte_array_append (file, data, (guint) size);
  g_byte_array_append (file, zeros, (guint) (-size % ALIGNMENT));
}

/* A row of numbers is a matrix of one row, and a number one of one element. */
static guint
fill_shape (const PisdArray *array, gint32 *shape)
{
  guint n = 0;

  for (; n + array->n_dimensions < 2;)
    shape[n++] = 1;
  for (guint d = 0; d < array->n_dimensions; d++)
    shape[n++] = (gint32) array->shape[d];
  return n;
}

static double *
dup_fortran (const PisdArray *array)
{
  const gsize n = pisd_array_get_n (array);
  double *data = g_new (double, MAX (n, 1));

  for (gsize c = 0; c < n; c++)
    data[pisd_shape_fortran_index (array->n_dimensions, array->shape, c)] = array->data[c];
  return data;
}

gboolean
pisd_mat_format_array (GByteArray *file, const PisdArray *array, GError **error)
{
  const gsize n = pisd_array_get_n (array);
  const guint32 flags[] = { CLASS_DOUBLE, 0 };
  gint32 shape[PISD_ARRAY_MAX_DIMENSIONS + 2];
  g_autofree double *data = NULL;
  const guint start = file->len;
  guint32 size;
  guint n_dimensions;

  if (n > (MOST_BYTES - MIN (file->len, MOST_BYTES)) / sizeof (double))
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            _ ("`%s`: got %zu numbers, more than a MATLAB file of version 5 holds"),
                            array->name, n);
  data = dup_fortran (array);
  n_dimensions = fill_shape (array, shape);
  append (file, TYPE_MATRIX, NULL, 0);
  append (file, TYPE_UINT32, flags, sizeof flags);
  append (file, TYPE_INT32, shape, n_dimensions * sizeof *shape);
  append (file, TYPE_INT8, array->name, strlen (array->name));
  append (file, TYPE_DOUBLE, data, n * sizeof *data);
  size = file->len - start - 2 * sizeof size;
  memcpy (file->data + start + sizeof size, &size, sizeof size);
  return TRUE;
}
