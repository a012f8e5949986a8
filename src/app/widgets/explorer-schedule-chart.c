#include "explorer-schedule-chart.h"

#include <glib/gi18n.h>

#include "explorer-layer.h"
#include "explorer-palette.h"
#include "explorer-type.h"
#include "pisd-draw-schedule.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 180.0
#define HEIGHT 150.0

struct _ExplorerScheduleChart
{
  GtkWidget parent_instance;

  PisdSettings settings; /* steps 0: none yet */
  ExplorerLayer layer;
};

G_DEFINE_FINAL_TYPE (ExplorerScheduleChart, explorer_schedule_chart, GTK_TYPE_WIDGET)

static void
forget_layer (ExplorerScheduleChart *self)
{
  explorer_layer_forget (&self->layer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
explorer_schedule_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerScheduleChart *self = EXPLORER_SCHEDULE_CHART (widget);
  const PisdBox box = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) box.width, (float) box.height);
  cairo_t *cr;

  if (box.width < 1.0 || box.height < 1.0 || self->settings.steps == 0)
    return;
  cr = explorer_layer_begin (&self->layer, widget);
  if (cr != NULL)
    pisd_draw_schedules (cr, &box, explorer_palette_get (), &self->settings,
                         explorer_type_get_scale (widget));
  g_clear_pointer (&cr, cairo_destroy);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_layer_paint (&self->layer, cr);
  cairo_destroy (cr);
}

static void
explorer_schedule_chart_measure (GtkWidget *widget,
                                 GtkOrientation orientation,
                                 int for_size,
                                 int *minimum,
                                 int *natural,
                                 int *minimum_baseline,
                                 int *natural_baseline)
{
  *minimum = *natural =
      (int) (orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH
                                                       : HEIGHT * explorer_type_get_scale (widget));
}

static void
explorer_schedule_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (explorer_schedule_chart_parent_class)->css_changed (widget, change);
  forget_layer (EXPLORER_SCHEDULE_CHART (widget)); /* the size of the type */
  gtk_widget_queue_resize (widget);
}

static void
explorer_schedule_chart_finalize (GObject *object)
{
  explorer_layer_forget (&EXPLORER_SCHEDULE_CHART (object)->layer);
  G_OBJECT_CLASS (explorer_schedule_chart_parent_class)->finalize (object);
}

static void
explorer_schedule_chart_class_init (ExplorerScheduleChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = explorer_schedule_chart_finalize;
  widget_class->snapshot = explorer_schedule_chart_snapshot;
  widget_class->measure = explorer_schedule_chart_measure;
  widget_class->css_changed = explorer_schedule_chart_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
explorer_schedule_chart_init (ExplorerScheduleChart *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Noise levels of the run"), -1);
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (forget_layer));
}

/* Whether both have the same levels, churn's too. */
static gboolean
look_alike (const PisdSettings *a, const PisdSettings *b)
{
  return a->steps == b->steps && a->schedule == b->schedule && a->sigma_min == b->sigma_min
         && a->sigma_max == b->sigma_max && a->rho == b->rho && a->sampler == b->sampler
         && a->churn.amount == b->churn.amount && a->churn.from == b->churn.from
         && a->churn.to == b->churn.to;
}

void
explorer_schedule_chart_set_settings (ExplorerScheduleChart *self, const PisdSettings *settings)
{
  g_return_if_fail (EXPLORER_IS_SCHEDULE_CHART (self) && settings != NULL);

  if (look_alike (&self->settings, settings))
    return;
  self->settings = *settings;
  forget_layer (self);
}
