#include "explorer-charts.h"

#include <math.h>

#include "explorer-layer.h"
#include "explorer-type.h"

/* With type of the usual size; as high as the run's curves. */
#define SMALLEST_HEIGHT 118.0
#define NATURAL_HEIGHT 180.0
/* A chart of its own for every field needs so much. */
#define FIELD_WIDTH 300.0

typedef struct
{
  const PisdPalette *palette;
  ExplorerLayer layer; /* everything but the read-out */
  double pointed;      /* x under the pointer; NaN: outside */
} ExplorerChartsPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ExplorerCharts, explorer_charts, GTK_TYPE_WIDGET)

static ExplorerChartsPrivate *
get_private (ExplorerCharts *self)
{
  return explorer_charts_get_instance_private (self);
}

/* Drawing. */

static void
update_layer (ExplorerCharts *self)
{
  ExplorerChartsClass *klass = EXPLORER_CHARTS_GET_CLASS (self);
  cairo_t *cr = explorer_layer_begin (&get_private (self)->layer, GTK_WIDGET (self));

  if (cr == NULL)
    return;
  if (klass->fill != NULL)
    klass->fill (self);
  klass->draw (self, cr, NAN);
  cairo_destroy (cr);
}

static void
explorer_charts_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerCharts *self = EXPLORER_CHARTS (widget);
  const ExplorerChartsPrivate *priv = get_private (self);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) width, (float) height);
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  update_layer (self);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_layer_paint (&priv->layer, cr);
  if (!isnan (priv->pointed))
    EXPLORER_CHARTS_GET_CLASS (self)->draw (self, cr, priv->pointed);
  cairo_destroy (cr);
}

static void
explorer_charts_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  const ExplorerChartsClass *klass = EXPLORER_CHARTS_GET_CLASS (widget);
  const double type = explorer_type_get_scale (widget);

  *minimum = *natural = (int) (orientation == GTK_ORIENTATION_HORIZONTAL ? klass->smallest_width
                                                                         : klass->smallest_height);
  if (*minimum > 0)
    return;
  *minimum = (int) (SMALLEST_HEIGHT * type);
  *natural = (int) (NATURAL_HEIGHT * type);
}

static void
explorer_charts_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (explorer_charts_parent_class)->css_changed (widget, change);
  explorer_charts_update (EXPLORER_CHARTS (widget)); /* the size of the type */
}

/* Pointer. */

static void
on_motion (ExplorerCharts *self, double x, double y)
{
  const ExplorerChartsClass *klass = EXPLORER_CHARTS_GET_CLASS (self);

  explorer_charts_point_at (self,
                            klass->has_place == NULL || klass->has_place (self, x, y) ? x : NAN);
}

static void
on_leave (ExplorerCharts *self)
{
  explorer_charts_point_at (self, NAN);
}

static void
add_motion (ExplorerCharts *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/* Life. */

static void
explorer_charts_dispose (GObject *object)
{
  explorer_layer_forget (&get_private (EXPLORER_CHARTS (object))->layer);
  G_OBJECT_CLASS (explorer_charts_parent_class)->dispose (object);
}

static void
explorer_charts_class_init (ExplorerChartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_charts_dispose;
  widget_class->snapshot = explorer_charts_snapshot;
  widget_class->measure = explorer_charts_measure;
  widget_class->css_changed = explorer_charts_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
explorer_charts_init (ExplorerCharts *self)
{
  ExplorerChartsPrivate *priv = get_private (self);

  priv->palette = pisd_palette_get (FALSE);
  priv->pointed = NAN;
  add_motion (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
explorer_charts_set_palette (ExplorerCharts *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_CHARTS (self) && palette != NULL);
  get_private (self)->palette = palette;
  explorer_charts_update (self);
}

const PisdPalette *
explorer_charts_get_palette (ExplorerCharts *self)
{
  g_return_val_if_fail (EXPLORER_IS_CHARTS (self), NULL);
  return get_private (self)->palette;
}

void
explorer_charts_update (ExplorerCharts *self)
{
  g_return_if_fail (EXPLORER_IS_CHARTS (self));
  explorer_layer_forget (&get_private (self)->layer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_charts_point_at (ExplorerCharts *self, double x)
{
  g_return_if_fail (EXPLORER_IS_CHARTS (self));
  get_private (self)->pointed = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_charts_choose_fields (ExplorerCharts *self,
                               guint n,
                               guint pointed,
                               guint *first,
                               guint *n_shown)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));

  g_return_if_fail (EXPLORER_IS_CHARTS (self));
  *first = 0;
  *n_shown = MAX (1, n);
  if (width >= *n_shown * FIELD_WIDTH * explorer_type_get_scale (GTK_WIDGET (self)))
    return;
  *first = MIN (pointed, *n_shown - 1);
  *n_shown = 1;
}

double
explorer_charts_get_pointed (ExplorerCharts *self)
{
  g_return_val_if_fail (EXPLORER_IS_CHARTS (self), NAN);
  return get_private (self)->pointed;
}
