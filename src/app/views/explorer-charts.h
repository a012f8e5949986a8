/* Charts that fill a widget: made anew when what they show has changed, painted as they are
 * otherwise, with a read-out at the pointer.
 *
 * A subclass collects what is shown and draws it; everything between is here. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-draw.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_CHARTS (explorer_charts_get_type ())
G_DECLARE_DERIVABLE_TYPE (ExplorerCharts, explorer_charts, EXPLORER, CHARTS, GtkWidget)

struct _ExplorerChartsClass
{
  GtkWidgetClass parent_class;

  double smallest_width;  /* pixels */
  double smallest_height; /* pixels; 0: as high as the run's curves, which follow the type */
  /* Collects what draw() shows; NULL: it is there. */
  void (*fill) (ExplorerCharts *self);
  /* All charts where x is NaN, else the read-out of the one at x. */
  void (*draw) (ExplorerCharts *self, cairo_t *cr, double x);
  /* Whether something may be read there; NULL: everywhere. */
  gboolean (*has_place) (ExplorerCharts *self, double x, double y);
};

void explorer_charts_set_palette (ExplorerCharts *self, const PisdPalette *palette);
const PisdPalette *explorer_charts_get_palette (ExplorerCharts *self);
/* They show something else: they are made anew when they are drawn next. */
void explorer_charts_update (ExplorerCharts *self);
/* The read-out stands there, wherever the pointer is; NaN: nowhere. */
void explorer_charts_point_at (ExplorerCharts *self, double x);
/* Of n fields those that have room for a chart of their own beside one another: all, or the pointed
 * one alone. */
void explorer_charts_choose_fields (ExplorerCharts *self,
                                    guint n,
                                    guint pointed,
                                    guint *first,
                                    guint *n_shown);

/* For tests: the place under the pointer, in the widget's own coordinates; NaN: none. */
double explorer_charts_get_pointed (ExplorerCharts *self);

G_END_DECLS
