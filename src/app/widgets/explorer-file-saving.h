/* How what a window shows becomes a file: the dialog that asks which, a copy of it as it is then,
 * which is written while the window goes on, and a toast that says what came of it.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-saver.h"
#include "explorer-toasts.h"

G_BEGIN_DECLS

typedef struct _ExplorerFileSaving ExplorerFileSaving;

/* Borrows both. */
ExplorerFileSaving *explorer_file_saving_new (GtkWindow *window, ExplorerToasts *toasts);
/* What is written goes on; NULL is fine. */
void explorer_file_saving_free (ExplorerFileSaving *saving);
/* `chosen` is told the path, with the window; title, name and patterns as in
 * explorer_files_ask(). */
void explorer_file_saving_ask (ExplorerFileSaving *saving,
                               const char *title,
                               const char *name,
                               const char *const *patterns,
                               void (*chosen) (const char *path, gpointer window));
/* Takes the content, as explorer_saver_save() does. */
void explorer_file_saving_start (ExplorerFileSaving *saving,
                                 const char *path,
                                 ExplorerWrite write,
                                 gpointer content,
                                 GDestroyNotify free);
/* Likewise what is bytes already. */
void explorer_file_saving_start_bytes (ExplorerFileSaving *saving, const char *path, GBytes *bytes);
/* Whether a path is that of a table, by its ending in any case: ".csv". */
gboolean explorer_file_saving_is_table (const char *path);
/* For tests. */
ExplorerSaver *explorer_file_saving_get_saver (ExplorerFileSaving *saving);

G_END_DECLS
