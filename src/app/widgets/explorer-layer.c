#include "explorer-layer.h"

cairo_t *
explorer_layer_begin (ExplorerLayer *layer, GtkWidget *widget)
{
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const int scale = gtk_widget_get_scale_factor (widget);

  if (layer->image != NULL && width == layer->width && height == layer->height
      && scale == layer->scale)
    return NULL;
  explorer_layer_forget (layer);
  layer->width = width;
  layer->height = height;
  layer->scale = scale;
  layer->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (layer->image, scale, scale);
  return cairo_create (layer->image);
}

void
explorer_layer_paint (const ExplorerLayer *layer, cairo_t *cr)
{
  if (layer->image == NULL)
    return;
  cairo_set_source_surface (cr, layer->image, 0.0, 0.0);
  cairo_paint (cr);
}

void
explorer_layer_forget (ExplorerLayer *layer)
{
  g_clear_pointer (&layer->image, cairo_surface_destroy);
}
