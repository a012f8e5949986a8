/* The part of the prior's panel that says how well it fits: sliders, log evidence, fit and samples. */

#include <math.h>

#include "explorer-log-slider.h"
#include "explorer-prior-fit.h"
#include "explorer-prior-samples.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

static ExplorerPriorFit *
get_fit (Ui *ui)
{
  return EXPLORER_PRIOR_FIT (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_PRIOR_FIT, NULL, NULL));
}

static const ExplorerEvidenceAnswer *
get_answer (Ui *ui)
{
  return explorer_evidence_get (explorer_prior_fit_get_evidence (get_fit (ui)));
}

static gboolean
is_fit_button (GtkWidget *widget, gconstpointer label)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static GtkWidget *
find_button (Ui *ui, const char *label)
{
  return ui_find (GTK_WIDGET (get_fit (ui)), GTK_TYPE_BUTTON, is_fit_button, label);
}

static GtkWidget *
find_slider (Ui *ui, const char *key)
{
  return ui_find_in_row (ui, pisd_settings_find (key)->title, EXPLORER_TYPE_LOG_SLIDER);
}

/* Unfolded by a key, on sensors of a truth that is three times as large as the prior expects. */
static void
unfold (Ui *ui)
{
  PisdScenario *scenario = pisd_scenario_dup (explorer_session_get_scenario (ui->session));

  scenario->settings.instance_law.amplitude = 3.0;
  explorer_session_set_scenario (ui->session, scenario);
  explorer_session_set_random_instance (ui->session, PISD_FAMILY_GRF, 7);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 60, 2);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (get_fit (ui)), TRUE);
  ui_settle (ui);
  ui_wait (get_answer (ui) != NULL && get_answer (ui)->n_used > 0);
  /* What the exact answer has to say moves the panels, and a toast comes with it. */
  ui_wait (!explorer_exact_is_busy (explorer_window_get_exact (ui->window)));
  ui_settle (ui);
}

/* The evidence follows the slider, and goes back with one undo. */
static void
test_live (Ui *ui, gconstpointer data)
{
  double before, after;

  unfold (ui);
  before = get_answer (ui)->value.log_evidence;
  g_assert_cmpfloat (get_answer (ui)->value.ratio, >, 2.0);
  g_assert_true (
      gtk_widget_has_css_class (find_button (ui, "Fit to the readings"), "suggested-action"));
  gtk_widget_grab_focus (ui_find (find_slider (ui, "prior-amplitude"), GTK_TYPE_SCALE, NULL, NULL));
  ui_key (ui, "Right");
  ui_wait (get_settings (ui)->prior_law.amplitude > 1.0);
  ui_wait (get_answer (ui)->value.log_evidence != before);
  after = get_answer (ui)->value.log_evidence;
  g_assert_cmpfloat (after, >, before);
  ui_key (ui, "ctrl+z");
  g_assert_cmpfloat (get_settings (ui)->prior_law.amplitude, ==, 1.0);
  ui_wait (get_answer (ui)->value.log_evidence == before);
}

/* The button fits, by pointer, in one level of undo; what it came to is shown. */
static void
test_fit (Ui *ui, gconstpointer data)
{
  ExplorerEvidence *evidence;
  GtkWidget *button;

  unfold (ui);
  evidence = explorer_prior_fit_get_evidence (get_fit (ui));
  button = find_button (ui, "Fit to the readings");
  gtk_widget_grab_focus (button);
  ui_settle (ui);
  ui_click (ui, button, gtk_widget_get_width (button) - 20, 10, 1); /* beside the toast */
  ui_wait (explorer_evidence_get_fit (evidence) != NULL);
  ui_wait (fabs (get_answer (ui)->value.ratio - 1.0) < 0.1);
  g_assert_cmpfloat (fabs (log (get_settings (ui)->prior_law.amplitude / 3.0)), <, 0.7);
  g_assert_cmpfloat (
      explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (find_slider (ui, "prior-amplitude"))), ==,
      get_settings (ui)->prior_law.amplitude);
  g_assert_false (gtk_widget_has_css_class (button, "suggested-action"));
  ui_key (ui, "ctrl+z");
  g_assert_cmpfloat (get_settings (ui)->prior_law.amplitude, ==, 1.0);
  g_assert_cmpfloat (get_settings (ui)->prior_law.alpha, ==, 2.0);
}

/* By a key: edits of what no evidence depends on leave a fit alone, those of the prior give it up. */
static void
test_edits (Ui *ui, gconstpointer data)
{
  ExplorerEvidence *evidence;

  unfold (ui);
  evidence = explorer_prior_fit_get_evidence (get_fit (ui));
  gtk_widget_grab_focus (find_button (ui, "Fit to the readings"));
  ui_key (ui, "space");
  ui_wait (explorer_evidence_is_fitting (evidence) || explorer_evidence_get_fit (evidence) != NULL);
  ui_set_setting (ui, "seed", "11");
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_wait (explorer_evidence_get_fit (evidence) != NULL);
  explorer_evidence_fit (evidence);
  g_assert_true (explorer_session_set_setting (ui->session, "prior-tau", "4"));
  g_assert_false (explorer_evidence_is_fitting (evidence));
  g_assert_null (explorer_evidence_get_fit (evidence));
}

/* By keys, and given up: nothing has changed. */
static void
test_stop (Ui *ui, gconstpointer data)
{
  ExplorerEvidence *evidence;

  unfold (ui);
  evidence = explorer_prior_fit_get_evidence (get_fit (ui));
  gtk_widget_grab_focus (find_button (ui, "Fit to the readings"));
  g_signal_emit_by_name (find_button (ui, "Fit to the readings"), "clicked");
  g_assert_true (explorer_evidence_is_fitting (evidence));
  g_signal_emit_by_name (find_button (ui, "Stop"), "clicked");
  g_assert_false (explorer_evidence_is_fitting (evidence));
  ui_settle (ui);
  g_assert_null (explorer_evidence_get_fit (evidence));
  g_assert_cmpfloat (get_settings (ui)->prior_law.amplitude, ==, 1.0);
  ui_key (ui, "Return");
  ui_wait (explorer_evidence_get_fit (evidence) != NULL);
}

/* A click draws others, and they grow with the amplitude. */
static void
test_samples (Ui *ui, gconstpointer data)
{
  ExplorerPriorSamples *samples;
  double limit;

  unfold (ui);
  samples = EXPLORER_PRIOR_SAMPLES (
      ui_find (GTK_WIDGET (get_fit (ui)), EXPLORER_TYPE_PRIOR_SAMPLES, NULL, NULL));
  limit = explorer_prior_samples_get_limit (samples);
  g_assert_cmpfloat (limit, >, 0.3);
  g_assert_true (explorer_session_set_setting (ui->session, "prior-amplitude", "4"));
  g_assert_cmpfloat (fabs (explorer_prior_samples_get_limit (samples) / (4.0 * limit) - 1.0), <,
                     1e-9);
  gtk_widget_grab_focus (GTK_WIDGET (samples));
  ui_settle (ui);
  /* Beside the toast that says what the readings contradict. */
  ui_click (ui, GTK_WIDGET (samples), gtk_widget_get_width (GTK_WIDGET (samples)) - 30, 30, 1);
  g_assert_cmpuint (explorer_prior_samples_get_number (samples), >, 0);
}

/* Of a flow it is that of its own law, whose numbers the same sliders show; a learned prior has
 * none, which is said. */
static void
test_flow (Ui *ui, gconstpointer data)
{
  ExplorerEvidence *evidence;

  unfold (ui);
  evidence = explorer_prior_fit_get_evidence (get_fit (ui));
  g_assert_true (explorer_session_set_setting (ui->session, "prior-tau", "5"));
  explorer_session_choose_problem (ui->session, PISD_PROBLEM_NAVIER_STOKES);
  ui_wait (get_settings (ui)->problem == PISD_PROBLEM_NAVIER_STOKES);
  g_assert_cmpfloat (get_settings (ui)->prior_law.tau, ==, 3.0);
  ui_wait (get_answer (ui) != NULL && explorer_evidence_get_note (evidence) == NULL);
  g_assert_true (gtk_widget_get_sensitive (find_button (ui, "Fit to the readings")));
  g_assert_cmpfloat (
      explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (find_slider (ui, "prior-flow-tau"))), ==,
      7.0);
  explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 30, 2);
  explorer_evidence_fit (evidence);
  ui_wait (explorer_evidence_get_fit (evidence) != NULL);
  g_assert_cmpfloat (get_settings (ui)->prior_flow_law.amplitude, !=, 1.0);
  g_assert_cmpfloat (get_settings (ui)->prior_law.amplitude, ==, 1.0);
  ui_key (ui, "ctrl+z");
  g_assert_cmpfloat (get_settings (ui)->prior_flow_law.amplitude, ==, 1.0);
  g_assert_true (explorer_session_set_setting (ui->session, "prior", "learned"));
  ui_wait (explorer_evidence_get_note (evidence) != NULL);
  g_assert_false (gtk_widget_get_sensitive (find_button (ui, "Fit to the readings")));
  g_assert_false (gtk_widget_get_visible (find_slider (ui, "prior-flow-tau")));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Ui *ui, gconstpointer data);
  } tests[] = { { "/ui/fitting/live", test_live },       { "/ui/fitting/fit", test_fit },
                { "/ui/fitting/edits", test_edits },     { "/ui/fitting/stop", test_stop },
                { "/ui/fitting/samples", test_samples }, { "/ui/fitting/flow", test_flow } };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Ui, NULL, ui_set_up, tests[i].run, ui_tear_down);
  return g_test_run ();
}
