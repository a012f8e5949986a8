#include "explorer-compare-view.h"

#include <math.h>

#include "explorer-layer.h"
#include "explorer-type.h"

#define SMALLEST_WIDTH 640
#define SMALLEST_HEIGHT 360

struct _ExplorerCompareView
{
  GtkWidget parent_instance;

  const PisdComparison *comparison;
  const PisdPalette *palette;
  PisdComparisonLayout layout; /* as last drawn */
  ExplorerLayer layer;         /* everything but the read-out */
  double pointed;              /* x under the pointer; NaN: outside the plot */
};

enum
{
  FRACTION_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerCompareView, explorer_compare_view, GTK_TYPE_WIDGET)

static void
forget_layer (ExplorerCompareView *self)
{
  explorer_layer_forget (&self->layer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_layer (ExplorerCompareView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const PisdBox box = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  cairo_t *cr = explorer_layer_begin (&self->layer, widget);

  if (cr == NULL)
    return;
  cairo_set_source_rgb (cr, self->palette->background.r, self->palette->background.g,
                        self->palette->background.b);
  cairo_paint (cr);
  pisd_comparison_layout_init (&self->layout, self->comparison, &box,
                               explorer_type_get_scale (widget));
  pisd_draw_comparison (cr, &self->layout, self->palette, self->comparison);
  cairo_destroy (cr);
}

static void
explorer_compare_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerCompareView *self = EXPLORER_COMPARE_VIEW (widget);
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr;

  if (self->comparison == NULL || bounds.size.width < 1 || bounds.size.height < 1)
    return;
  update_layer (self);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_layer_paint (&self->layer, cr);
  if (!isnan (self->pointed) && self->comparison->plot_note == NULL)
    pisd_draw_comparison_readout (cr, &self->layout, self->palette, self->comparison,
                                  self->pointed);
  cairo_destroy (cr);
}

static void
explorer_compare_view_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : SMALLEST_HEIGHT;
  *natural = *minimum;
}

static void
explorer_compare_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (explorer_compare_view_parent_class)->css_changed (widget, change);
  forget_layer (EXPLORER_COMPARE_VIEW (widget)); /* the size of the type */
}

/* Pointer. */

static gboolean
is_in_plot (ExplorerCompareView *self, double x, double y)
{
  const PisdBox *plot = &self->layout.plot;

  return self->comparison != NULL && x >= plot->x - 2.0 && x <= plot->x + plot->width + 2.0
         && y >= plot->y && y <= plot->y + plot->height;
}

static void
point_at (ExplorerCompareView *self, double x)
{
  self->pointed = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (ExplorerCompareView *self, double x, double y)
{
  point_at (self, is_in_plot (self, x, y) ? x : NAN);
}

static void
on_leave (ExplorerCompareView *self)
{
  point_at (self, NAN);
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
  if (is_in_plot (self, x, y))
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
  point_at (self, x + dx);
}

static void
add_controllers (ExplorerCompareView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
explorer_compare_view_dispose (GObject *object)
{
  ExplorerCompareView *self = EXPLORER_COMPARE_VIEW (object);

  explorer_layer_forget (&self->layer);
  self->comparison = NULL;
  G_OBJECT_CLASS (explorer_compare_view_parent_class)->dispose (object);
}

static void
explorer_compare_view_class_init (ExplorerCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_compare_view_dispose;
  widget_class->snapshot = explorer_compare_view_snapshot;
  widget_class->measure = explorer_compare_view_measure;
  widget_class->css_changed = explorer_compare_view_css_changed;
  signals[FRACTION_SELECTED] =
      g_signal_new ("fraction-selected", EXPLORER_TYPE_COMPARE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
explorer_compare_view_init (ExplorerCompareView *self)
{
  self->pointed = NAN;
  self->palette = pisd_palette_get (FALSE);
  add_controllers (self);
}

void
explorer_compare_view_show (ExplorerCompareView *self, const PisdComparison *comparison)
{
  g_return_if_fail (EXPLORER_IS_COMPARE_VIEW (self));

  self->comparison = comparison;
  forget_layer (self);
}

void
explorer_compare_view_set_palette (ExplorerCompareView *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_COMPARE_VIEW (self) && palette != NULL);

  self->palette = palette;
  forget_layer (self);
}

const PisdComparisonLayout *
explorer_compare_view_get_layout (ExplorerCompareView *self)
{
  g_return_val_if_fail (EXPLORER_IS_COMPARE_VIEW (self), NULL);

  return &self->layout;
}
