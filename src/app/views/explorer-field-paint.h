/* Draws what a view shows of one field, from what is kept of it. */
#pragma once

#include "explorer-field-picture.h"

G_BEGIN_DECLS

/* Draws all of the widget. */
void explorer_field_picture_draw (ExplorerFieldPicture *picture,
                                  cairo_t *cr,
                                  const PisdPanelLayout *layout,
                                  GtkWidget *widget);
/* Writes value and place of a node beside the title. */
void explorer_field_picture_draw_readout (const ExplorerFieldPicture *picture,
                                          cairo_t *cr,
                                          const PisdPanelLayout *layout,
                                          int i,
                                          int j);

G_END_DECLS
