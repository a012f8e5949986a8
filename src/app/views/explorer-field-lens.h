/* What the pointer does to how a field is seen: zoom, its place in the picture, the divider, and
 * the heading; what the person does becomes signals of the view.
 *
 * Alt and the wheel, and two fingers, zoom about the pointer; the middle button drags what is
 * seen; a divider is dragged, and moved by Alt and an arrow key; a double click on the heading
 * maximises.
 * Units: places in the unit square of the field. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-field-picture.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *view;                     /* borrowed: it holds the lens */
  const ExplorerFieldPicture *picture; /* borrowed */
  double pointer_x, pointer_y;         /* in the widget */
  double pinched;                      /* by two fingers, so far */
  double dragged_x, dragged_y;         /* by the middle button, so far */
  double divider;                      /* where it was when it was taken */
} ExplorerFieldLens;

/* Gives the view its controllers; it must have the signals of ExplorerFieldView. */
void explorer_field_lens_init (ExplorerFieldLens *lens,
                               GtkWidget *view,
                               const ExplorerFieldPicture *picture);

G_END_DECLS
