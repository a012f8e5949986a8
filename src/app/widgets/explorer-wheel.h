/* The wheel scrolls the side bar, and changes a number only where that number has the focus. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For widgets that handle the wheel themselves: GtkScale, GtkSpinButton. */
void explorer_wheel_only_with_focus (GtkWidget *widget);

G_END_DECLS
