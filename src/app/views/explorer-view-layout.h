/* Where the linked views stand: a block a field, as large as the widget allows, with the colour
 * bars that their columns share, and a text below them.
 *
 * Units: pixels. */
#pragma once

#include "explorer-field-rows.h"
#include "explorer-packing.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_VIEW_LAYOUT (explorer_view_layout_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerViewLayout,
                      explorer_view_layout,
                      EXPLORER,
                      VIEW_LAYOUT,
                      GtkLayoutManager)

/* text: its widget; where it is hidden its room goes to the views.  All are borrowed and belong to
 * the widget that is laid out. */
GtkLayoutManager *explorer_view_layout_new (ExplorerFieldRows *rows,
                                            const ExplorerShown *shown,
                                            GtkWidget *text);
/* How many columns there may be. */
void explorer_view_layout_set_most (ExplorerViewLayout *self, guint most);
/* One pane alone, as large as there is room for; -1: all of them again. */
void explorer_view_layout_set_only (ExplorerViewLayout *self, int row, ExplorerColumn column);

G_END_DECLS
