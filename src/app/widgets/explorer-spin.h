/* Spin buttons of the side bar: they read a point and a comma, say so where a number does not fit
 * instead of changing it, and leave the wheel alone while the focus is elsewhere. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void explorer_spin_install (GtkWidget *spin);
/* Takes what is typed, as Enter does; FALSE where it is refused: then that is said, and the old
 * number is back. */
gboolean explorer_spin_take (GtkWidget *spin);

G_END_DECLS
