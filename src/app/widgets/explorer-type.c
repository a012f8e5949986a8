#include "explorer-type.h"

/* Pixels: ten points at 96 dots an inch, GTK's font where no desktop has set one. */
static const double usual_size = 10.0 * 96.0 / 72.0;

double
explorer_type_get_scale (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;
  return size > 0.0 ? size / usual_size : 1.0;
}
