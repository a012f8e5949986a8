#include "explorer-compare-view.h"

#include <math.h>

#include "explorer-type.h"

#define SMALLEST_WIDTH 640
#define SMALLEST_HEIGHT 360

struct _ExplorerCompareView
{
  ExplorerCharts parent_instance;

  const PisdComparison *comparison;
  PisdComparisonLayout layout; /* as last drawn */
};

enum
{
  FRACTION_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerCompareView, explorer_compare_view, EXPLORER_TYPE_CHARTS)

static void
explorer_compare_view_fill (ExplorerCharts *charts)
{
  ExplorerCompareView *self = EXPLORER_COMPARE_VIEW (charts);
  GtkWidget *widget = GTK_WIDGET (self);
  const PisdBox box = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  if (self->comparison != NULL)
    pisd_comparison_layout_init (&self->layout, self->comparison, &box,
                                 explorer_type_get_scale (widget));
}

static void
explorer_compare_view_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerCompareView *self = EXPLORER_COMPARE_VIEW (charts);
  const PisdPalette *palette = explorer_charts_get_palette (charts);

  if (self->comparison == NULL)
    return;
  if (isnan (x))
    {
      cairo_set_source_rgb (cr, palette->background.r, palette->background.g,
                            palette->background.b);
      cairo_paint (cr);
      pisd_draw_comparison (cr, &self->layout, palette, self->comparison);
    }
  else if (self->comparison->plot_note == NULL)
    pisd_draw_comparison_readout (cr, &self->layout, palette, self->comparison, x);
}

/* Pointer. */

static gboolean
explorer_compare_view_has_place (ExplorerCharts *charts, double x, double y)
{
  const ExplorerCompareView *self = EXPLORER_COMPARE_VIEW (charts);
  const PisdBox *plot = &self->layout.plot;

  return self->comparison != NULL && x >= plot->x - 2.0 && x <= plot->x + plot->width + 2.0
         && y >= plot->y && y <= plot->y + plot->height;
}

/* Along evaluations the methods are not at one part of their runs. */
static void
select_at (ExplorerCompareView *self, double x)
{
  if (self->comparison->axis == PISD_COMPARISON_FRACTION)
    g_signal_emit (self, signals[FRACTION_SELECTED], 0,
                   pisd_comparison_layout_get_fraction (&self->layout, x));
}

static void
on_drag_begin (ExplorerCompareView *self, double x, double y, GtkGesture *gesture)
{
  if (explorer_compare_view_has_place (EXPLORER_CHARTS (self), x, y))
    select_at (self, x);
  else
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (ExplorerCompareView *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y) || self->comparison == NULL)
    return;
  select_at (self, x + dx);
  explorer_charts_point_at (EXPLORER_CHARTS (self), x + dx);
}

static void
add_drag (ExplorerCompareView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
explorer_compare_view_dispose (GObject *object)
{
  EXPLORER_COMPARE_VIEW (object)->comparison = NULL;
  G_OBJECT_CLASS (explorer_compare_view_parent_class)->dispose (object);
}

static void
explorer_compare_view_class_init (ExplorerCompareViewClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_compare_view_dispose;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->smallest_height = SMALLEST_HEIGHT;
  charts_class->fill = explorer_compare_view_fill;
  charts_class->draw = explorer_compare_view_draw;
  charts_class->has_place = explorer_compare_view_has_place;
  signals[FRACTION_SELECTED] =
      g_signal_new ("fraction-selected", EXPLORER_TYPE_COMPARE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
explorer_compare_view_init (ExplorerCompareView *self)
{
  add_drag (self);
  gtk_widget_show (GTK_WIDGET (self));
}

void
explorer_compare_view_show (ExplorerCompareView *self, const PisdComparison *comparison)
{
  g_return_if_fail (EXPLORER_IS_COMPARE_VIEW (self));

  self->comparison = comparison;
  explorer_charts_update (EXPLORER_CHARTS (self));
}

const PisdComparisonLayout *
explorer_compare_view_get_layout (ExplorerCompareView *self)
{
  g_return_val_if_fail (EXPLORER_IS_COMPARE_VIEW (self), NULL);

  return &self->layout;
}
