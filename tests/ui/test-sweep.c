/* The window of a sweep, by pointer and keys: what is varied is typed, the sheet fills, a cell opens
 * its run in the main window. */

#include <string.h>

#include "explorer-sweep.h"
#include "ui-fixture.h"

static ExplorerSweep *
find_sweep (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_SWEEP);
}

/* Short runs of a small latent, from the keyboard. */
static ExplorerSweep *
open_sweep (Ui *ui)
{
  ui_set_setting (ui, "modes", "8");
  ui_set_setting (ui, "steps", "5");
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  ui_key (ui, "ctrl+e");
  ui_wait (find_sweep (ui) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (find_sweep (ui))));
  return find_sweep (ui);
}

static void
close_sweep (Ui *ui, const char *key)
{
  ui_send ("key %s", key);
  ui_wait (find_sweep (ui) == NULL);
}

static void
type_values (ExplorerSweep *sweep, guint axis, const char *key, const char *values)
{
  ExplorerSweepAxis *row = explorer_sweep_get_axis (sweep, axis);

  explorer_sweep_axis_choose (row, key);
  gtk_widget_grab_focus (GTK_WIDGET (explorer_sweep_axis_get_entry (row)));
  gtk_editable_select_region (explorer_sweep_axis_get_entry (row), 0, -1);
  ui_send ("type %s", values);
  ui_wait (g_str_equal (gtk_editable_get_text (explorer_sweep_axis_get_entry (row)), values));
}

static void
run (ExplorerSweep *sweep)
{
  const guint n_started = explorer_sweep_get_n_started (sweep);

  ui_send ("key ctrl+Return");
  ui_wait (explorer_sweep_get_n_started (sweep) > n_started);
  ui_wait (pisd_sweep_queue_is_through (explorer_sweep_get_queue (sweep)));
  ui_wait (g_str_has_prefix (explorer_sweep_get_status (sweep), "Best: "));
  ui_settle_window (GTK_WINDOW (sweep));
}

/* Typed, run and looked at without the pointer; Enter opens the cell's run. */
static void
test_keys (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);
  GtkWidget *sheet = GTK_WIDGET (explorer_sweep_get_sheet (sweep));
  const PisdScenario *scenario;

  type_values (sweep, 0, "zeta-pde", "0.25,0.5");
  type_values (sweep, 1, "steps", "3,4,6");
  run (sweep);
  g_assert_cmpuint (
      pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (explorer_sweep_get_queue (sweep))), ==,
      6);
  gtk_widget_grab_focus (sheet);
  ui_send ("key Down key Down key Right key Right");
  ui_wait (explorer_sweep_sheet_get_selected (explorer_sweep_get_sheet (sweep)) == 5);
  g_assert_true (g_str_has_prefix (explorer_sweep_get_status (sweep),
                                   "Weight of equation 0.5, Steps 6, error of a "));
  ui_send ("key Return");
  ui_wait (explorer_session_get_scenario (ui->session)->settings.steps == 6);
  scenario = explorer_session_get_scenario (ui->session);
  g_assert_cmpfloat (scenario->settings.parameters.zeta[PISD_TERM_PDE], ==, 0.5);
  ui_wait (explorer_session_get_result (ui->session) != NULL
           && explorer_session_get_run_settings (ui->session)->steps == 6);
  explorer_session_undo (ui->session);
  g_assert_cmpuint (explorer_session_get_scenario (ui->session)->settings.steps, ==, 5);
  gtk_window_close (GTK_WINDOW (sweep));
  ui_wait (find_sweep (ui) == NULL);
}

/* A double click does what Enter does; one beside the pictures selects nothing. */
static void
test_pointer (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);
  ExplorerSweepSheet *sheet = explorer_sweep_get_sheet (sweep);
  PisdBox cell;

  type_values (sweep, 0, "seed", "5,6,7");
  run (sweep);
  cell = pisd_sheet_layout_get_cell (explorer_sweep_sheet_get_layout (sheet), 2);
  ui_click (ui, GTK_WIDGET (sheet), cell.x + 20, cell.y + 20, 1);
  ui_wait (explorer_sweep_sheet_get_selected (sheet) == 2);
  ui_click (ui, GTK_WIDGET (sheet), 3, 3, 1);
  ui_wait (explorer_sweep_sheet_get_selected (sheet) == -1);
  ui_move_to (ui, GTK_WIDGET (sheet), cell.x + 20, cell.y + 20);
  ui_send ("click --repeat 2 1");
  ui_wait (explorer_session_get_scenario (ui->session)->settings.seed == 7);
  gtk_window_close (GTK_WINDOW (sweep));
  ui_wait (find_sweep (ui) == NULL);
}

/* What cannot be used is marked and said, and what there was stays. */
static void
test_refused (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);
  GtkWidget *entry =
      GTK_WIDGET (explorer_sweep_axis_get_entry (explorer_sweep_get_axis (sweep, 0)));

  type_values (sweep, 0, "seed", "5,x");
  ui_send ("key ctrl+Return");
  ui_wait (gtk_widget_has_css_class (entry, "error"));
  g_assert_nonnull (strstr (explorer_sweep_get_last_toast (sweep), "seed: got \"x\""));
  g_assert_null (explorer_sweep_get_queue (sweep));
  type_values (sweep, 0, "seed", "5,6");
  run (sweep);
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  close_sweep (ui, "ctrl+w");
}

static guint
count_running (PisdSweepQueue *queue)
{
  guint n = 0;

  for (guint cell = 0; cell < pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (queue)); cell++)
    n += pisd_sweep_queue_get_state (queue, cell) == PISD_CELL_RUNNING;
  return n;
}

/* Sixteen runs of PISD: as many go on at once as there are cores, and closing the window in their
 * midst ends them. */
static void
test_cores (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);

  type_values (sweep, 0, "zeta-pde", "0.1..10/4");
  type_values (sweep, 1, "seed", "1,2,3,4");
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  ui_set_setting (ui, "steps", "10000");
  gtk_widget_activate_action (GTK_WIDGET (sweep), "sweep.start", NULL);
  ui_wait (explorer_sweep_get_queue (sweep) != NULL
           && pisd_sweep_queue_get_done (explorer_sweep_get_queue (sweep)) > 0);
  ui_wait (count_running (explorer_sweep_get_queue (sweep)) == MIN (g_get_num_processors (), 16));
  gtk_window_close (GTK_WINDOW (sweep));
  ui_wait (find_sweep (ui) == NULL);
}

/* Runs that nobody waits for: stopped, then closed in the middle. */
static void
test_stop_and_close (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);
  PisdSweepQueue *queue;

  type_values (sweep, 0, "seed", "11..26/16");
  ui_set_setting (ui, "steps", "10000");
  ui_send ("key ctrl+Return");
  ui_wait (explorer_sweep_get_queue (sweep) != NULL);
  queue = explorer_sweep_get_queue (sweep);
  ui_wait (pisd_sweep_queue_get_done (queue) > 0);
  gtk_widget_activate_action (GTK_WIDGET (sweep), "sweep.stop", NULL);
  ui_wait (pisd_sweep_queue_is_through (queue));
  g_assert_cmpint (pisd_sweep_queue_get_state (queue, 15), ==, PISD_CELL_STOPPED);
  ui_wait (!explorer_sweep_is_running (sweep)); /* the window has seen it: it may start again */
  ui_send ("key ctrl+Return");
  ui_wait (!pisd_sweep_queue_is_through (explorer_sweep_get_queue (sweep))); /* another one */
  ui_send ("key Escape"); /* stops, and nothing is lost */
  ui_wait (pisd_sweep_queue_is_through (explorer_sweep_get_queue (sweep)));
  g_assert_true (find_sweep (ui) == sweep);
  ui_wait (!explorer_sweep_is_running (sweep));
  close_sweep (ui, "Escape");
}

static gboolean
has_text (GtkWidget *label, gconstpointer text)
{
  return g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text);
}

/* The sheet follows the main window's set-up when it is run again, and says so until then. */
static void
test_stale (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);

  type_values (sweep, 0, "seed", "5,6");
  run (sweep);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 31, 1));
  g_assert_nonnull (
      ui_find (GTK_WIDGET (sweep), GTK_TYPE_LABEL, has_text, "Sensors changed, run again"));
  run (sweep);
  g_assert_null (
      ui_find (GTK_WIDGET (sweep), GTK_TYPE_LABEL, has_text, "Sensors changed, run again"));
  g_assert_cmpuint (pisd_sweep_queue_get_sweep (explorer_sweep_get_queue (sweep))->base->sensors->n,
                    ==, 31);
  gtk_window_close (GTK_WINDOW (sweep));
  ui_wait (find_sweep (ui) == NULL);
}

static GListModel *
get_choices (ExplorerSweep *sweep)
{
  GtkWidget *axis = GTK_WIDGET (explorer_sweep_get_axis (sweep, 0));

  return gtk_drop_down_get_model (GTK_DROP_DOWN (ui_find (axis, GTK_TYPE_DROP_DOWN, NULL, NULL)));
}

/* What can be varied is listed anew only where a change of the set-up makes it something else. */
static void
test_choices (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);
  g_autoptr (GListModel) before = g_object_ref (get_choices (sweep));

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 31, 1));
  g_assert_true (get_choices (sweep) == before);
  ui_set_setting (ui, "guidance", "exact");
  g_assert_false (get_choices (sweep) == before);
  close_sweep (ui, "Escape");
}

static void
test_saved (Ui *ui, gconstpointer data)
{
  ExplorerSweep *sweep = open_sweep (ui);
  g_autofree char *sheet = ui_path (ui, "s.svg");
  g_autofree char *table = ui_path (ui, "t.csv");
  g_autofree char *text = NULL;

  type_values (sweep, 0, "seed", "5,6");
  run (sweep);
  explorer_sweep_save (sweep, sheet);
  ui_wait (g_strcmp0 (explorer_sweep_get_last_toast (sweep), "Saved as s.svg") == 0);
  explorer_sweep_save (sweep, table);
  ui_wait (g_strcmp0 (explorer_sweep_get_last_toast (sweep), "Saved as t.csv") == 0);
  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "seed,error_a_percent,"));
  gtk_window_close (GTK_WINDOW (sweep));
  ui_wait (find_sweep (ui) == NULL);
}

#define ADD(path, function) \
  g_test_add ("/ui/sweep/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("keys", test_keys);
  ADD ("pointer", test_pointer);
  ADD ("refused", test_refused);
  ADD ("cores", test_cores);
  ADD ("stop-and-close", test_stop_and_close);
  ADD ("stale", test_stale);
  ADD ("choices", test_choices);
  ADD ("saved", test_saved);
  return g_test_run ();
}
