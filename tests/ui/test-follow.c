/* Weights that follow the sensors: where a person hears of it, and what was set by hand. */

#include "explorer-guidance-panel.h"
#include "ui-fixture.h"

static const char *
get_caption (Ui *ui)
{
  GtkWidget *panel = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_GUIDANCE_PANEL, NULL, NULL);

  return adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (panel));
}

static const PisdGuidanceParameters *
get_parameters (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings.parameters;
}

static void
count (guint *n)
{
  ++*n;
}

/* A click on the solution beside 500 sensors on the source moves the weights, and the window says
 * so: a toast once, a caption as long as it is so.  Dragging the sensor changes no weight. */
static void
test_said (Ui *ui, gconstpointer data)
{
  const double before = get_parameters (ui)->zeta[PISD_TERM_OBS (0)];
  GtkWidget *view = GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 1, EXPLORER_COLUMN_TRUTH));
  guint n_said = 0;

  g_assert_cmpstr (get_caption (ui), ==, "Weights follow 500 sensors (a\u00a0500, u\u00a00)");
  g_assert_null (explorer_window_get_last_toast (ui->window));
  g_signal_connect_swapped (ui->session, "followed", G_CALLBACK (count), &n_said);
  ui_click_node (ui, 1, EXPLORER_COLUMN_TRUTH, 64, 64, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
  g_assert_cmpfloat (get_parameters (ui)->zeta[PISD_TERM_OBS (0)], <, before);
  g_assert_cmpstr (get_caption (ui), ==, "Weights follow 501 sensors (a\u00a0500, u\u00a01)");
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==, get_caption (ui));
  g_assert_cmpuint (n_said, ==, 1);

  ui_move_to_node (ui, 1, EXPLORER_COLUMN_TRUTH, 64, 64);
  ui_press (ui, 1);
  ui_move_to (ui, view, 10, 10);
  ui_release (ui, 1);
  g_assert_cmpuint (n_said, ==, 1);
}

/* What was set by hand stays, and the caption says that it does; the rest follows. */
static void
test_by_hand (Ui *ui, gconstpointer data)
{
  const double before = get_parameters (ui)->zeta[PISD_TERM_OBS (1)];

  g_assert_true (explorer_session_set_setting (ui->session, "rate-low", "0.123"));
  ui_click_node (ui, 1, EXPLORER_COLUMN_TRUTH, 64, 64, 1);
  g_assert_cmpfloat (get_parameters (ui)->rate_low, ==, 0.123);
  g_assert_cmpfloat (get_parameters (ui)->zeta[PISD_TERM_OBS (1)], >, before);
  g_assert_cmpstr (
      get_caption (ui), ==,
      "Weights follow 501 sensors (a\u00a0500, u\u00a01), except what was set by hand");
}

/* A method with one preset for all tasks has nothing to say. */
static void
test_others_are_silent (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_click_node (ui, 1, EXPLORER_COLUMN_TRUTH, 64, 64, 1);
  g_assert_cmpstr (get_caption (ui), ==, "");
  g_assert_null (explorer_window_get_last_toast (ui->window));
}

#define ADD(path, function) \
  g_test_add ("/ui/follow/" path, Ui, "as opened", ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("said", test_said);
  ADD ("by-hand", test_by_hand);
  ADD ("others-are-silent", test_others_are_silent);
  return g_test_run ();
}
