#include "explorer-training-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-lab-title.h"
#include "explorer-type.h"

#define MARGIN 8.0 /* between function, target and error */

struct _ExplorerTrainingChart
{
  ExplorerCharts parent_instance;

  PisdTrainingChart chart;
  const PisdTrainingLook *look;
};

G_DEFINE_FINAL_TYPE (ExplorerTrainingChart, explorer_training_chart, EXPLORER_TYPE_CHARTS)

static const char *
get_title (PisdTrainingChart chart)
{
  return chart == PISD_TRAINING_N_CHARTS ? _ ("Learned function")
                                         : pisd_training_chart_get_title (chart);
}

/* Function, target and error side by side; they have no read-out. */
static void
draw_panels (ExplorerTrainingChart *self, cairo_t *cr, const PisdBox *box, double x)
{
  const PisdPanel *panels = pisd_training_look_get_panels (self->look);
  const double width = box->width / PISD_TRAINING_PANELS;

  for (guint k = 0; k < PISD_TRAINING_PANELS && isnan (x); k++)
    {
      const PisdBox part = { box->x + k * width, box->y, width - MARGIN, box->height };

      pisd_draw_panel (cr, &part, explorer_charts_get_palette (EXPLORER_CHARTS (self)), &panels[k]);
    }
}

static void
draw_learned (ExplorerTrainingChart *self, cairo_t *cr, const PisdBox *box, double type, double x)
{
  const PisdTrainingFunction *function = pisd_training_look_get_function (self->look);
  const PisdPalette *palette = explorer_charts_get_palette (EXPLORER_CHARTS (self));

  if (function == NULL)
    draw_panels (self, cr, box, x);
  else if (isnan (x))
    pisd_draw_training_function (cr, box, palette, function, type);
  else
    pisd_draw_training_function_readout (cr, box, palette, function, type, x);
}

static void
explorer_training_chart_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerTrainingChart *self = EXPLORER_TRAINING_CHART (charts);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const PisdBox whole = { 0.0, 0.0, gtk_widget_get_width (GTK_WIDGET (self)),
                          gtk_widget_get_height (GTK_WIDGET (self)) };
  const PisdBox box = explorer_lab_title_get_rest (&whole, type);
  const PisdPalette *palette = explorer_charts_get_palette (charts);

  if (self->look == NULL)
    return;
  if (isnan (x))
    explorer_lab_title_draw (cr, &whole, palette, type, get_title (self->chart));
  if (self->chart == PISD_TRAINING_N_CHARTS)
    draw_learned (self, cr, &box, type, x);
  else if (isnan (x))
    pisd_draw_training_chart (cr, &box, palette, pisd_training_look_get_courses (self->look),
                              self->chart, type);
  else
    pisd_draw_training_chart_readout (
        cr, &box, palette, pisd_training_look_get_courses (self->look), self->chart, type, x);
}

static void
explorer_training_chart_class_init (ExplorerTrainingChartClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  charts_class->smallest_width = EXPLORER_LAB_TITLE_LEAST_WIDTH;
  charts_class->draw = explorer_training_chart_draw;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "trainingchart");
}

static void
explorer_training_chart_init (ExplorerTrainingChart *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

GtkWidget *
explorer_training_chart_new (PisdTrainingChart chart)
{
  ExplorerTrainingChart *self = g_object_new (EXPLORER_TYPE_TRAINING_CHART, NULL);

  self->chart = chart;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_title (chart), -1);
  return GTK_WIDGET (self);
}

void
explorer_training_chart_set_look (ExplorerTrainingChart *self, const PisdTrainingLook *look)
{
  g_return_if_fail (EXPLORER_IS_TRAINING_CHART (self));

  self->look = look;
  explorer_charts_update (EXPLORER_CHARTS (self));
}
