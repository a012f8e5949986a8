/* Files on their way into a session: a thread of the pool reads them, one after the other, while
 * the window answers; the main thread puts what was read into the scenario as it is then.
 *
 * What is opened last wins: it replaces files that are still being read.  Edits made meanwhile
 * stay, each a level of undo, and the file is one more.  A stroke that is held is waited for.
 * Where the equation has become another one, the file's bytes are read anew for it.
 *
 * A file of other people asks what its arrays are: it counts as being read, and what comes behind
 * it waits, until that is answered.
 *
 * Properties: "reading" (string, read)   name of the file being read; NULL: none
 * Signals:    "failed" (char *message)   plain words for a toast; nothing changed
 *             "warned" (char *message)   likewise, of a set-up that was taken all the same
 *             "lesson" ()                a lesson is there to be taken; nothing changed
 *             "question" ()              there is one, or none any more: something else is read
 * Threads:    main thread only; the worker has copies. */
#pragma once

#include "explorer-session.h"

G_BEGIN_DECLS

/* A lesson that is a file. */
#define EXPLORER_LOADER_NO_NUMBER -1

#define EXPLORER_TYPE_LOADER (explorer_loader_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLoader, explorer_loader, EXPLORER, LOADER, GObject)

ExplorerLoader *explorer_loader_new (ExplorerSession *session);
/* NULL-terminated, in this order: a truth and its sensors belong together. */
void explorer_loader_open (ExplorerLoader *self, const char *const *paths);
/* One of pisd-lesson-bundle.h, which is read like a file. */
void explorer_loader_open_lesson (ExplorerLoader *self, guint number);
/* The lesson that was read last, owned, and its number where it comes with the program; NULL: none
 * that is not taken yet. */
PisdLesson *explorer_loader_take_lesson (ExplorerLoader *self, int *number);
/* What waits for an answer, borrowed; NULL: nothing.  And the answer; NULL: the file is not
 * wanted. */
PisdFileQuestion *explorer_loader_get_question (ExplorerLoader *self);
void explorer_loader_answer (ExplorerLoader *self, const PisdReading *reading);
/* What did not come as a file, under a name for messages. */
void explorer_loader_open_bytes (ExplorerLoader *self, const char *name, GBytes *bytes);
/* At once, whatever the worker waits for.  FALSE: nothing was being read. */
gboolean explorer_loader_stop (ExplorerLoader *self);
const char *explorer_loader_get_reading (ExplorerLoader *self); /* the property */
/* For tests: whether a worker is still about, be it with a file that nobody wants any more. */
gboolean explorer_loader_is_at_work (ExplorerLoader *self);

G_END_DECLS
