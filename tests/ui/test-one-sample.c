/* One sample of a method whose estimate is there at the first step: what is said about it, and what
 * can be done. */

#include <string.h>

#include "explorer-hint.h"
#include "ui-fixture.h"

static gboolean
is_shown_hint (GtkWidget *hint, gconstpointer data)
{
  return explorer_hint_is_shown (EXPLORER_HINT (hint));
}

static GtkWidget *
find_hint (Ui *ui)
{
  return ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_HINT, is_shown_hint, NULL);
}

static void
run (Ui *ui, PisdGuidanceId guidance, const char *samples)
{
  explorer_session_apply_preset (ui->session, guidance);
  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  g_assert_true (explorer_session_set_setting (ui->session, "steps", "20"));
  g_assert_true (explorer_session_set_setting (ui->session, "samples", samples));
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (!explorer_session_is_running (ui->session));
  ui_settle (ui);
}

static void
click (Ui *ui, GtkWidget *widget)
{
  ui_wait (gtk_widget_get_mapped (widget));
  ui_settle (ui);
  ui_click (ui, widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0,
            1);
}

/* Step and noise are those of the last step: one sample is no mean. */
static void
test_step_and_noise (Ui *ui, gconstpointer data)
{
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "1");
  g_assert_cmpstr (explorer_window_get_number (ui->window, "step"), ==, "20\u00a0/\u00a020");
  g_assert_cmpstr (explorer_window_get_number (ui->window, "sigma"), ==, "0");
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "4");
  g_assert_cmpstr (explorer_window_get_number (ui->window, "step"), ==, "–");
}

static void
test_hint (Ui *ui, gconstpointer data)
{
  GtkWidget *hint;
  const PisdSettings *settings;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  run (ui, PISD_GUIDANCE_PISD, "1");
  g_assert_null (find_hint (ui));
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "3");
  g_assert_null (find_hint (ui));
  run (ui, PISD_GUIDANCE_EXACT, "1");
  g_assert_null (find_hint (ui));
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "1");
  hint = find_hint (ui);
  g_assert_nonnull (hint);
  click (ui, ui_find_button (hint, "win.run-mean"));
  g_assert_false (explorer_hint_is_shown (EXPLORER_HINT (hint)));
  settings = &explorer_session_get_scenario (ui->session)->settings;
  g_assert_cmpuint (settings->samples, ==, 16);
  ui_wait (explorer_session_get_result (ui->session) != NULL
           && explorer_session_get_result (ui->session)->n_samples == 16);
}

/* Once: who has closed it knows. */
static void
test_hint_is_shown_once (Ui *ui, gconstpointer data)
{
  GtkWidget *hint;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "1");
  hint = find_hint (ui);
  g_assert_nonnull (hint);
  click (ui, ui_find_button (hint, NULL));
  g_assert_false (explorer_hint_is_shown (EXPLORER_HINT (hint)));
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "1");
  g_assert_null (find_hint (ui));
}

/* The estimate is there at once; what emerges is the state, in a column of its own. */
static void
test_state (Ui *ui, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_STATE));
  PisdPanel state, estimate;

  g_assert_false (gtk_widget_get_mapped (view));
  explorer_preferences_set (ui->preferences, "column-state", TRUE);
  ui_wait (gtk_widget_get_mapped (view));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  run (ui, PISD_GUIDANCE_SECOND_ORDER, "1");
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  ui_get_panel (ui, 0, EXPLORER_COLUMN_STATE, &state);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_ESTIMATE, &estimate);
  g_assert_nonnull (strstr (state.title, "state x"));
  g_assert_cmpfloat (pisd_field_norm (state.field), >, 10 * pisd_field_norm (estimate.field));
  g_assert_cmpfloat (state.max, >, 10 * estimate.max); /* each in colours of its own */
  explorer_preferences_set (ui->preferences, "column-state", FALSE);
  ui_wait (!gtk_widget_get_mapped (view));
}

#define ADD(path, function) \
  g_test_add ("/ui/one-sample/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("step-and-noise", test_step_and_noise);
  ADD ("state", test_state);
  ADD ("hint", test_hint);
  ADD ("hint-is-shown-once", test_hint_is_shown_once);
  return g_test_run ();
}
