#include "explorer-instance-panel.h"

#include <glib/gi18n.h>

#include "explorer-setting-row.h"
#include "explorer-wheel.h"

struct _ExplorerInstancePanel
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *truth_row;
  GtkWidget *wavenumber_row;
  GtkWidget *family_row;
  GtkWidget *seed;
  GtkWidget *draw_row;
  GtkWidget *amplitude;
  GtkWidget *width;

  ExplorerSession *session;
  ExplorerBrush *brush;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ExplorerInstancePanel, explorer_instance_panel, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_SESSION = 1
};

static char *
dup_truth_description (const PisdScenario *scenario)
{
  g_autofree char *seed = NULL;

  if (scenario->instance == NULL)
    return g_strdup (_ ("The truth is not known"));
  if (scenario->truth_path != NULL)
    return g_path_get_basename (scenario->truth_path);
  if (!pisd_edit_is_random (scenario))
    return g_strdup (_ ("Source drawn by hand"));
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, scenario->settings.instance_seed);
  return g_strdup_printf (_ ("Random source, seed %s"), seed);
}

static void
show_truth (ExplorerInstancePanel *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  g_autofree char *truth = dup_truth_description (scenario);
  g_autofree char *escaped = g_markup_escape_text (truth, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->truth_row), problem->equation);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->truth_row), escaped);
  gtk_widget_set_visible (self->wavenumber_row, problem->has_wavenumber);
}

static void
on_scenario_changed (ExplorerInstancePanel *self, guint flags)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;

  if (!(flags & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SETTINGS)))
    return;
  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->family_row), settings->family);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->seed), settings->instance_seed);
  self->updating = FALSE;
  show_truth (self);
}

static void
choose_instance (ExplorerInstancePanel *self, guint64 seed)
{
  const guint family = adw_combo_row_get_selected (ADW_COMBO_ROW (self->family_row));

  if (!explorer_session_set_random_instance (self->session, family, seed))
    on_scenario_changed (self, PISD_CHANGE_ALL);
}

static void
on_instance_chosen (ExplorerInstancePanel *self)
{
  if (self->session != NULL && !self->updating)
    choose_instance (self, gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->seed)));
}

static void
on_next_clicked (ExplorerInstancePanel *self)
{
  choose_instance (self, explorer_session_get_scenario (self->session)->settings.instance_seed + 1);
}

static void
on_draw_toggled (ExplorerInstancePanel *self)
{
  const gboolean draw = adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self->draw_row));
  const gboolean is_drawing = explorer_brush_get_tool (self->brush) == EXPLORER_TOOL_SOURCE;

  if (draw != is_drawing)
    explorer_brush_set_tool (self->brush, draw ? EXPLORER_TOOL_SOURCE : EXPLORER_TOOL_BRUSH);
}

static void
on_tool_changed (ExplorerInstancePanel *self)
{
  const gboolean draw = explorer_brush_get_tool (self->brush) == EXPLORER_TOOL_SOURCE;

  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self->draw_row), draw);
}

static void
on_empty_clicked (ExplorerInstancePanel *self)
{
  g_autoptr (PisdField) zero = pisd_field_new (PISD_GRID, PISD_GRID);

  explorer_session_set_source (self->session, zero);
}

void
explorer_instance_panel_set_brush (ExplorerInstancePanel *self, ExplorerBrush *brush)
{
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_return_if_fail (self->brush == NULL);
  self->brush = g_object_ref (brush);
  g_object_bind_property (brush, "amplitude", self->amplitude, "value", flags);
  g_object_bind_property (brush, "width", self->width, "value", flags);
  g_signal_connect_object (brush, "notify::tool", G_CALLBACK (on_tool_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
set_session (ExplorerInstancePanel *self, ExplorerSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  on_scenario_changed (self, PISD_CHANGE_ALL);
}

static void
explorer_instance_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, EXPLORER_INSTANCE_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_instance_panel_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (EXPLORER_INSTANCE_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_instance_panel_dispose (GObject *object)
{
  ExplorerInstancePanel *self = EXPLORER_INSTANCE_PANEL (object);

  g_clear_object (&self->brush);
  set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_INSTANCE_PANEL);
  G_OBJECT_CLASS (explorer_instance_panel_parent_class)->dispose (object);
}

static void
explorer_instance_panel_class_init (ExplorerInstancePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_instance_panel_get_property;
  object_class->set_property = explorer_instance_panel_set_property;
  object_class->dispose = explorer_instance_panel_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, EXPLORER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-instance-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, truth_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, wavenumber_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, family_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, seed);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, draw_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, amplitude);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, width);
  gtk_widget_class_bind_template_callback (widget_class, on_instance_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_draw_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_empty_clicked);
}

static void
explorer_instance_panel_init (ExplorerInstancePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_wheel_only_with_focus (self->seed);
  explorer_wheel_only_with_focus (self->amplitude);
  explorer_wheel_only_with_focus (self->width);
}
