#include "explorer-display-panel.h"

#include <glib/gi18n.h>

#include "explorer-range-row.h"

struct _ExplorerDisplayPanel
{
  ExplorerPanel parent_instance;

  GtkWidget *noisy;
  GtkWidget *sample_mean;
  GtkWidget *columns;
  GtkWidget *map_row;
  GtkWidget *range_row;
  GtkWidget *sensors;
  GtkWidget *probe_chart;
  GtkWidget *measure_row;
  GtkWidget *flow_row;
  GtkWidget *scheme_row;

  GPtrArray *fixed; /* one ExplorerRangeRow a field */
  ExplorerViewGrid *grid;
};

G_DEFINE_FINAL_TYPE (ExplorerDisplayPanel, explorer_display_panel, EXPLORER_TYPE_PANEL)

/* Fixed colour ranges, one row a field. */

static void
show_fixed (ExplorerDisplayPanel *self)
{
  ExplorerPreferences *preferences = explorer_panel_get_preferences (EXPLORER_PANEL (self));
  const gboolean is_fixed =
      explorer_preferences_get (preferences, "range-mode") == PISD_RANGE_FIXED;

  for (guint k = 0; k < self->fixed->len; k++)
    {
      GtkWidget *row = g_ptr_array_index (self->fixed, k);
      PisdColorRange range;

      explorer_view_grid_get_fixed (self->grid, k, &range);
      gtk_widget_set_visible (row, is_fixed);
      explorer_range_row_set (EXPLORER_RANGE_ROW (row), range.valid ? range.min : -1,
                              range.valid ? range.max : 1);
    }
}

static void
on_fixed_changed (ExplorerDisplayPanel *self, double min, double max, GtkWidget *row)
{
  guint k;

  if (g_ptr_array_find (self->fixed, row, &k))
    explorer_view_grid_set_fixed (self->grid, k, min, max);
}

static void
forget_fixed (ExplorerDisplayPanel *self)
{
  for (guint k = 0; k < self->fixed->len; k++)
    gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (self->range_row)),
                         g_ptr_array_index (self->fixed, k));
  g_ptr_array_set_size (self->fixed, 0);
}

static void
explorer_display_panel_show_fields (ExplorerPanel *panel, const PisdOperator *problem)
{
  ExplorerDisplayPanel *self = EXPLORER_DISPLAY_PANEL (panel);
  GtkWidget *above = self->range_row;

  forget_fixed (self);
  for (guint k = 0; k < problem->n_fields; k++)
    {
      g_autofree char *symbol = pisd_field_info_dup_symbol (&problem->fields[k], PISD_FRAME_ANY);
      GtkWidget *row = explorer_range_row_new (symbol);

      g_signal_connect_object (row, "changed", G_CALLBACK (on_fixed_changed), self,
                               G_CONNECT_SWAPPED);
      explorer_panel_insert_after (panel, row, above);
      g_ptr_array_add (self->fixed, row);
      above = row;
    }
  show_fixed (self);
  gtk_widget_set_visible (self->flow_row, pisd_operator_has_velocity (problem));
}

/* One row a column. */
static const struct
{
  const char *title, *subtitle;
} columns[EXPLORER_N_COLUMNS] = {
  [EXPLORER_COLUMN_ESTIMATE] = { N_ ("Estimate"), N_ ("What the run makes of the sensors") },
  [EXPLORER_COLUMN_TRUTH] = { N_ ("Truth"), N_ ("The field that is measured") },
  [EXPLORER_COLUMN_ERROR] = { N_ ("Error"), N_ ("Estimate − truth") },
  [EXPLORER_COLUMN_EXACT] = { N_ ("Exact"), N_ ("Posterior mean under the Gaussian prior") },
  [EXPLORER_COLUMN_SPREAD] = { N_ ("Spread"), N_ ("Standard deviation of the samples") },
  [EXPLORER_COLUMN_STANDARDIZED] = { N_ ("Standardised error"), N_ ("(truth − mean) / spread") },
  [EXPLORER_COLUMN_STATE] = { N_ ("State x"), N_ ("With its noise, beside the estimate") },
};

static void
add_columns (ExplorerDisplayPanel *self, ExplorerPreferences *preferences)
{
  for (guint k = 0; k < EXPLORER_N_COLUMNS; k++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (columns[k].title));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (columns[k].subtitle));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->columns), row);
      g_object_bind_property (preferences, explorer_columns_get_key (k), check, "active",
                              G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    }
}

/* Binding. */

static void
bind_widgets (ExplorerDisplayPanel *self, ExplorerPreferences *preferences)
{
  const struct
  {
    gpointer model;
    const char *name;
    GtkWidget *widget;
    const char *property;
  } rows[] = { { self->grid, "show-noisy", self->noisy, "active" },
               { preferences, "sample-mean", self->sample_mean, "active" },
               { preferences, "color-map", self->map_row, "selected" },
               { preferences, "range-mode", self->range_row, "selected" },
               { preferences, "show-sensors", self->sensors, "active" },
               { preferences, "probe-chart", self->probe_chart, "active" },
               { preferences, "measure", self->measure_row, "selected" },
               { preferences, "flow-lines", self->flow_row, "selected" },
               { preferences, "color-scheme", self->scheme_row, "selected" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_object_bind_property (rows[k].model, rows[k].name, rows[k].widget, rows[k].property,
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
explorer_display_panel_bind (ExplorerPanel *panel)
{
  ExplorerDisplayPanel *self = EXPLORER_DISPLAY_PANEL (panel);
  ExplorerPreferences *preferences = explorer_panel_get_preferences (panel);

  g_return_if_fail (self->grid != NULL);
  bind_widgets (self, preferences);
  add_columns (self, preferences);
  g_signal_connect_object (self->grid, "fixed-changed", G_CALLBACK (show_fixed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::range-mode", G_CALLBACK (show_fixed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
explorer_display_panel_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_DISPLAY_PANEL (object)->grid);
  G_OBJECT_CLASS (explorer_display_panel_parent_class)->dispose (object);
}

static void
explorer_display_panel_finalize (GObject *object)
{
  g_ptr_array_unref (EXPLORER_DISPLAY_PANEL (object)->fixed);
  G_OBJECT_CLASS (explorer_display_panel_parent_class)->finalize (object);
}

static void
explorer_display_panel_class_init (ExplorerDisplayPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_display_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_display_panel_finalize;
  EXPLORER_PANEL_CLASS (klass)->bind = explorer_display_panel_bind;
  EXPLORER_PANEL_CLASS (klass)->show_fields = explorer_display_panel_show_fields;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-display-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, noisy);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, sample_mean);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, columns);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, map_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, range_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, sensors);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, probe_chart);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, measure_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, flow_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, scheme_row);
}

static void
explorer_display_panel_init (ExplorerDisplayPanel *self)
{
  self->fixed = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
explorer_display_panel_set_grid (ExplorerDisplayPanel *self, ExplorerViewGrid *grid)
{
  g_return_if_fail (EXPLORER_IS_DISPLAY_PANEL (self) && self->grid == NULL);
  self->grid = g_object_ref (grid);
}
