#include "explorer-sampler-panel.h"

#include "explorer-schedule-chart.h"
#include "explorer-setting-row.h"

struct _ExplorerSamplerPanel
{
  ExplorerPanel parent_instance;

  GtkWidget *sampler_row;
  GtkWidget *eta_row;
  GtkWidget *churn_row;
  GtkWidget *steps_row;
  GtkWidget *schedule_row;
  GtkWidget *chart_row;
  GtkWidget *chart;
  GtkWidget *advanced_row;
  GtkWidget *sigma_max_row;
  GtkWidget *sigma_min_row;
  GtkWidget *rho_row;
  GtkWidget *churn_min_row;
  GtkWidget *churn_max_row;
  GtkWidget *churn_noise_row;
};

G_DEFINE_FINAL_TYPE (ExplorerSamplerPanel, explorer_sampler_panel, EXPLORER_TYPE_PANEL)

/* What the method has to have for a row to be shown. */
typedef enum
{
  NEEDS_STEPS,
  NEEDS_ETA,
  NEEDS_CHURN,
  NEEDS_RHO,
  N_NEEDS
} Needs;

#define ROW(name) G_STRUCT_OFFSET (ExplorerSamplerPanel, name)

/* The other rows are shown whatever the method is. */
static const struct
{
  gsize row;
  Needs needs;
  gboolean of_churn; /* it says nothing where there is none */
} rows[] = {
  { ROW (sampler_row), NEEDS_STEPS, FALSE },   { ROW (eta_row), NEEDS_ETA, FALSE },
  { ROW (churn_row), NEEDS_CHURN, FALSE },     { ROW (steps_row), NEEDS_STEPS, FALSE },
  { ROW (schedule_row), NEEDS_STEPS, FALSE },  { ROW (chart_row), NEEDS_STEPS, FALSE },
  { ROW (sigma_max_row), NEEDS_STEPS, FALSE }, { ROW (sigma_min_row), NEEDS_STEPS, FALSE },
  { ROW (rho_row), NEEDS_RHO, FALSE },         { ROW (churn_min_row), NEEDS_CHURN, TRUE },
  { ROW (churn_max_row), NEEDS_CHURN, TRUE },  { ROW (churn_noise_row), NEEDS_CHURN, TRUE },
};

static void
explorer_sampler_panel_update (ExplorerPanel *panel, guint changed)
{
  ExplorerSamplerPanel *self = EXPLORER_SAMPLER_PANEL (panel);
  const PisdSettings *settings = &explorer_panel_get_scenario (panel)->settings;
  const gboolean makes_steps = pisd_method_get (settings->guidance)->makes_steps;
  const gboolean has[N_NEEDS] = {
    [NEEDS_STEPS] = makes_steps,
    [NEEDS_ETA] = pisd_settings_use_sampler (settings, PISD_SAMPLER_USES_ETA),
    [NEEDS_CHURN] = pisd_settings_use_sampler (settings, PISD_SAMPLER_USES_CHURN),
    [NEEDS_RHO] = makes_steps && pisd_method_get_schedule (settings->schedule)->uses_rho,
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      GtkWidget *row = G_STRUCT_MEMBER (GtkWidget *, self, rows[k].row);

      gtk_widget_set_visible (row, has[rows[k].needs]);
      gtk_widget_set_sensitive (row, !rows[k].of_churn || settings->churn.amount > 0);
    }
  explorer_schedule_chart_set_settings (EXPLORER_SCHEDULE_CHART (self->chart), settings);
}

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
  EXPLORER_PANEL_CLASS (klass)->update = explorer_sampler_panel_update;
  g_type_ensure (EXPLORER_TYPE_SCHEDULE_CHART);
  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-sampler-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, sampler_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, eta_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, churn_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, steps_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, schedule_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, chart_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, chart);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, sigma_max_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, sigma_min_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, rho_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, churn_min_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, churn_max_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSamplerPanel, churn_noise_row);
}

static void
explorer_sampler_panel_init (ExplorerSamplerPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
