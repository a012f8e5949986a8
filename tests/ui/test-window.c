/* The window as a person meets it.  Every test opens one, sends pointer and key events through the
 * X server, and looks at what is then to be seen. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "explorer-display-panel.h"
#include "explorer-number-bar.h"
#include "explorer-guidance-panel.h"
#include "explorer-instance-panel.h"
#include "explorer-log-slider.h"
#include "explorer-sampler-panel.h"
#include "explorer-sensors-panel.h"
#include "explorer-setting-row.h"
#include "pisd-npz.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

/* A run that has come some way, and goes on. */
static void
run_some_steps (Ui *ui)
{
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_session_get_n_frames (ui->session) > 5);
  g_assert_true (explorer_session_is_running (ui->session));
}

/* Not step by step with the display: on a busy machine 300 pictures take longer than any guard. */
static void
let_it_end (Ui *ui)
{
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_FREE);
  ui_wait (!explorer_session_is_running (ui->session));
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_LOCKSTEP);
}

static void
run_to_the_end (Ui *ui)
{
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_FREE);
  ui_key (ui, "ctrl+Return");
  let_it_end (ui);
}

/* Time enough for what must not happen. */
static void
watch (Ui *ui)
{
  for (guint k = 0; k < 8; k++)
    ui_settle (ui);
}

/* Opening. */

static void
test_templates (void)
{
  const GType types[] = { EXPLORER_TYPE_DISPLAY_PANEL,  EXPLORER_TYPE_NUMBER_BAR,
                          EXPLORER_TYPE_GUIDANCE_PANEL, EXPLORER_TYPE_INSTANCE_PANEL,
                          EXPLORER_TYPE_LOG_SLIDER,     EXPLORER_TYPE_SAMPLER_PANEL,
                          EXPLORER_TYPE_SENSORS_PANEL,  EXPLORER_TYPE_VIEW_GRID,
                          EXPLORER_TYPE_TIMELINE,       EXPLORER_TYPE_FIELD_VIEW };

  for (guint k = 0; k < G_N_ELEMENTS (types); k++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[k], NULL));

      g_assert_nonnull (widget);
      g_object_unref (widget);
    }
}

static void
test_shortcuts_window (Ui *ui, gconstpointer data)
{
  ui_key (ui, "ctrl+question");
  ui_wait (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (ui->window)) != NULL);
  ui_wait (gtk_widget_get_mapped (
      GTK_WIDGET (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (ui->window)))));
  gtk_window_close (
      GTK_WINDOW (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (ui->window))));
}

static void
test_opens_running (Ui *ui, gconstpointer data)
{
  g_assert_cmpstr (ui_get_subtitle (ui), ==, "500 sensors (a\u00a0500, u\u00a00)");
  ui_wait (explorer_window_get_shown_step (ui->window) > 3);
  /* In lockstep no step goes by unseen: the newest is at most one ahead of the one shown. */
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), <=,
                    explorer_window_get_shown_step (ui->window) + 2);
  let_it_end (ui);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
  g_assert_cmpuint (explorer_timeline_get_step (ui->timeline), ==, 300);
  g_assert_cmpuint (explorer_timeline_get_n_reached (ui->timeline), ==, 301);
  g_assert_cmpstr (explorer_window_get_number (ui->window, "step"), ==, "300\u00a0/\u00a0300");
  g_assert_null (explorer_window_get_last_toast (ui->window));
}

/* Sensors. */

static void
test_paint_ten (Ui *ui, gconstpointer data)
{
  for (int k = 0; k < 10; k++)
    ui_click_node (ui, 0, k % 3, 10 + 10 * k, 20 + 7 * k, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 10);
  g_assert_cmpstr (ui_get_subtitle (ui), ==, "10 sensors (a\u00a010, u\u00a00)");
  ui_click_node (ui, 1, EXPLORER_COLUMN_TRUTH, 64, 64, 1);
  g_assert_cmpstr (ui_get_subtitle (ui), ==, "11 sensors (a\u00a010, u\u00a01)");
  for (int k = 0; k < 10; k++)
    {
      const PisdSensor *sensor = &explorer_session_get_scenario (ui->session)->sensors->items[k];

      g_assert_cmpfloat_with_epsilon (sensor->y, (10 + 10 * k) / 127.0, 1e-12);
      g_assert_cmpfloat_with_epsilon (sensor->x, (20 + 7 * k) / 127.0, 1e-12);
    }
}

static void
drag_nodes (Ui *ui, int i, int from_j, int to_j, int button)
{
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, i, from_j);
  ui_press (ui, button);
  for (int k = 1; k <= 4; k++)
    ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, i, from_j + (to_j - from_j) * k / 4);
  ui_release (ui, button);
}

/* Every sensor lies on row i, from one column to another; says which does not. */
static void
assert_on_row (Ui *ui, int i, int from_j, int to_j)
{
  const PisdSensors *sensors = explorer_session_get_scenario (ui->session)->sensors;

  for (guint k = 0; k < sensors->n; k++)
    {
      const int at_i = (int) lround (sensors->items[k].y * 127);
      const int at_j = (int) lround (sensors->items[k].x * 127);

      if (at_i != i || at_j < from_j || at_j > to_j)
        g_error ("sensor %u of %u: got node (%d, %d), expected row %d, columns %d to %d", k,
                 sensors->n, at_i, at_j, i, from_j, to_j);
    }
}

static void
test_drag_is_one_undo (Ui *ui, gconstpointer data)
{
  drag_nodes (ui, 40, 10, 50, 1);
  assert_on_row (ui, 40, 10, 50);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 41);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
  ui_key (ui, "ctrl+shift+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 41);
  g_assert_cmpstr (ui_get_subtitle (ui), ==, "41 sensors (a\u00a041, u\u00a00)");
}

static void
test_erase (Ui *ui, gconstpointer data)
{
  drag_nodes (ui, 40, 10, 50, 1);
  assert_on_row (ui, 40, 10, 50);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ERROR, 40, 20, 3);
  assert_on_row (ui, 40, 10, 50);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 40);
  ui_key (ui, "e");
  g_assert_cmpint (explorer_brush_get_tool (explorer_window_get_brush (ui->window)), ==,
                   EXPLORER_TOOL_ERASER);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 30, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 39);
  drag_nodes (ui, 40, 10, 50, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
  ui_key (ui, "e");
  g_assert_cmpint (explorer_brush_get_tool (explorer_window_get_brush (ui->window)), ==,
                   EXPLORER_TOOL_BRUSH);
}

static void
test_line (Ui *ui, gconstpointer data)
{
  explorer_brush_set_tool (explorer_window_get_brush (ui->window), EXPLORER_TOOL_LINE);
  drag_nodes (ui, 64, 20, 100, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 81);
}

static void
test_brush_size (Ui *ui, gconstpointer data)
{
  ExplorerBrush *brush = explorer_window_get_brush (ui->window);

  ui_key (ui, "bracketright");
  ui_key (ui, "bracketright");
  g_assert_cmpuint (explorer_brush_get_radius (brush), ==, 2);
  ui_key (ui, "bracketleft");
  g_assert_cmpuint (explorer_brush_get_radius (brush), ==, 1);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 30, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 5); /* the node and its four neighbours */
  ui_send ("keydown ctrl click 4 keyup ctrl");
  ui_settle (ui);
  g_assert_cmpuint (explorer_brush_get_radius (brush), ==, 2);
}

static void
test_keyboard_alone (Ui *ui, gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 1, 0)));
  ui_key (ui, "Right");
  ui_key (ui, "Down");
  ui_key (ui, "Return");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
  ui_key (ui, "shift+Right");
  ui_key (ui, "Return");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 2);
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "sensor"));
  ui_key (ui, "Return");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
}

static void
test_readout (Ui *ui, gconstpointer data)
{
  const PisdInstance *instance = explorer_session_get_scenario (ui->session)->instance;
  const double truth = pisd_instance_get_field (instance, PISD_FIELD_U)->data[32 * PISD_GRID + 96];
  g_autofree char *expected = g_strdup_printf ("truth\u00a0%.4g", truth);

  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 32, 96);
  g_assert_nonnull (
      strstr (explorer_view_grid_get_readout (ui->grid), "x\u00a00.756  y\u00a00.252"));
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), expected));
}

/* Runs. */

static void
test_pause (Ui *ui, gconstpointer data)
{
  guint at_pause;

  run_some_steps (ui);
  ui_send ("key space");
  ui_wait (explorer_session_is_paused (ui->session));
  at_pause = explorer_session_get_n_frames (ui->session);
  watch (ui);
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), <=, at_pause + 1);
  ui_wait (explorer_window_get_shown_step (ui->window)
           == explorer_session_get_n_frames (ui->session) - 1);
  ui_key (ui, "space");
  g_assert_false (explorer_session_is_paused (ui->session));
  ui_wait (explorer_session_get_n_frames (ui->session) > at_pause + 5);
}

static void
test_one_step (Ui *ui, gconstpointer data)
{
  ui_key (ui, "period");
  ui_wait (explorer_session_get_n_frames (ui->session) == 2);
  watch (ui);
  for (guint k = 0; k < 3; k++)
    {
      const guint before = explorer_session_get_n_frames (ui->session);

      ui_key (ui, "period");
      ui_wait (explorer_session_get_n_frames (ui->session) > before);
      watch (ui);
      g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, before + 1);
      ui_wait (explorer_window_get_shown_step (ui->window) == before);
    }
  g_assert_true (explorer_session_is_paused (ui->session));
}

static void
test_stop_keeps (Ui *ui, gconstpointer data)
{
  guint n;

  run_some_steps (ui);
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  n = explorer_session_get_n_frames (ui->session);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (n, <, 301);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, n - 1);
  g_assert_nonnull (explorer_session_get_result (ui->session));
  g_assert_false (explorer_session_get_result (ui->session)->complete);
}

static void
test_scrub (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdFrame) first = NULL;
  int width;

  run_to_the_end (ui);
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 0);
  first = explorer_session_dup_frame (ui->session, 0);
  g_assert_true (explorer_view_grid_get_frame (ui->grid) == first);
  ui_key (ui, "Right");
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 1);
  ui_key (ui, "End");
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
  width = gtk_widget_get_width (GTK_WIDGET (ui->timeline));
  ui_click (ui, GTK_WIDGET (ui->timeline), width / 2.0,
            gtk_widget_get_height (GTK_WIDGET (ui->timeline)) / 2.0, 1);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), >, 100);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), <, 200);
}

static void
test_scrub_while_running (Ui *ui, gconstpointer data)
{
  run_some_steps (ui);
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 0);
  ui_wait (explorer_timeline_get_n_reached (ui->timeline) > 30);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 0); /* what was chosen stays */
  ui_key (ui, "End");
  let_it_end (ui);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
}

static void
test_noisy_and_clean_end_alike (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdField) clean = NULL;
  gboolean noisy;

  run_to_the_end (ui);
  clean = pisd_field_dup (explorer_view_grid_get_estimate (ui->grid, 0));
  ui_key (ui, "d");
  g_object_get (ui->grid, "show-noisy", &noisy, NULL);
  g_assert_true (noisy);
  g_assert_cmpmem (explorer_view_grid_get_estimate (ui->grid, 0)->data,
                   PISD_GRID * PISD_GRID * sizeof (double), clean->data,
                   PISD_GRID * PISD_GRID * sizeof (double));
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_FREE);
  run_to_the_end (ui); /* the same run, watched as x */
  g_assert_cmpmem (explorer_view_grid_get_estimate (ui->grid, 0)->data,
                   PISD_GRID * PISD_GRID * sizeof (double), clean->data,
                   PISD_GRID * PISD_GRID * sizeof (double));
}

static void
test_same_field_as_the_engine (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdResult) expected = NULL;
  g_autoptr (GError) error = NULL;
  const PisdResult *result;

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 5));
  ui_set_setting (ui, "steps", "40");
  scenario = pisd_scenario_dup (explorer_session_get_scenario (ui->session));
  expected = pisd_run (scenario, NULL, 2, NULL, NULL, &error);
  g_assert_no_error (error);
  run_to_the_end (ui);
  result = explorer_session_get_result (ui->session);
  g_assert_true (result->complete);
  for (guint k = 0; k < result->n_fields; k++)
    g_assert_cmpmem (result->mean[k]->data, PISD_GRID * PISD_GRID * sizeof (double),
                     expected->mean[k]->data, PISD_GRID * PISD_GRID * sizeof (double));
}

static void
test_weight_during_run (Ui *ui, gconstpointer data)
{
  GtkWidget *panel = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_GUIDANCE_PANEL, NULL, NULL);
  GtkWidget *slider = ui_find (panel, EXPLORER_TYPE_LOG_SLIDER, NULL, NULL);
  GtkWidget *scale = ui_find (slider, GTK_TYPE_SCALE, NULL, NULL);
  const double before = get_settings (ui)->parameters.zeta[PISD_TERM_OBS (0)];
  gboolean marked = FALSE;
  guint n;

  run_some_steps (ui);
  gtk_widget_grab_focus (scale);
  ui_key (ui, "Right");
  g_assert_cmpfloat (get_settings (ui)->parameters.zeta[PISD_TERM_OBS (0)], >, before);
  n = explorer_session_get_n_frames (ui->session);
  ui_wait (explorer_session_get_n_frames (ui->session) > n + 3);
  for (guint step = 0; step < explorer_session_get_n_frames (ui->session); step++)
    {
      g_autoptr (PisdFrame) frame = explorer_session_dup_frame (ui->session, step);

      marked = marked || frame->parameters_changed;
    }
  g_assert_true (marked);
  ui_key (ui, "ctrl+z");
  g_assert_cmpfloat (get_settings (ui)->parameters.zeta[PISD_TERM_OBS (0)], ==, before);
}

static void
test_follows_a_sensor (Ui *ui, gconstpointer data)
{
  ui_wait (explorer_window_get_shown_step (ui->window) > 3);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_run_scenario (ui->session)->sensors->n, ==, 501);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
}

/* The run shown is always one of the sensors shown. */
static void
test_follows_undo (Ui *ui, gconstpointer data)
{
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  ui_key (ui, "ctrl+z");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_run_scenario (ui->session)->sensors->n, ==, 500);
  ui_key (ui, "ctrl+shift+z");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_run_scenario (ui->session)->sensors->n, ==, 501);
}

static void
test_runs_on_while_hidden (Ui *ui, gconstpointer data)
{
  run_some_steps (ui);
  gtk_widget_set_visible (GTK_WIDGET (ui->window), FALSE);
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 301);
  gtk_window_present (GTK_WINDOW (ui->window));
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (ui->window)));
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
}

static void
test_resize (Ui *ui, gconstpointer data)
{
  GtkWidget *view =
      GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_ESTIMATE));
  const char *sizes[] = { "900 640", "1600 1000", "500 400", "1200 900" };

  run_some_steps (ui);
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      const int width = gtk_widget_get_width (GTK_WIDGET (ui->window));

      ui_send ("getactivewindow windowsize --sync %s", sizes[k]);
      ui_wait (gtk_widget_get_width (GTK_WIDGET (ui->window)) != width);
      ui_settle (ui);
      g_assert_cmpint (gtk_widget_get_width (view), >, 80);
      g_assert_cmpint (gtk_widget_get_height (view), >, 60);
    }
  let_it_end (ui);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 300);
}

static void
test_fits_small (Ui *ui, gconstpointer data)
{
  GtkWidget *flap = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_FLAP, NULL, NULL);

  ui_send ("getactivewindow windowsize --sync 900 640");
  ui_wait (gtk_widget_get_width (GTK_WIDGET (ui->window)) <= 900);
  ui_settle (ui);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (ui->window)), <=, 640);
  g_assert_false (adw_flap_get_folded (ADW_FLAP (flap)));
  g_assert_true (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
  for (guint row = 0; row < 2; row++)
    for (guint column = 0; column <= EXPLORER_COLUMN_ERROR; column++)
      g_assert_cmpint (
          gtk_widget_get_width (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, row, column))),
          >, 130);
}

static gboolean
has_run_thread (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", name, "comm", NULL);
      g_autofree char *thread = NULL;

      if (g_file_get_contents (path, &thread, NULL, NULL) && g_str_has_prefix (thread, "pisd-run"))
        return TRUE;
    }
  return FALSE;
}

static void
test_close_in_mid_run (Ui *ui, gconstpointer data)
{
  run_some_steps (ui);
  g_assert_true (has_run_thread ());
  ui_send ("key ctrl+w");
  ui_wait (ui->window == NULL);
  ui_wait (ui->session == NULL);
  ui_wait (!has_run_thread ()); /* one that was joined may be listed for a moment yet */
}

static void
test_close_while_paused (Ui *ui, gconstpointer data)
{
  run_some_steps (ui);
  ui_key (ui, "space");
  g_assert_true (explorer_session_is_paused (ui->session));
  ui_send ("key ctrl+w");
  ui_wait (ui->window == NULL);
  ui_wait (!has_run_thread ()); /* one that was joined may be listed for a moment yet */
}

static void
test_nan_pauses (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "huge.csv");

  /* The square of this reading is beyond the largest double. */
  g_assert_true (g_file_set_contents (path, "field,x,y,value\na,0.5,0.5,1e200\n", -1, NULL));
  g_assert_true (ui_open (ui, path));
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_session_is_paused (ui->session) || !explorer_session_is_running (ui->session));
  g_assert_true (explorer_session_is_paused (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), >, 0);
  g_assert_true (g_str_has_prefix (explorer_window_get_last_toast (ui->window), "Step "));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "obs_a"));
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), >, 0); /* the history stays */
}

/* What readings are to be doubted for is said when they are opened, by sensor. */
static void
test_remarks (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "boundary.csv");

  g_assert_true (
      g_file_set_contents (path, "field,x,y,value\nu,0.5,0.5,0.01\nu,0,0.5,1\n", -1, NULL));
  g_assert_true (ui_open (ui, path));
  ui_wait (explorer_window_get_last_toast (ui->window) != NULL
           && g_str_has_prefix (explorer_window_get_last_toast (ui->window),
                                "Sensor 2, u at x = 0, y = 0.5, reads 1 where the equation"));
}

/* Keys, focus, chrome. */

static void
test_typing_is_typing (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "steps");
  gboolean noisy;

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  ui_send ("type --delay 20 'd.h e[123'");
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "d.h e[123"));
  ui_settle (ui);
  g_object_get (ui->grid, "show-noisy", &noisy, NULL);
  g_assert_false (noisy);
  g_assert_false (explorer_session_is_running (ui->session));
  g_assert_cmpint (explorer_brush_get_tool (explorer_window_get_brush (ui->window)), ==,
                   EXPLORER_TOOL_BRUSH);
  ui_key (ui, "Return");
  g_assert_cmpuint (get_settings (ui)->steps, ==, 300);
  g_assert_nonnull (explorer_window_get_last_toast (ui->window));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "120");
  ui_key (ui, "Return");
  g_assert_cmpuint (get_settings (ui)->steps, ==, 120);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer action)
{
  return g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

static void
test_space_on_a_button (Ui *ui, gconstpointer data)
{
  GtkWidget *button = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_BUTTON, is_button, "win.undo");
  const guint before = ui_count (ui, PISD_FIELD_A);

  gtk_widget_grab_focus (button);
  ui_key (ui, "space");
  g_assert_false (explorer_session_is_running (ui->session));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), >, before); /* they were cleared */
}

static void
test_chrome (Ui *ui, gconstpointer data)
{
  GtkWidget *flap = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_FLAP, NULL, NULL);
  GtkWidget *header = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_HEADER_BAR, NULL, NULL);

  ui_key (ui, "F9");
  g_assert_false (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
  ui_key (ui, "F9");
  g_assert_true (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
  ui_key (ui, "h");
  g_assert_false (gtk_widget_get_visible (header));
  g_assert_false (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
  ui_key (ui, "h");
  g_assert_true (gtk_widget_get_visible (header));
  g_assert_true (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
}

/* A lecture has three columns.  The view of the fourth leaves in mid-layout, under the pointer, and
 * what it says then must not need another layout; a warning of GTK fails the test. */
static void
test_chrome_under_the_pointer (Ui *ui, gconstpointer data)
{
  GtkWidget *exact = GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_EXACT));

  g_assert_true (gtk_widget_get_mapped (exact));
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_EXACT, 64, 64);
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "x\u00a00.504"));
  ui_key (ui, "h");
  ui_wait (!gtk_widget_get_mapped (exact));
  ui_settle (ui);
  g_assert_null (strstr (explorer_view_grid_get_readout (ui->grid), "x\u00a00.504"));
}

static void
test_wheel (Ui *ui, gconstpointer data)
{
  GtkWidget *panel = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_GUIDANCE_PANEL, NULL, NULL);
  GtkWidget *slider = ui_find (panel, EXPLORER_TYPE_LOG_SLIDER, NULL, NULL);
  GtkWidget *scale = ui_find (slider, GTK_TYPE_SCALE, NULL, NULL);
  const double before = explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (slider));

  gtk_widget_grab_focus (scale); /* the side bar scrolls to it */
  ui_settle (ui);
  gtk_widget_grab_focus (
      GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_ESTIMATE)));
  ui_settle (ui);
  ui_click (ui, scale, 60, 8, 4);
  g_assert_cmpfloat (explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (slider)), ==, before);
  gtk_widget_grab_focus (scale);
  ui_settle (ui);
  ui_click (ui, scale, 60, 8, 4);
  g_assert_cmpfloat (explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (slider)), !=, before);
}

/* Problem, instance, source. */

static void
test_problem (Ui *ui, gconstpointer data)
{
  GtkWidget *problem = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_DROP_DOWN, NULL, NULL);

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 20, 1));
  g_assert_false (ui_has_setting (ui, "wavenumber"));
  gtk_widget_grab_focus (problem);
  ui_key (ui, "Return");
  ui_key (ui, "Down");
  ui_key (ui, "Return");
  ui_wait (get_settings (ui)->problem == PISD_PROBLEM_HELMHOLTZ);
  ui_settle (ui);
  g_assert_true (gtk_widget_get_mapped (ui_find_setting (ui, "wavenumber")));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 20);
  run_to_the_end (ui);
  g_assert_nonnull (explorer_view_grid_get_estimate (ui->grid, 1));
  ui_key (ui, "ctrl+z");
  g_assert_cmpint (get_settings (ui)->problem, ==, PISD_PROBLEM_POISSON);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (problem)), ==, 0);
  g_assert_false (ui_has_setting (ui, "wavenumber"));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 301); /* the run is not lost */
}

/* Views that go, one of them under the pointer, which leaves it: those that went before are not asked. */
static void
test_problem_under_the_pointer (Ui *ui, gconstpointer data)
{
  ui_move_to_node (ui, 1, EXPLORER_COLUMN_TRUTH, 60, 60);
  ui_settle (ui);
  ui_set_setting (ui, "problem", "navier-stokes");
  ui_move_to_node (ui, 1, EXPLORER_COLUMN_TRUTH, 60, 60);
  ui_settle (ui);
  ui_set_setting (ui, "problem", "poisson");
  ui_settle (ui);
}

static void
test_draw_source (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdInstance) before =
      pisd_instance_ref (explorer_session_get_scenario (ui->session)->instance);
  const PisdInstance *after;
  double change_a, change_u;

  ui_click_node (ui, 0, EXPLORER_COLUMN_TRUTH, 64, 64, 1);
  explorer_brush_set_tool (explorer_window_get_brush (ui->window), EXPLORER_TOOL_SOURCE);
  drag_nodes (ui, 64, 50, 80, 1);
  after = explorer_session_get_scenario (ui->session)->instance;
  change_a = pisd_instance_get_field (after, PISD_FIELD_A)->data[64 * PISD_GRID + 64]
             - pisd_instance_get_field (before, PISD_FIELD_A)->data[64 * PISD_GRID + 64];
  change_u = pisd_instance_get_field (after, PISD_FIELD_U)->data[64 * PISD_GRID + 64]
             - pisd_instance_get_field (before, PISD_FIELD_U)->data[64 * PISD_GRID + 64];
  g_assert_cmpfloat (fabs (change_a - 1), <, 0.02); /* the bump's height, however long the stroke */
  g_assert_cmpfloat (change_u, <, -1e-3);           /* lap u = a: a source pushes u down */
  g_assert_cmpfloat (explorer_session_get_scenario (ui->session)->sensors->items[0].value, ==,
                     pisd_instance_get_field (after, PISD_FIELD_A)->data[64 * PISD_GRID + 64]);
  ui_key (ui, "ctrl+z");
  g_assert_true (
      pisd_instance_equal (explorer_session_get_scenario (ui->session)->instance, before));
}

/* Files. */

static void
test_bad_files (Ui *ui, gconstpointer data)
{
  const struct
  {
    const char *name, *content;
  } files[] = { { "bad.npz", "not an archive" },
                { "bad.csv", "field,x,y,value\na,0.5,nan,1\n" },
                { "bad.pisd", "[scenario]\nnonsense=1\n" },
                { "bad.txt", "words" } };
  g_autoptr (PisdScenario) before = pisd_scenario_dup (explorer_session_get_scenario (ui->session));

  for (guint k = 0; k < G_N_ELEMENTS (files); k++)
    {
      g_autofree char *path = ui_path (ui, files[k].name);
      g_autofree char *old = g_strdup (explorer_window_get_last_toast (ui->window));

      g_assert_true (g_file_set_contents (path, files[k].content, -1, NULL));
      g_assert_false (ui_open (ui, path));
      g_assert_cmpstr (explorer_window_get_last_toast (ui->window), !=, old);
      g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), files[k].name));
      g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (ui->session)), ==,
                        0);
    }
}

/* A file is what it holds, whatever its name ends in; one that is not there is said to be missing. */
static void
test_files_by_content (Ui *ui, gconstpointer data)
{
  g_autofree char *scenario = ui_path (ui, "my.scenario");
  g_autofree char *missing = ui_path (ui, "nosuch.txt");

  g_assert_true (g_file_set_contents (scenario, "[scenario]\nsteps=12\n", -1, NULL));
  g_assert_true (ui_open (ui, scenario));
  g_assert_cmpuint (explorer_session_get_scenario (ui->session)->settings.steps, ==, 12);
  g_assert_false (ui_open (ui, missing));
  g_assert_nonnull (
      strstr (explorer_window_get_last_toast (ui->window), "nosuch.txt: cannot be opened"));
  g_assert_false (ui_open (ui, "/dev/null"));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "device, not a file"));
}

static gboolean
starts_with (const char *path, const char *magic)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  return size >= strlen (magic) && memcmp (content, magic, strlen (magic)) == 0;
}

static guint32
get_png_height (const char *path)
{
  g_autofree char *content = NULL;
  guint32 height;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  memcpy (&height, content + 20, sizeof height);
  return GUINT32_FROM_BE (height);
}

static void
test_export (Ui *ui, gconstpointer data)
{
  const struct
  {
    ExplorerExport kind;
    const char *name, *magic;
  } files[] = { { EXPLORER_EXPORT_PICTURE, "f.png", "\x89PNG" },
                { EXPLORER_EXPORT_PICTURE, "f.svg", "<?xml" },
                { EXPLORER_EXPORT_PICTURE, "f.pdf", "%PDF" },
                { EXPLORER_EXPORT_RESULT, "r.npz", "PK" },
                { EXPLORER_EXPORT_RESULT, "r.mat", "MATLAB 5.0 MAT-file" },
                { EXPLORER_EXPORT_RESULT, "r.npy", "\x93NUMPY" },
                { EXPLORER_EXPORT_SENSORS, "s.csv", "field,x,y" },
                { EXPLORER_EXPORT_SCENARIO, "s.pisd", "[scenario]" } };
  g_autoptr (PisdScenario) before = NULL;
  g_autofree char *picture = ui_path (ui, "f.png");

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  ui_set_setting (ui, "steps", "20");
  run_to_the_end (ui);
  before = pisd_scenario_dup (explorer_session_get_scenario (ui->session));
  for (guint k = 0; k < G_N_ELEMENTS (files); k++)
    {
      g_autofree char *path = ui_path (ui, files[k].name);

      g_assert_true (ui_save (ui, files[k].kind, path));
      g_assert_true (starts_with (path, files[k].magic));
    }
  g_assert_cmpuint (get_png_height (picture), >,
                    2 * (2 * 292 + 200)); /* two rows of views, and curves */
  /* What was saved is what is read. */
  for (guint k = G_N_ELEMENTS (files) - 2; k < G_N_ELEMENTS (files); k++)
    {
      g_autofree char *path = ui_path (ui, files[k].name);

      explorer_session_clear_sensors (ui->session);
      g_assert_true (ui_open (ui, path));
      g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (ui->session)), ==,
                        0);
    }
}

static void
test_unknown_truth (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "own.csv");

  g_assert_true (g_file_set_contents (path, "field,x,y,value\nu,0.5,0.5,0.1\n", -1, NULL));
  g_assert_true (ui_open (ui, path));
  g_assert_null (explorer_session_get_scenario (ui->session)->instance);
  g_assert_cmpstr (ui_get_subtitle (ui), ==, "1 sensor (a\u00a00, u\u00a01)");
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1); /* nothing to read there */
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
  g_assert_nonnull (explorer_window_get_last_toast (ui->window));
  ui_set_setting (ui, "steps", "20");
  run_to_the_end (ui);
  g_assert_nonnull (explorer_view_grid_get_estimate (ui->grid, 0));
  g_assert_true (g_str_has_prefix (explorer_window_get_number (ui->window, "error-a"), "–"));
}

/* Colours. */

static void
test_spread (Ui *ui, gconstpointer data)
{
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  guint n_rows, n_columns;

  explorer_preferences_set (ui->preferences, "column-error", FALSE);
  explorer_preferences_set (ui->preferences, "column-spread", TRUE);
  ui_set_setting (ui, "steps", "20");
  run_to_the_end (ui);
  explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
  g_assert_null (panels[3].field); /* one sample has no spread */
  ui_set_setting (ui, "samples", "3");
  run_to_the_end (ui);
  explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
  g_assert_nonnull (panels[3].field);
  g_assert_cmpfloat (pisd_field_norm (panels[3].field), >, 0);
  g_assert_true (strstr (panels[3].title, "spread") != NULL);
}

static void
test_fixed_range (Ui *ui, gconstpointer data)
{
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  guint n_rows, n_columns;

  ui_set_setting (ui, "steps", "20");
  run_to_the_end (ui);
  explorer_preferences_set (ui->preferences, "range-mode", PISD_RANGE_FIXED);
  explorer_view_grid_set_fixed (ui->grid, 0, -0.5, 0.75);
  for (guint step = 0; step <= 20; step += 10)
    {
      g_signal_emit_by_name (ui->timeline, "step-selected", step);
      explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
      g_assert_cmpuint (n_rows, ==, 2);
      g_assert_cmpuint (n_columns, ==, 4);
      for (guint k = 0; k < n_columns; k++)
        {
          g_assert_cmpfloat (panels[k].min, ==, -0.5);
          g_assert_cmpfloat (panels[k].max, ==, 0.75);
          g_assert_cmpint (panels[k].map, ==, panels[0].map);
        }
    }
}

static void
test_grow_never_shrinks (Ui *ui, gconstpointer data)
{
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  double largest = 0;
  guint n_rows, n_columns;

  run_to_the_end (ui);
  for (guint step = 0; step <= 300; step += 20)
    {
      g_signal_emit_by_name (ui->timeline, "step-selected", step);
      explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
      g_assert_cmpfloat (panels[0].max, >=, largest);
      g_assert_cmpfloat (panels[0].max, ==, -panels[0].min); /* neutral at 0 */
      largest = panels[0].max;
    }
}

static double
get_largest (const PisdField *field)
{
  double largest = 0;

  for (gsize k = 0; k < pisd_field_get_n (field); k++)
    largest = fmax (largest, fabs (field->data[k]));
  return largest;
}

/* The error shrinks within a run: in the colours of the first step that of the last would be one
 * grey. */
static void
test_error_range_is_of_the_step (Ui *ui, gconstpointer data)
{
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  guint n_rows, n_columns;

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 500, 1));
  run_to_the_end (ui);
  for (guint step = 0; step <= 300; step += 100)
    {
      g_signal_emit_by_name (ui->timeline, "step-selected", step);
      explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
      for (guint row = 0; row < n_rows; row++)
        {
          const PisdPanel *error = &panels[row * n_columns + EXPLORER_COLUMN_ERROR];

          g_assert_cmpfloat (error->max, >=, get_largest (error->field));
          g_assert_cmpfloat (error->max, <, 1.5 * get_largest (error->field));
        }
    }
}

#define ADD(path, function) \
  g_test_add ("/ui/window/" path, Ui, NULL, ui_set_up, function, ui_tear_down)
#define ADD_OPENED(path, function) \
  g_test_add ("/ui/window/" path, Ui, "as opened", ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/window/templates", test_templates);
  ADD_OPENED ("opens-running", test_opens_running);
  ADD_OPENED ("follows-a-sensor", test_follows_a_sensor);
  ADD_OPENED ("follows-undo", test_follows_undo);
  ADD ("shortcuts-window", test_shortcuts_window);
  ADD ("paint-ten", test_paint_ten);
  ADD ("drag-is-one-undo", test_drag_is_one_undo);
  ADD ("erase", test_erase);
  ADD ("line", test_line);
  ADD ("brush-size", test_brush_size);
  ADD ("keyboard-alone", test_keyboard_alone);
  ADD ("readout", test_readout);
  ADD ("pause", test_pause);
  ADD ("one-step", test_one_step);
  ADD ("stop-keeps", test_stop_keeps);
  ADD ("scrub", test_scrub);
  ADD ("scrub-while-running", test_scrub_while_running);
  ADD ("noisy-and-clean-end-alike", test_noisy_and_clean_end_alike);
  ADD ("same-field-as-the-engine", test_same_field_as_the_engine);
  ADD ("weight-during-run", test_weight_during_run);
  ADD ("runs-on-while-hidden", test_runs_on_while_hidden);
  ADD ("resize", test_resize);
  ADD ("fits-small", test_fits_small);
  ADD ("close-in-mid-run", test_close_in_mid_run);
  ADD ("close-while-paused", test_close_while_paused);
  ADD ("nan-pauses", test_nan_pauses);
  ADD ("remarks", test_remarks);
  ADD ("typing-is-typing", test_typing_is_typing);
  ADD ("space-on-a-button", test_space_on_a_button);
  ADD ("chrome", test_chrome);
  ADD ("chrome-under-the-pointer", test_chrome_under_the_pointer);
  ADD ("wheel", test_wheel);
  ADD ("problem", test_problem);
  ADD ("problem-under-the-pointer", test_problem_under_the_pointer);
  ADD ("draw-source", test_draw_source);
  ADD ("bad-files", test_bad_files);
  ADD ("files-by-content", test_files_by_content);
  ADD ("export", test_export);
  ADD ("unknown-truth", test_unknown_truth);
  ADD ("spread", test_spread);
  ADD ("fixed-range", test_fixed_range);
  ADD ("grow-never-shrinks", test_grow_never_shrinks);
  ADD ("error-range-is-of-the-step", test_error_range_is_of_the_step);
  return g_test_run ();
}
