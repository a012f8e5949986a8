/* Bytes of a file that come one after the other: as they stand, or inflated from zlib's form.
 *
 * Errors   PISD_ERROR_IO, FORMAT (too few bytes, or not inflatable), CANCELLED as the input says
 * Threads  one at a time an input */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

typedef struct _PisdStream PisdStream;

/* From `offset` on; `input` has to outlive the stream. */
PisdStream *pisd_stream_new (PisdInput *input, guint64 offset);
/* What the `size` bytes from there hold. */
PisdStream *pisd_stream_new_inflated (PisdInput *input, guint64 offset, guint64 size);
void pisd_stream_free (PisdStream *self); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdStream, pisd_stream_free)

/* The next bytes or a failure; `what` they are is for its message.  self: a PisdStream, as
 * PisdNpyRead wants it. */
gboolean pisd_stream_read (gpointer self,
                           const char *what,
                           void *bytes,
                           gsize size,
                           GError **error);
/* Passes over bytes, which is nothing for a file that is not packed. */
gboolean pisd_stream_skip (gpointer self, guint64 n, GError **error);

G_END_DECLS
