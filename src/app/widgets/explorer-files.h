/* Which files the window opens, told apart by their ending, and the dialogs that ask for one. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-session.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_FILE_TRUTH,   /* .npz */
  EXPLORER_FILE_SENSORS, /* .csv */
  EXPLORER_FILE_SCENARIO /* .pisd, .ini */
} ExplorerFile;

/* FALSE if no kind of file has that ending. */
gboolean explorer_files_find (const char *path, ExplorerFile *kind);
/* Errors: PISD_ERROR_UNKNOWN (ending); what is wrong inside the file is the session's "failed". */
gboolean explorer_files_open (ExplorerSession *session, const char *path, GError **error);

typedef void (*ExplorerFilesChosen) (const char *path, gpointer data);

/* Shows a dialog; `chosen` is called with the path, or never.  The caller owns the dialog;
 * destroying it withdraws the question.  name: suggested, NULL to open; patterns: NULL-terminated
 * globs. */
GtkNativeDialog *explorer_files_ask (GtkWindow *parent,
                                     const char *title,
                                     const char *name,
                                     const char *const *patterns,
                                     ExplorerFilesChosen chosen,
                                     gpointer data);
const char *explorer_files_get_title (ExplorerFile kind); /* translated */
const char *const *explorer_files_get_patterns (ExplorerFile kind);

G_END_DECLS
