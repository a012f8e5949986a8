/* A popover that is there for one opening: made, shown, closed and gone.
 *
 * GTK 4.8 keeps in mind which widget the pointer is over, and asks that one for its surface when
 * the window is next laid out.  A popover that was removed meanwhile has none, and the program
 * crashes.  So this one stays, closed, until the pointer is said to be elsewhere. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `popover` becomes a child of `parent`, until it has closed or `parent` is destroyed. */
void explorer_passing_popover_attach (GtkWidget *popover, GtkWidget *parent);

G_END_DECLS
