/* The files that a command reads and writes, in one table, checked before anything runs.
 *
 * Two names are those of one file where device and inode say so (links, other spellings); a file
 * that does not exist yet is known by its folder and its last name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *label; /* "--output" */
  const char *path;  /* NULL: not given */
  gboolean is_written;
  const char *may_replace; /* label of the input that this output may be; NULL: none */
} CliFile;

/* Is every name a name, is no file written that is also read or written otherwise (as standard
 * output too), and can all outputs be written?  Errors: of the command line (CLI_USAGE_ERROR),
 * PISD_ERROR_IO. */
gboolean cli_files_check (const CliFile *files, guint n, GError **error);

G_END_DECLS
