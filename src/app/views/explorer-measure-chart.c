#include "explorer-measure-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-measure.h"
#include "explorer-type.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 200.0

static const ExplorerMeasureKind *const kinds[EXPLORER_N_MEASURES] = {
  [EXPLORER_MEASURE_ERRORS] = &explorer_measure_errors,
  [EXPLORER_MEASURE_PROFILE] = &explorer_measure_profile,
  [EXPLORER_MEASURE_SPECTRUM] = &explorer_measure_spectrum,
  [EXPLORER_MEASURE_PINS] = &explorer_measure_pins,
};

struct _ExplorerMeasureChart
{
  ExplorerCharts parent_instance;

  ExplorerMeasureModels models;
  ExplorerPreferences *preferences;
  const ExplorerMeasureKind *kind; /* of the contents; NULL: none */
  guint tick;                      /* until the next picture; 0: there is nothing to do */
  guint row;                       /* that was pointed at last */
  guint n;                         /* fields */
  gpointer contents[PISD_MAX_FIELDS];
};

G_DEFINE_FINAL_TYPE (ExplorerMeasureChart, explorer_measure_chart, EXPLORER_TYPE_CHARTS)

const PisdField *
explorer_measure_get_truth (const ExplorerMeasureModels *models, const ExplorerFieldRow *row)
{
  return pisd_scenario_get_truth (explorer_session_get_scenario (models->session), row->info->id);
}

/* Content. */

static void
clear_from (ExplorerMeasureChart *self, guint first)
{
  for (guint k = first; k < self->n; k++)
    self->kind->free (self->contents[k]);
  self->n = MIN (self->n, first);
}

static const ExplorerMeasureKind *
get_kind (ExplorerMeasureChart *self)
{
  return kinds[explorer_preferences_get (self->preferences, "measure")];
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  EXPLORER_MEASURE_CHART (widget)->tick = 0;
  explorer_charts_update (EXPLORER_CHARTS (widget));
  return G_SOURCE_REMOVE;
}

/* What takes long is made within several pictures. */
static void
go_on (ExplorerMeasureChart *self)
{
  gboolean is_partial = FALSE;

  for (guint k = 0; k < self->n && self->kind->is_partial != NULL; k++)
    is_partial = is_partial || self->kind->is_partial (self->contents[k]);
  if (is_partial && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
explorer_measure_chart_fill (ExplorerCharts *charts)
{
  ExplorerMeasureChart *self = EXPLORER_MEASURE_CHART (charts);
  const ExplorerFieldRow *row;
  guint n = 0;

  if (self->kind != get_kind (self))
    clear_from (self, 0);
  self->kind = get_kind (self);
  for (; self->kind != NULL && (row = explorer_view_grid_get_row (self->models.grid, n)) != NULL;
       n++)
    {
      const gpointer last = n < self->n ? self->contents[n] : NULL;

      self->contents[n] = self->kind->fill (&self->models, row, last);
      if (last != NULL)
        self->kind->free (last);
      self->n = MAX (self->n, n + 1);
    }
  clear_from (self, n);
  go_on (self);
}

/* All charts, or the read-out of the one at x. */
static void
explorer_measure_chart_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerMeasureChart *self = EXPLORER_MEASURE_CHART (charts);
  const PisdPalette *palette = explorer_charts_get_palette (charts);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));
  guint first, n;
  double width;

  explorer_charts_choose_fields (charts, self->n,
                                 explorer_view_grid_get_probe (self->models.grid)->row, &first, &n);
  width = floor (gtk_widget_get_width (GTK_WIDGET (self)) / (double) n);
  for (guint k = 0; first + k < self->n && k < n; k++)
    {
      const PisdBox box = { k * width, 0.0, width, height };

      if (isnan (x) || (x >= box.x && x < box.x + width))
        self->kind->draw (self->contents[first + k], cr, &box, palette, type, x);
    }
}

/* Life. */

/* Another node, which most kinds do not look at, or another field. */
static void
on_probed (ExplorerMeasureChart *self)
{
  const guint row = explorer_view_grid_get_probe (self->models.grid)->row;

  if (row != self->row || (self->kind != NULL && self->kind->follows_probe))
    explorer_charts_update (EXPLORER_CHARTS (self));
  self->row = row;
}

static void
update_kind (ExplorerMeasureChart *self)
{
  const ExplorerMeasureKind *kind = get_kind (self);

  gtk_widget_set_visible (GTK_WIDGET (self), kind != NULL);
  if (kind != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (kind->label), -1);
  explorer_charts_update (EXPLORER_CHARTS (self));
}

static void
explorer_measure_chart_dispose (GObject *object)
{
  ExplorerMeasureChart *self = EXPLORER_MEASURE_CHART (object);

  clear_from (self, 0);
  g_clear_object (&self->models.grid);
  g_clear_object (&self->models.session);
  g_clear_object (&self->models.spread);
  g_clear_object (&self->models.gauge);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (explorer_measure_chart_parent_class)->dispose (object);
}

static void
explorer_measure_chart_class_init (ExplorerMeasureChartClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_measure_chart_dispose;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_measure_chart_fill;
  charts_class->draw = explorer_measure_chart_draw;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "measurechart");
}

static void
explorer_measure_chart_init (ExplorerMeasureChart *self)
{
}

void
explorer_measure_chart_set_models (ExplorerMeasureChart *self,
                                   ExplorerViewGrid *grid,
                                   ExplorerSession *session,
                                   ExplorerSpread *spread,
                                   ExplorerGauge *gauge,
                                   ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_MEASURE_CHART (self) && self->models.grid == NULL);
  self->models.grid = g_object_ref (grid);
  self->models.session = g_object_ref (session);
  self->models.spread = g_object_ref (spread);
  self->models.gauge = g_object_ref (gauge);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (preferences, "notify::measure", G_CALLBACK (update_kind), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "probed", G_CALLBACK (on_probed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (spread, "changed", G_CALLBACK (explorer_charts_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gauge, "changed", G_CALLBACK (explorer_charts_update), self,
                           G_CONNECT_SWAPPED);
  update_kind (self);
}

gconstpointer
explorer_measure_chart_get_content (ExplorerMeasureChart *self, guint field)
{
  g_return_val_if_fail (EXPLORER_IS_MEASURE_CHART (self), NULL);
  return field < self->n ? self->contents[field] : NULL;
}
