#include "explorer-sampler-panel.h"

#include "explorer-setting-row.h"
#include "explorer-wheel.h"

#define MOST_SAMPLES 256

struct _ExplorerSamplerPanel
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *samples;

  ExplorerSession *session;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ExplorerSamplerPanel, explorer_sampler_panel, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_SESSION = 1
};

/* A file may ask for more samples than the button offers. */
static void
on_scenario_changed (ExplorerSamplerPanel *self)
{
  const guint n = explorer_session_get_scenario (self->session)->settings.samples;

  self->updating = TRUE;
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->samples), 1, MAX (n, MOST_SAMPLES));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->samples), n);
  self->updating = FALSE;
}

static void
on_samples_changed (ExplorerSamplerPanel *self)
{
  g_autofree char *text = NULL;

  if (self->updating || self->session == NULL)
    return;
  text = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->samples)));
  if (!explorer_session_set_setting (self->session, "samples", text))
    on_scenario_changed (self);
}

static void
set_session (ExplorerSamplerPanel *self, ExplorerSession *session)
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
explorer_sampler_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, EXPLORER_SAMPLER_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_sampler_panel_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (EXPLORER_SAMPLER_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_sampler_panel_dispose (GObject *object)
{
  ExplorerSamplerPanel *self = EXPLORER_SAMPLER_PANEL (object);

  set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_SAMPLER_PANEL);
  G_OBJECT_CLASS (explorer_sampler_panel_parent_class)->dispose (object);
}

static void
explorer_sampler_panel_class_init (ExplorerSamplerPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_sampler_panel_get_property;
  object_class->set_property = explorer_sampler_panel_set_property;
  object_class->dispose = explorer_sampler_panel_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, EXPLORER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-sampler-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, samples);
  gtk_widget_class_bind_template_callback (widget_class, on_samples_changed);
}

static void
explorer_sampler_panel_init (ExplorerSamplerPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_wheel_only_with_focus (self->samples);
}
