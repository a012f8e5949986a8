#include "explorer-sampler-panel.h"

#include "explorer-setting-row.h"
#include "explorer-wheel.h"

#define MOST_SAMPLES 256

struct _ExplorerSamplerPanel
{
  ExplorerPanel parent_instance;

  GtkWidget *samples;
};

G_DEFINE_FINAL_TYPE (ExplorerSamplerPanel, explorer_sampler_panel, EXPLORER_TYPE_PANEL)

/* A file may ask for more samples than the button offers. */
static void
explorer_sampler_panel_update (ExplorerPanel *panel, guint changed)
{
  GtkSpinButton *samples = GTK_SPIN_BUTTON (EXPLORER_SAMPLER_PANEL (panel)->samples);
  const guint n = explorer_panel_get_scenario (panel)->settings.samples;

  gtk_spin_button_set_range (samples, 1, MAX (n, MOST_SAMPLES));
  gtk_spin_button_set_value (samples, n);
}

static void
on_samples_changed (ExplorerPanel *panel)
{
  GtkSpinButton *samples = GTK_SPIN_BUTTON (EXPLORER_SAMPLER_PANEL (panel)->samples);
  g_autofree char *text = NULL;

  if (!explorer_panel_is_edited (panel))
    return;
  text = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (samples));
  if (!explorer_session_set_setting (explorer_panel_get_session (panel), "samples", text))
    explorer_panel_refresh (panel);
}

static void
explorer_sampler_panel_class_init (ExplorerSamplerPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EXPLORER_PANEL_CLASS (klass)->update = explorer_sampler_panel_update;

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
