#include "explorer-probe-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-type.h"
#include "pisd-color-range.h"
#include "pisd-draw-marginal.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 200.0

/* What is drawn. */
typedef struct
{
  const char *note; /* why there is nothing; NULL: there is */
  guint n;          /* fields */
  PisdMarginal *marginals[PISD_MAX_FIELDS];
  char *places[PISD_MAX_FIELDS];
  char *missing; /* why the Gaussian's curve is; NULL: it is there */
} Content;

struct _ExplorerProbeChart
{
  ExplorerCharts parent_instance;

  ExplorerViewGrid *grid;
  ExplorerSession *session;
  ExplorerSpread *spread;
  ExplorerPreferences *preferences;
  Content content; /* of the picture kept */
};

G_DEFINE_FINAL_TYPE (ExplorerProbeChart, explorer_probe_chart, EXPLORER_TYPE_CHARTS)

/* Content. */

static void
content_clear (Content *content)
{
  for (guint k = 0; k < content->n; k++)
    {
      g_clear_pointer (&content->marginals[k], pisd_marginal_free);
      g_clear_pointer (&content->places[k], g_free);
    }
  content->n = 0;
  g_clear_pointer (&content->missing, g_free);
}

static void
fill_beside (ExplorerProbeChart *self,
             const ExplorerFieldRow *row,
             const ExplorerProbe *probe,
             PisdMarginalBeside *beside)
{
  const PisdExact *exact = explorer_spread_get (self->spread);
  const PisdField *mean = exact == NULL ? NULL : exact->mean[row->index];
  const PisdField *sd = exact == NULL ? NULL : exact->sd[row->index];
  const PisdResult *result = explorer_session_get_result (self->session);
  const PisdField *truth =
      pisd_scenario_get_truth (explorer_session_get_scenario (self->session), row->info->id);
  const PisdField *estimate = row->has_estimate ? row->estimate : NULL;
  const guint i = (guint) probe->i, j = (guint) probe->j;

  beside->truth = pisd_field_get_value (truth, row->frame, i, j);
  beside->estimate = pisd_field_get_value (estimate, row->frame, i, j);
  beside->exact_mean = pisd_field_get_value (mean, row->frame, i, j);
  beside->exact_sd = pisd_field_get_value (sd, row->frame, i, j);
  beside->scale = pisd_field_get_largest (result->mean[row->index]);
}

/* "a at x 0.310, y 0.620" */
static char *
dup_place (const ExplorerFieldRow *row, const ExplorerProbe *probe)
{
  const double h = pisd_field_info_get_spacing (row->info);
  g_autofree char *symbol = pisd_field_info_dup_symbol (row->info, row->frame);

  /* Translators: a field, and where it was pointed at */
  return g_strdup_printf (_ ("%s at x %.3f, y %.3f"), symbol, probe->j * h, probe->i * h);
}

/* What the samples are held against is of the scenario as it is. */
static gboolean
is_of_another_set_up (ExplorerProbeChart *self, const PisdSettings *run)
{
  const PisdSettings *now = &explorer_session_get_scenario (self->session)->settings;

  return (explorer_session_get_changes (self->session) & PISD_CHANGE_DATA) != 0
         || !pisd_settings_same_source_prior (run, now);
}

/* Why there is no histogram; NULL: there is one. */
static const char *
find_note (ExplorerProbeChart *self, const ExplorerProbe *probe)
{
  const PisdResult *result = explorer_session_get_result (self->session);
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  if (!explorer_session_has_run (self->session))
    return _ ("Press Run");
  if (run->samples < 2)
    return _ ("One sample has no histogram: ask for more under Sampler");
  if (is_of_another_set_up (self, run))
    return _ ("The samples are of another set-up: run again");
  if (result == NULL)
    return _ ("Shown when all samples are through");
  if (result->n_finished < 2)
    return _ ("Fewer than two samples are through");
  if (probe->i < 0)
    return _ ("Point at a field: its samples there");
  return NULL;
}

static void
explorer_probe_chart_fill (ExplorerCharts *charts)
{
  ExplorerProbeChart *self = EXPLORER_PROBE_CHART (charts);
  Content *content = &self->content;
  const ExplorerProbe *probe = explorer_view_grid_get_probe (self->grid);
  const ExplorerFieldRow *row;

  content_clear (content);
  content->note = find_note (self, probe);
  content->missing = explorer_spread_dup_note (self->spread);
  for (guint k = 0;
       content->note == NULL && (row = explorer_view_grid_get_row (self->grid, k)) != NULL; k++)
    {
      PisdMarginalBeside beside;

      fill_beside (self, row, probe, &beside);
      content->marginals[k] =
          pisd_marginal_new_from_result (explorer_session_get_result (self->session), row->index,
                                         row->frame, (guint) probe->i, (guint) probe->j, &beside);
      content->places[k] = dup_place (row, probe);
      content->n = k + 1;
    }
}

/* Drawing. */

/* All charts, or the read-out of the one at x. */
static void
explorer_probe_chart_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerProbeChart *self = EXPLORER_PROBE_CHART (charts);
  const PisdPalette *palette = explorer_charts_get_palette (charts);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));
  guint first, n;
  double width;

  explorer_charts_choose_fields (charts, self->content.n,
                                 explorer_view_grid_get_probe (self->grid)->row, &first, &n);
  width = floor (gtk_widget_get_width (GTK_WIDGET (self)) / (double) n);
  for (guint k = 0; k < n; k++)
    {
      const PisdBox box = { k * width, 0.0, width, height };
      const PisdMarginalChart chart = { .marginal = self->content.marginals[first + k],
                                        .place = self->content.places[first + k],
                                        .note = self->content.note,
                                        .missing = self->content.missing };

      if (isnan (x))
        pisd_draw_marginal (cr, &box, palette, &chart, type);
      else if (x >= box.x && x < box.x + width)
        pisd_draw_marginal_readout (cr, &box, palette, &chart, type, x);
    }
}

/* Life. */

/* The spread is made only where there are samples to hold against it, or pinned nodes. */
static void
update_wanted (ExplorerProbeChart *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  explorer_spread_set_wanted (
      self->spread, explorer_preferences_get (self->preferences, "measure") == EXPLORER_MEASURE_PINS
                        || (explorer_preferences_get (self->preferences, "probe-chart")
                            && run != NULL && run->samples > 1));
}

static void
update_visible (ExplorerProbeChart *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          explorer_preferences_get (self->preferences, "probe-chart"));
  update_wanted (self);
}

static void
explorer_probe_chart_dispose (GObject *object)
{
  ExplorerProbeChart *self = EXPLORER_PROBE_CHART (object);

  content_clear (&self->content);
  g_clear_object (&self->spread);
  g_clear_object (&self->grid);
  g_clear_object (&self->session);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (explorer_probe_chart_parent_class)->dispose (object);
}

static void
explorer_probe_chart_class_init (ExplorerProbeChartClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_probe_chart_dispose;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_probe_chart_fill;
  charts_class->draw = explorer_probe_chart_draw;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "probechart");
}

static void
explorer_probe_chart_init (ExplorerProbeChart *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Histogram of the samples at the node pointed at"), -1);
}

void
explorer_probe_chart_set_models (ExplorerProbeChart *self,
                                 ExplorerViewGrid *grid,
                                 ExplorerSession *session,
                                 ExplorerSpread *spread,
                                 ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_PROBE_CHART (self) && self->grid == NULL);
  self->grid = g_object_ref (grid);
  self->session = g_object_ref (session);
  self->spread = g_object_ref (spread);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (preferences, "notify::probe-chart", G_CALLBACK (update_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::measure", G_CALLBACK (update_wanted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-finished", G_CALLBACK (update_wanted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spread, "changed", G_CALLBACK (explorer_charts_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "probed", G_CALLBACK (explorer_charts_update), self,
                           G_CONNECT_SWAPPED);
  update_visible (self);
}

const PisdMarginal *
explorer_probe_chart_get_marginal (ExplorerProbeChart *self, guint field)
{
  g_return_val_if_fail (EXPLORER_IS_PROBE_CHART (self), NULL);
  return field < self->content.n ? self->content.marginals[field] : NULL;
}

const char *
explorer_probe_chart_get_note (ExplorerProbeChart *self)
{
  g_return_val_if_fail (EXPLORER_IS_PROBE_CHART (self), NULL);
  return self->content.note;
}

const char *
explorer_probe_chart_get_missing (ExplorerProbeChart *self)
{
  g_return_val_if_fail (EXPLORER_IS_PROBE_CHART (self), NULL);
  return self->content.missing;
}
