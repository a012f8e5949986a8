/* The set-up of a session, kept in a file of its own while a person works, so that a crash takes
 * nothing away.
 *
 * Some time after an edit the set-up is written as text (pisd-setup-text), atomically, on a thread
 * of the pool; a regular end removes the file.  Each keeper has its own, which it holds by a lock
 * that the system gives back when the program ends, however it ends: a file without a holder is one
 * of a session that ended otherwise.  What is there of such a session is the one before the last
 * edit, or the one after it, whole.
 *
 * Signals   "found" ()                  a session that did not end regularly can be restored
 *           "failed" (char *message)    one was there, and could not be read; it is removed
 *                                       unless a newer program may read it
 * Threads   main thread only; the workers have copies */
#pragma once

#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_KEEPER (explorer_keeper_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerKeeper, explorer_keeper, EXPLORER, KEEPER, GObject)

/* `delay`: milliseconds from an edit to the file, which the next edits do not prolong.  Nothing is
 * written before the first edit. */
ExplorerKeeper *explorer_keeper_new (ExplorerSession *session, const char *folder, guint delay);
/* Looks for the newest session that nobody holds; what comes of it is a signal, or nothing. */
void explorer_keeper_look (ExplorerKeeper *self);
/* What was found, put into the session: one level of undo.  It is kept until the session's own file
 * has it.  FALSE: there is nothing, or a stroke is held. */
gboolean explorer_keeper_restore (ExplorerKeeper *self);
/* That what was found was made with other weights, in one line; NULL: it was not. */
const char *explorer_keeper_get_warning (ExplorerKeeper *self);
/* The session ends regularly: its file goes, also one that is being written, and what was found
 * goes too. */
void explorer_keeper_end (ExplorerKeeper *self);
/* For tests: the file, once it has been written; NULL before. */
const char *explorer_keeper_get_path (ExplorerKeeper *self);

G_END_DECLS
