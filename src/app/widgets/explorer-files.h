/* The dialogs that ask for a file. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-file-kind.h"

G_BEGIN_DECLS

typedef void (*ExplorerFilesChosen) (const char *path, gpointer data);

/* Shows a dialog; `chosen` is called with the path, or never.  The caller owns the dialog;
 * destroying it withdraws the question.  name: suggested, NULL to open; patterns: NULL-terminated
 * globs, beside which any file can be opened. */
GtkNativeDialog *explorer_files_ask (GtkWindow *parent,
                                     const char *title,
                                     const char *name,
                                     const char *const *patterns,
                                     ExplorerFilesChosen chosen,
                                     gpointer data);
const char *explorer_files_get_title (PisdFileKind kind); /* translated */

G_END_DECLS
