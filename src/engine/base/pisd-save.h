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

/* A file that is written piece by piece, in any order, and takes its name when all is there. */
typedef struct _PisdSaving PisdSaving;

PisdSaving *pisd_saving_new (const char *path, GError **error);
/* Without a commit nothing is left; NULL is fine. */
void pisd_saving_free (PisdSaving *saving);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSaving, pisd_saving_free)

/* The temporary file, for whoever ends the program in between; borrowed. */
const char *pisd_saving_get_temporary (const PisdSaving *saving);
gboolean pisd_saving_write (PisdSaving *saving,
                            guint64 offset,
                            const void *bytes,
                            gsize size,
                            GError **error);
/* Syncs and renames.  On failure the old file is as it was. */
gboolean pisd_saving_commit (PisdSaving *saving, GError **error);

G_END_DECLS
