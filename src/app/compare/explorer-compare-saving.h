/* How a comparison's picture becomes a file: the dialog that asks which, a copy of the picture as
 * it is then, which is written while the window goes on, and a toast that says what came of it.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-compare-picture.h"
#include "explorer-saver.h"
#include "explorer-toasts.h"

G_BEGIN_DECLS

typedef struct _ExplorerCompareSaving ExplorerCompareSaving;

/* Borrows both. */
ExplorerCompareSaving *explorer_compare_saving_new (GtkWindow *window, ExplorerToasts *toasts);
/* What is written goes on; NULL is fine. */
void explorer_compare_saving_free (ExplorerCompareSaving *saving);
/* `chosen` is told the path, with the window. */
void explorer_compare_saving_ask (ExplorerCompareSaving *saving,
                                  void (*chosen) (const char *path, gpointer window));
/* As .png, .svg or .pdf; .png where the path has no ending. */
void explorer_compare_saving_start (ExplorerCompareSaving *saving,
                                    ExplorerComparePicture *picture,
                                    const PisdPalette *palette,
                                    const char *path);
/* For tests. */
ExplorerSaver *explorer_compare_saving_get_saver (ExplorerCompareSaving *saving);

G_END_DECLS
