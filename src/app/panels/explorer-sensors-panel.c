#include "explorer-sensors-panel.h"

#include <glib/gi18n.h>

#include "explorer-number.h"
#include "explorer-wheel.h"

struct _ExplorerSensorsPanel
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *count_row;
  GtkWidget *clear_button;
  GtkWidget *radius;
  GtkWidget *noise;
  GtkWidget *field_row;
  GtkStringList *field_names;
  GtkWidget *n_random;
  GtkWidget *scatter_seed;
  GtkWidget *grid_size;
  GtkWidget *n_ring;
  GtkWidget *follow;
  GtkWidget *live;

  ExplorerSession *session;
};

G_DEFINE_FINAL_TYPE (ExplorerSensorsPanel, explorer_sensors_panel, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_SESSION = 1
};

static const PisdOperator *
get_problem (ExplorerSensorsPanel *self)
{
  return pisd_operator_get (explorer_session_get_scenario (self->session)->settings.problem);
}

static PisdFieldId
get_field (ExplorerSensorsPanel *self)
{
  const PisdOperator *problem = get_problem (self);
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->field_row));

  return problem->fields[MIN (selected, problem->n_fields - 1)].id;
}

static void
show_fields (ExplorerSensorsPanel *self)
{
  const PisdOperator *problem = get_problem (self);
  GtkStringList *names = self->field_names;

  if (g_list_model_get_n_items (G_LIST_MODEL (names)) == problem->n_fields)
    return; /* the problems have the same fields: the choice stays */
  gtk_string_list_splice (names, 0, g_list_model_get_n_items (G_LIST_MODEL (names)), NULL);
  for (guint k = 0; k < problem->n_fields; k++)
    gtk_string_list_append (names, _ (problem->fields[k].title));
}

static void
on_scenario_changed (ExplorerSensorsPanel *self)
{
  const PisdSensors *sensors = explorer_session_get_scenario (self->session)->sensors;
  g_autofree char *total = NULL;
  g_autofree char *fields = NULL;

  explorer_session_describe_sensors (self->session, &total, &fields);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->count_row), total);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->count_row), fields);
  gtk_widget_set_sensitive (self->clear_button, sensors->n > 0);
  show_fields (self);
}

static void
on_clear_clicked (ExplorerSensorsPanel *self)
{
  explorer_session_clear_sensors (self->session);
}

static void
on_noise_changed (ExplorerSensorsPanel *self)
{
  double sd;

  if (self->session == NULL)
    return;
  if (explorer_number_parse (gtk_editable_get_text (GTK_EDITABLE (self->noise)), &sd) && sd >= 0)
    {
      gtk_widget_remove_css_class (self->noise, "error");
      explorer_session_set_noise_sd (self->session, sd);
    }
  else
    gtk_widget_add_css_class (self->noise, "error");
}

static guint
get_count (GtkWidget *spin)
{
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  return (guint) gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin));
}

static void
on_scatter_clicked (ExplorerSensorsPanel *self)
{
  explorer_session_scatter (self->session, get_field (self), get_count (self->n_random),
                            get_count (self->scatter_seed));
}

static void
on_scatter_next_clicked (ExplorerSensorsPanel *self)
{
  gtk_spin_button_spin (GTK_SPIN_BUTTON (self->scatter_seed), GTK_SPIN_STEP_FORWARD, 1);
  on_scatter_clicked (self);
}

/* "8 × 8", "8x8", "8 8"; one number stands for both. */
static gboolean
parse_grid_size (const char *text, guint *n_rows, guint *n_columns)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^0-9]+", text, 0, 0);
  guint64 numbers[2] = { 0, 0 };
  guint n = 0;

  for (guint k = 0; words[k] != NULL; k++)
    if (words[k][0] != '\0')
      {
        if (n == 2 || !g_ascii_string_to_unsigned (words[k], 10, 1, PISD_GRID, &numbers[n], NULL))
          return FALSE;
        n++;
      }
  if (n == 0)
    return FALSE;
  *n_rows = (guint) numbers[0];
  *n_columns = (guint) numbers[n - 1];
  return TRUE;
}

static void
on_grid_clicked (ExplorerSensorsPanel *self)
{
  guint n_rows, n_columns;

  if (parse_grid_size (gtk_editable_get_text (GTK_EDITABLE (self->grid_size)), &n_rows, &n_columns))
    {
      gtk_widget_remove_css_class (self->grid_size, "error");
      explorer_session_place_grid (self->session, get_field (self), n_rows, n_columns);
    }
  else
    gtk_widget_add_css_class (self->grid_size, "error");
}

static void
on_ring_clicked (ExplorerSensorsPanel *self)
{
  explorer_session_place_ring (self->session, get_field (self), get_count (self->n_ring));
}

void
explorer_sensors_panel_set_models (ExplorerSensorsPanel *self,
                                   ExplorerBrush *brush,
                                   ExplorerPreferences *preferences)
{
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (brush, "radius", self->radius, "value", flags);
  g_object_bind_property (preferences, "follow", self->follow, "active", flags);
  g_object_bind_property (preferences, "live", self->live, "active", flags);
}

static void
set_session (ExplorerSensorsPanel *self, ExplorerSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  on_scenario_changed (self);
}

static void
explorer_sensors_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, EXPLORER_SENSORS_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_sensors_panel_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (EXPLORER_SENSORS_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_sensors_panel_dispose (GObject *object)
{
  ExplorerSensorsPanel *self = EXPLORER_SENSORS_PANEL (object);

  set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_SENSORS_PANEL);
  G_OBJECT_CLASS (explorer_sensors_panel_parent_class)->dispose (object);
}

static void
explorer_sensors_panel_class_init (ExplorerSensorsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_sensors_panel_get_property;
  object_class->set_property = explorer_sensors_panel_set_property;
  object_class->dispose = explorer_sensors_panel_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, EXPLORER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-sensors-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, count_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, clear_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, radius);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, noise);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, field_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, field_names);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, n_random);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, scatter_seed);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, grid_size);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, n_ring);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, follow);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, live);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_noise_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_scatter_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_scatter_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_grid_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_ring_clicked);
}

static void
explorer_sensors_panel_init (ExplorerSensorsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  explorer_wheel_only_with_focus (self->radius);
  explorer_wheel_only_with_focus (self->n_random);
  explorer_wheel_only_with_focus (self->scatter_seed);
  explorer_wheel_only_with_focus (self->n_ring);
}
