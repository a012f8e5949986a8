/* Writing of NumPy's .npz archives that are too large for memory: every array's shape is said
 * first, then their elements are appended, now to one, now to another.  The same arrays give the
 * same bytes.
 *
 * Members are stored, not deflated, and with 64-bit sizes, so that their places are known
 * beforehand.
 *
 * Errors   PISD_ERROR_IO
 * Threads  one at a time
 * Source   PKWARE's APPNOTE.TXT 6.3.4, sections 4.3 and 4.5.3; pisd-npy.h */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdNpzStream PisdNpzStream;

PisdNpzStream *pisd_npz_stream_new (const char *path, GError **error);
/* Of one that was not finished nothing is left; NULL is fine. */
void pisd_npz_stream_free (PisdNpzStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNpzStream, pisd_npz_stream_free)

/* The file that is being written, as in pisd_saving_get_temporary(). */
const char *pisd_npz_stream_get_temporary (const PisdNpzStream *stream);

/* One more array, before the first elements: "f4" or "i8" of that shape, C order; its number. */
guint pisd_npz_stream_add (PisdNpzStream *stream,
                           const char *name,
                           const char *code,
                           guint n_dimensions,
                           const gsize *shape);
/* The next elements of array number `array`. */
gboolean pisd_npz_stream_append (PisdNpzStream *stream,
                                 guint array,
                                 const void *elements,
                                 gsize n_bytes,
                                 GError **error);
/* Once all elements are there.  comment: the archive's, in UTF-8. */
gboolean pisd_npz_stream_finish (PisdNpzStream *stream, const char *comment, GError **error);

G_END_DECLS
