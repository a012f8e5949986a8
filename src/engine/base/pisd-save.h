/* Atomic saves: a temporary file beside the target, fsync, rename.  The only way this program
 * writes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces `path` by `size` bytes or leaves it untouched.  Errors: PISD_ERROR_IO with the path. */
gboolean pisd_save_bytes (const char *path, const void *bytes, gsize size, GError **error);

G_END_DECLS
