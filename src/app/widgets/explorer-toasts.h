/* The toasts of one window, one at a time: what is new replaces what is old.  They are no AdwToast:
 * libadwaita 1.2 crashes where one is dismissed while it appears, and moves it after the layout
 * that it belongs to.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _ExplorerToasts ExplorerToasts;

ExplorerToasts *explorer_toasts_new (GtkOverlay *overlay);
void explorer_toasts_free (ExplorerToasts *toasts); /* NULL is fine */
/* Plain text, wrapped where it is longer than a line; it goes after a while, though not from under
 * the pointer. */
void explorer_toasts_show (ExplorerToasts *toasts, const char *message);
/* What was typed is no number. */
void explorer_toasts_refuse_number (ExplorerToasts *toasts, const char *text);
void explorer_toasts_dismiss (ExplorerToasts *toasts);
/* The newest message, shown or gone; NULL: none yet. */
const char *explorer_toasts_get_last (ExplorerToasts *toasts);

G_END_DECLS
