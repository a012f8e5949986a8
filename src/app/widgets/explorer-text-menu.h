/* The menu of a text (cut, copy, paste), or of a label whose words can be selected, opens when the
 * right button is let go.
 *
 * GTK opens it at the press.  Then the menu takes the pointer while the button is down, the release
 * is counted in the menu where the press was not, and GTK 4.8 warns of a "broken accounting of
 * active state". */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For all texts below `root`: a window, or a popover, which has its events to itself. */
void explorer_text_menu_install (GtkWidget *root);

G_END_DECLS
