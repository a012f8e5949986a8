#include "explorer-view-grid-private.h"

#include "explorer-fields.h"
#include "explorer-readout.h"
#include "explorer-view-layout.h"

G_DEFINE_FINAL_TYPE (ExplorerViewGrid, explorer_view_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_SHOW_NOISY = 1,
  PROP_CHROME,
  N_PROPS
};

enum
{
  SIGNAL_NOTICE,
  SIGNAL_FIXED_CHANGED,
  SIGNAL_NAMED,
  SIGNAL_PROBED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What is shown. */

void
explorer_view_grid_show_readout (ExplorerViewGrid *self)
{
  explorer_readout_show (GTK_INSCRIPTION (self->readout), &self->rows, &self->shown);
}

/* The noisy state has a colour bar of its own. */
static void
update_bars (ExplorerViewGrid *self)
{
  const gboolean is_noisy = explorer_shown_is_noisy (&self->shown);

  if (is_noisy != self->was_noisy)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  self->was_noisy = is_noisy;
}

static const PisdOperator *
get_problem (ExplorerViewGrid *self)
{
  return pisd_operator_get (explorer_shown_get_scenario (&self->shown)->settings.problem);
}

gboolean
explorer_view_grid_has_rows (ExplorerViewGrid *self)
{
  return self->session != NULL && explorer_fields_equal (self->rows.problem, get_problem (self));
}

/* The brush is followed before what follows from it is known; where nothing does, the truth is what
 * it was. */
static void
show_drawn (ExplorerViewGrid *self)
{
  const PisdField *drawn = explorer_session_get_drawn (self->session);
  ExplorerFieldRow *row = &self->rows.items[0];

  if (!explorer_view_grid_has_rows (self))
    return;
  if (!explorer_pane_is_own (&row->panes[EXPLORER_COLUMN_TRUTH], EXPLORER_COLUMN_TRUTH))
    return;
  if (drawn != NULL)
    explorer_field_view_set_field (row->views[EXPLORER_COLUMN_TRUTH], drawn, NULL);
  else if (self->shows_drawn)
    explorer_field_row_show_truth (row, &self->shown);
  self->shows_drawn = drawn != NULL;
}

void
explorer_view_grid_update (ExplorerViewGrid *self)
{
  if (!explorer_view_grid_has_rows (self))
    return;
  explorer_view_grid_choose (self);
  explorer_field_rows_update (&self->rows, &self->shown);
  show_drawn (self);
  update_bars (self);
  explorer_view_grid_show_readout (self);
}

/* Another moment of what is there already. */
static void
on_moment_changed (ExplorerViewGrid *self)
{
  if (!explorer_view_grid_has_rows (self))
    return;
  explorer_field_rows_update_frames (&self->rows, &self->shown);
  explorer_view_grid_show_readout (self);
}

static void
update_sensors (ExplorerViewGrid *self)
{
  const PisdScenario *scenario = explorer_shown_get_scenario (&self->shown);

  explorer_field_rows_set_sensors (&self->rows, scenario->sensors);
}

void
explorer_view_grid_update_overlays (ExplorerViewGrid *self)
{
  explorer_field_rows_set_show_sensors (
      &self->rows, explorer_preferences_get (self->preferences, "show-sensors"));
  explorer_field_rows_set_flow (
      &self->rows, (PisdFlow) explorer_preferences_get (self->preferences, "flow-lines"));
  if (explorer_view_grid_has_rows (self))
    explorer_field_rows_show_picks (&self->rows, &self->shown);
}

void
explorer_view_grid_update_brush (ExplorerViewGrid *self)
{
  const gboolean erases = explorer_brush_get_tool (self->brush) == EXPLORER_TOOL_ERASER;

  explorer_field_rows_set_brush (&self->rows, erases, explorer_brush_get_reach (self->brush));
}

/* Rows. */

static void
update_rows (ExplorerViewGrid *self)
{
  if (!explorer_field_rows_set_problem (&self->rows, get_problem (self)))
    return;
  g_clear_pointer (&self->stroke, explorer_stroke_free);
  for (guint k = 0; k < self->rows.n; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_field_row_take_view (&self->rows.items[k], c, explorer_view_grid_new_view (self),
                                    self->readout);
  explorer_view_grid_read_panes (self);
  explorer_view_grid_restore (self);
  explorer_field_rows_set_palette (&self->rows, self->palette);
  explorer_readout_set_lines (GTK_INSCRIPTION (self->readout), self->rows.n);
  explorer_view_grid_update_overlays (self);
  explorer_view_grid_update_brush (self);
  g_signal_emit (self, signals[SIGNAL_FIXED_CHANGED], 0);
}

/* Other settings are those of the next run, and nothing that is shown. */
static void
update_prior (ExplorerViewGrid *self)
{
  const PisdPriorId prior = explorer_shown_get_scenario (&self->shown)->settings.prior;

  if (prior == self->prior || !explorer_view_grid_has_rows (self))
    return;
  self->prior = prior;
  explorer_field_rows_show_exact (&self->rows, &self->shown);
  explorer_field_rows_show_picks (&self->rows, &self->shown);
}

static void
on_scenario_changed (ExplorerViewGrid *self, guint flags)
{
  if (flags & PISD_CHANGE_PROBLEM)
    update_rows (self);
  if (flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE))
    {
      if (self->stroke == NULL)
        explorer_field_rows_reset_ranges (&self->rows);
      explorer_view_grid_update (self);
    }
  if (flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_SENSORS | PISD_CHANGE_INSTANCE))
    update_sensors (self);
  if (flags & PISD_CHANGE_SENSORS)
    explorer_view_grid_show_readout (self);
  update_prior (self);
  explorer_view_grid_update_mark (self);
}

static void
on_colors_changed (ExplorerViewGrid *self)
{
  const PisdRangeMode mode = explorer_preferences_get (self->preferences, "range-mode");

  if (mode == PISD_RANGE_FIXED && self->last_mode != PISD_RANGE_FIXED)
    {
      explorer_field_rows_freeze_ranges (&self->rows);
      g_signal_emit (self, signals[SIGNAL_FIXED_CHANGED], 0);
    }
  self->last_mode = mode;
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* columns may share their bars now */
  explorer_field_rows_reset_ranges (&self->rows);
  explorer_view_grid_update (self);
}

/* Object. */

static ExplorerViewLayout *
get_layout (ExplorerViewGrid *self)
{
  return EXPLORER_VIEW_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
}

static void
set_chrome (ExplorerViewGrid *self, gboolean chrome)
{
  self->chrome = chrome;
  gtk_widget_set_visible (self->readout, chrome);
  (chrome ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self), "lecture");
  explorer_view_layout_set_most (get_layout (self),
                                 chrome ? EXPLORER_N_COLUMNS : EXPLORER_LECTURE_COLUMNS);
}

static void
explorer_view_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOW_NOISY)
    g_value_set_boolean (value, EXPLORER_VIEW_GRID (object)->shown.noisy);
  else if (id == PROP_CHROME)
    g_value_set_boolean (value, EXPLORER_VIEW_GRID (object)->chrome);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_view_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (object);

  if (id == PROP_SHOW_NOISY)
    {
      self->shown.noisy = g_value_get_boolean (value);
      explorer_view_grid_update (self);
    }
  else if (id == PROP_CHROME)
    set_chrome (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_view_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (explorer_view_grid_parent_class)->snapshot (widget, snapshot);
  explorer_view_grid_draw_gauge (EXPLORER_VIEW_GRID (widget), snapshot);
}

static void
explorer_view_grid_dispose (GObject *object)
{
  ExplorerViewGrid *self = EXPLORER_VIEW_GRID (object);

  g_clear_handle_id (&self->mark_delay, g_source_remove);
  g_clear_handle_id (&self->rest_delay, g_source_remove);
  g_clear_pointer (&self->stroke, explorer_stroke_free);
  explorer_field_rows_clear (&self->rows);
  explorer_picks_clear (&self->rows.picks);
  explorer_shown_clear (&self->shown);
  g_clear_object (&self->session);
  g_clear_object (&self->flow);
  g_clear_object (&self->brush);
  explorer_view_grid_clear_gauge (self);
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
  signals[SIGNAL_NAMED] =
      g_signal_new ("named", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBED] =
      g_signal_new ("probed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  widget_class->snapshot = explorer_view_grid_snapshot;
  properties[PROP_SHOW_NOISY] = g_param_spec_boolean ("show-noisy", NULL, NULL, FALSE, flags);
  properties[PROP_CHROME] = g_param_spec_boolean ("chrome", NULL, NULL, TRUE, flags);
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
  self->rows.cross_i = self->rows.cross_j = -1;
  self->rows.mode_i = self->rows.mode_j = -1;
  self->only_row = -1;
  self->probe.i = self->probe.j = -1;
  self->rested = self->probe;
  self->chrome = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (
      GTK_WIDGET (self), explorer_view_layout_new (&self->rows, &self->shown, self->readout));
}

static void
connect_models (ExplorerViewGrid *self)
{
  const struct
  {
    gpointer sender;
    const char *signal;
    GCallback handler;
  } rows[] = {
    { self->preferences, "notify::color-map", G_CALLBACK (on_colors_changed) },
    { self->preferences, "notify::range-mode", G_CALLBACK (on_colors_changed) },
    { self->preferences, "notify::show-sensors", G_CALLBACK (explorer_view_grid_update_overlays) },
    { self->preferences, "notify::flow-lines", G_CALLBACK (explorer_view_grid_update_overlays) },
    { self->preferences, "notify::probe-chart", G_CALLBACK (explorer_view_grid_show_probe) },
    { self->preferences, "notify::measure", G_CALLBACK (explorer_view_grid_show_probe) },
    { self->preferences, "notify::sample-mean", G_CALLBACK (explorer_view_grid_update) },
    { self->session, "scenario-changed", G_CALLBACK (on_scenario_changed) },
    { self->session, "drawn", G_CALLBACK (show_drawn) },
    { self->session, "ensemble", G_CALLBACK (explorer_view_grid_update) },
    { self->session, "run-finished", G_CALLBACK (explorer_view_grid_update) },
    { self->flow, "notify::frame", G_CALLBACK (on_moment_changed) },
    { self->brush, "notify", G_CALLBACK (explorer_view_grid_update_brush) }
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_signal_connect_object (rows[k].sender, rows[k].signal, rows[k].handler, self,
                             G_CONNECT_SWAPPED);
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      g_autofree char *signal = g_strdup_printf ("notify::%s", explorer_columns_get_key (c));

      g_signal_connect_object (self->preferences, signal, G_CALLBACK (gtk_widget_queue_resize),
                               self, G_CONNECT_SWAPPED);
    }
}

void
explorer_view_grid_set_models (ExplorerViewGrid *self,
                               ExplorerSession *session,
                               ExplorerFlow *flow,
                               ExplorerBrush *brush,
                               ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && self->session == NULL);
  self->session = g_object_ref (session);
  self->flow = g_object_ref (flow);
  self->brush = g_object_ref (brush);
  self->preferences = g_object_ref (preferences);
  self->shown.session = session;
  self->shown.flow = flow;
  self->shown.preferences = preferences;
  connect_models (self);
  explorer_view_grid_connect_panes (self);
  update_rows (self);
  on_colors_changed (self);
  update_sensors (self);
}

void
explorer_view_grid_set_palette (ExplorerViewGrid *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  self->palette = palette;
  explorer_field_rows_set_palette (&self->rows, palette);
}

void
explorer_view_grid_start (ExplorerViewGrid *self)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  explorer_view_grid_update_mark (self);
}

void
explorer_view_grid_set_exact (ExplorerViewGrid *self, PisdExact *exact)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  explorer_shown_set_exact (&self->shown, exact);
  explorer_view_grid_update (self);
}

void
explorer_view_grid_set_live (ExplorerViewGrid *self, gboolean live)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  self->shown.live = live;
  explorer_view_grid_update (self);
}

void
explorer_view_grid_show_frame (ExplorerViewGrid *self, PisdFrame *frame)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self));
  explorer_shown_set_frame (&self->shown, frame);
  explorer_view_grid_update (self);
}

void
explorer_view_grid_set_fixed (ExplorerViewGrid *self, guint row, double min, double max)
{
  g_return_if_fail (row < self->rows.n && min < max);
  self->rows.items[row].ranges.fixed = (PisdColorRange){ .min = min, .max = max, .valid = TRUE };
  explorer_view_grid_update (self);
}
