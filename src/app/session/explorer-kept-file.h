/* Files of sessions that are held by whoever writes them: NAME.setup, and beside it NAME.lock,
 * which is locked for as long as its holder lives.
 *
 * Errors   PISD_ERROR_IO
 * Threads  any, one at a time */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ExplorerKeptFile ExplorerKeptFile;

/* A new one, which is not there yet, in a folder that is made where it is not there. */
ExplorerKeptFile *explorer_kept_file_new (const char *folder, GError **error);
/* The newest that nobody holds, now held; NULL: there is none.  Locks without a file are cleared
 * away. */
ExplorerKeptFile *explorer_kept_file_find (const char *folder);
/* Lets it go as it is, for others to find; NULL is fine. */
void explorer_kept_file_free (ExplorerKeptFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerKeptFile, explorer_kept_file_free)
/* The same, and both files are gone; NULL is fine. */
void explorer_kept_file_remove (ExplorerKeptFile *self);
const char *explorer_kept_file_get_path (const ExplorerKeptFile *self);

G_END_DECLS
