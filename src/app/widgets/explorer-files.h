/* The files that the window opens, told apart by what they hold, and the dialogs that ask for
 * one. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-session.h"
#include "pisd-file-kind.h"

G_BEGIN_DECLS

/* Errors: PISD_ERROR_IO, UNKNOWN (no kind of ours); what is wrong inside a file is the session's
 * "failed". */
gboolean explorer_files_open (ExplorerSession *session, const char *path, GError **error);

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
