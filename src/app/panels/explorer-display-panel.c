#include "explorer-display-panel.h"

#include <glib/gi18n.h>

#include "explorer-number.h"

struct _ExplorerDisplayPanel
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *noisy;
  GtkWidget *sample_mean;
  GtkWidget *columns;
  GtkWidget *map_row;
  GtkWidget *range_row;
  GtkWidget *first_row, *first_min, *first_max;
  GtkWidget *second_row, *second_min, *second_max;
  GtkWidget *sensors;
  GtkWidget *pace_row;
  GtkWidget *scheme_row;

  ExplorerPreferences *preferences;
  ExplorerViewGrid *grid;
};

G_DEFINE_FINAL_TYPE (ExplorerDisplayPanel, explorer_display_panel, ADW_TYPE_PREFERENCES_GROUP)

typedef struct
{
  GtkWidget *row, *min, *max;
} Fixed;

static void
get_fixed (ExplorerDisplayPanel *self, Fixed fixed[PISD_MAX_FIELDS])
{
  fixed[0] = (Fixed){ self->first_row, self->first_min, self->first_max };
  fixed[1] = (Fixed){ self->second_row, self->second_min, self->second_max };
}

static void
set_number (GtkWidget *entry, double value)
{
  g_autofree char *text = explorer_number_format_digits (value, 4);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_remove_css_class (entry, "error");
}

static void
show_fixed (ExplorerDisplayPanel *self)
{
  const gboolean is_fixed =
      explorer_preferences_get (self->preferences, "range-mode") == PISD_RANGE_FIXED;
  const guint n_rows = explorer_view_grid_get_n_rows (self->grid);
  Fixed fixed[PISD_MAX_FIELDS];

  get_fixed (self, fixed);
  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    {
      PisdColorRange range;

      gtk_widget_set_visible (fixed[k].row, is_fixed && k < n_rows);
      if (!is_fixed || k >= n_rows)
        continue;
      explorer_view_grid_get_fixed (self->grid, k, &range);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fixed[k].row),
                                     explorer_view_grid_get_info (self->grid, k)->name);
      set_number (fixed[k].min, range.valid ? range.min : -1);
      set_number (fixed[k].max, range.valid ? range.max : 1);
    }
}

static gboolean
read_number (GtkWidget *entry, double *value)
{
  return explorer_number_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), value);
}

static void
on_fixed_activate (ExplorerDisplayPanel *self)
{
  Fixed fixed[PISD_MAX_FIELDS];

  if (self->grid == NULL)
    return;
  get_fixed (self, fixed);
  for (guint k = 0; k < explorer_view_grid_get_n_rows (self->grid); k++)
    {
      double min, max;

      if (!gtk_widget_get_visible (fixed[k].row))
        continue;
      if (read_number (fixed[k].min, &min) && read_number (fixed[k].max, &max) && min < max)
        {
          explorer_view_grid_set_fixed (self->grid, k, min, max);
          gtk_widget_remove_css_class (fixed[k].min, "error");
          gtk_widget_remove_css_class (fixed[k].max, "error");
        }
      else
        {
          gtk_widget_add_css_class (fixed[k].min, "error");
          gtk_widget_add_css_class (fixed[k].max, "error");
        }
    }
}

static void
explorer_display_panel_dispose (GObject *object)
{
  ExplorerDisplayPanel *self = EXPLORER_DISPLAY_PANEL (object);

  g_clear_object (&self->preferences);
  g_clear_object (&self->grid);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_DISPLAY_PANEL);
  G_OBJECT_CLASS (explorer_display_panel_parent_class)->dispose (object);
}

static void
explorer_display_panel_class_init (ExplorerDisplayPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_display_panel_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-display-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, noisy);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, sample_mean);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, columns);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, map_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, range_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, first_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, first_min);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, first_max);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, second_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, second_min);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, second_max);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, sensors);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, pace_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerDisplayPanel, scheme_row);
  gtk_widget_class_bind_template_callback (widget_class, on_fixed_activate);
}

static void
explorer_display_panel_init (ExplorerDisplayPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* One row a column. */
static void
add_columns (ExplorerDisplayPanel *self)
{
  static const struct
  {
    const char *title, *subtitle;
  } rows[EXPLORER_N_COLUMNS] = {
    [EXPLORER_COLUMN_ESTIMATE] = { N_ ("Estimate"), N_ ("What the run makes of the sensors") },
    [EXPLORER_COLUMN_TRUTH] = { N_ ("Truth"), N_ ("The field that is measured") },
    [EXPLORER_COLUMN_ERROR] = { N_ ("Error"), N_ ("Estimate − truth") },
    [EXPLORER_COLUMN_EXACT] = { N_ ("Exact"), N_ ("Posterior mean, the best estimate") },
    [EXPLORER_COLUMN_SPREAD] = { N_ ("Spread"), N_ ("Standard deviation of the samples") },
    [EXPLORER_COLUMN_STANDARDIZED] = { N_ ("Standardised error"), N_ ("(truth − mean) / spread") },
  };

  for (guint k = 0; k < EXPLORER_N_COLUMNS; k++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (rows[k].title));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (rows[k].subtitle));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->columns), row);
      g_object_bind_property (self->preferences, explorer_view_grid_get_column_key (k), check,
                              "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    }
}

static void
bind_models (ExplorerDisplayPanel *self)
{
  const struct
  {
    gpointer model;
    const char *name;
    GtkWidget *widget;
    const char *property;
  } rows[] = { { self->grid, "show-noisy", self->noisy, "active" },
               { self->preferences, "sample-mean", self->sample_mean, "active" },
               { self->preferences, "color-map", self->map_row, "selected" },
               { self->preferences, "range-mode", self->range_row, "selected" },
               { self->preferences, "show-sensors", self->sensors, "active" },
               { self->preferences, "pace", self->pace_row, "selected" },
               { self->preferences, "color-scheme", self->scheme_row, "selected" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_object_bind_property (rows[k].model, rows[k].name, rows[k].widget, rows[k].property,
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

void
explorer_display_panel_set_models (ExplorerDisplayPanel *self,
                                   ExplorerPreferences *preferences,
                                   ExplorerViewGrid *grid)
{
  g_return_if_fail (EXPLORER_IS_DISPLAY_PANEL (self) && self->grid == NULL);
  self->preferences = g_object_ref (preferences);
  self->grid = g_object_ref (grid);
  bind_models (self);
  add_columns (self);
  g_signal_connect_object (grid, "fixed-changed", G_CALLBACK (show_fixed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::range-mode", G_CALLBACK (show_fixed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_fixed (self);
}
