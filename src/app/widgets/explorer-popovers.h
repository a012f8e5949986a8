/* Menus open in sight, also where what they belong to is out of it.
 *
 * GTK 4.8 looks for the monitor on which a popover's anchor lies.  Where a part of the window hangs
 * off the screen with the button on it there is none: it complains, and takes bounds that nobody
 * has set.  Here the anchor is the nearest place in sight for as long as the popover is open and
 * the button out of sight, wherever the window is moved meanwhile.  This is so on X11; other
 * displays place popovers themselves.
 *
 * It also leaves the focus in a menu that has closed, where an item of a submenu was chosen: here
 * it goes to nothing, so that the window's keys work again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For all popovers, GTK's own ones included, once in a program. */
void explorer_popovers_watch (void);

G_END_DECLS
