/* What a flow is looked at with: streamlines and arrows, spectrum and errors in the place of the
 * run's curves, and moving pictures. */

#include <math.h>
#include <string.h>

#include "explorer-flow-charts.h"
#include "../pisd-test-flow.h"
#include "pisd-error.h"
#include "ui-fixture.h"

#define LATER 1 /* row of the views */
#define N_LATER 9

static void
select_flow (Ui *ui)
{
  const PisdEquation flow = { test_flow_get_problem (), { 1e-3 } };

  g_assert_true (explorer_session_set_equation (ui->session, &flow));
  explorer_session_clear_sensors (ui->session);
  ui_settle (ui);
}

static void
set_up (Ui *ui, gconstpointer data)
{
  ui_set_up (ui, NULL);
  select_flow (ui);
}

static PisdFlow
get_lines (Ui *ui, ExplorerColumn column)
{
  PisdPanel panel;

  ui_get_panel (ui, LATER, column, &panel);
  return panel.flow;
}

/* The key goes from nothing to streamlines, arrows and back; errors have none. */
static void
test_lines (Ui *ui, gconstpointer data)
{
  for (guint k = 1; k <= PISD_N_FLOWS; k++)
    {
      ui_key (ui, "s");
      g_assert_cmpint (get_lines (ui, EXPLORER_COLUMN_TRUTH), ==, k % PISD_N_FLOWS);
      g_assert_cmpint (get_lines (ui, EXPLORER_COLUMN_ESTIMATE), ==, k % PISD_N_FLOWS);
      g_assert_cmpint (get_lines (ui, EXPLORER_COLUMN_EXACT), ==, k % PISD_N_FLOWS);
      g_assert_cmpint (get_lines (ui, EXPLORER_COLUMN_ERROR), ==, PISD_FLOW_NONE);
      g_assert_cmpint (get_lines (ui, EXPLORER_COLUMN_SPREAD), ==, PISD_FLOW_NONE);
    }
}

static void
select_poisson (Ui *ui)
{
  const PisdEquation poisson = { PISD_PROBLEM_POISSON, { 0.0 } };

  g_assert_true (explorer_session_set_equation (ui->session, &poisson));
  ui_settle (ui);
}

/* What is no vorticity has no velocity, and no row to choose it in. */
static void
test_lines_of_flows_alone (Ui *ui, gconstpointer data)
{
  GtkWidget *row = ui_find_in_row (ui, "Velocity", ADW_TYPE_COMBO_ROW);

  g_assert_true (gtk_widget_get_visible (row));
  ui_key (ui, "s");
  select_poisson (ui);
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_cmpint (get_lines (ui, EXPLORER_COLUMN_TRUTH), ==, PISD_FLOW_NONE);
}

/* What has no velocity has nothing of these keys to show. */
static void
test_keys_of_flows_alone (Ui *ui, gconstpointer data)
{
  const int lines = explorer_preferences_get (ui->preferences, "flow-lines");
  const int charts = explorer_preferences_get (ui->preferences, "flow-charts");

  select_poisson (ui);
  ui_key (ui, "s");
  ui_key (ui, "c");
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "flow-lines"), ==, lines);
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "flow-charts"), ==, charts);
  select_flow (ui);
  ui_key (ui, "s");
  ui_key (ui, "c");
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "flow-lines"), !=, lines);
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "flow-charts"), !=, charts);
  ui_key (ui, "c");
}

static GtkWidget *
find_charts (Ui *ui)
{
  return ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_FLOW_CHARTS, NULL, NULL);
}

static void
assert_charts (Ui *ui, gboolean shown)
{
  g_assert_true (gtk_widget_get_mapped (find_charts (ui)) == shown);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (ui->timeline)) != shown);
}

/* The key puts the charts in the place of the run's curves, which Poisson's equation keeps. */
static void
test_charts (Ui *ui, gconstpointer data)
{
  assert_charts (ui, FALSE);
  ui_key (ui, "c");
  assert_charts (ui, TRUE);
  select_poisson (ui);
  assert_charts (ui, FALSE);
  select_flow (ui);
  assert_charts (ui, TRUE);
  ui_key (ui, "c");
  assert_charts (ui, FALSE);
}

static double
get_pointed (Ui *ui)
{
  return explorer_charts_get_pointed (EXPLORER_CHARTS (find_charts (ui)));
}

/* The numbers under the pointer are told as long as it is there. */
static void
test_charts_pointed_at (Ui *ui, gconstpointer data)
{
  GtkWidget *charts = find_charts (ui);

  ui_key (ui, "c");
  g_assert_true (isnan (get_pointed (ui)));
  ui_move_to (ui, charts, 0.25 * gtk_widget_get_width (charts),
              0.5 * gtk_widget_get_height (charts));
  g_assert_cmpfloat_with_epsilon (get_pointed (ui), 0.25 * gtk_widget_get_width (charts), 2.0);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_TRUTH, 20, 20);
  ui_settle (ui);
  g_assert_true (isnan (get_pointed (ui)));
}

static guint
count_files (Ui *ui, const char *prefix)
{
  g_autoptr (GDir) folder = g_dir_open (ui->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

static gboolean
is_gif (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size;

  return g_file_get_contents (path, &bytes, &size, NULL) && size > 1000
         && memcmp (bytes, "GIF89a", 6) == 0;
}

/* An animation in time has a picture a moment, and the window shows the moment that it showed. */
static void
test_save_flow (Ui *ui, gconstpointer data)
{
  ExplorerFlow *flow = explorer_window_get_flow (ui->window);
  g_autofree char *gif = ui_path (ui, "flow"), *whole = ui_path (ui, "flow.gif");
  g_autofree char *png = ui_path (ui, "moments.png");

  explorer_flow_select (flow, 3);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_FLOW, gif));
  g_assert_true (is_gif (whole));
  g_assert_cmpuint (explorer_flow_get_frame (flow), ==, 3);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_FLOW, png));
  g_assert_cmpuint (count_files (ui, "moments-00"), ==, N_LATER);
}

static void
test_save_while_playing (Ui *ui, gconstpointer data)
{
  ExplorerFlow *flow = explorer_window_get_flow (ui->window);
  g_autofree char *path = ui_path (ui, "flow.gif");

  explorer_flow_select (flow, 3);
  explorer_flow_set_playing (flow, TRUE);
  explorer_window_save (ui->window, EXPLORER_EXPORT_FLOW, path);
  g_assert_cmpuint (explorer_flow_get_frame (flow), ==, 3);
  g_assert_true (explorer_flow_is_playing (flow));
  ui_wait (explorer_saver_get_writing (explorer_window_get_saver (ui->window)) == NULL);
}

/* Where nothing changes with time there is nothing to save of it; a run's steps are saved where
 * there are some. */
static void
test_save_steps (Ui *ui, gconstpointer data)
{
  GActionMap *actions = G_ACTION_MAP (ui->window);
  GAction *in_time = g_action_map_lookup_action (actions, "save-flow");
  g_autofree char *path = ui_path (ui, "run.gif");
  const PisdFrame *shown;

  g_assert_true (g_action_get_enabled (in_time));
  select_poisson (ui);
  g_assert_false (g_action_get_enabled (in_time));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1));
  ui_set_setting (ui, "steps", "60");
  ui_run_to_the_end (ui);
  shown = explorer_view_grid_get_frame (ui->grid);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_STEPS, path));
  g_assert_true (is_gif (path));
  g_assert_true (explorer_view_grid_get_frame (ui->grid) == shown);
}

static gboolean
have_same_bytes (Ui *ui, const char *a, const char *b)
{
  g_autofree char *path_a = ui_path (ui, a), *path_b = ui_path (ui, b);
  g_autofree char *bytes_a = NULL, *bytes_b = NULL;
  gsize n_a, n_b;

  g_assert_true (g_file_get_contents (path_a, &bytes_a, &n_a, NULL));
  g_assert_true (g_file_get_contents (path_b, &bytes_b, &n_b, NULL));
  return n_a == n_b && memcmp (bytes_a, bytes_b, n_a) == 0;
}

/* The live mean does not stand for every step, and is back afterwards. */
static void
test_save_steps_beside_live (Ui *ui, gconstpointer data)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (ui->window), "save-steps");
  ExplorerLive *live = explorer_window_get_live (ui->window);
  g_autofree char *path = ui_path (ui, "run.png"), *other = ui_path (ui, "other.png");

  select_poisson (ui);
  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1));
  ui_set_setting (ui, "steps", "12");
  ui_run_to_the_end (ui);
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
  explorer_live_show (live);
  g_assert_true (explorer_live_is_active (live));
  g_assert_true (g_action_get_enabled (action));
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_STEPS, path));
  g_assert_cmpuint (count_files (ui, "run-"), ==, 13);
  g_assert_false (have_same_bytes (ui, "run-000.png", "run-006.png"));
  g_assert_false (have_same_bytes (ui, "run-006.png", "run-012.png"));
  g_assert_true (explorer_view_grid_is_live (ui->grid));

  select_flow (ui); /* where there is no step to see of that run */
  g_assert_false (g_action_get_enabled (action));
  ui_save (ui, EXPLORER_EXPORT_STEPS, other);
  g_assert_cmpuint (count_files (ui, "other"), ==, 0);
}

/* Esc stops all films, and says nothing of them. */
static void
test_escape_stops_films (Ui *ui, gconstpointer data)
{
  ExplorerSaver *saver = explorer_window_get_saver (ui->window);
  const char *const names[] = { "film-1.gif", "film-2.gif", "film-3.gif", "film-4.gif" };
  g_autofree char *said = g_strdup (explorer_window_get_last_toast (ui->window));

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autofree char *path = ui_path (ui, names[k]);

      explorer_window_save (ui->window, EXPLORER_EXPORT_FLOW, path);
    }
  ui_key (ui, "Escape");
  ui_wait (explorer_saver_get_writing (saver) == NULL);
  g_assert_cmpuint (count_files (ui, names[3]), ==, 0);
  if (count_files (ui, "film") == 0)
    g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==, said);
}

/* Other files are written to their ends, and Esc stops what it stops without them. */
static void
test_escape_beside_pictures (Ui *ui, gconstpointer data)
{
  ExplorerSaver *saver = explorer_window_get_saver (ui->window);

  select_poisson (ui);
  g_assert_true (explorer_session_run (ui->session, PISD_PACE_PAUSED));
  for (guint k = 0; k < 12; k++)
    {
      g_autofree char *name = g_strdup_printf ("picture-%02u.png", k);
      g_autofree char *path = ui_path (ui, name);

      explorer_window_save (ui->window, EXPLORER_EXPORT_PICTURE, path);
    }
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  ui_wait (explorer_saver_get_writing (saver) == NULL);
  g_assert_cmpuint (count_files (ui, "picture-"), ==, 12);
}

/* Stopped before it is through, nothing is written. */
static void
test_stopped (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "flow.gif");
  g_autoptr (GError) error = NULL;
  g_autoptr (ExplorerSaving) saving = explorer_saving_new (
      EXPLORER_EXPORT_FLOW, ui->session, ui->grid, ui->timeline, pisd_palette_get (FALSE), &error);

  g_assert_no_error (error);
  pisd_cancel_trigger (explorer_saving_get_cancel (saving));
  g_assert_false (explorer_saving_write (saving, path, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (ui, "flow"), ==, 0);
}

#define ADD(path, function) g_test_add ("/ui/plots/" path, Ui, NULL, set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem (); /* before anybody asks for the list */
  adw_init ();

  ADD ("lines", test_lines);
  ADD ("lines-of-flows-alone", test_lines_of_flows_alone);
  ADD ("keys-of-flows-alone", test_keys_of_flows_alone);
  ADD ("charts", test_charts);
  ADD ("charts-pointed-at", test_charts_pointed_at);
  ADD ("save-flow", test_save_flow);
  ADD ("save-while-playing", test_save_while_playing);
  ADD ("save-steps", test_save_steps);
  ADD ("save-steps-beside-live", test_save_steps_beside_live);
  ADD ("escape-stops-films", test_escape_stops_films);
  ADD ("escape-beside-pictures", test_escape_beside_pictures);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
