/* How large the desktop wants type to be, for widgets that draw their own words. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The size of the widget's font over the usual one: the desktop's font, its text scale and the
 * style sheet are in it. */
double explorer_type_get_scale (GtkWidget *widget);

G_END_DECLS
