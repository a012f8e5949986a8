/* Work on a thread of GLib's pool, during which neither the program nor the object that it is for
 * goes away.
 *
 * Threads: `run` on the pool's, everything else on the main thread. */
#pragma once

#include <gio/gio.h>

#include "pisd-cancel.h"

G_BEGIN_DECLS

/* FALSE with an error where it fails. */
typedef gboolean (*ExplorerBackgroundRun) (gpointer work, GError **error);
/* Over: the task holds what `run` returned, for g_task_propagate_boolean(). */
typedef void (*ExplorerBackgroundDone) (gpointer owner, GTask *task);

/* Takes the work, which is freed with the task. */
GTask *explorer_background_start (gpointer owner,
                                  gpointer work,
                                  GDestroyNotify free_work,
                                  ExplorerBackgroundRun run,
                                  ExplorerBackgroundDone done);
/* The same of long work that another window wants: see explorer-yielding.h. */
GTask *explorer_background_start_yielding (gpointer owner,
                                           gpointer work,
                                           GDestroyNotify free_work,
                                           ExplorerBackgroundRun run,
                                           ExplorerBackgroundDone done);
gpointer explorer_background_get_work (GTask *task); /* borrowed */
/* Whether `run` has returned; waits for that, but not beyond that time of the monotonic clock. */
gboolean explorer_background_wait (GTask *task, gint64 until);
/* Gives it up: `run`, which has copies, hears that it is to stop, and what it brings is dropped.
 * Both are NULL afterwards, and may be before. */
void explorer_background_forget (GTask **task, PisdCancel **cancel);

G_END_DECLS
