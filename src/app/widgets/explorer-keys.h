/* Keys of a window: shortcuts of a single key, and how an entry is left again.
 *
 * Shortcuts act before the focused widget gets the key, but not while somebody types or a menu is
 * open, and Space presses what has the focus where that can be pressed.  Enter that is taken, Esc
 * (which takes back what was typed) and a click beside it leave an entry, so that the next key is
 * a shortcut again; a shortcut that is not possible leaves its key to the focus.  While a button of
 * the pointer is held, no key acts but Esc. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  guint keyval;
  const char *action; /* detailed: "win.step" */
} ExplorerKey;

/* The keys are borrowed as long as the window lives. */
void explorer_keys_install (GtkWindow *window, const ExplorerKey *keys, guint n);
/* What is being typed is taken as with Enter.  FALSE: it cannot be, and its entry is marked. */
gboolean explorer_keys_commit (GtkWindow *window);

/* For the class of a window beside the main one: Ctrl+W closes it, and Esc does what it is told to:
 * "window.close" too; NULL, the window's parent class knows. */
void explorer_keys_bind_close (GtkWidgetClass *widget_class, const char *escape);
/* Likewise: Ctrl+Enter, of either key, and Ctrl+P. */
void explorer_keys_bind_run (GtkWidgetClass *widget_class, const char *start, const char *save);

/* Likewise: Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y; the focused widget has them first, so that an entry
 * keeps its own undo. */
void explorer_keys_bind_undo (GtkWidgetClass *widget_class, const char *undo, const char *redo);

G_END_DECLS
