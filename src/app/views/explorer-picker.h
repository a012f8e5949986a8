/* The button in the heading of a pane that opens the menu of what it shows. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-draw.h"

G_BEGIN_DECLS

GtkWidget *explorer_picker_new (void);
/* At the end of the heading above the heatmap, or, where that is full, in the corner below it. */
void explorer_picker_allocate (GtkWidget *picker, const PisdBox *heat, gboolean is_crowded);

G_END_DECLS
