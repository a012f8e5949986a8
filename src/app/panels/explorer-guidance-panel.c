#include "explorer-guidance-panel.h"

#include <string.h>

#include "explorer-choice.h"
#include "explorer-log-slider.h"
#include "explorer-number.h"
#include "explorer-setting-row.h"

struct _ExplorerGuidancePanel
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *preset_button;
  GtkWidget *method_row;
  GtkWidget *zeta_obs_a;
  GtkWidget *zeta_obs_u;
  GtkWidget *zeta_pde;
  GtkWidget *ratio_row;
  GtkWidget *rate_low;
  GtkWidget *rate_high;
  GtkWidget *cutoff_row;
  GtkWidget *beta1_row;
  GtkWidget *beta2_row;
  GtkWidget *late_start_row;
  GtkWidget *late_factor_row;
  GtkWidget *space_row;
  GtkWidget *covariance_row;
  GtkWidget *pde_sd_row;

  ExplorerSession *session;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ExplorerGuidancePanel, explorer_guidance_panel, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_SESSION = 1
};

#define USES(guidance) (1u << (guidance))

/* One row a slider: the child, its setting, the term whose share it shows (PISD_N_TERMS: none), and
 * the methods that use it. */
static const struct
{
  gsize child;
  const char *key;
  PisdTerm term;
  guint guidances;
} sliders[] = {
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, zeta_obs_a), "zeta-obs-a", PISD_TERM_OBS_A,
    USES (PISD_GUIDANCE_DPS) | USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, zeta_obs_u), "zeta-obs-u", PISD_TERM_OBS_U,
    USES (PISD_GUIDANCE_DPS) | USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, zeta_pde), "zeta-pde", PISD_TERM_PDE,
    USES (PISD_GUIDANCE_DPS) | USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, rate_low), "rate-low", PISD_N_TERMS,
    USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, rate_high), "rate-high", PISD_N_TERMS,
    USES (PISD_GUIDANCE_PISD) },
};

/* The rows that are not sliders. */
static const struct
{
  gsize child;
  guint guidances;
} others[] = {
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, ratio_row), USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, cutoff_row), USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, beta1_row), USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, beta2_row), USES (PISD_GUIDANCE_PISD) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, late_start_row), USES (PISD_GUIDANCE_DPS) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, late_factor_row), USES (PISD_GUIDANCE_DPS) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, space_row), USES (PISD_GUIDANCE_SECOND_ORDER) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, covariance_row), USES (PISD_GUIDANCE_SECOND_ORDER) },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, pde_sd_row), USES (PISD_GUIDANCE_SECOND_ORDER) },
};

static ExplorerLogSlider *
get_slider (ExplorerGuidancePanel *self, guint k)
{
  return G_STRUCT_MEMBER (ExplorerLogSlider *, self, sliders[k].child);
}

static double
get_value (const PisdSettings *settings, const char *key)
{
  return G_STRUCT_MEMBER (double, settings, pisd_settings_find (key)->offset);
}

static void
show_visible (ExplorerGuidancePanel *self, const PisdSettings *settings)
{
  for (guint k = 0; k < G_N_ELEMENTS (sliders); k++)
    gtk_widget_set_visible (GTK_WIDGET (get_slider (self, k)),
                            (sliders[k].guidances & USES (settings->guidance)) != 0);
  for (guint k = 0; k < G_N_ELEMENTS (others); k++)
    gtk_widget_set_visible (G_STRUCT_MEMBER (GtkWidget *, self, others[k].child),
                            (others[k].guidances & USES (settings->guidance)) != 0);
  if (settings->space != PISD_SPACE_JOINT)
    gtk_widget_set_visible (self->pde_sd_row, FALSE); /* the equation holds by itself */
}

static void
on_scenario_changed (ExplorerGuidancePanel *self)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;
  PisdSettings preset;

  explorer_session_get_preset (self->session, &preset);
  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->method_row), settings->guidance);
  for (guint k = 0; k < G_N_ELEMENTS (sliders); k++)
    {
      explorer_log_slider_set_value (get_slider (self, k), get_value (settings, sliders[k].key));
      explorer_log_slider_set_preset (get_slider (self, k), get_value (&preset, sliders[k].key));
    }
  self->updating = FALSE;
  show_visible (self, settings);
  gtk_widget_set_sensitive (
      self->preset_button,
      memcmp (&settings->parameters, &preset.parameters, sizeof preset.parameters) != 0
          || settings->space != preset.space || settings->covariance != preset.covariance);
}

static void
on_slider_changed (ExplorerGuidancePanel *self, double value, ExplorerLogSlider *slider)
{
  g_autofree char *text = explorer_number_format (value);

  if (self->updating || self->session == NULL)
    return;
  for (guint k = 0; k < G_N_ELEMENTS (sliders); k++)
    if (get_slider (self, k) == slider)
      explorer_session_set_setting (self->session, sliders[k].key, text);
  on_scenario_changed (self); /* where it was refused the slider goes back */
}

static void
on_method_selected (ExplorerGuidancePanel *self)
{
  if (!self->updating && self->session != NULL)
    explorer_session_apply_preset (self->session,
                                   adw_combo_row_get_selected (ADW_COMBO_ROW (self->method_row)));
}

static void
on_preset_clicked (ExplorerGuidancePanel *self)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;

  explorer_session_apply_preset (self->session, settings->guidance);
}

/* The last frame has no step after it, and so no gradient. */
static gboolean
has_gradient (const PisdFrame *frame)
{
  double total = 0;

  for (guint t = 0; frame != NULL && t < PISD_N_TERMS; t++)
    total += frame->shares[t];
  return total > 0;
}

void
explorer_guidance_panel_show_frame (ExplorerGuidancePanel *self, const PisdFrame *frame)
{
  const gboolean known = has_gradient (frame);

  for (guint k = 0; k < G_N_ELEMENTS (sliders); k++)
    if (sliders[k].term < PISD_N_TERMS)
      explorer_log_slider_set_share (get_slider (self, k),
                                     known ? frame->shares[sliders[k].term] : -1);
}

static void
set_session (ExplorerGuidancePanel *self, ExplorerSession *session)
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
explorer_guidance_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, EXPLORER_GUIDANCE_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_guidance_panel_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (EXPLORER_GUIDANCE_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_guidance_panel_dispose (GObject *object)
{
  ExplorerGuidancePanel *self = EXPLORER_GUIDANCE_PANEL (object);

  set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_GUIDANCE_PANEL);
  G_OBJECT_CLASS (explorer_guidance_panel_parent_class)->dispose (object);
}

static void
explorer_guidance_panel_class_init (ExplorerGuidancePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_guidance_panel_get_property;
  object_class->set_property = explorer_guidance_panel_set_property;
  object_class->dispose = explorer_guidance_panel_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, EXPLORER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (EXPLORER_TYPE_LOG_SLIDER);
  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-guidance-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, preset_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, method_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, zeta_obs_a);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, zeta_obs_u);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, zeta_pde);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, ratio_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, rate_low);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, rate_high);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, cutoff_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, beta1_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, beta2_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, late_start_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, late_factor_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, space_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, covariance_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, pde_sd_row);
  gtk_widget_class_bind_template_callback (widget_class, on_preset_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_method_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_changed);
}

static void
explorer_guidance_panel_init (ExplorerGuidancePanel *self)
{
  g_autoptr (GtkStringList) methods = explorer_choice_new_list (pisd_settings_find ("guidance"));

  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->method_row), G_LIST_MODEL (methods));
  self->updating = FALSE;
}
