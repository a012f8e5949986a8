#include "explorer-view-grid.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"
#include "explorer-stroke.h"

typedef struct
{
  const PisdFieldInfo *info;
  guint index; /* in the problem's table */
  ExplorerFieldView *views[EXPLORER_N_COLUMNS];
  PisdField *estimate, *error;
  gboolean has_estimate, has_error;
  PisdColorRange clean, noisy, third, fixed;
} Row;

struct _ExplorerViewGrid
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *readout;

  ExplorerSession *session;
  ExplorerBrush *brush;
  ExplorerPreferences *preferences;
  const PisdPalette *palette;

  Row rows[PISD_MAX_FIELDS];
  guint n_rows;
  PisdFrame *frame;
  PisdInstance *shown_truth; /* what the Truth column holds */
  gboolean show_noisy;
  guint third;
  PisdRangeMode last_mode;
  int hover_i, hover_j;   /* -1: nowhere */
  ExplorerStroke *stroke; /* under way, or NULL */
};

G_DEFINE_FINAL_TYPE (ExplorerViewGrid, explorer_view_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_SHOW_NOISY = 1,
  PROP_THIRD,
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

static void
decode (ExplorerViewGrid *self, Row *row)
{
  const float *latent;

  row->has_estimate = self->frame != NULL && is_run_of_this_problem (self);
  if (!row->has_estimate)
    return;
  latent = self->show_noisy ? self->frame->state : self->frame->denoised;
  pisd_representation_decode_float (explorer_session_get_representation (self->session), latent,
                                    row->index, row->estimate);
}

static void
subtract (ExplorerViewGrid *self, Row *row)
{
  const PisdField *truth = get_truth (self, row);

  row->has_error = row->has_estimate && truth != NULL && is_run_of_this_truth (self);
  if (!row->has_error)
    return;
  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    row->error->data[k] = row->estimate->data[k] - truth->data[k];
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
  return self->show_noisy && self->frame != NULL && self->frame->sigma > 0;
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
  if (get_mode (self) == PISD_RANGE_FIXED)
    return &row->fixed;
  if (column == EXPLORER_COLUMN_THIRD)
    return &row->third;
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

static void
show_estimate (ExplorerViewGrid *self, Row *row)
{
  const char *format = self->show_noisy ? _ ("%s, noisy state x") : _ ("%s, estimate D");
  g_autofree char *title = g_strdup_printf (format, _ (row->info->title));

  explorer_field_view_set_title (row->views[EXPLORER_COLUMN_ESTIMATE], title);
  explorer_field_view_set_field (row->views[EXPLORER_COLUMN_ESTIMATE],
                                 row->has_estimate ? row->estimate : NULL, _ ("Press Run"));
  set_colors (self, row, EXPLORER_COLUMN_ESTIMATE, get_map (self));
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
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_THIRD];
  const PisdRangeMode mode = get_mode (self);
  g_autofree char *title = g_strdup_printf (_ ("%s, error"), _ (row->info->title));

  if (row->has_error && mode != PISD_RANGE_FIXED)
    pisd_color_range_update (&row->third, mode, TRUE, row->error);
  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, row->has_error ? row->error : NULL, get_error_note (self));
  set_colors (self, row, EXPLORER_COLUMN_THIRD,
              mode == PISD_RANGE_FIXED ? get_map (self) : PISD_COLORMAP_DIVERGING);
}

static void
show_spread (ExplorerViewGrid *self, Row *row)
{
  ExplorerFieldView *view = row->views[EXPLORER_COLUMN_THIRD];
  const PisdResult *result = explorer_session_get_result (self->session);
  const gboolean known = result != NULL && result->n_samples > 1 && is_run_of_this_problem (self);
  g_autofree char *title = g_strdup_printf (_ ("%s, spread"), _ (row->info->title));

  if (known && get_mode (self) != PISD_RANGE_FIXED)
    pisd_color_range_update (&row->third, PISD_RANGE_STEP, FALSE, result->sd[row->index]);
  explorer_field_view_set_title (view, title);
  explorer_field_view_set_field (view, known ? result->sd[row->index] : NULL,
                                 _ ("Needs a finished run of two samples or more"));
  set_colors (self, row, EXPLORER_COLUMN_THIRD, PISD_COLORMAP_VIRIDIS);
}

static void show_readout (ExplorerViewGrid *self);

static void
update (ExplorerViewGrid *self)
{
  if (self->session == NULL)
    return;
  for (guint k = 0; k < self->n_rows; k++)
    {
      Row *row = &self->rows[k];

      decode (self, row);
      subtract (self, row);
      update_range (self, row);
      show_estimate (self, row);
      if (self->third == EXPLORER_THIRD_SPREAD)
        show_spread (self, row);
      else
        show_error (self, row);
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

  g_string_append_printf (text, "   │   %s", row->info->name);
  append_value (text, self->show_noisy ? _ ("noisy") : _ ("estimate"),
                row->has_estimate ? row->estimate : NULL, node);
  append_value (text, _ ("truth"), get_truth (self, row), node);
  append_value (text, _ ("error"), row->has_error ? row->error : NULL, node);
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
new_view (ExplorerViewGrid *self, guint row, guint column)
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
  gtk_widget_set_hexpand (view, TRUE);
  gtk_widget_set_vexpand (view, TRUE);
  explorer_field_view_set_palette (EXPLORER_FIELD_VIEW (view), self->palette);
  gtk_grid_attach (GTK_GRID (self->grid), view, (int) column, (int) row, 1, 1);
  return EXPLORER_FIELD_VIEW (view);
}

static void
clear_rows (ExplorerViewGrid *self)
{
  for (guint k = 0; k < self->n_rows; k++)
    {
      pisd_field_free (self->rows[k].estimate);
      pisd_field_free (self->rows[k].error);
    }
  self->n_rows = 0;
}

static void
remove_views (ExplorerViewGrid *self)
{
  GtkWidget *child;

  g_clear_pointer (&self->stroke, explorer_stroke_free);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  clear_rows (self);
}

static void
add_row (ExplorerViewGrid *self, const PisdFieldInfo *info, guint k)
{
  Row *row = &self->rows[k];

  *row = (Row){ .info = info,
                .index = k,
                .estimate = pisd_field_new (PISD_GRID, PISD_GRID),
                .error = pisd_field_new (PISD_GRID, PISD_GRID) };
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    row->views[c] = new_view (self, k, c);
}

/* Views stay where the new problem has the same fields: an expanded cross-hair, a focus, a range
 * survive. */
static gboolean
fits (ExplorerViewGrid *self, const PisdProblemInfo *problem)
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
  const PisdProblemInfo *problem = pisd_problem_get_info (get_scenario (self)->settings.problem);

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
    self->rows[k].clean.valid = self->rows[k].noisy.valid = self->rows[k].third.valid = FALSE;
}

static void
on_scenario_changed (ExplorerViewGrid *self, guint flags)
{
  if (flags & EXPLORER_CHANGE_PROBLEM)
    update_rows (self);
  if (flags & (EXPLORER_CHANGE_PROBLEM | EXPLORER_CHANGE_INSTANCE))
    {
      if (self->stroke == NULL)
        reset_ranges (self);
      update (self);
    }
  if (flags & (EXPLORER_CHANGE_PROBLEM | EXPLORER_CHANGE_SENSORS | EXPLORER_CHANGE_INSTANCE))
    update_sensors (self);
  if (flags & EXPLORER_CHANGE_SENSORS)
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
    case PROP_THIRD:
      g_value_set_uint (value, self->third);
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
    case PROP_THIRD:
      self->third = g_value_get_uint (value);
      for (guint k = 0; k < self->n_rows; k++)
        self->rows[k].third.valid = FALSE;
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

  g_clear_pointer (&self->stroke, explorer_stroke_free);
  clear_rows (self);
  g_clear_pointer (&self->frame, pisd_frame_unref);
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
  properties[PROP_SHOW_NOISY] = g_param_spec_boolean ("show-noisy", NULL, NULL, FALSE, flags);
  properties[PROP_THIRD] = g_param_spec_uint ("third", NULL, NULL, EXPLORER_THIRD_ERROR,
                                              EXPLORER_THIRD_SPREAD, EXPLORER_THIRD_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-view-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerViewGrid, grid);
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
               { "notify::show-sensors", G_CALLBACK (update_show_sensors) } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_signal_connect_object (self->preferences, rows[k].detail, rows[k].handler, self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "scenario-changed", G_CALLBACK (on_scenario_changed),
                           self, G_CONNECT_SWAPPED);
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
  reset_ranges (self);
}

void
explorer_view_grid_show_frame (ExplorerViewGrid *self, PisdFrame *frame)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  if (frame != NULL)
    pisd_frame_ref (frame);
  pisd_frame_unref (self->frame);
  self->frame = frame;
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

void
explorer_view_grid_get_panels (ExplorerViewGrid *self,
                               PisdPanel *panels,
                               guint *n_rows,
                               guint *n_columns)
{
  for (guint k = 0; k < self->n_rows; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_view_get_panel (self->rows[k].views[c], &panels[k * EXPLORER_N_COLUMNS + c]);
  *n_rows = self->n_rows;
  *n_columns = EXPLORER_N_COLUMNS;
}
