/* The colour bar of one or several views that share their colours, with a pointer at the value of
 * each under the cross-hair. */
#pragma once

#include "explorer-field-view.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_COLOR_BAR (explorer_color_bar_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerColorBar, explorer_color_bar, EXPLORER, COLOR_BAR, GtkWidget)

#define EXPLORER_COLOR_BAR_MOST 8 /* views */

GtkWidget *explorer_color_bar_new (void);
/* What it explains; borrowed, and they must live as long as the bar does.  across: it lies. */
void explorer_color_bar_set_views (ExplorerColorBar *self,
                                   ExplorerFieldView *const *views,
                                   guint n,
                                   gboolean across);
/* Takes over what the views show, and their values at node (row i, column j); (-1, -1): none. */
void explorer_color_bar_update (ExplorerColorBar *self, int i, int j);
void explorer_color_bar_set_palette (ExplorerColorBar *self, const PisdPalette *palette);
/* The size of the type, 1 for the usual one. */
void explorer_color_bar_set_type (ExplorerColorBar *self, double type);

G_END_DECLS
