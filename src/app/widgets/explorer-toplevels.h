/* What every window of the program does, GTK's and libadwaita's own ones included: its texts open
 * their menus when the right button is let go (explorer-text-menu.h), and it closes its menus
 * before it closes itself.
 *
 * GTK 4.8 forgets neither a menu nor its grab when the window closes under it, as a window manager
 * may ask it to at any time: then no other window would hear of clicks and keys any more. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For all windows that are made from now on, once in a program. */
void explorer_toplevels_watch (void);

G_END_DECLS
