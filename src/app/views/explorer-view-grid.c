#include "explorer-view-grid.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"
#include "explorer-stroke.h"

/* Narrower ones are left out, down to three. */
#define LEAST_COLUMN_WIDTH 245
#define LEAST_COLUMNS 3
#define SPACING 4
#define MARGIN 6
/* Where the spread is less than this part of its largest value the error in units of it is rounding. */
#define LEAST_SPREAD 1e-4
#define STANDARDIZED_RANGE 3

/* What the Estimate column shows. */
typedef enum
{
  SHOWN_NOTHING,
  SHOWN_KEPT, /* of the run before, until the new one has something */
  SHOWN_FRAME,
  SHOWN_LIVE,
  SHOWN_ENSEMBLE,
  SHOWN_RESULT
} Shown;

typedef struct
{
  const PisdFieldInfo *info;
  guint index; /* in the problem's table */
  ExplorerFieldView *views[EXPLORER_N_COLUMNS];
  PisdField *estimate, *error, *standardized;
  gboolean has_estimate, has_error, has_standardized;
  double calibration; /* standard deviation of `standardized`, NaN without */
  PisdColorRange clean, noisy, errors, spread, fixed;
} Row;

/* One row a column, and the order in which they are left out where there is no room. */
static const char *const column_keys[EXPLORER_N_COLUMNS] = {
  [EXPLORER_COLUMN_ESTIMATE] = "column-estimate",
  [EXPLORER_COLUMN_TRUTH] = "column-truth",
  [EXPLORER_COLUMN_ERROR] = "column-error",
  [EXPLORER_COLUMN_EXACT] = "column-exact",
  [EXPLORER_COLUMN_SPREAD] = "column-spread",
  [EXPLORER_COLUMN_STANDARDIZED] = "column-standardized",
};
static const ExplorerColumn left_out[] = { EXPLORER_COLUMN_EXACT, EXPLORER_COLUMN_STANDARDIZED,
                                           EXPLORER_COLUMN_SPREAD, EXPLORER_COLUMN_ERROR,
                                           EXPLORER_COLUMN_TRUTH };

struct _ExplorerViewGrid
{
  GtkWidget parent_instance;

  GtkWidget *readout;

  ExplorerSession *session;
  ExplorerBrush *brush;
  ExplorerPreferences *preferences;
  const PisdPalette *palette;

  Row rows[PISD_MAX_FIELDS];
  guint n_rows;
  PisdFrame *frame;
  gboolean frame_is_old; /* of the run before: the session cannot decode it any more */
  PisdExact *exact;
  gboolean live;
  Shown shown;
  PisdInstance *shown_truth; /* what the Truth column holds */
  gboolean show_noisy;
  PisdRangeMode last_mode;
  int hover_i, hover_j;   /* -1: nowhere */
  ExplorerStroke *stroke; /* under way, or NULL */
};

G_DEFINE_FINAL_TYPE (ExplorerViewGrid, explorer_view_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_SHOW_NOISY = 1,
  N_PROPS
};

enum
{
  SIGNAL_NOTICE,
  SIGNAL_FIXED_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What is there to show. */

static const PisdScenario *
get_scenario (ExplorerViewGrid *self)
{
  return explorer_session_get_scenario (self->session);
}

static const PisdField *
get_truth (ExplorerViewGrid *self, const Row *row)
{
  const PisdScenario *scenario = get_scenario (self);

  return scenario->instance == NULL ? NULL
                                    : pisd_instance_get_field (scenario->instance, row->info->id);
}

static gboolean
is_run_of_this_problem (ExplorerViewGrid *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);
  const PisdSettings *now = &get_scenario (self)->settings;

  return run != NULL && run->problem == now->problem && run->wavenumber == now->wavenumber;
}

static gboolean
is_run_of_this_truth (ExplorerViewGrid *self)
{
  const PisdScenario *run = explorer_session_get_run_scenario (self->session);

  return run != NULL && run->instance == get_scenario (self)->instance;
}

/* A mean stands for the last step: earlier ones are those of the first sample. */
static gboolean
is_at_end (ExplorerViewGrid *self)
{
  return self->frame == NULL || self->frame_is_old || self->frame->step == self->frame->n_steps;
}

/* Of several samples their mean is the result; with second order the discarded modes are only in the result. */
static gboolean
is_result_more_than_frame (ExplorerViewGrid *self, const PisdResult *result)
{
  if (result->n_samples > 1 && result->settings.guidance != PISD_GUIDANCE_EXACT)
    return explorer_preferences_get (self->preferences, "sample-mean");
  return result->complete
         && (result->settings.guidance == PISD_GUIDANCE_SECOND_ORDER
             || result->settings.guidance == PISD_GUIDANCE_EXACT);
}

static Shown
choose_shown (ExplorerViewGrid *self)
{
  const PisdResult *result = explorer_session_get_result (self->session);

  if (self->live && self->exact != NULL)
    return SHOWN_LIVE;
  if (!is_run_of_this_problem (self))
    return SHOWN_NOTHING;
  if (is_at_end (self) && result != NULL && is_result_more_than_frame (self, result))
    return SHOWN_RESULT;
  if (is_at_end (self) && explorer_session_get_ensemble (self->session) != NULL
      && explorer_preferences_get (self->preferences, "sample-mean"))
    return SHOWN_ENSEMBLE;
  if (self->frame == NULL)
    return SHOWN_NOTHING;
  return self->frame_is_old ? SHOWN_KEPT : SHOWN_FRAME;
}

static void
decode (ExplorerViewGrid *self, Row *row)
{
  const float *latent = self->show_noisy ? self->frame->state : self->frame->denoised;

  pisd_representation_decode_float (explorer_session_get_representation (self->session), latent,
                                    row->index, row->estimate);
}

static void
fill_estimate (ExplorerViewGrid *self, Row *row)
{
  if (self->shown != SHOWN_KEPT)
    row->has_estimate = self->shown != SHOWN_NOTHING;
  switch (self->shown)
    {
    case SHOWN_LIVE:
      pisd_field_copy (self->exact->mean[row->index], row->estimate);
      break;
    case SHOWN_ENSEMBLE:
      pisd_field_copy (explorer_session_get_ensemble (self->session)->mean[row->index],
                       row->estimate);
      break;
    case SHOWN_RESULT:
      pisd_field_copy (explorer_session_get_result (self->session)->mean[row->index],
                       row->estimate);
      break;
    case SHOWN_FRAME:
      decode (self, row);
      break;
    default:
      break;
    }
}

static void
subtract (ExplorerViewGrid *self, Row *row)
{
  const PisdField *truth = get_truth (self, row);

  row->has_error = row->has_estimate && truth != NULL
                   && (self->shown == SHOWN_LIVE || is_run_of_this_truth (self));
  if (!row->has_error)
    return;
  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    row->error->data[k] = row->estimate->data[k] - truth->data[k];
}

/* Mean and spread of the samples there are; FALSE: no spread is known. */
static gboolean
get_moments (ExplorerViewGrid *self, const Row *row, const PisdField **mean, const PisdField **sd)
{
  const PisdResult *result = explorer_session_get_result (self->session);
  const PisdEnsemble *ensemble = explorer_session_get_ensemble (self->session);

  if (self->live || !is_run_of_this_problem (self))
    return FALSE;
  if (result != NULL && (result->n_samples > 1 || result->settings.guidance == PISD_GUIDANCE_EXACT))
    {
      *mean = result->mean[row->index];
      *sd = result->sd[row->index];
      return TRUE;
    }
  if (ensemble == NULL || ensemble->n < 2)
    return FALSE;
  *mean = ensemble->mean[row->index];
  *sd = ensemble->sd[row->index];
  return TRUE;
}

static double
get_largest (const PisdField *field)
{
  double largest = 0;

  for (gsize k = 0; k < pisd_field_get_n (field); k++)
    largest = fmax (largest, field->data[k]);
  return largest;
}

/* (truth - mean) / sd where the spread says something, NaN elsewhere; its root mean square. */
static double
divide (const PisdField *truth, const PisdField *mean, const PisdField *sd, PisdField *out)
{
  const double least = LEAST_SPREAD * get_largest (sd);
  double sum = 0;
  guint n = 0;

  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    {
      out->data[k] = NAN;
      if (!(sd->data[k] > least))
        continue;
      out->data[k] = (truth->data[k] - mean->data[k]) / sd->data[k];
      sum += out->data[k] * out->data[k];
      n++;
    }
  return n == 0 ? NAN : sqrt (sum / n);
}

static void
standardize (ExplorerViewGrid *self, Row *row)
{
  const PisdField *truth = get_truth (self, row);
  const PisdField *mean, *sd;

  row->calibration = NAN;
  row->has_standardized =
      truth != NULL && is_run_of_this_truth (self) && get_moments (self, row, &mean, &sd);
  if (row->has_standardized)
    row->calibration = divide (truth, mean, sd, row->standardized);
}

/* Colours. */

static PisdRangeMode
get_mode (ExplorerViewGrid *self)
{
  return explorer_preferences_get (self->preferences, "range-mode");
}

static PisdColormap
get_map (ExplorerViewGrid *self)
{
  return explorer_preferences_get (self->preferences, "color-map");
}

/* The state's noise shrinks by four orders of magnitude: growing ranges would show it only at the
 * start. In the last frame there is no noise left, and x is D. */
static gboolean
is_shown_noisy (ExplorerViewGrid *self)
{
  return self->show_noisy && self->shown == SHOWN_FRAME && self->frame->sigma > 0;
}

static void
update_range (ExplorerViewGrid *self, Row *row)
{
  const gboolean diverging = get_map (self) == PISD_COLORMAP_DIVERGING;
  const PisdField *truth = get_truth (self, row);
  PisdRangeMode mode = get_mode (self);

  if (mode == PISD_RANGE_FIXED)
    return;
  if (truth != NULL && (mode == PISD_RANGE_GROW || !row->has_estimate))
    pisd_color_range_update (&row->clean, mode, diverging, truth);
  if (!row->has_estimate)
    return;
  if (!is_shown_noisy (self))
    pisd_color_range_update (&row->clean, mode, diverging, row->estimate);
  else
    pisd_color_range_update (&row->noisy, mode == PISD_RANGE_GROW ? PISD_RANGE_STEP : mode,
                             diverging, row->estimate);
}

static const PisdColorRange *
get_range (ExplorerViewGrid *self, const Row *row, ExplorerColumn column)
{
  static const PisdColorRange standardized = { -STANDARDIZED_RANGE, STANDARDIZED_RANGE, TRUE };

  switch (column)
    {
    case EXPLORER_COLUMN_STANDARDIZED:
      return &standardized;
    case EXPLORER_COLUMN_SPREAD:
      return &row->spread;
    default:
      break;
    }
  if (get_mode (self) == PISD_RANGE_FIXED)
    return &row->fixed;
  if (column == EXPLORER_COLUMN_ERROR)
    return &row->errors;
  if (column == EXPLORER_COLUMN_ESTIMATE && is_shown_noisy (self))
    return &row->noisy;
  return &row->clean;
}

static void
set_colors (ExplorerViewGrid *self, Row *row, ExplorerColumn column, PisdColormap map)
{
  const PisdColorRange *range = get_range (self, row, column);

  if (range->valid)
    explorer_field_view_set_colors (row->views[column], map, range->min, range->max);
  else
    explorer_field_view_set_colors (row->views[column], map, -1, 1);
}

/* On the change to Fixed the range is what it just was. */
static void
freeze_ranges (ExplorerViewGrid *self)
{
  for (guint k = 0; k < self->n_rows; k++)
    if (self->rows[k].clean.valid)
      self->rows[k].fixed = self->rows[k].clean;
  g_signal_emit (self, signals[SIGNAL_FIXED_CHANGED], 0);
}

/* Columns. */

/* "Source a, mean of 7 of 16" */
static char *
dup_mean_title (ExplorerViewGrid *self, const char *name)
{
  const guint n_all = explorer_session_get_run_settings (self->session)->samples;
  const PisdResult *result = explorer_session_get_result (self->session);
  const PisdEnsemble *ensemble = explorer_session_get_ensemble (self->session);
  const guint n = result != NULL ? result->n_samples : ensemble->n;

  if (n == n_all)
    return g_strdup_printf (_ ("%s, mean of %u"), name, n);
  return g_strdup_printf (_ ("%s, mean of %u of %u"), name, n, n_all);
}

static char *
dup_estimate_title (ExplorerViewGrid *self, const char *name)
{
  const PisdResult *result = explorer_session_get_result (self->session);

  switch (self->shown)
    {
    case SHOWN_LIVE:
      return g_strdup_printf (_ ("%s, live mean"), name);
    case SHOWN_RESULT:
      if (result->settings.guidance == PISD_GUIDANCE_EXACT)
        return g_strdup_printf (_ ("%s, exact mean"), name);
      if (result->n_samples == 1)
        break;
      return dup_mean_title (self, name);
    case SHOWN_ENSEMBLE:
      return dup_mean_title (self, name);
    default:
      break;
    }
  return g_strdup_printf (self->show_noisy ? _ ("%s, noisy state x") : _ ("%s, estimate D"), name);
}

static void
show_estimate (ExplorerViewGrid *self, Row *row)
{
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_ESTIMATE];
  g_autofree char *title = dup_estimate_title (self, _ (row->info->title));

  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, row->has_estimate ? row->estimate : NULL, _ ("Press Run"));
  set_colors (self, row, EXPLORER_COLUMN_ESTIMATE, get_map (self));
}

/* "Exact a, error 5.4 %" */
static void
show_exact (ExplorerViewGrid *self, Row *row)
{
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_EXACT];
  const PisdExact *exact = self->exact;
  const gboolean has_error = exact != NULL && !isnan (exact->errors[row->index]);
  g_autofree char *percent =
      has_error ? explorer_number_format_percent (exact->errors[row->index]) : NULL;
  g_autofree char *title =
      has_error ? g_strdup_printf (_ ("Exact %s, error %s"), row->info->name, percent)
                : g_strdup_printf (_ ("Exact %s"), row->info->name);

  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, exact == NULL ? NULL : exact->mean[row->index],
                                 _ ("Being computed"));
  set_colors (self, row, EXPLORER_COLUMN_EXACT, get_map (self));
}

static void
show_truth (ExplorerViewGrid *self, Row *row)
{
  g_autofree char *title = g_strdup_printf (_ ("%s, truth"), _ (row->info->title));

  explorer_field_view_set_title (row->views[EXPLORER_COLUMN_TRUTH], title);
  explorer_field_view_set_field (row->views[EXPLORER_COLUMN_TRUTH], get_truth (self, row),
                                 _ ("The truth is not known"));
}

/* The truth stays while steps go by: its views are drawn anew only where their colours change. */
static void
show_truths (ExplorerViewGrid *self)
{
  PisdInstance *instance = get_scenario (self)->instance;
  const gboolean is_new = instance != self->shown_truth || instance == NULL;

  for (guint k = 0; k < self->n_rows; k++)
    {
      if (is_new)
        show_truth (self, &self->rows[k]);
      set_colors (self, &self->rows[k], EXPLORER_COLUMN_TRUTH, get_map (self));
    }
  if (!is_new)
    return;
  pisd_instance_unref (self->shown_truth);
  self->shown_truth = instance == NULL ? NULL : pisd_instance_ref (instance);
}

static const char *
get_error_note (ExplorerViewGrid *self)
{
  if (get_scenario (self)->instance == NULL)
    return _ ("The truth is not known");
  if (self->frame != NULL && !is_run_of_this_truth (self))
    return _ ("Another truth than the run’s");
  return _ ("Press Run");
}

static void
show_error (ExplorerViewGrid *self, Row *row)
{
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_ERROR];
  const PisdRangeMode mode = get_mode (self);
  g_autofree char *title = g_strdup_printf (_ ("%s, error"), _ (row->info->title));

  if (row->has_error && mode != PISD_RANGE_FIXED)
    pisd_color_range_update (&row->errors, mode, TRUE, row->error);
  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, row->has_error ? row->error : NULL, get_error_note (self));
  set_colors (self, row, EXPLORER_COLUMN_ERROR,
              mode == PISD_RANGE_FIXED ? get_map (self) : PISD_COLORMAP_DIVERGING);
}

static void
show_spread (ExplorerViewGrid *self, Row *row)
{
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_SPREAD];
  const PisdField *mean, *sd;
  const gboolean known = get_moments (self, row, &mean, &sd);
  g_autofree char *title = g_strdup_printf (_ ("%s, spread"), _ (row->info->title));

  if (known)
    pisd_color_range_update (&row->spread, PISD_RANGE_STEP, FALSE, sd);
  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, known ? sd : NULL, _ ("Needs two samples or more"));
  set_colors (self, row, EXPLORER_COLUMN_SPREAD, PISD_COLORMAP_VIRIDIS);
}

static void
show_standardized (ExplorerViewGrid *self, Row *row)
{
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_STANDARDIZED];
  const gboolean has_truth = get_scenario (self)->instance != NULL;
  g_autofree char *title = g_strdup_printf (_ ("Standardised error of %s"), row->info->name);

  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, row->has_standardized ? row->standardized : NULL,
                                 has_truth ? _ ("Needs two samples or more")
                                           : get_error_note (self));
  set_colors (self, row, EXPLORER_COLUMN_STANDARDIZED, PISD_COLORMAP_DIVERGING);
}

static void show_readout (ExplorerViewGrid *self);

static void
update (ExplorerViewGrid *self)
{
  if (self->session == NULL)
    return;
  self->shown = choose_shown (self);
  for (guint k = 0; k < self->n_rows; k++)
    {
      Row *row = &self->rows[k];

      fill_estimate (self, row);
      subtract (self, row);
      standardize (self, row);
      update_range (self, row);
      show_estimate (self, row);
      show_error (self, row);
      show_exact (self, row);
      show_spread (self, row);
      show_standardized (self, row);
    }
  show_truths (self);
  show_readout (self);
}

static void
update_sensors (ExplorerViewGrid *self)
{
  const PisdSensors *sensors = get_scenario (self)->sensors;

  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_view_set_sensors (self->rows[k].views[c], sensors, self->rows[k].info->id);
}

static void
update_show_sensors (ExplorerViewGrid *self)
{
  const gboolean show = explorer_preferences_get (self->preferences, "show-sensors");

  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_view_set_show_sensors (self->rows[k].views[c], show);
}

static void
update_brush (ExplorerViewGrid *self)
{
  const ExplorerTool tool = explorer_brush_get_tool (self->brush);
  const int radius = tool == EXPLORER_TOOL_SOURCE
                         ? (int) round (explorer_brush_get_width (self->brush) * (PISD_GRID - 1))
                         : (int) explorer_brush_get_radius (self->brush);

  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_view_set_brush (self->rows[k].views[c], TRUE, tool == EXPLORER_TOOL_ERASER,
                                     radius);
}

/* The read-out under the pointer. */

static gboolean
has_sensor (ExplorerViewGrid *self, PisdFieldId field, double x, double y)
{
  return pisd_sensors_find (get_scenario (self)->sensors, field, x, y, 0.5 / (PISD_GRID - 1)) >= 0;
}

static void
append_value (GString *text, const char *label, const PisdField *field, gsize node)
{
  g_autofree char *number = NULL;

  if (field == NULL)
    return;
  number = explorer_number_format_digits (field->data[node], 4);
  g_string_append_printf (text, "  %s\u00a0%s", label, number);
}

static void
append_row (ExplorerViewGrid *self, GString *text, const Row *row)
{
  const gsize node = (gsize) self->hover_i * PISD_GRID + (gsize) self->hover_j;
  const double h = 1.0 / (PISD_GRID - 1);
  const PisdField *mean, *sd;

  g_string_append_printf (text, "   │   %s", row->info->name);
  append_value (text, is_shown_noisy (self) ? _ ("noisy") : _ ("estimate"),
                row->has_estimate ? row->estimate : NULL, node);
  append_value (text, _ ("truth"), get_truth (self, row), node);
  append_value (text, _ ("error"), row->has_error ? row->error : NULL, node);
  append_value (text, _ ("exact"), self->exact == NULL ? NULL : self->exact->mean[row->index],
                node);
  append_value (text, _ ("spread"), get_moments (self, row, &mean, &sd) ? sd : NULL, node);
  if (has_sensor (self, row->info->id, self->hover_j * h, self->hover_i * h))
    g_string_append_printf (text, "  %s", _ ("sensor"));
}

static void
show_readout (ExplorerViewGrid *self)
{
  GString *text;

  if (self->hover_i < 0)
    {
      gtk_label_set_text (GTK_LABEL (self->readout),
                          _ ("Point at a field to read its values; click to place a sensor"));
      gtk_widget_add_css_class (self->readout, "dim-label");
      return;
    }
  text = g_string_new (NULL);
  g_string_append_printf (text, "x\u00a0%.3f  y\u00a0%.3f",
                          self->hover_j / (double) (PISD_GRID - 1),
                          self->hover_i / (double) (PISD_GRID - 1));
  for (guint k = 0; k < self->n_rows; k++)
    append_row (self, text, &self->rows[k]);
  gtk_label_set_text (GTK_LABEL (self->readout), text->str);
  gtk_widget_remove_css_class (self->readout, "dim-label");
  g_string_free (text, TRUE);
}

static void
on_hover (ExplorerViewGrid *self, int i, int j)
{
  self->hover_i = i;
  self->hover_j = j;
  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_view_set_crosshair (self->rows[k].views[c], i, j);
  show_readout (self);
}

/* Strokes. */

static Row *
find_row (ExplorerViewGrid *self, ExplorerFieldView *view)
{
  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      if (self->rows[k].views[c] == view)
        return &self->rows[k];
  return NULL;
}

static void
on_stroke_begin (ExplorerViewGrid *self, gboolean erase, ExplorerFieldView *view)
{
  Row *row = find_row (self, view);

  g_return_if_fail (row != NULL);
  if (explorer_brush_get_tool (self->brush) == EXPLORER_TOOL_SOURCE
      && row->info->id != PISD_FIELD_A)
    {
      g_signal_emit (self, signals[SIGNAL_NOTICE], 0,
                     _ ("The solution follows from the source: draw on a"));
      return;
    }
  g_clear_pointer (&self->stroke, explorer_stroke_free);
  self->stroke = explorer_stroke_new (self->session, self->brush, row->info->id, erase);
}

static void
on_stroke (ExplorerViewGrid *self, int i, int j)
{
  if (self->stroke != NULL)
    explorer_stroke_move (self->stroke, i, j);
}

static void
on_stroke_end (ExplorerViewGrid *self)
{
  g_clear_pointer (&self->stroke, explorer_stroke_free);
}

static void
on_brush_resize (ExplorerViewGrid *self, int direction)
{
  explorer_brush_resize (self->brush, direction);
}

/* Rows. */

static ExplorerFieldView *
new_view (ExplorerViewGrid *self)
{
  static const struct
  {
    const char *name;
    GCallback handler;
  } handlers[] = { { "hover", G_CALLBACK (on_hover) },
                   { "stroke-begin", G_CALLBACK (on_stroke_begin) },
                   { "stroke", G_CALLBACK (on_stroke) },
                   { "stroke-end", G_CALLBACK (on_stroke_end) },
                   { "brush-resize", G_CALLBACK (on_brush_resize) } };
  GtkWidget *view = explorer_field_view_new ();

  for (guint k = 0; k < G_N_ELEMENTS (handlers); k++)
    g_signal_connect_object (view, handlers[k].name, handlers[k].handler, self, G_CONNECT_SWAPPED);
  explorer_field_view_set_palette (EXPLORER_FIELD_VIEW (view), self->palette);
  gtk_widget_insert_before (view, GTK_WIDGET (self), self->readout);
  return EXPLORER_FIELD_VIEW (view);
}

static void
clear_rows (ExplorerViewGrid *self)
{
  for (guint k = 0; k < self->n_rows; k++)
    {
      pisd_field_free (self->rows[k].estimate);
      pisd_field_free (self->rows[k].error);
      pisd_field_free (self->rows[k].standardized);
    }
  self->n_rows = 0;
}

static void
remove_views (ExplorerViewGrid *self)
{
  g_clear_pointer (&self->stroke, explorer_stroke_free);
  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      gtk_widget_unparent (GTK_WIDGET (self->rows[k].views[c]));
  clear_rows (self);
}

static void
add_row (ExplorerViewGrid *self, const PisdFieldInfo *info, guint k)
{
  Row *row = &self->rows[k];

  *row = (Row){ .info = info,
                .index = k,
                .estimate = pisd_field_new (PISD_GRID, PISD_GRID),
                .error = pisd_field_new (PISD_GRID, PISD_GRID),
                .standardized = pisd_field_new (PISD_GRID, PISD_GRID) };
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    row->views[c] = new_view (self);
}

/* Views stay where the new problem has the same fields: an expanded cross-hair, a focus, a range
 * survive. */
static gboolean
fits (ExplorerViewGrid *self, const PisdOperator *problem)
{
  if (self->n_rows != problem->n_fields)
    return FALSE;
  for (guint k = 0; k < self->n_rows; k++)
    if (self->rows[k].info->id != problem->fields[k].id)
      return FALSE;
  return TRUE;
}

static void
update_rows (ExplorerViewGrid *self)
{
  const PisdOperator *problem = pisd_operator_get (get_scenario (self)->settings.problem);

  if (fits (self, problem))
    {
      for (guint k = 0; k < self->n_rows; k++)
        self->rows[k].info = &problem->fields[k];
      return;
    }
  remove_views (self);
  g_clear_pointer (&self->shown_truth, pisd_instance_unref);
  for (guint k = 0; k < problem->n_fields; k++)
    add_row (self, &problem->fields[k], k);
  self->n_rows = problem->n_fields;
  update_show_sensors (self);
  update_brush (self);
  g_signal_emit (self, signals[SIGNAL_FIXED_CHANGED], 0);
}

static void
reset_ranges (ExplorerViewGrid *self)
{
  for (guint k = 0; k < self->n_rows; k++)
    self->rows[k].clean.valid = self->rows[k].noisy.valid = self->rows[k].errors.valid = FALSE;
}

static void
on_scenario_changed (ExplorerViewGrid *self, guint flags)
{
  if (flags & PISD_CHANGE_PROBLEM)
    update_rows (self);
  if (flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE))
    {
      if (self->stroke == NULL)
        reset_ranges (self);
      update (self);
    }
  if (flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_SENSORS | PISD_CHANGE_INSTANCE))
    update_sensors (self);
  if (flags & PISD_CHANGE_SENSORS)
    show_readout (self);
}

static void
on_colors_changed (ExplorerViewGrid *self)
{
  const PisdRangeMode mode = get_mode (self);

  if (mode == PISD_RANGE_FIXED && self->last_mode != PISD_RANGE_FIXED)
    freeze_ranges (self);
  self->last_mode = mode;
  reset_ranges (self);
  update (self);
}

/* Columns on the screen: all that are chosen, or as many of them as are not too narrow. */

static guint
choose_columns (ExplorerViewGrid *self, int width, gboolean shown[EXPLORER_N_COLUMNS])
{
  const guint room = (guint) MAX (LEAST_COLUMNS, width / LEAST_COLUMN_WIDTH);
  guint n = 0;

  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      shown[c] = explorer_preferences_get (self->preferences, column_keys[c]);
      n += shown[c];
    }
  for (guint k = 0; k < G_N_ELEMENTS (left_out) && n > room; k++)
    if (shown[left_out[k]])
      {
        shown[left_out[k]] = FALSE;
        n--;
      }
  if (n > 0)
    return n;
  shown[EXPLORER_COLUMN_ESTIMATE] = TRUE;
  return 1;
}

static void
measure_views (ExplorerViewGrid *self, GtkOrientation orientation, int *minimum, int *natural)
{
  const gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int largest = 0, n;

  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      {
        int least;

        gtk_widget_measure (GTK_WIDGET (self->rows[k].views[c]), orientation, -1, &least, NULL,
                            NULL, NULL);
        largest = MAX (largest, least);
      }
  n = across ? LEAST_COLUMNS : (int) self->n_rows;
  *minimum = *natural = n * largest + MAX (0, n - 1) * SPACING + (across ? 2 * MARGIN : 0);
}

static void
explorer_view_grid_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (widget);
  int least, best;

  gtk_widget_measure (self->readout, orientation, -1, &least, &best, NULL, NULL);
  measure_views (self, orientation, minimum, natural);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum += least;
      *natural += best;
    }
  else
    {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, *minimum);
    }
}

static void
allocate_row (const Row *row,
              const gboolean shown[EXPLORER_N_COLUMNS],
              guint n,
              int width,
              int y,
              int height)
{
  const int room = width - 2 * MARGIN + SPACING; /* each column with a gap after it */
  int place = 0;

  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      GtkWidget *view = GTK_WIDGET (row->views[c]);
      const int begin = room * place / (int) n, end = room * (place + 1) / (int) n;
      const GtkAllocation box = { MARGIN + begin, y, MAX (1, end - begin - SPACING), height };

      gtk_widget_set_child_visible (view, shown[c]);
      if (!shown[c])
        continue;
      gtk_widget_size_allocate (view, &box, -1);
      place++;
    }
}

static void
explorer_view_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (widget);
  gboolean shown[EXPLORER_N_COLUMNS];
  GtkAllocation readout = { 0, 0, width, 0 };
  int room;
  guint n;

  gtk_widget_measure (self->readout, GTK_ORIENTATION_VERTICAL, width, &readout.height, NULL, NULL,
                      NULL);
  readout.y = height - readout.height;
  gtk_widget_size_allocate (self->readout, &readout, -1);
  if (self->n_rows == 0)
    return;
  n = choose_columns (self, width, shown);
  room = readout.y + SPACING;
  for (guint k = 0; k < self->n_rows; k++)
    {
      const int begin = room * (int) k / (int) self->n_rows;
      const int end = room * (int) (k + 1) / (int) self->n_rows;

      allocate_row (&self->rows[k], shown, n, width, begin, MAX (1, end - begin - SPACING));
    }
}

/* Object. */

static void
explorer_view_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (object);

  switch (id)
    {
    case PROP_SHOW_NOISY:
      g_value_set_boolean (value, self->show_noisy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_view_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (object);

  switch (id)
    {
    case PROP_SHOW_NOISY:
      self->show_noisy = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  update (self);
}

static void
explorer_view_grid_dispose (GObject *object)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (object);

  remove_views (self);
  g_clear_pointer (&self->frame, pisd_frame_unref);
  g_clear_pointer (&self->exact, pisd_exact_unref);
  g_clear_pointer (&self->shown_truth, pisd_instance_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->brush);
  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_VIEW_GRID);
  G_OBJECT_CLASS (explorer_view_grid_parent_class)->dispose (object);
}

static void
install_signals (GType type)
{
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FIXED_CHANGED] =
      g_signal_new ("fixed-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_view_grid_class_init (ExplorerViewGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = explorer_view_grid_get_property;
  object_class->set_property = explorer_view_grid_set_property;
  object_class->dispose = explorer_view_grid_dispose;
  widget_class->measure = explorer_view_grid_measure;
  widget_class->size_allocate = explorer_view_grid_size_allocate;
  properties[PROP_SHOW_NOISY] = g_param_spec_boolean ("show-noisy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-view-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerViewGrid, readout);
}

static void
explorer_view_grid_init (ExplorerViewGrid *self)
{
  self->palette = pisd_palette_get (FALSE);
  self->hover_i = self->hover_j = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
connect_models (ExplorerViewGrid *self)
{
  static const struct
  {
    const char *detail;
    GCallback handler;
  } rows[] = { { "notify::color-map", G_CALLBACK (on_colors_changed) },
               { "notify::range-mode", G_CALLBACK (on_colors_changed) },
               { "notify::show-sensors", G_CALLBACK (update_show_sensors) },
               { "notify::sample-mean", G_CALLBACK (update) } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_signal_connect_object (self->preferences, rows[k].detail, rows[k].handler, self,
                             G_CONNECT_SWAPPED);
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      g_autofree char *detail = g_strdup_printf ("notify::%s", column_keys[c]);

      g_signal_connect_object (self->preferences, detail, G_CALLBACK (gtk_widget_queue_resize),
                               self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->session, "scenario-changed", G_CALLBACK (on_scenario_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "ensemble", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "run-finished", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->brush, "notify", G_CALLBACK (update_brush), self,
                           G_CONNECT_SWAPPED);
}

void
explorer_view_grid_set_models (ExplorerViewGrid *self,
                               ExplorerSession *session,
                               ExplorerBrush *brush,
                               ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && self->session == NULL);
  self->session = g_object_ref (session);
  self->brush = g_object_ref (brush);
  self->preferences = g_object_ref (preferences);
  connect_models (self);
  update_rows (self);
  on_colors_changed (self);
  update_sensors (self);
}

void
explorer_view_grid_set_palette (ExplorerViewGrid *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  self->palette = palette;
  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_view_set_palette (self->rows[k].views[c], palette);
}

void
explorer_view_grid_start (ExplorerViewGrid *self)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  self->frame_is_old = TRUE;
  reset_ranges (self);
}

void
explorer_view_grid_set_exact (ExplorerViewGrid *self, PisdExact *exact)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  if (exact != NULL)
    pisd_exact_ref (exact);
  pisd_exact_unref (self->exact);
  self->exact = exact;
  update (self);
}

void
explorer_view_grid_set_live (ExplorerViewGrid *self, gboolean live)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  if (live && !self->live)
    reset_ranges (self);
  self->live = live;
  update (self);
}

void
explorer_view_grid_show_frame (ExplorerViewGrid *self, PisdFrame *frame)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  if (frame != NULL)
    pisd_frame_ref (frame);
  pisd_frame_unref (self->frame);
  self->frame = frame;
  self->frame_is_old = FALSE;
  update (self);
}

const PisdFrame *
explorer_view_grid_get_frame (ExplorerViewGrid *self)
{
  return self->frame;
}

guint
explorer_view_grid_get_n_rows (ExplorerViewGrid *self)
{
  return self->n_rows;
}

const PisdFieldInfo *
explorer_view_grid_get_info (ExplorerViewGrid *self, guint row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);
  return self->rows[row].info;
}

ExplorerFieldView *
explorer_view_grid_get_view (ExplorerViewGrid *self, guint row, ExplorerColumn column)
{
  g_return_val_if_fail (row < self->n_rows && column < EXPLORER_N_COLUMNS, NULL);
  return self->rows[row].views[column];
}

const PisdField *
explorer_view_grid_get_estimate (ExplorerViewGrid *self, guint row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);
  return self->rows[row].has_estimate ? self->rows[row].estimate : NULL;
}

const char *
explorer_view_grid_get_readout (ExplorerViewGrid *self)
{
  return gtk_label_get_text (GTK_LABEL (self->readout));
}

void
explorer_view_grid_get_fixed (ExplorerViewGrid *self, guint row, PisdColorRange *range)
{
  g_return_if_fail (row < self->n_rows);
  *range = self->rows[row].fixed;
}

void
explorer_view_grid_set_fixed (ExplorerViewGrid *self, guint row, double min, double max)
{
  g_return_if_fail (row < self->n_rows && min < max);
  self->rows[row].fixed = (PisdColorRange){ .min = min, .max = max, .valid = TRUE };
  update (self);
}

/* Of the mean of samples so far nobody has computed it yet. */
static double
get_error (ExplorerViewGrid *self, const Row *row)
{
  switch (self->shown)
    {
    case SHOWN_LIVE:
      return self->exact->errors[row->index];
    case SHOWN_RESULT:
      return explorer_session_get_result (self->session)->errors[row->index];
    case SHOWN_ENSEMBLE:
      return row->has_error ? pisd_field_relative_error (row->estimate, get_truth (self, row))
                            : NAN;
    default:
      return self->frame == NULL ? NAN : self->frame->errors[row->index];
    }
}

void
explorer_view_grid_get_errors (ExplorerViewGrid *self, double errors[PISD_MAX_FIELDS])
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    errors[k] = k < self->n_rows ? get_error (self, &self->rows[k]) : NAN;
}

double
explorer_view_grid_get_calibration (ExplorerViewGrid *self, guint row)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), NAN);
  return row < self->n_rows ? self->rows[row].calibration : NAN;
}

gboolean
explorer_view_grid_is_frame_shown (ExplorerViewGrid *self)
{
  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self), FALSE);
  return self->shown == SHOWN_FRAME || self->shown == SHOWN_KEPT;
}

gboolean
explorer_view_grid_is_column_shown (ExplorerViewGrid *self, ExplorerColumn column)
{
  gboolean shown[EXPLORER_N_COLUMNS];

  g_return_val_if_fail (EXPLORER_IS_VIEW_GRID (self) && column < EXPLORER_N_COLUMNS, FALSE);
  choose_columns (self, gtk_widget_get_width (GTK_WIDGET (self)), shown);
  return shown[column];
}

const char *
explorer_view_grid_get_column_key (ExplorerColumn column)
{
  g_return_val_if_fail (column < EXPLORER_N_COLUMNS, NULL);
  return column_keys[column];
}

void
explorer_view_grid_get_panels (ExplorerViewGrid *self,
                               PisdPanel *panels,
                               guint *n_rows,
                               guint *n_columns)
{
  gboolean shown[EXPLORER_N_COLUMNS];
  guint n = 0;

  *n_columns = choose_columns (self, gtk_widget_get_width (GTK_WIDGET (self)), shown);
  *n_rows = self->n_rows;
  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      if (shown[c])
        explorer_field_view_get_panel (self->rows[k].views[c], &panels[n++]);
}
