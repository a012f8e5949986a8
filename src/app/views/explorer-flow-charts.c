#include "explorer-flow-charts.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-type.h"
#include "pisd-band.h"
#include "pisd-draw-flow.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 340.0

/* More samples show nothing else. */
#define MOST_SAMPLES 32

#define MOST_MOMENTS (PISD_MAX_FIELDS * PISD_MAX_FRAMES)

/* What is drawn. */
typedef struct
{
  guint n; /* moments */
  double times[MOST_MOMENTS], errors[MOST_MOMENTS], best[MOST_MOMENTS];
  gboolean measured[MOST_MOMENTS];
  gboolean has_best;
  double time; /* of the moment shown */
  gboolean has_truth, has_estimate, has_band;
  double truth[PISD_N_SHELLS], estimate[PISD_N_SHELLS];
  double low[PISD_N_SHELLS], high[PISD_N_SHELLS];
} Content;

struct _ExplorerFlowCharts
{
  ExplorerCharts parent_instance;

  ExplorerViewGrid *grid;
  ExplorerSession *session;
  ExplorerExact *exact;
  ExplorerPreferences *preferences;
  PisdVelocity *velocity; /* NULL before the first spectrum */
  Content content;        /* of the picture kept */
};

G_DEFINE_FINAL_TYPE (ExplorerFlowCharts, explorer_flow_charts, EXPLORER_TYPE_CHARTS)

static double
get_error (const PisdField *field, const PisdField *truth, guint frame)
{
  const PisdField a = pisd_field_get_frame (field, frame);
  const PisdField b = pisd_field_get_frame (truth, frame);

  return pisd_field_relative_error (&a, &b);
}

/* The moments of one field. */
static void
add_moments (ExplorerFlowCharts *self, const ExplorerFieldRow *row, Content *content)
{
  const PisdFieldInfo *info = row->info;
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const PisdField *truth = pisd_scenario_get_truth (scenario, info->id);
  const PisdExact *exact = explorer_exact_get (self->exact);
  const gboolean has_best = exact != NULL && exact->is_best && truth != NULL;
  const gboolean has_error = row->has_error && truth != NULL; /* it may have gone since then */

  content->has_best = content->has_best || has_best;
  for (guint frame = 0; frame < info->n_frames; frame++)
    {
      const guint n = content->n++;

      content->times[n] = info->times[frame];
      content->errors[n] = has_error ? get_error (row->estimate, truth, frame) : NAN;
      content->best[n] = has_best ? get_error (exact->mean[row->index], truth, frame) : NAN;
      content->measured[n] = pisd_sensors_count_on (scenario->sensors, info, frame) > 0;
    }
}

static void
fill_spectrum (ExplorerFlowCharts *self, const PisdField *field, guint frame, double *energy)
{
  const PisdField shown = pisd_field_get_frame (field, frame);

  if (self->velocity == NULL)
    self->velocity = pisd_velocity_new ();
  pisd_velocity_compute_spectrum (self->velocity, shown.data, energy);
}

/* Where the energy of most samples lies, of those that the estimate is the mean of. */
static void
fill_band (ExplorerFlowCharts *self, const ExplorerFieldRow *row, Content *content)
{
  const PisdResult *result = explorer_session_get_result (self->session);
  const guint n = result == NULL ? 0 : MIN (result->n_finished, MOST_SAMPLES);
  g_autofree double *energies = g_new (double, (gsize) n *PISD_N_SHELLS);
  double mean[PISD_N_SHELLS];

  content->has_band =
      n > 1 && explorer_view_grid_get_estimate_kind (self->grid) == EXPLORER_ESTIMATE_RESULT;
  if (!content->has_band)
    return;
  for (guint k = 0; k < n; k++)
    {
      PisdField sample = { PISD_GRID * row->info->n_frames, PISD_GRID,
                           pisd_result_get_sample (result, row->index, k) };

      fill_spectrum (self, &sample, row->frame, energies + k * PISD_N_SHELLS);
    }
  pisd_band_compute (n, PISD_N_SHELLS, energies, mean, content->low, content->high);
}

/* Of the field that has the moment shown: the last one with several frames. */
static void
fill_spectra (ExplorerFlowCharts *self, const ExplorerFieldRow *row, Content *content)
{
  const PisdField *truth =
      pisd_scenario_get_truth (explorer_session_get_scenario (self->session), row->info->id);

  content->time = row->info->times[row->frame];
  content->has_truth = truth != NULL;
  content->has_estimate = row->has_estimate;
  if (truth != NULL)
    fill_spectrum (self, truth, row->frame, content->truth);
  if (row->has_estimate)
    fill_spectrum (self, row->estimate, row->frame, content->estimate);
  fill_band (self, row, content);
}

static void
explorer_flow_charts_fill (ExplorerCharts *charts)
{
  ExplorerFlowCharts *self = EXPLORER_FLOW_CHARTS (charts);
  Content *content = &self->content;
  const ExplorerFieldRow *row;

  *content = (Content){ .time = NAN };
  for (guint k = 0; (row = explorer_view_grid_get_row (self->grid, k)) != NULL; k++)
    if (row->info->is_vorticity)
      {
        add_moments (self, row, content);
        fill_spectra (self, row, content);
      }
}

/* Drawing. */

/* Both charts, or their read-out at x. */
static void
explorer_flow_charts_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerFlowCharts *self = EXPLORER_FLOW_CHARTS (charts);
  const PisdPalette *palette = explorer_charts_get_palette (charts);
  const Content *content = &self->content;
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const PisdBox left = { 0.0, 0.0, floor (0.5 * width), height };
  const PisdBox right = { left.width, 0.0, width - left.width, height };
  const PisdSpectra spectra = { .truth = content->has_truth ? content->truth : NULL,
                                .estimate = content->has_estimate ? content->estimate : NULL,
                                .low = content->has_band ? content->low : NULL,
                                .high = content->has_band ? content->high : NULL };
  const PisdTimeErrors errors = { .n = content->n,
                                  .times = content->times,
                                  .errors = content->errors,
                                  .expected = content->has_best ? content->best : NULL,
                                  .measured = content->measured,
                                  .time = content->time };

  if (content->n == 0)
    return;
  if (isnan (x))
    {
      pisd_draw_spectra (cr, &left, palette, &spectra, type);
      pisd_draw_time_errors (cr, &right, palette, &errors, type);
    }
  else if (x < right.x)
    pisd_draw_spectra_readout (cr, &left, palette, &spectra, type, x);
  else
    pisd_draw_time_errors_readout (cr, &right, palette, &errors, type, x);
}

/* Life. */

static void
update_visible (ExplorerFlowCharts *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);

  gtk_widget_set_visible (
      GTK_WIDGET (self), pisd_operator_has_velocity (pisd_operator_get (scenario->settings.problem))
                             && explorer_preferences_get (self->preferences, "flow-charts"));
}

static void
on_scenario_changed (ExplorerFlowCharts *self, guint flags)
{
  if (flags & PISD_CHANGE_PROBLEM)
    update_visible (self);
  explorer_charts_update (EXPLORER_CHARTS (self));
}

static void
explorer_flow_charts_dispose (GObject *object)
{
  ExplorerFlowCharts *self = EXPLORER_FLOW_CHARTS (object);

  g_clear_object (&self->grid);
  g_clear_object (&self->session);
  g_clear_object (&self->exact);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->velocity, pisd_velocity_free);
  G_OBJECT_CLASS (explorer_flow_charts_parent_class)->dispose (object);
}

static void
explorer_flow_charts_class_init (ExplorerFlowChartsClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_flow_charts_dispose;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_flow_charts_fill;
  charts_class->draw = explorer_flow_charts_draw;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "flowcharts");
}

static void
explorer_flow_charts_init (ExplorerFlowCharts *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Energy spectrum, and error in time"), -1);
}

void
explorer_flow_charts_set_models (ExplorerFlowCharts *self,
                                 ExplorerViewGrid *grid,
                                 ExplorerSession *session,
                                 ExplorerExact *exact,
                                 ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_FLOW_CHARTS (self) && self->grid == NULL);
  self->grid = g_object_ref (grid);
  self->session = g_object_ref (session);
  self->exact = g_object_ref (exact);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (preferences, "notify::flow-charts", G_CALLBACK (update_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  update_visible (self);
}
