/* Writing of arrays: they are gathered, then packed and saved as one file, in the format that its
 * name asks for: a MATLAB file of version 5 (.mat), one NumPy array (.npy), else NumPy's archive
 * (.npz).  The same arrays give the same bytes.
 *
 * Errors   PISD_ERROR_IO; PISD_ERROR_LIMIT for an array that is too large; PISD_ERROR_SHAPE where
 *          arrays do not make one
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
/* The array that was added last belongs to what a file of one array has: all of these, of one
 * shape, one behind the other.  Without a mark that is the only one there is. */
void pisd_npz_writer_mark (PisdNpzWriter *writer);
/* The archive's comment, in UTF-8, copied: NumPy passes over it, `unzip -z` shows it. */
void pisd_npz_writer_set_comment (PisdNpzWriter *writer, const char *comment);
/* An archive is deflated; whatever it is, it is written to a temporary file, synced, renamed. */
gboolean pisd_npz_writer_save (PisdNpzWriter *writer, const char *path, GError **error);

G_END_DECLS
