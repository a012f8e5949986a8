/* A picture of a widget, kept from one drawing to the next.
 *
 * Units: pixels of the widget; the image has the device's. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All zero at first. */
typedef struct
{
  cairo_surface_t *image; /* NULL: stale */
  int width, height, scale;
} ExplorerLayer;

/* A context to draw the whole widget with, on nothing; NULL where the image kept is as large as the
 * widget and still right. */
cairo_t *explorer_layer_begin (ExplorerLayer *layer, GtkWidget *widget);
void explorer_layer_paint (const ExplorerLayer *layer, cairo_t *cr);
/* It will be drawn anew. */
void explorer_layer_forget (ExplorerLayer *layer);

G_END_DECLS
