/* Reading and writing of NumPy's .npz archives of .npy arrays (format versions 1 to 3).
 * Source: numpy.lib.format's description of the format; archives through libzip. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_NPZ_MAX_DIMENSIONS 4

/* An array of doubles in C order, whatever the file's element type and order were. */
typedef struct
{
  char *name; /* without .npy */
  guint n_dimensions;
  gsize shape[PISD_NPZ_MAX_DIMENSIONS];
  double *data;
} PisdArray;

gsize pisd_array_get_n (const PisdArray *array);
/* "128x128" */
char *pisd_array_dup_shape (const PisdArray *array);
void pisd_array_free (PisdArray *array);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdArray, pisd_array_free)

/* All arrays with the given names (NULL-terminated), in that order; other members are not even
 * inflated.  Accepts float32, float64, int32, int64, uint8 and bool, either byte order, C or
 * Fortran order. An array may hold at most `max_elements`; nothing larger is ever allocated (zip
 * bombs). Errors: PISD_ERROR_IO, FORMAT, SHAPE, LIMIT: file, array, got, expected. */
GPtrArray *pisd_npz_read (const char *path,
                          const char *const *names,
                          gsize max_elements,
                          GError **error);

/* One row an array of the archive, without its data: for `pisd info`. */
GPtrArray *pisd_npz_list (const char *path, GError **error); /* of PisdArray with data NULL */

typedef struct _PisdNpzWriter PisdNpzWriter;

PisdNpzWriter *pisd_npz_writer_new (void);
void pisd_npz_writer_free (PisdNpzWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNpzWriter, pisd_npz_writer_free)
/* float64, C order; `data` is copied. */
void pisd_npz_writer_add (PisdNpzWriter *writer,
                          const char *name,
                          guint n_dimensions,
                          const gsize *shape,
                          const double *data);
/* Deflated, written to a temporary file, synced, renamed. */
gboolean pisd_npz_writer_save (PisdNpzWriter *writer, const char *path, GError **error);

G_END_DECLS
