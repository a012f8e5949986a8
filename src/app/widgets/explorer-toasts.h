/* The toasts of one window, one at a time: what is new replaces what is old.
 *
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _ExplorerToasts ExplorerToasts;

ExplorerToasts *explorer_toasts_new (AdwToastOverlay *overlay); /* borrowed: it lives longer */
void explorer_toasts_free (ExplorerToasts *toasts);             /* NULL is fine */
/* Plain text, wrapped where it is longer than a line. */
void explorer_toasts_show (ExplorerToasts *toasts, const char *message);
/* What was typed is no number. */
void explorer_toasts_refuse_number (ExplorerToasts *toasts, const char *text);
void explorer_toasts_dismiss (ExplorerToasts *toasts); /* not before it is in its place */
/* The newest message, shown or gone; NULL: none yet. */
const char *explorer_toasts_get_last (ExplorerToasts *toasts);

G_END_DECLS
