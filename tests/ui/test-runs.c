/* Runs that are kept, by pointer and keys: the list, pins, side by side, branches and their fork. */

#include <string.h>

#include "../pisd-test-scenario.h"
#include "explorer-runs-row.h"
#include "explorer-runs.h"
#include "pisd-budget.h"
#include "pisd-setup-load.h"
#include "ui-fixture.h"

#define STEPS 12

static ExplorerRuns *
find_runs (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_RUNS);
}

static ExplorerRunsRow *
get_row (ExplorerRuns *runs, int index)
{
  return EXPLORER_RUNS_ROW (gtk_list_box_get_row_at_index (explorer_runs_get_list (runs), index));
}

static guint
get_shown (Ui *ui)
{
  return explorer_session_get_shown_run (ui->session)->id;
}

/* Short runs of a small latent; the one that the window began with is gone. */
static void
make_runs (Ui *ui, guint n)
{
  ui_set_setting (ui, "modes", "8");
  ui_set_setting (ui, "steps", G_STRINGIFY (STEPS));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  for (guint k = 0; k < n; k++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", k + 1);

      ui_set_setting (ui, "seed", seed);
      ui_run_to_the_end (ui);
    }
  explorer_session_drop_runs (ui->session);
}

static ExplorerRuns *
open_runs (Ui *ui)
{
  ui_key (ui, "ctrl+r");
  ui_wait (find_runs (ui) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (find_runs (ui))));
  return find_runs (ui);
}

static void
focus_row (ExplorerRuns *runs, int index)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_row (runs, index)));
}

static void
close_runs (Ui *ui)
{
  ui_send ("key Escape");
  ui_wait (find_runs (ui) == NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
}

/* Each run stays beside the next, whatever is undone; Enter shows one, P pins, Delete drops. */
static void
test_list (Ui *ui, gconstpointer data)
{
  ExplorerRuns *runs;
  guint newest, first;

  make_runs (ui, 1);
  ui_set_setting (ui, "seed", "7");
  ui_run_to_the_end (ui);
  ui_set_setting (ui, "seed", "8");
  ui_run_to_the_end (ui);
  for (guint k = 0; k < 3; k++)
    explorer_session_undo (ui->session);
  g_assert_cmpuint (explorer_session_get_runs (ui->session)->len, ==, 3);
  newest = get_shown (ui);
  first = ((ExplorerRun *) g_ptr_array_index (explorer_session_get_runs (ui->session), 0))->id;
  runs = open_runs (ui);
  g_assert_cmpuint (explorer_runs_row_get_id (get_row (runs, 0)), ==, newest);
  g_assert_nonnull (strstr (explorer_runs_row_get_detail (get_row (runs, 0)), "shown"));
  g_assert_true (g_str_has_prefix (explorer_runs_get_memory (runs), "3 runs, "));

  focus_row (runs, 2);
  ui_send ("key Return");
  ui_wait (get_shown (ui) == first);
  g_assert_cmpuint (explorer_session_get_run_settings (ui->session)->seed, ==, 1);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, STEPS);
  ui_send ("key Delete"); /* the one shown stays */
  ui_send ("key p");
  ui_wait (explorer_session_find_run (ui->session, first)->is_pinned);
  focus_row (runs, 1);
  ui_send ("key Delete");
  ui_wait (explorer_session_get_runs (ui->session)->len == 2);
  close_runs (ui);
}

static PisdScenario *
save_and_load (Ui *ui)
{
  g_autofree char *path = ui_path (ui, "f.png");
  g_autoptr (GError) error = NULL;
  PisdScenario *scenario;

  g_assert_true (ui_save (ui, EXPLORER_EXPORT_PICTURE, path));
  scenario = pisd_setup_load (path, &error);
  g_assert_no_error (error);
  return scenario;
}

/* A picture carries what made the run that it shows, with the weights that this was told last, and
 * not what the set-up is by then. */
static void
test_picture (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) of_first = NULL, of_newest = NULL, of_none = NULL;
  ExplorerRuns *runs;

  make_runs (ui, 1);
  explorer_session_clear_sensors (ui->session);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 9, 1));
  ui_set_setting (ui, "seed", "2");
  ui_run_to_the_end (ui);
  ui_click_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  of_newest = save_and_load (ui);
  g_assert_cmpuint (of_newest->sensors->n, ==, 9);
  g_assert_cmpuint (of_newest->settings.seed, ==, 2);
  runs = open_runs (ui);
  focus_row (runs, 1);
  ui_send ("key Return");
  ui_wait (explorer_session_get_run_settings (ui->session)->seed == 1);
  close_runs (ui);
  of_first = save_and_load (ui);
  test_assert_same_scenario (explorer_session_get_run_scenario (ui->session), of_first);
  g_assert_cmpuint (pisd_sensors_count (of_first->sensors, PISD_FIELD_A), ==, 30);
  g_assert_cmpuint (of_first->settings.seed, ==, 1);
  g_assert_true (explorer_session_set_equation (ui->session,
                                                &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 2 } }));
  ui_settle (ui);
  of_none = save_and_load (ui);
  test_assert_same_scenario (explorer_session_get_scenario (ui->session), of_none);
}

/* Buttons of the rows do the same; all others go at once, pinned ones stay. */
static void
test_pointer (Ui *ui, gconstpointer data)
{
  ExplorerRuns *runs;
  GtkWidget *pin, *row;
  guint middle;

  make_runs (ui, 1);
  ui_run_to_the_end (ui);
  ui_run_to_the_end (ui);
  runs = open_runs (ui);
  middle = explorer_runs_row_get_id (get_row (runs, 1));
  row = GTK_WIDGET (get_row (runs, 1));
  pin = ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL, NULL);
  ui_click (ui, pin, gtk_widget_get_width (pin) / 2.0, gtk_widget_get_height (pin) / 2.0, 1);
  ui_wait (explorer_session_find_run (ui->session, middle)->is_pinned);
  ui_move_to (ui, row, 120, gtk_widget_get_height (row) / 2.0);
  ui_send ("click --repeat 2 1");
  ui_wait (get_shown (ui) == middle);
  explorer_session_show_run (ui->session, explorer_runs_row_get_id (get_row (runs, 0)));
  close_runs (ui);
  ui_key (ui, "ctrl+shift+Delete");
  ui_wait (explorer_session_get_runs (ui->session)->len == 2);
  g_assert_nonnull (explorer_session_find_run (ui->session, middle));
}

/* Two runs beside the truth, at the scrubber's step and in one range; the plot moves it. */
static void
test_side_by_side (Ui *ui, gconstpointer data)
{
  ExplorerRuns *runs;
  const PisdComparison *drawn;
  const PisdBox *plot;

  make_runs (ui, 1);
  ui_set_setting (ui, "seed", "2");
  ui_run_to_the_end (ui);
  runs = open_runs (ui);
  ui_wait (explorer_runs_get_comparison (runs) != NULL);
  drawn = explorer_runs_get_comparison (runs);
  g_assert_cmpuint (drawn->n_columns, ==, 3);
  g_assert_cmpfloat (drawn->columns[1].errors[3], !=, drawn->columns[2].errors[3]);
  ui_settle_window (GTK_WINDOW (runs));
  plot = &explorer_compare_view_get_layout (explorer_runs_get_view (runs))->plot;
  ui_click (ui, GTK_WIDGET (explorer_runs_get_view (runs)), plot->x + plot->width * 0.5,
            plot->y + plot->height * 0.5, 1);
  ui_wait (explorer_window_get_shown_step (ui->window) == STEPS / 2);
  ui_wait (g_str_equal (explorer_runs_get_comparison (runs)->columns[2].detail, "step 6 / 12"));
  focus_row (runs, 1);
  ui_send ("key b");
  ui_wait (explorer_runs_get_comparison (runs)->n_columns == 2);
  close_runs (ui);
}

static void
scrub_to (Ui *ui, guint step)
{
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  for (guint k = 0; k < step; k++)
    ui_key (ui, "Right");
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, step);
}

static gboolean
has_same_result (const ExplorerRun *a, const ExplorerRun *b)
{
  const PisdResult *p = explorer_job_get_result (a->job), *q = explorer_job_get_result (b->job);

  return memcmp (p->samples[0], q->samples[0], sizeof (double) * PISD_GRID * PISD_GRID) == 0;
}

/* From the step that is scrubbed to; unchanged it is the run, changed another one, whose name and
 * row tell of it.  The run stays. */
static void
test_branch (Ui *ui, gconstpointer data)
{
  const ExplorerRun *origin, *branch;
  g_autofree char *name = NULL;
  PisdName parts;
  guint id;

  make_runs (ui, 1);
  id = get_shown (ui);
  scrub_to (ui, 5);
  ui_key (ui, "ctrl+b");
  ui_wait (get_shown (ui) != id && !explorer_session_is_running (ui->session));
  origin = explorer_session_find_run (ui->session, id);
  branch = explorer_session_get_shown_run (ui->session);
  g_assert_cmpuint (branch->origin, ==, id);
  g_assert_cmpuint (branch->branch_step, ==, 5);
  g_assert_true (has_same_result (origin, branch));
  g_assert_cmpuint (explorer_timeline_get_n_reached (ui->timeline), ==, STEPS + 1);

  id = get_shown (ui);
  scrub_to (ui, 7);
  ui_set_setting (ui, "zeta-obs-a", "0.9");
  ui_key (ui, "ctrl+b");
  ui_wait (get_shown (ui) != id && !explorer_session_is_running (ui->session));
  g_assert_false (has_same_result (origin, explorer_session_get_shown_run (ui->session)));
  g_assert_true (explorer_session_get_run_name (ui->session, &parts));
  name = pisd_name_dup (&parts);
  g_assert_nonnull (strstr (name, "branched at step 7"));
  explorer_session_undo (ui->session);
  g_assert_cmpuint (explorer_session_get_runs (ui->session)->len, ==, 3);
}

static gboolean
is_branch_item (GtkWidget *widget, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_object_get (widget, "text", &text, NULL);
  return g_strcmp0 (text, "Branch at the Step Shown") == 0;
}

/* The menu at the timeline goes to the step that was clicked on and branches there; what a branch
 * shares with its run is said. */
static void
test_menu (Ui *ui, gconstpointer data)
{
  GtkWidget *timeline = GTK_WIDGET (ui->timeline), *item;
  guint id;
  PisdBox plot;

  make_runs (ui, 1);
  id = get_shown (ui);
  ui_set_setting (ui, "steps", "20");
  explorer_timeline_get_plot (ui->timeline, &plot);
  ui_click (ui, timeline, plot.x + plot.width / 3.0, plot.y + plot.height / 2.0, 3);
  ui_wait (explorer_window_get_shown_step (ui->window) == 4);
  ui_wait (ui_find (timeline, GTK_TYPE_POPOVER_MENU, NULL, NULL) != NULL);
  ui_settle (ui);
  item = ui_find (timeline, g_type_from_name ("GtkModelButton"), is_branch_item, NULL);
  ui_wait (gtk_widget_get_mapped (item) && gtk_widget_get_width (item) > 0);
  gtk_widget_grab_focus (item);
  ui_send ("key Return");
  ui_wait (get_shown (ui) != id && !explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_shown_run (ui->session)->branch_step, ==, 4);
  g_assert_cmpuint (explorer_session_get_run_settings (ui->session)->steps, ==, STEPS);
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "Steps"));
}

/* The editor of a course lies over the timeline, which has its menu all the same. */
static void
test_menu_over_course (Ui *ui, gconstpointer data)
{
  GtkWidget *timeline = GTK_WIDGET (ui->timeline);
  PisdBox plot;

  make_runs (ui, 1);
  ui_key (ui, "w");
  ui_key (ui, "shift+F10");
  ui_wait (ui_find (timeline, GTK_TYPE_POPOVER_MENU, NULL, NULL) != NULL);
  ui_key (ui, "Escape");
  ui_wait (ui_find (timeline, GTK_TYPE_POPOVER_MENU, NULL, NULL) == NULL);
  explorer_timeline_get_plot (ui->timeline, &plot);
  ui_click (ui, timeline, plot.x + plot.width / 3.0, plot.y + plot.height / 2.0, 3);
  ui_wait (explorer_window_get_shown_step (ui->window) == 4);
  ui_wait (ui_find (timeline, GTK_TYPE_POPOVER_MENU, NULL, NULL) != NULL);
}

/* What is dropped gives its memory back; oldest runs go where the budget is small. */
static void
test_budget (Ui *ui, gconstpointer data)
{
  const gsize limit = pisd_budget_get_limit ();
  gsize one;
  guint pinned;

  make_runs (ui, 1);
  one = explorer_session_get_runs_bytes (ui->session);
  pinned = get_shown (ui);
  explorer_session_pin_run (ui->session, pinned, TRUE);
  pisd_budget_set_limit (8 * (3 * one + one / 2));
  for (guint k = 0; k < 5; k++)
    ui_run_to_the_end (ui);
  g_assert_cmpuint (explorer_session_get_runs (ui->session)->len, ==, 3);
  g_assert_nonnull (explorer_session_find_run (ui->session, pinned));
  g_assert_cmpuint (explorer_session_get_runs_bytes (ui->session), <=, 4 * one);
  pisd_budget_set_limit (limit);
}

static void
add (const char *path, void (*test) (Ui *, gconstpointer))
{
  g_test_add (path, Ui, NULL, ui_set_up, test, ui_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/ui/runs/list", test_list);
  add ("/ui/runs/picture", test_picture);
  add ("/ui/runs/pointer", test_pointer);
  add ("/ui/runs/side-by-side", test_side_by_side);
  add ("/ui/runs/branch", test_branch);
  add ("/ui/runs/menu", test_menu);
  add ("/ui/runs/menu-over-course", test_menu_over_course);
  add ("/ui/runs/budget", test_budget);
  return g_test_run ();
}
