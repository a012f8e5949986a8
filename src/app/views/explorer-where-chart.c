#include "explorer-where-chart.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "explorer-type.h"
#include "pisd-draw-expected.h"

#define SMALLEST_WIDTH 200.0

struct _ExplorerWhereChart
{
  ExplorerCharts parent_instance;

  ExplorerWhere *where;

  /* Of the picture kept. */
  gboolean has_answer;
  guint n_sensors;
  double left;
  gboolean is_known[PISD_N_PLACINGS];
  double curves[PISD_N_PLACINGS][EXPLORER_WHERE_CURVE];
};

G_DEFINE_FINAL_TYPE (ExplorerWhereChart, explorer_where_chart, EXPLORER_TYPE_CHARTS)

static void
explorer_where_chart_fill (ExplorerCharts *charts)
{
  ExplorerWhereChart *self = EXPLORER_WHERE_CHART (charts);
  const ExplorerWhereAnswer *answer = explorer_where_get (self->where);

  self->has_answer = answer != NULL;
  if (answer == NULL)
    return;
  self->n_sensors = answer->n_sensors;
  self->left = answer->left;
  for (guint p = 0; p < PISD_N_PLACINGS; p++)
    {
      self->is_known[p] = answer->curves[p] != NULL;
      if (self->is_known[p])
        memcpy (self->curves[p], answer->curves[p], sizeof self->curves[p]);
    }
}

static const double *
get_curve (const ExplorerWhereChart *self, PisdPlacing placing)
{
  return self->is_known[placing] ? self->curves[placing] : NULL;
}

static void
explorer_where_chart_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerWhereChart *self = EXPLORER_WHERE_CHART (charts);
  GtkWidget *widget = GTK_WIDGET (self);
  const PisdBox box = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  const PisdPalette *palette = explorer_charts_get_palette (charts);
  const double type = explorer_type_get_scale (widget);
  const PisdExpected expected = { .n_sensors = self->n_sensors,
                                  .left = self->left,
                                  .n = EXPLORER_WHERE_CURVE,
                                  .best = get_curve (self, PISD_PLACING_BEST),
                                  .random = get_curve (self, PISD_PLACING_RANDOM),
                                  .grid = get_curve (self, PISD_PLACING_GRID) };

  if (!self->has_answer)
    return;
  if (isnan (x))
    pisd_draw_expected (cr, &box, palette, &expected, type);
  else
    pisd_draw_expected_readout (cr, &box, palette, &expected, type, x);
}

static void
explorer_where_chart_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_WHERE_CHART (object)->where);
  G_OBJECT_CLASS (explorer_where_chart_parent_class)->dispose (object);
}

static void
explorer_where_chart_class_init (ExplorerWhereChartClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_where_chart_dispose;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_where_chart_fill;
  charts_class->draw = explorer_where_chart_draw;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "wherechart");
}

static void
explorer_where_chart_init (ExplorerWhereChart *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Expected error with more sensors"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
explorer_where_chart_set_where (ExplorerWhereChart *self, ExplorerWhere *where)
{
  g_return_if_fail (EXPLORER_IS_WHERE_CHART (self) && self->where == NULL);
  self->where = g_object_ref (where);
  g_signal_connect_object (where, "changed", G_CALLBACK (explorer_charts_update), self,
                           G_CONNECT_SWAPPED);
}
