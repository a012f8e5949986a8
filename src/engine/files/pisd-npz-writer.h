/* Writing of NumPy's .npz archives: arrays are gathered, then packed and saved as one file.
 * The same arrays give the same bytes.
 *
 * Errors   PISD_ERROR_IO; PISD_ERROR_LIMIT for an array that is too large
 * Threads  one at a time */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdNpzWriter PisdNpzWriter;

PisdNpzWriter *pisd_npz_writer_new (void);
void pisd_npz_writer_free (PisdNpzWriter *writer); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNpzWriter, pisd_npz_writer_free)

/* float64, C order; `data` is copied.  What is too large is said when the archive is saved. */
void pisd_npz_writer_add (PisdNpzWriter *writer,
                          const char *name,
                          guint n_dimensions,
                          const gsize *shape,
                          const double *data);
/* The archive's comment, in UTF-8, copied: NumPy passes over it, `unzip -z` shows it. */
void pisd_npz_writer_set_comment (PisdNpzWriter *writer, const char *comment);
/* Deflated, written to a temporary file, synced, renamed. */
gboolean pisd_npz_writer_save (PisdNpzWriter *writer, const char *path, GError **error);

G_END_DECLS
