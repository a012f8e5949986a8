/* Files that take their time: the window answers while it reads them, and stops when it is told to.
 *
 * What is slow here is a pipe: nothing comes out of it before the test puts it in. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pisd-sensors-csv.h"
#include "ui-fixture.h"

#define FIRST_HALF "field,x,y,value\na,0.5,0.5,1\n"
#define SECOND_HALF "a,0.25,0.5,1\n"

static ExplorerLoader *
get_loader (Ui *ui)
{
  return explorer_window_get_loader (ui->window);
}

static gboolean
is_reading (Ui *ui)
{
  return explorer_loader_get_reading (get_loader (ui)) != NULL;
}

/* Something can be seen of it. */
static gboolean
says_reading (GtkWidget *label, gconstpointer data)
{
  return gtk_widget_get_mapped (label)
         && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), "Reading slow.csv");
}

static gboolean
is_said (Ui *ui)
{
  return ui_find (GTK_WIDGET (ui->window), GTK_TYPE_LABEL, says_reading, NULL) != NULL;
}

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

static void
put (int pipe, const char *text)
{
  g_assert_cmpint (write (pipe, text, strlen (text)), ==, (gssize) strlen (text));
}

/* A pipe that holds the first half of a file. */
static int
make_pipe (const char *path)
{
  int pipe;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  pipe = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (pipe, >=, 0);
  put (pipe, FIRST_HALF);
  return pipe;
}

/* It is being read, and that is said. */
static int
open_slow (Ui *ui)
{
  g_autofree char *path = ui_path (ui, "slow.csv");
  const char *const paths[] = { path, NULL };
  const int pipe = make_pipe (path);

  explorer_window_open (ui->window, paths);
  ui_wait (is_said (ui));
  return pipe;
}

static void
finish (Ui *ui, int pipe, const char *text)
{
  put (pipe, text);
  g_close (pipe, NULL);
  ui_wait (!is_reading (ui));
}

/* A key is heard while nothing comes, and the file is one level of undo. */
static void
test_answers (Ui *ui, gconstpointer data)
{
  const int pipe = open_slow (ui);
  gboolean before, after;

  g_object_get (ui->grid, "show-noisy", &before, NULL);
  ui_key (ui, "d");
  g_object_get (ui->grid, "show-noisy", &after, NULL);
  g_assert_true (after != before);
  g_assert_true (is_said (ui));
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 0);
  finish (ui, pipe, SECOND_HALF);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 2);
  g_assert_false (is_said (ui));
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 0);
}

/* Escape ends the file alone, and once more the run; nobody waits for the pipe. */
static void
test_escape (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (get_scenario (ui));
  g_autofree char *toast = g_strdup (explorer_window_get_last_toast (ui->window));
  const int pipe = open_slow (ui);

  explorer_session_step (ui->session);
  g_assert_true (explorer_session_is_running (ui->session));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (ui->window), "stop"));
  ui_key (ui, "Escape");
  g_assert_false (is_reading (ui));
  g_assert_false (is_said (ui));
  g_assert_true (explorer_session_is_running (ui->session));
  ui_wait (!explorer_loader_is_at_work (get_loader (ui)));
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (pisd_edit_diff (before, get_scenario (ui)), ==, 0);
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==, toast);
  g_close (pipe, NULL);
}

static void
test_close (Ui *ui, gconstpointer data)
{
  const int pipe = open_slow (ui);
  g_autoptr (ExplorerLoader) loader = g_object_ref (get_loader (ui));

  ui_send ("key ctrl+w");
  ui_wait (ui->window == NULL);
  ui_wait (!explorer_loader_is_at_work (loader));
  g_close (pipe, NULL);
}

/* What is opened last wins, whichever is read first. */
static void
test_second (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "quick.csv");
  const int pipe = open_slow (ui);

  g_assert_true (g_file_set_contents (path, "field,x,y,value\nu,0.5,0.5,1\n", -1, NULL));
  g_assert_true (ui_open (ui, path));
  put (pipe, SECOND_HALF);
  g_close (pipe, NULL);
  ui_wait (!explorer_loader_is_at_work (get_loader (ui)));
  ui_settle (ui);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
}

static void
test_error (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (get_scenario (ui));
  const int pipe = open_slow (ui);

  finish (ui, pipe, "a,0.5,half,1\n");
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "slow.csv:3: y: got"));
  g_assert_cmpuint (pisd_edit_diff (before, get_scenario (ui)), ==, 0);
  g_assert_false (is_said (ui));
}

/* What was done meanwhile is a level of undo of its own. */
static void
test_edits (Ui *ui, gconstpointer data)
{
  const int pipe = open_slow (ui);

  ui_click_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 40, 40, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
  finish (ui, pipe, SECOND_HALF);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 0);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 2);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
}

/* A stroke that is held is not touched. */
static void
test_stroke (Ui *ui, gconstpointer data)
{
  const int pipe = open_slow (ui);

  ui_move_to_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 40, 40);
  ui_press (ui, 1);
  g_assert_true (explorer_session_is_editing (ui->session));
  put (pipe, SECOND_HALF);
  g_close (pipe, NULL);
  ui_wait (!explorer_loader_is_at_work (get_loader (ui)));
  ui_settle (ui);
  g_assert_true (is_reading (ui));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
  ui_release (ui, 1);
  ui_wait (!is_reading (ui));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 2);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
}

/* The bytes of a pipe come once, and are read again for the equation as it has become. */
static void
test_equation (Ui *ui, gconstpointer data)
{
  const int pipe = open_slow (ui);

  g_assert_true (explorer_session_set_equation (ui->session,
                                                &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 2 } }));
  finish (ui, pipe, SECOND_HALF);
  g_assert_cmpint (get_scenario (ui)->settings.problem, ==, PISD_PROBLEM_HELMHOLTZ);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 2);
}

/* "pisd-explorer FILE": the window is there, and what it runs first is of the file. */
static void
test_command_line (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "slow.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const int pipe = make_pipe (path);
  g_autoptr (ExplorerLoader) loader = NULL;
  ExplorerSession *session;
  GtkWindow *window;

  g_application_open (G_APPLICATION (ui->application), &file, 1, "");
  window = gtk_application_get_windows (GTK_APPLICATION (ui->application))->data;
  g_assert_true (window != GTK_WINDOW (ui->window));
  session = explorer_window_get_session (EXPLORER_WINDOW (window));
  loader = g_object_ref (explorer_window_get_loader (EXPLORER_WINDOW (window)));
  ui_wait (gtk_window_is_active (window));
  g_assert_null (explorer_session_get_run_scenario (session));
  put (pipe, SECOND_HALF);
  g_close (pipe, NULL);
  ui_wait (explorer_session_get_run_scenario (session) != NULL);
  g_assert_cmpuint (explorer_session_get_run_scenario (session)->sensors->n, ==, 2);
  g_assert_cmpuint (explorer_session_get_run_id (session), ==, 1);
  gtk_window_destroy (window);
  ui_wait (!explorer_loader_is_at_work (loader));
}

/* What is saved is what there was when it was asked for, and it is written to its end, whoever
 * closes the window. */
static void
test_save (Ui *ui, gconstpointer data)
{
  g_autofree char *first = ui_path (ui, "first.csv");
  g_autofree char *second = ui_path (ui, "second.csv");
  g_autoptr (ExplorerSaver) saver = g_object_ref (explorer_window_get_saver (ui->window));
  g_autoptr (PisdSensors) seven = NULL;
  g_autoptr (PisdSensors) nine = NULL;

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 7, 1));
  explorer_window_save (ui->window, EXPLORER_EXPORT_SENSORS, first);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 9, 1));
  explorer_window_save (ui->window, EXPLORER_EXPORT_SENSORS, second);
  explorer_session_clear_sensors (ui->session);
  g_assert_nonnull (explorer_saver_get_writing (saver));
  gtk_window_close (GTK_WINDOW (ui->window));
  ui_wait (ui->window == NULL);
  ui_wait (explorer_saver_get_writing (saver) == NULL);
  seven = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, first, NULL);
  nine = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, second, NULL);
  g_assert_cmpuint (seven->n, ==, 7);
  g_assert_cmpuint (nine->n, ==, 9);
}

/* A folder is no place to write into, and that is said. */
static void
test_save_error (Ui *ui, gconstpointer data)
{
  g_assert_false (ui_save (ui, EXPLORER_EXPORT_SENSORS, "/nowhere/at/all.csv"));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "/nowhere/at/all.csv"));
}

#define ADD(path, function) \
  g_test_add ("/ui/loading/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("answers", test_answers);
  ADD ("escape", test_escape);
  ADD ("close", test_close);
  ADD ("second", test_second);
  ADD ("error", test_error);
  ADD ("edits", test_edits);
  ADD ("stroke", test_stroke);
  ADD ("equation", test_equation);
  ADD ("command-line", test_command_line);
  ADD ("save", test_save);
  ADD ("save-error", test_save_error);
  return g_test_run ();
}
