/* A quiet line over something, which waits to be closed or to be done: explorer_hint_show() reveals
 * it, its button or explorer_hint_hide() take it away.
 *
 * Properties, all write: "text"    (string)   what it says
 *                        "remedy"  (string)   of a button that does something about it; "": none
 *                        "action"  (string)   what that button does, "win.run"
 * Signals:               "toggled" ()         it is shown, or hidden */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_HINT (explorer_hint_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerHint, explorer_hint, EXPLORER, HINT, GtkWidget)

void explorer_hint_show (ExplorerHint *self);
void explorer_hint_hide (ExplorerHint *self);
/* Not seen for as long as something else stands in its place. */
void explorer_hint_give_way (ExplorerHint *self, gboolean gives_way);
gboolean explorer_hint_is_shown (ExplorerHint *self);

G_END_DECLS
