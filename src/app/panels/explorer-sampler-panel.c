#include "explorer-sampler-panel.h"

#include "explorer-setting-row.h"

struct _ExplorerSamplerPanel
{
  ExplorerPanel parent_instance;

  GtkWidget *advanced_row;
};

G_DEFINE_FINAL_TYPE (ExplorerSamplerPanel, explorer_sampler_panel, EXPLORER_TYPE_PANEL)

static void
explorer_sampler_panel_bind (ExplorerPanel *panel)
{
  ExplorerSamplerPanel *self = EXPLORER_SAMPLER_PANEL (panel);

  explorer_panel_remember_unfolded (panel, self->advanced_row, "advanced-sampler");
}

static void
explorer_sampler_panel_class_init (ExplorerSamplerPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EXPLORER_PANEL_CLASS (klass)->bind = explorer_sampler_panel_bind;
  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-sampler-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, advanced_row);
}

static void
explorer_sampler_panel_init (ExplorerSamplerPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
