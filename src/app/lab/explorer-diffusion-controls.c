#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "explorer-log-slider.h"
#include "explorer-spin.h"

/* Steps of training that the window begins with. */
#define DEFAULT_STEPS 3000
#define DEFAULT_SAMPLE_STEPS 50
#define DEFAULT_POINTS 600
#define DEFAULT_PICTURES 200

static const char *const data_titles[PISD_N_LAB_DATA] = {
  [PISD_LAB_MOONS] = N_ ("Two moons"),          [PISD_LAB_SPIRAL] = N_ ("Spiral"),
  [PISD_LAB_BOARD] = N_ ("Checkerboard"),       [PISD_LAB_RING] = N_ ("Ring of Gaussians"),
  [PISD_LAB_MIXTURE] = N_ ("Gaussian mixture"), [PISD_LAB_DRAWN] = N_ ("Drawn by hand"),
  [PISD_LAB_DIGITS_8] = N_ ("Digits, 8 × 8"),   [PISD_LAB_DIGITS_16] = N_ ("Digits, 16 × 16"),
  [PISD_LAB_FIELDS] = N_ ("Random sources"),
};
static const char *const schedule_titles[PISD_N_PROCESSES] = { N_ ("Linear"), N_ ("Cosine"),
                                                               N_ ("Sigmoid"), N_ ("EDM") };
static const char *const predict_titles[PISD_N_PREDICTIONS] = { N_ ("The noise"), N_ ("x₀"),
                                                                N_ ("v") };
static const char *const weight_titles[PISD_N_WEIGHTS] = { N_ ("Uniform"), N_ ("Min-SNR") };
static const char *const network_titles[PISD_N_DIFFUSERS] = { N_ ("Perceptron"),
                                                              N_ ("Convolutions") };
static const char *const latent_titles[PISD_N_LATENTS] = { N_ ("Components"), N_ ("Cosine") };
static const char *const denoiser_titles[] = { N_ ("Learned"), N_ ("Exact") };
static const char *const rule_titles[PISD_N_SAMPLE_RULES] = { N_ ("DDPM"), N_ ("DDIM"),
                                                              N_ ("Heun") };
static const char *const variance_titles[PISD_N_VARIANCES] = { N_ ("The smaller one"),
                                                               N_ ("The larger one"),
                                                               N_ ("Learned") };

static void
fill_combo (GtkWidget *combo, const char *const *titles, guint n)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint k = 0; k < n; k++)
    gtk_string_list_append (names, _ (titles[k]));
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (names));
}

#define FILL(combo, titles) fill_combo (self->combo, titles, G_N_ELEMENTS (titles))

void
explorer_diffusion_fill_rows (ExplorerDiffusion *self)
{
  GtkWidget *const spins[] = { self->times, self->latents,      self->steps,
                               self->seed,  self->sample_steps, self->samples,
                               self->eta,   self->guidance,     self->drop };

  self->updating = TRUE;
  FILL (data, data_titles);
  FILL (schedule, schedule_titles);
  FILL (predict, predict_titles);
  FILL (weight, weight_titles);
  FILL (network, network_titles);
  FILL (latent, latent_titles);
  FILL (denoiser, denoiser_titles);
  FILL (rule, rule_titles);
  FILL (variance, variance_titles);
  for (guint k = 0; k < G_N_ELEMENTS (spins); k++)
    explorer_spin_install (spins[k]);
  self->updating = FALSE;
  self->id = PISD_LAB_MOONS;
  pisd_diffuser_plan_init (&self->plan, self->id);
  self->plan.n_steps = DEFAULT_STEPS;
  self->sampling = (ExplorerDiffusionSampling){ .rule = PISD_SAMPLE_DDIM,
                                                .n_steps = DEFAULT_SAMPLE_STEPS,
                                                .label = PISD_NO_LABEL,
                                                .n = DEFAULT_POINTS };
}

/* Rows that have nothing to say are not there. */
static void
show_possible (ExplorerDiffusion *self)
{
  gtk_widget_set_visible (self->denoiser, pisd_lab_data_is_mixture (self->id));
  gtk_widget_set_visible (self->label, !self->sampling.is_exact);
  gtk_widget_set_visible (self->clear_row, self->id == PISD_LAB_DRAWN);
  gtk_widget_set_visible (self->network, pisd_lab_data_is_picture (self->id));
  gtk_widget_set_visible (self->latents_row, pisd_lab_data_is_picture (self->id));
  gtk_widget_set_visible (self->latent, self->plan.n_latents > 0);
  gtk_widget_set_visible (self->eta_row, self->sampling.rule == PISD_SAMPLE_DDIM);
  gtk_widget_set_visible (self->variance, self->sampling.rule == PISD_SAMPLE_DDPM);
  gtk_widget_set_visible (self->guidance_row, !self->sampling.is_exact
                                                  && pisd_diffuser_plan_has_guidance (&self->plan));
}

static void
select_row (GtkWidget *combo, guint row)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), row);
}

static void
show_label (ExplorerDiffusion *self)
{
  select_row (self->label, self->sampling.label == PISD_NO_LABEL ? 0 : self->sampling.label + 1);
}

void
explorer_diffusion_show_setup (ExplorerDiffusion *self)
{
  g_autofree char *caption = explorer_diffusion_dup_caption (self);

  self->updating = TRUE;
  select_row (self->data, self->id);
  select_row (self->schedule, self->plan.process);
  select_row (self->predict, self->plan.prediction);
  select_row (self->weight, self->plan.weight);
  select_row (self->network, self->plan.kind);
  select_row (self->latent, self->plan.latent);
  select_row (self->denoiser, self->sampling.is_exact);
  select_row (self->rule, self->sampling.rule);
  select_row (self->variance, self->sampling.variance);
  show_label (self);
  gtk_switch_set_active (GTK_SWITCH (self->hybrid), self->plan.learns_variance);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->times), self->plan.n_times);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->latents), self->plan.n_latents);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->drop), self->plan.drop);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->steps), self->plan.n_steps);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->seed), (double) self->plan.seed);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->sample_steps), self->sampling.n_steps);
  gtk_adjustment_set_upper (gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->samples)),
                            pisd_lab_setup_get_most_samples (self->id));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->samples), self->sampling.n);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->eta), self->sampling.eta);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->guidance), self->sampling.guidance);
  explorer_log_slider_set_value (EXPLORER_LOG_SLIDER (self->rate), self->plan.rate);
  self->updating = FALSE;
  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  show_possible (self);
  explorer_diffusion_show_status (self);
  explorer_lab_lesson_tell_changed (EXPLORER_LAB_LESSON (self->lesson));
}

/* Other data bring what is usual for them; what they are not concerned by stays. */
static void
take_data (ExplorerDiffusion *self, PisdLabDataId id)
{
  const PisdDiffuserPlan before = self->plan;

  self->id = id;
  pisd_diffuser_plan_init (&self->plan, id);
  self->plan.n_steps = before.n_steps;
  self->plan.seed = before.seed;
  self->plan.process = before.process;
  self->plan.learns_variance = before.learns_variance;
  self->sampling.label = PISD_NO_LABEL;
  self->sampling.n = pisd_lab_data_is_picture (id) ? DEFAULT_PICTURES : DEFAULT_POINTS;
  self->sampling.is_exact = self->sampling.is_exact && pisd_lab_data_is_mixture (id);
}

/* Latents are the perceptron's alone. */
static guint
read_latents (ExplorerDiffusion *self, PisdDiffuserKind kind)
{
  const guint n = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->latents));
  g_autofree char *refusal = NULL;

  if (kind != PISD_DIFFUSER_CONVOLUTION || n == 0)
    return n;
  refusal = g_strdup_printf (
      _ ("Convolutions learn pixels: got %u latents, expected 0, or a perceptron"), n);
  explorer_toasts_show (self->toasts, refusal);
  return 0;
}

/* Another kind of network is as large as is usual. */
static void
read_network (ExplorerDiffusion *self, PisdDiffuserPlan *plan)
{
  const PisdDiffuserKind kind = adw_combo_row_get_selected (ADW_COMBO_ROW (self->network));

  if (kind != plan->kind)
    pisd_diffuser_plan_set_kind (plan, self->id, kind);
  plan->latent = adw_combo_row_get_selected (ADW_COMBO_ROW (self->latent));
  plan->n_latents = read_latents (self, kind);
}

/* FALSE: they say what is set already, or what is refused. */
static gboolean
read_rows (ExplorerDiffusion *self, PisdDiffuserPlan *plan)
{
  *plan = self->plan;
  read_network (self, plan);
  plan->process = adw_combo_row_get_selected (ADW_COMBO_ROW (self->schedule));
  plan->prediction = adw_combo_row_get_selected (ADW_COMBO_ROW (self->predict));
  plan->drop = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->drop));
  plan->weight = adw_combo_row_get_selected (ADW_COMBO_ROW (self->weight));
  plan->learns_variance = gtk_switch_get_active (GTK_SWITCH (self->hybrid));
  plan->n_times = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->times));
  plan->seed = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->seed));
  plan->n_steps = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->steps));
  return memcmp (plan, &self->plan, sizeof *plan) != 0;
}

/* The training begins anew with what is set, where that is something new. */
void
explorer_diffusion_take_rows (ExplorerDiffusion *self, const char *tag)
{
  const PisdLabDataId id = adw_combo_row_get_selected (ADW_COMBO_ROW (self->data));
  PisdDiffuserPlan plan;

  if (self->updating)
    return;
  if (id != self->id || read_rows (self, &plan))
    {
      explorer_diffusion_remember (self, EXPLORER_DIFFUSION_EDIT_TRAINING, tag);
      if (id != self->id)
        take_data (self, id);
      else
        self->plan = plan;
      if (!self->plan.learns_variance && self->sampling.variance == PISD_VARIANCE_LEARNED)
        self->sampling.variance = PISD_VARIANCE_SMALL;
      explorer_diffusion_restart (self);
    }
  explorer_diffusion_show_setup (self);
}

static void
read_sampling (ExplorerDiffusion *self)
{
  ExplorerDiffusionSampling *sampling = &self->sampling;
  const guint label = adw_combo_row_get_selected (ADW_COMBO_ROW (self->label));

  sampling->is_exact = adw_combo_row_get_selected (ADW_COMBO_ROW (self->denoiser)) == 1;
  sampling->n = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->samples));
  sampling->rule = adw_combo_row_get_selected (ADW_COMBO_ROW (self->rule));
  sampling->variance = adw_combo_row_get_selected (ADW_COMBO_ROW (self->variance));
  sampling->n_steps = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->sample_steps));
  sampling->eta = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->eta));
  sampling->guidance = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->guidance));
  sampling->label = label == 0 || label == GTK_INVALID_LIST_POSITION ? PISD_NO_LABEL : label - 1;
}

/* Samples that wait for the end of a training are the person's from now on. */
void
explorer_diffusion_follow_sampling (ExplorerDiffusion *self)
{
  if (self->trajectories != NULL || self->sample_cancel != NULL)
    explorer_diffusion_start_sampling (self);
  else if (self->wants_samples)
    {
      explorer_lab_lesson_tell_begun (EXPLORER_LAB_LESSON (self->lesson));
      explorer_diffusion_draw_wanted (self);
    }
}

void
explorer_diffusion_take_sampling (ExplorerDiffusion *self, const char *tag)
{
  const guint variance = adw_combo_row_get_selected (ADW_COMBO_ROW (self->variance));

  if (self->updating)
    return;
  if (variance == PISD_VARIANCE_LEARNED && !self->plan.learns_variance)
    explorer_toasts_show (self->toasts, _ ("This network does not learn the variance"));
  else
    {
      explorer_diffusion_remember (self, EXPLORER_DIFFUSION_EDIT_SAMPLING, tag);
      read_sampling (self);
      explorer_diffusion_follow_sampling (self);
    }
  explorer_diffusion_show_setup (self);
}

/* All labels, and each by its number. */
void
explorer_diffusion_list_labels (ExplorerDiffusion *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const guint n = pisd_diffuser_job_get_data (self->job)->n_labels;

  gtk_string_list_append (names, _ ("All of them"));
  for (guint k = 0; k < n; k++)
    {
      g_autofree char *name = g_strdup_printf ("%u", k);

      gtk_string_list_append (names, name);
    }
  self->updating = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->label), G_LIST_MODEL (names));
  if (self->sampling.label >= n)
    self->sampling.label = PISD_NO_LABEL;
  show_label (self);
  self->updating = FALSE;
}

const char *
explorer_diffusion_get_schedule_title (PisdProcessId id)
{
  return _ (schedule_titles[id]);
}

/* "Two moons · Cosine, T = 100 · v" */
char *
explorer_diffusion_dup_caption (ExplorerDiffusion *self)
{
  return g_strdup_printf ("%s · %s, T = %u · %s", _ (data_titles[self->id]),
                          _ (schedule_titles[self->plan.process]), self->plan.n_times,
                          _ (predict_titles[self->plan.prediction]));
}
