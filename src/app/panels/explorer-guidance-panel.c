#include "explorer-guidance-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "explorer-choice.h"
#include "explorer-courses.h"
#include "explorer-log-slider.h"
#include "explorer-setting-row.h"
#include "pisd-edit-preset.h"
#include "pisd-number.h"

/* The ends of the sliders of the sensors' weights. */
#define LEAST_WEIGHT 1e-5
#define LARGEST_WEIGHT 1e3

struct _ExplorerGuidancePanel
{
  ExplorerPanel parent_instance;

  GtkWidget *preset_button;
  GtkWidget *method_row;
  GtkWidget *zeta_pde;
  GtkWidget *course_row;
  GtkWidget *course_reset;
  GtkWidget *course_choice;
  GtkWidget *ratio_row;
  GtkWidget *rate_low;
  GtkWidget *rate_high;
  GtkWidget *advanced_row;
  GtkWidget *late_start_row;
  GtkWidget *late_factor_row;
  GtkWidget *space_row;
  GtkWidget *covariance_row;
  GtkWidget *pde_sd_row;

  GArray *sliders;          /* of Slider: those of the template, then one a field */
  guint course_term;        /* whose course is drawn; PISD_N_TERMS: none */
  const PisdOperator *told; /* the equation that the tooltips tell */
};

enum
{
  PROP_COURSE_TERM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ExplorerGuidancePanel, explorer_guidance_panel, EXPLORER_TYPE_PANEL)

typedef struct
{
  GtkWidget *widget;
  const PisdSettingInfo *info;
  guint term; /* whose share is shown; PISD_N_TERMS: none */
  PisdMethodUses group;
} Slider;

/* One row a slider of the template: the child, its setting and the group that it belongs to. */
static const struct
{
  gsize child;
  const char *key;
  PisdMethodUses group;
} sliders[] = {
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, zeta_pde), "zeta-pde", PISD_USES_WEIGHTS },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, rate_low), "rate-low", PISD_USES_ADAM },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, rate_high), "rate-high", PISD_USES_ADAM },
};

/* The rows that are not sliders. */
static const struct
{
  gsize child;
  PisdMethodUses group;
} others[] = {
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, course_row), PISD_USES_WEIGHTS },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, ratio_row), PISD_USES_ADAM },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, advanced_row), PISD_USES_ADAM },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, late_start_row), PISD_USES_PHASES },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, late_factor_row), PISD_USES_PHASES },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, space_row), PISD_USES_COVARIANCE },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, covariance_row), PISD_USES_COVARIANCE },
  { G_STRUCT_OFFSET (ExplorerGuidancePanel, pde_sd_row), PISD_USES_COVARIANCE },
};

static Slider *
get_slider (ExplorerGuidancePanel *self, guint k)
{
  return &g_array_index (self->sliders, Slider, k);
}

static void
add_slider (ExplorerGuidancePanel *self, GtkWidget *widget, const char *key, PisdMethodUses group)
{
  const PisdSettingInfo *info = pisd_settings_find (key);
  const Slider slider = { widget, info, pisd_setting_get_term (info), group };

  g_array_append_val (self->sliders, slider);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), _ (info->title));
  if (slider.term < PISD_N_TERMS)
    explorer_log_slider_set_share (EXPLORER_LOG_SLIDER (widget), -1);
}

static double
get_value (const PisdSettings *settings, const PisdSettingInfo *info)
{
  return G_STRUCT_MEMBER (double, settings, info->offset);
}

/* Once a row: shown and hidden again, one would have the whole window measured. */
static void
show_visible (ExplorerGuidancePanel *self, const PisdSettings *settings)
{
  const guint uses = pisd_method_get (settings->guidance)->uses;
  const gboolean obeys = pisd_method_get_space (settings->space)->obeys_equation;

  for (guint k = 0; k < self->sliders->len; k++)
    gtk_widget_set_visible (get_slider (self, k)->widget,
                            (uses & get_slider (self, k)->group) != 0);
  for (guint k = 0; k < G_N_ELEMENTS (others); k++)
    {
      GtkWidget *row = G_STRUCT_MEMBER (GtkWidget *, self, others[k].child);

      gtk_widget_set_visible (row,
                              (uses & others[k].group) != 0 && !(row == self->pde_sd_row && obeys));
    }
}

static void
show_sliders (ExplorerGuidancePanel *self, const PisdSettings *settings, const PisdSettings *preset)
{
  for (guint k = 0; k < self->sliders->len; k++)
    {
      const Slider *slider = get_slider (self, k);
      ExplorerLogSlider *widget = EXPLORER_LOG_SLIDER (slider->widget);

      explorer_log_slider_set_value (widget, get_value (settings, slider->info));
      explorer_log_slider_set_preset (widget, get_value (preset, slider->info));
    }
}

/* Tooltips that contain the equation. */
static void
tell_equation (ExplorerGuidancePanel *self, const PisdOperator *problem)
{
  g_autofree char *weight = NULL;
  g_autofree char *slack = NULL;

  if (problem == self->told)
    return;
  self->told = problem;
  weight = g_strdup_printf (
      _ ("ζ weighs the residual r of D in %s, left side minus right side. PISD takes L = Σ r² with "
         "the spectral Laplacian, DPS takes L = ‖r‖₂ / 127² with five points."),
      problem->equation);
  slack = g_strdup_printf (_ ("The residual r of %s, left side minus right side, may have this "
                              "standard deviation in the joint latent. With 0 the equation holds "
                              "exactly."),
                           problem->equation);
  gtk_widget_set_tooltip_text (self->zeta_pde, weight);
  gtk_widget_set_tooltip_text (self->pde_sd_row, slack);
}

static void
show_courses (ExplorerGuidancePanel *self, const PisdSettings *settings)
{
  g_autofree char *text = explorer_courses_dup_text (settings);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->course_row),
                               text != NULL ? text : _ ("All weights are constant"));
  gtk_widget_set_sensitive (self->course_reset, text != NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->course_choice),
                              explorer_courses_find_choice (settings->problem, self->course_term));
}

static void
set_course_term (ExplorerGuidancePanel *self, guint term)
{
  if (term == self->course_term)
    return;
  self->course_term = term;
  if (explorer_panel_get_session (EXPLORER_PANEL (self)) != NULL)
    explorer_panel_refresh (EXPLORER_PANEL (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COURSE_TERM]);
}

static void
on_course_chosen (ExplorerGuidancePanel *self)
{
  const guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->course_choice));

  if (explorer_panel_is_edited (EXPLORER_PANEL (self)) && chosen != GTK_INVALID_LIST_POSITION)
    set_course_term (self, explorer_courses_get_term (
                               explorer_panel_get_problem (EXPLORER_PANEL (self)), chosen));
}

static void
on_course_reset (ExplorerGuidancePanel *self)
{
  explorer_courses_reset (explorer_panel_get_session (EXPLORER_PANEL (self)));
}

static gboolean
is_at_preset (const PisdSettings *settings, const PisdSettings *preset)
{
  return memcmp (&settings->parameters, &preset->parameters, sizeof preset->parameters) == 0
         && settings->space == preset->space && settings->covariance == preset->covariance;
}

static void
explorer_guidance_panel_update (ExplorerPanel *panel, guint changed)
{
  ExplorerGuidancePanel *self = EXPLORER_GUIDANCE_PANEL (panel);
  const PisdSettings *settings = &explorer_panel_get_scenario (panel)->settings;
  g_autofree char *followed = pisd_edit_dup_followed (explorer_panel_get_scenario (panel));
  PisdSettings preset;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), followed);
  explorer_session_get_preset (explorer_panel_get_session (panel), &preset);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->method_row), settings->guidance);
  show_sliders (self, settings, &preset);
  show_visible (self, settings);
  show_courses (self, settings);
  tell_equation (self, explorer_panel_get_problem (panel));
  gtk_widget_set_sensitive (self->preset_button, !is_at_preset (settings, &preset));
}

static void
set_setting (ExplorerGuidancePanel *self, GtkWidget *widget, const char *text)
{
  ExplorerSession *session = explorer_panel_get_session (EXPLORER_PANEL (self));

  for (guint k = 0; k < self->sliders->len; k++)
    if (get_slider (self, k)->widget == widget)
      explorer_session_set_setting (session, get_slider (self, k)->info->key, text);
}

/* Where an edit is refused the slider goes back. */
static void
on_slider_changed (ExplorerGuidancePanel *self, double value, GtkWidget *widget)
{
  char text[PISD_NUMBER_SIZE];

  if (!explorer_panel_is_edited (EXPLORER_PANEL (self)))
    return;
  set_setting (self, widget, pisd_number_format (value, text));
  explorer_panel_refresh (EXPLORER_PANEL (self));
}

/* The session says what it expected. */
static void
on_slider_refused (ExplorerGuidancePanel *self, const char *text, GtkWidget *widget)
{
  if (explorer_panel_is_edited (EXPLORER_PANEL (self)))
    set_setting (self, widget, text);
}

static void
on_method_selected (ExplorerGuidancePanel *self)
{
  ExplorerPanel *panel = EXPLORER_PANEL (self);

  if (explorer_panel_is_edited (panel))
    explorer_session_apply_preset (explorer_panel_get_session (panel),
                                   adw_combo_row_get_selected (ADW_COMBO_ROW (self->method_row)));
}

static void
on_preset_clicked (ExplorerPanel *panel)
{
  explorer_session_apply_preset (explorer_panel_get_session (panel),
                                 explorer_panel_get_scenario (panel)->settings.guidance);
}

static void
forget_weights (ExplorerGuidancePanel *self)
{
  for (guint k = G_N_ELEMENTS (sliders); k < self->sliders->len; k++)
    gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (self->method_row)),
                         get_slider (self, k)->widget);
  g_array_set_size (self->sliders, G_N_ELEMENTS (sliders));
}

static GtkWidget *
new_weight (ExplorerGuidancePanel *self, const char *field)
{
  g_autofree char *tooltip = g_strdup_printf (
      _ ("ζ weighs what the sensors on %s say of D. PISD takes L = (S²/n) Σ (D − y)² over the "
         "sensors, DPS takes L = ‖D − y‖₂. The gradient goes through D to x."),
      field);
  GtkWidget *slider = g_object_new (EXPLORER_TYPE_LOG_SLIDER, "tooltip-text", tooltip, "lower",
                                    LEAST_WEIGHT, "upper", LARGEST_WEIGHT, "zero", TRUE, NULL);

  g_signal_connect_object (slider, "refused", G_CALLBACK (on_slider_refused), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (slider, "changed", G_CALLBACK (on_slider_changed), self,
                           G_CONNECT_SWAPPED);
  return slider;
}

/* The weights of the sensors, one a field, stand between the method and the weight of the
 * equation. */
static void
explorer_guidance_panel_show_fields (ExplorerPanel *panel, const PisdOperator *problem)
{
  ExplorerGuidancePanel *self = EXPLORER_GUIDANCE_PANEL (panel);
  GtkWidget *above = self->method_row;

  forget_weights (self);
  explorer_courses_fill_choices (GTK_DROP_DOWN (self->course_choice), problem);
  for (guint k = 0; k < problem->n_fields; k++)
    {
      g_autofree char *key = g_strconcat ("zeta-obs-", problem->fields[k].name, NULL);
      g_autofree char *symbol = pisd_field_info_dup_symbol (&problem->fields[k], PISD_FRAME_ANY);
      GtkWidget *weight = new_weight (self, symbol);

      add_slider (self, weight, key, PISD_USES_WEIGHTS);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (weight),
                                     _ (problem->fields[k].weight_title));
      explorer_panel_insert_after (panel, weight, above);
      above = weight;
    }
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

  for (guint k = 0; k < self->sliders->len; k++)
    {
      const Slider *slider = get_slider (self, k);

      if (slider->term < PISD_N_TERMS)
        explorer_log_slider_set_share (EXPLORER_LOG_SLIDER (slider->widget),
                                       known ? frame->shares[slider->term] : -1);
    }
}

static void
explorer_guidance_panel_bind (ExplorerPanel *panel)
{
  ExplorerGuidancePanel *self = EXPLORER_GUIDANCE_PANEL (panel);

  explorer_panel_remember_unfolded (panel, self->advanced_row, "advanced-guidance");
}

static void
explorer_guidance_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COURSE_TERM)
    g_value_set_uint (value, EXPLORER_GUIDANCE_PANEL (object)->course_term);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_guidance_panel_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  if (id == PROP_COURSE_TERM)
    set_course_term (EXPLORER_GUIDANCE_PANEL (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_guidance_panel_finalize (GObject *object)
{
  g_array_unref (EXPLORER_GUIDANCE_PANEL (object)->sliders);
  G_OBJECT_CLASS (explorer_guidance_panel_parent_class)->finalize (object);
}

static void
explorer_guidance_panel_class_init (ExplorerGuidancePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ExplorerPanelClass *panel_class = EXPLORER_PANEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = explorer_guidance_panel_finalize;
  G_OBJECT_CLASS (klass)->get_property = explorer_guidance_panel_get_property;
  G_OBJECT_CLASS (klass)->set_property = explorer_guidance_panel_set_property;
  properties[PROP_COURSE_TERM] =
      g_param_spec_uint ("course-term", NULL, NULL, 0, PISD_N_TERMS, PISD_N_TERMS,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  panel_class->bind = explorer_guidance_panel_bind;
  panel_class->show_fields = explorer_guidance_panel_show_fields;
  panel_class->update = explorer_guidance_panel_update;

  g_type_ensure (EXPLORER_TYPE_LOG_SLIDER);
  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-guidance-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, preset_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, method_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, zeta_pde);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, course_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, course_reset);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, course_choice);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, ratio_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, rate_low);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, rate_high);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, late_start_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, late_factor_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, space_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, covariance_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerGuidancePanel, pde_sd_row);
  gtk_widget_class_bind_template_callback (widget_class, on_preset_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_method_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_course_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_course_reset);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_refused);
}

static void
explorer_guidance_panel_init (ExplorerGuidancePanel *self)
{
  g_autoptr (GtkStringList) methods = explorer_choice_new_list (pisd_settings_find ("guidance"));

  self->course_term = PISD_N_TERMS;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->method_row), G_LIST_MODEL (methods));
  self->sliders = g_array_new (FALSE, FALSE, sizeof (Slider));
  for (guint k = 0; k < G_N_ELEMENTS (sliders); k++)
    add_slider (self, G_STRUCT_MEMBER (GtkWidget *, self, sliders[k].child), sliders[k].key,
                sliders[k].group);
}
