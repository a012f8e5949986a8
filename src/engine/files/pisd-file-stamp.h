/* What tells whether a file is still the one that was read.
 *
 * Threads: everything may be called from any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 size, number;  /* bytes, and of the inode */
  gint64 seconds, nanos; /* when it was changed */
} PisdFileStamp;

/* FALSE, stamp zero: there is no regular file, and nothing that can be read again. */
gboolean pisd_file_stamp_init (PisdFileStamp *stamp, const char *path);
gboolean pisd_file_stamp_equal (const PisdFileStamp *a, const PisdFileStamp *b);

G_END_DECLS
