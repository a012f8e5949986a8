/* Where the linked views stand: one row a field, as many columns as fit, and a line of text
 * below them.
 *
 * Units: pixels. */
#pragma once

#include "explorer-field-rows.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_VIEW_LAYOUT (explorer_view_layout_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerViewLayout,
                      explorer_view_layout,
                      EXPLORER,
                      VIEW_LAYOUT,
                      GtkLayoutManager)

/* line: the widget of the text.  All are borrowed and belong to the widget that is laid out. */
GtkLayoutManager *explorer_view_layout_new (const ExplorerFieldRows *rows,
                                            const ExplorerShown *shown,
                                            GtkWidget *line);

G_END_DECLS
