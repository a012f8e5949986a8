#include "explorer-sampler-panel.h"

#include "explorer-setting-row.h"

struct _ExplorerSamplerPanel
{
  ExplorerPanel parent_instance;
};

G_DEFINE_FINAL_TYPE (ExplorerSamplerPanel, explorer_sampler_panel, EXPLORER_TYPE_PANEL)

static void
explorer_sampler_panel_class_init (ExplorerSamplerPanelClass *klass)
{
  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      GTK_WIDGET_CLASS (klass), "/io/github/pisd/Explorer/ui/explorer-sampler-panel.ui");
}

static void
explorer_sampler_panel_init (ExplorerSamplerPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
