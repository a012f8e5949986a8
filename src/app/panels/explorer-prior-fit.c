#include "explorer-prior-fit.h"

#include <glib/gi18n.h>

#include "explorer-log-slider.h"
#include "explorer-prior-samples.h"
#include "pisd-consistency.h"
#include "pisd-number.h"

/* The sliders: of the amplitude, tau, alpha and the unknown noise. */
#define N_SLIDERS 4

struct _ExplorerPriorFit
{
  AdwExpanderRow parent_instance;

  GtkWidget *sliders[N_SLIDERS];
  GtkWidget *evidence_row;
  GtkWidget *fit_button;
  GtkWidget *samples;
  GtkWidget *samples_row;

  ExplorerSession *session;
  ExplorerEvidence *evidence;
};

G_DEFINE_FINAL_TYPE (ExplorerPriorFit, explorer_prior_fit, ADW_TYPE_EXPANDER_ROW)

/* A number and the ends of its slider. */
static const struct
{
  PisdHyper hyper;
  double lower, upper;
  gboolean zero; /* the left end is none of it */
  const char *help;
} numbers[N_SLIDERS] = {
  { PISD_HYPER_AMPLITUDE, 0.05, 20.0, FALSE,
    N_ ("How large the fields are that the prior expects, in units of the benchmark’s.") },
  { PISD_HYPER_TAU, 0.5, 50.0, FALSE,
    N_ ("Values hang together over a length of 1/τ: with a larger τ fields have smaller "
        "patches.") },
  { PISD_HYPER_ALPHA, 1.1, 5.0, FALSE,
    N_ ("How fast waves become weaker as they become shorter: with a larger α fields are "
        "smoother.") },
  { PISD_HYPER_NOISE, 1e-4, 10.0, TRUE,
    N_ ("Noise that every reading may have beside what its sensor says of itself, as a standard "
        "deviation.") },
};

static const PisdSettings *
get_settings (ExplorerPriorFit *self)
{
  return &explorer_session_get_scenario (self->session)->settings;
}

/* What is told beside the button. */

static void
append_scale (GString *text, const ExplorerEvidenceAnswer *answer)
{
  switch (pisd_consistency_judge (answer->value.ratio, answer->n_used))
    {
    case PISD_SCALE_TOO_LARGE:
      g_string_append_printf (text,
                              _ ("The readings contradict this prior: they are %.3g times as large "
                                 "as it expects."),
                              answer->value.ratio);
      break;
    case PISD_SCALE_TOO_SMALL:
      g_string_append_printf (text,
                              _ ("The readings contradict this prior: they are calmer, %.3g times "
                                 "as large as it expects."),
                              answer->value.ratio);
      break;
    default:
      g_string_append_printf (text, _ ("Readings are %.3g times as large as the prior expects."),
                              answer->value.ratio);
    }
  if (answer->n_used < answer->n_sites)
    g_string_append_printf (text, _ (" Of %u of %u readings, chosen at random."), answer->n_used,
                            answer->n_sites);
}

/* What a fit has left as it was. */
static void
append_untold (GString *text, const PisdSettings *settings, const PisdPriorFit *fit)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint h = 0; h < PISD_N_HYPERS; h++)
    if (fit->kind[h] == PISD_UNTOLD)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              _ (pisd_settings_find (pisd_hyper_get_key (settings, h))->title));
  g_string_append_printf (text, _ ("\nFitted to %u readings: log evidence %.1f, before %.1f."),
                          fit->n_used, fit->evidence_after.log_evidence,
                          fit->evidence_before.log_evidence);
  if (names->len > 0)
    g_string_append_printf (text, _ (" Left as before, because the readings do not tell them: %s."),
                            names->str);
}

static char *
dup_story (ExplorerPriorFit *self)
{
  const ExplorerEvidenceAnswer *answer = explorer_evidence_get (self->evidence);
  const PisdPriorFit *fit = explorer_evidence_get_fit (self->evidence);
  const char *note = explorer_evidence_get_note (self->evidence);
  GString *text = g_string_new (NULL);

  if (note != NULL)
    g_string_append (text, note);
  else if (answer == NULL)
    g_string_append (text, _ ("Being computed"));
  else
    append_scale (text, answer);
  if (explorer_evidence_count_linearised (self->evidence) > 0)
    g_string_append_printf (text, _ ("\nBeing fitted: linearisation %u of the flow."),
                            explorer_evidence_count_linearised (self->evidence));
  if (fit != NULL && answer != NULL)
    append_untold (text, get_settings (self), fit);
  return g_string_free (text, FALSE);
}

static char *
dup_title (ExplorerPriorFit *self)
{
  const ExplorerEvidenceAnswer *answer = explorer_evidence_get (self->evidence);

  if (answer == NULL)
    return g_strdup (_ ("Log evidence"));
  return g_strdup_printf (_ ("Log evidence %.1f"), answer->value.log_evidence);
}

static gboolean
is_contradicted (ExplorerPriorFit *self)
{
  const ExplorerEvidenceAnswer *answer = explorer_evidence_get (self->evidence);

  return answer != NULL
         && pisd_consistency_judge (answer->value.ratio, answer->n_used) != PISD_SCALE_FITS;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_evidence (ExplorerPriorFit *self)
{
  const gboolean fits = explorer_evidence_is_fitting (self->evidence);
  g_autofree char *title = dup_title (self);
  g_autofree char *story = dup_story (self);
  g_autofree char *escaped = g_markup_escape_text (story, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->evidence_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->evidence_row), escaped);
  set_class (self->fit_button, "suggested-action", !fits && is_contradicted (self));
  set_class (self->evidence_row, "warning", is_contradicted (self));
  gtk_button_set_label (GTK_BUTTON (self->fit_button),
                        fits ? _ ("Stop") : _ ("Fit to the readings"));
  gtk_widget_set_sensitive (self->fit_button,
                            fits || explorer_evidence_get_note (self->evidence) == NULL);
}

static void
on_fit_clicked (ExplorerPriorFit *self)
{
  if (self->evidence == NULL)
    return;
  if (explorer_evidence_is_fitting (self->evidence))
    explorer_evidence_stop (self->evidence);
  else
    explorer_evidence_fit (self->evidence);
}

/* Nothing is computed for nobody. */
static void
follow_sight (ExplorerPriorFit *self)
{
  const gboolean is_seen = gtk_widget_get_mapped (GTK_WIDGET (self))
                           && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self));

  if (self->evidence == NULL)
    return;
  explorer_evidence_set_wanted (self->evidence, is_seen);
  if (is_seen)
    explorer_prior_fit_update (self);
}

/* Sliders. */

static guint
find_slider (ExplorerPriorFit *self, GtkWidget *slider)
{
  guint k = 0;

  while (k + 1 < N_SLIDERS && self->sliders[k] != slider)
    k++;
  return k;
}

/* Where an edit is refused the slider goes back. */
static void
on_slider_changed (ExplorerPriorFit *self, double value, GtkWidget *slider)
{
  const PisdHyper hyper = numbers[find_slider (self, slider)].hyper;
  char text[PISD_NUMBER_SIZE];

  if (self->session == NULL)
    return;
  explorer_session_set_setting (self->session, pisd_hyper_get_key (get_settings (self), hyper),
                                pisd_number_format (value, text));
  explorer_prior_fit_update (self);
}

/* The session says what it expected. */
static void
on_slider_refused (ExplorerPriorFit *self, const char *text, GtkWidget *slider)
{
  const PisdHyper hyper = numbers[find_slider (self, slider)].hyper;

  if (self->session != NULL)
    explorer_session_set_setting (self->session, pisd_hyper_get_key (get_settings (self), hyper),
                                  text);
}

static void
add_slider (ExplorerPriorFit *self, guint k)
{
  const PisdSettingInfo *info;
  PisdSettings usual;

  pisd_settings_init_default (&usual);
  info = pisd_settings_find (pisd_hyper_get_key (&usual, numbers[k].hyper));
  self->sliders[k] = g_object_new (EXPLORER_TYPE_LOG_SLIDER, "title", _ (info->title),
                                   "tooltip-text", _ (numbers[k].help), "lower", numbers[k].lower,
                                   "upper", numbers[k].upper, "zero", numbers[k].zero, "preset",
                                   pisd_hyper_get (&usual, numbers[k].hyper), NULL);
  g_signal_connect_object (self->sliders[k], "changed", G_CALLBACK (on_slider_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sliders[k], "refused", G_CALLBACK (on_slider_refused), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->sliders[k]);
}

static void
add_evidence (ExplorerPriorFit *self)
{
  self->evidence_row = adw_action_row_new ();
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->evidence_row), 0);
  gtk_widget_set_tooltip_text (
      self->evidence_row,
      _ ("The logarithm of how likely the readings are under this prior: the larger, the better it "
         "fits. Differences count: by 5 more, it is 150 times as likely."));
  self->fit_button = gtk_button_new_with_label (_ ("Fit to the readings"));
  gtk_widget_set_valign (self->fit_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->fit_button,
                               _ ("Takes the amplitude, length, smoothness, mean and noise that "
                                  "make the readings likeliest"));
  g_signal_connect_object (self->fit_button, "clicked", G_CALLBACK (on_fit_clicked), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->evidence_row);
}

/* A button as wide as the panel: beside a story of several lines there is no room for it. */
static void
add_row_of (ExplorerPriorFit *self, GtkWidget *child, GtkWidget **row)
{
  *row = adw_preferences_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (*row), FALSE);
  gtk_widget_set_focusable (*row, FALSE);
  gtk_widget_set_margin_top (child, 6);
  gtk_widget_set_margin_bottom (child, 6);
  gtk_widget_set_margin_start (child, 12);
  gtk_widget_set_margin_end (child, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (*row), child);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), *row);
}

static void
explorer_prior_fit_dispose (GObject *object)
{
  ExplorerPriorFit *self = EXPLORER_PRIOR_FIT (object);

  if (self->evidence != NULL)
    g_object_run_dispose (G_OBJECT (self->evidence)); /* ends its workers */
  g_clear_object (&self->evidence);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_prior_fit_parent_class)->dispose (object);
}

static void
explorer_prior_fit_class_init (ExplorerPriorFitClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_prior_fit_dispose;
}

static void
explorer_prior_fit_init (ExplorerPriorFit *self)
{
  GtkWidget *button_row;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Does it fit?"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 _ ("Amplitude, length, smoothness and noise, and how likely they "
                                    "make the readings"));
  for (guint k = 0; k < N_SLIDERS; k++)
    add_slider (self, k);
  add_evidence (self);
  add_row_of (self, self->fit_button, &button_row);
  self->samples = explorer_prior_samples_new ();
  add_row_of (self, self->samples, &self->samples_row);
  g_signal_connect (self, "map", G_CALLBACK (follow_sight), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (follow_sight), NULL);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (follow_sight), NULL);
}

GtkWidget *
explorer_prior_fit_new (void)
{
  return g_object_new (EXPLORER_TYPE_PRIOR_FIT, NULL);
}

void
explorer_prior_fit_set_session (ExplorerPriorFit *self, ExplorerSession *session)
{
  g_return_if_fail (EXPLORER_IS_PRIOR_FIT (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->evidence = explorer_evidence_new (session);
  g_signal_connect_object (self->evidence, "changed", G_CALLBACK (show_evidence), self,
                           G_CONNECT_SWAPPED);
  show_evidence (self);
}

void
explorer_prior_fit_update (ExplorerPriorFit *self)
{
  const PisdSettings *settings;
  PisdSettings usual;

  g_return_if_fail (EXPLORER_IS_PRIOR_FIT (self));
  if (self->session == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  settings = get_settings (self);
  pisd_settings_init_default (&usual);
  usual.problem = settings->problem;
  for (guint k = 0; k < N_SLIDERS; k++)
    {
      gtk_widget_set_visible (self->sliders[k], pisd_hyper_is_had (settings, numbers[k].hyper));
      explorer_log_slider_set_preset (EXPLORER_LOG_SLIDER (self->sliders[k]),
                                      pisd_hyper_get (&usual, numbers[k].hyper));
      explorer_log_slider_set_value (EXPLORER_LOG_SLIDER (self->sliders[k]),
                                     pisd_hyper_get (settings, numbers[k].hyper));
    }
  gtk_widget_set_visible (self->samples_row, pisd_method_get_prior (settings->prior)->is_gaussian);
  explorer_prior_samples_set_settings (EXPLORER_PRIOR_SAMPLES (self->samples), settings);
}

ExplorerEvidence *
explorer_prior_fit_get_evidence (ExplorerPriorFit *self)
{
  g_return_val_if_fail (EXPLORER_IS_PRIOR_FIT (self), NULL);
  return self->evidence;
}
