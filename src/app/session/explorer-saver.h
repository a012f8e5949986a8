/* Files on their way to the disk: a thread of the pool writes them, one after the other and in the
 * order in which they were asked for, while the window answers.
 *
 * What has no cancel is written to its end, also when the window is closed meanwhile: the program
 * waits for it.
 *
 * Properties: "writing" (string, read)   name of the file being written; NULL: none
 * Signals:    "saved" (char *name)
 *             "failed" (char *message)   plain words for a toast; not of what was stopped
 * Threads:    main thread only. */
#pragma once

#include <gio/gio.h>

#include "pisd-cancel.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SAVER (explorer_saver_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSaver, explorer_saver, EXPLORER, SAVER, GObject)

/* Called by the thread. */
typedef gboolean (*ExplorerWrite) (gpointer content, const char *path, GError **error);

ExplorerSaver *explorer_saver_new (void);
/* Takes the content, which nobody changes any more; any thread may free it.  cancel: what `write`
 * looks at, kept by reference; NULL: nothing. */
void explorer_saver_save (ExplorerSaver *self,
                          const char *path,
                          ExplorerWrite write,
                          gpointer content,
                          GDestroyNotify free,
                          PisdCancel *cancel);
/* Stops all that has a cancel.  FALSE: nothing has one, or all of that stops already. */
gboolean explorer_saver_stop (ExplorerSaver *self);
const char *explorer_saver_get_writing (ExplorerSaver *self); /* the property */

G_END_DECLS
