/* Atomic saves: a temporary file beside the target, fsync, rename.  The only way in which this
 * program writes files.
 *
 * Errors: PISD_ERROR_IO with the path. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Can pisd_save_bytes() write there?  Makes a temporary file and takes it away again, so that
 * an hour of computing need not end with a name that is too long, a device or a folder without
 * permission. */
gboolean pisd_save_check (const char *path, GError **error);

/* Replaces `path` by `size` bytes or leaves it untouched. */
gboolean pisd_save_bytes (const char *path, const void *bytes, gsize size, GError **error);

G_END_DECLS
