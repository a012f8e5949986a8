/* The header bar: everything in it has room, and what its buttons do. */

#include <string.h>

#include "explorer-compare.h"
#include "ui-fixture.h"

static GtkWidget *
find_button (Ui *ui, const char *action)
{
  GtkWidget *button = ui_find_button (GTK_WIDGET (ui->window), action);

  g_assert_nonnull (button);
  return button;
}

static void
click (Ui *ui, GtkWidget *widget)
{
  ui_click (ui, widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0,
            1);
}

/* Whole, and beside each other. */
static void
assert_in_header (GtkWidget *header, GtkWidget *child)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, header, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (header));
}

static void
test_fits (Ui *ui, gconstpointer data)
{
  static const char *const actions[] = { "win.toggle-run", "win.step", "win.stop", "win.compare",
                                         "win.undo",       "win.redo", "win.live" };
  GtkWidget *header = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_HEADER_BAR, NULL, NULL);
  GtkWidget *menu = ui_find (header, GTK_TYPE_MENU_BUTTON, NULL, NULL);
  int least;

  ui_send ("getactivewindow windowsize --sync 900 640");
  ui_wait (gtk_widget_get_width (GTK_WIDGET (ui->window)) <= 900);
  ui_settle (ui);
  gtk_widget_measure (header, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 900);
  for (guint k = 0; k < G_N_ELEMENTS (actions); k++)
    assert_in_header (header, find_button (ui, actions[k]));
  assert_in_header (header, menu);
}

/* A button that was clicked does not keep the keys: Space runs and pauses. */
static void
test_click_leaves_the_keys (Ui *ui, gconstpointer data)
{
  click (ui, find_button (ui, "win.step"));
  ui_wait (explorer_session_get_n_frames (ui->session) == 2);
  g_assert_true (explorer_session_is_paused (ui->session));
  ui_key (ui, "space");
  g_assert_false (explorer_session_is_paused (ui->session));
}

static void
test_compare (Ui *ui, gconstpointer data)
{
  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 10, 1);
  click (ui, find_button (ui, "win.compare"));
  ui_wait (ui_find_compare (ui) != NULL);
  gtk_window_destroy (GTK_WINDOW (ui_find_compare (ui)));
}

static gboolean
is_live (Ui *ui)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_button (ui, "win.live")));
}

/* The toggle says what is: off with a method that cannot follow, whatever is preferred. */
static void
test_live_says_what_is (Ui *ui, gconstpointer data)
{
  g_assert_true (explorer_preferences_get (ui->preferences, "live"));
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      explorer_session_apply_preset (ui->session, m);
      g_assert_true (is_live (ui) == (pisd_method_get (m)->conditions != 0));
    }
}

/* To be live the method has to be another one: that is said, and one undo takes it back. */
static void
test_live_says_what_changes (Ui *ui, gconstpointer data)
{
  const PisdSettings *settings;

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  click (ui, find_button (ui, "win.live"));
  settings = &explorer_session_get_scenario (ui->session)->settings;
  g_assert_cmpint (settings->guidance, ==, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_true (is_live (ui));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "Method to Second order"));
  ui_key (ui, "ctrl+z");
  settings = &explorer_session_get_scenario (ui->session)->settings;
  g_assert_cmpint (settings->guidance, ==, PISD_GUIDANCE_DPS);
  g_assert_false (is_live (ui));
}

/* Off, the estimate is a run's; never an old one's beside new sensors. */
static void
test_live_off_runs (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  g_assert_true (explorer_session_set_setting (ui->session, "steps", "20"));
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (!explorer_session_is_running (ui->session));
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1); /* no run follows: it is not wanted */
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  ui_wait (explorer_live_is_active (explorer_window_get_live (ui->window)));
  click (ui, find_button (ui, "win.live"));
  g_assert_false (is_live (ui));
  ui_wait (explorer_session_get_run_scenario (ui->session)->sensors->n == 1);
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_true (explorer_view_grid_is_frame_shown (ui->grid)
                 || explorer_session_get_result (ui->session) != NULL);
}

#define ADD(path, function) \
  g_test_add ("/ui/header/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("fits", test_fits);
  ADD ("click-leaves-the-keys", test_click_leaves_the_keys);
  ADD ("compare", test_compare);
  ADD ("live-says-what-is", test_live_says_what_is);
  ADD ("live-says-what-changes", test_live_says_what_changes);
  ADD ("live-off-runs", test_live_off_runs);
  return g_test_run ();
}
