/* Shortcuts of a single key, which act only while nobody is typing. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  guint keyval;
  const char *action; /* detailed: "win.step" */
} ExplorerKey;

/* Before the focused widget gets the key, so that Space runs and pauses also when a button has the
 * focus; entries and open menus keep their keys. */
void explorer_keys_install (GtkWindow *window, const ExplorerKey *keys, guint n);

G_END_DECLS
