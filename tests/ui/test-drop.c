/* Files that are dragged from another program, by the display's own protocol, and let go over the
 * window: each is taken as if it were opened. */
#include <string.h>

#include "../pisd-test-files.h"
#include "../pisd-test-scenario.h"
#include "pisd-setup-text.h"
#include "ui-fixture.h"

/* Of the other program's window on the screen: right of this one's. */
#define SOURCE_X 1400
#define SOURCE_Y 300

/* The other program. */
typedef struct
{
  GSubprocess *process;
  GString *said;
} Source;

/* What it has printed so far. */
static const char *
listen (Source *source)
{
  GPollableInputStream *stream =
      G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (source->process));
  char bytes[256];
  gssize n;

  while ((n = g_pollable_input_stream_read_nonblocking (stream, bytes, sizeof bytes, NULL, NULL))
         > 0)
    g_string_append_len (source->said, bytes, n);
  return source->said->str;
}

/* With files to drag: paths or addresses, up to NULL. */
static void
start (Source *source, const char *const *files)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "drag-source", NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (words, program);
  for (; *files != NULL; files++)
    g_ptr_array_add (words, (char *) *files);
  g_ptr_array_add (words, NULL);
  source->said = g_string_new (NULL);
  source->process = g_subprocess_newv ((const char *const *) words->pdata,
                                       G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  ui_wait (strchr (listen (source), '\n') != NULL);
}

static void
end (Source *source)
{
  g_subprocess_force_exit (source->process);
  g_assert_true (g_subprocess_wait (source->process, NULL, NULL));
  g_object_unref (source->process);
  g_string_free (source->said, TRUE);
}

/* A press there, two moves, of which the second comes to the middle of a view, and a release. */
static void
carry (Ui *ui, Source *source)
{
  GtkWidget *view = GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_TRUTH));
  const guint64 window = g_ascii_strtoull (source->said->str, NULL, 10);

  ui_send ("windowmove --sync %" G_GUINT64_FORMAT " %d %d", window, SOURCE_X, SOURCE_Y);
  ui_settle (ui); /* it is there */
  ui_send ("mousemove %d %d", SOURCE_X + 50, SOURCE_Y + 50);
  ui_press (ui, 1);
  ui_send ("mousemove %d %d", SOURCE_X + 20, SOURCE_Y + 60);
  ui_wait (strstr (listen (source), "begun") != NULL);
  ui_move_to (ui, view, gtk_widget_get_width (view) / 2, gtk_widget_get_height (view) / 2);
  ui_wait (strstr (listen (source), "accepted") != NULL);
  ui_release (ui, 1);
  ui_wait (strstr (listen (source), "ended") != NULL);
  ui_settle (ui);
  ui_wait (explorer_loader_get_reading (explorer_window_get_loader (ui->window)) == NULL);
}

/* Files of up to two names, from there to here. */
static void
drop (Ui *ui, const char *first, const char *second)
{
  Source source;

  start (&source, (const char *const[]){ first, second, NULL });
  carry (ui, &source);
  end (&source);
}

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

static void
assert_toast (Ui *ui, const char *piece)
{
  const char *toast = explorer_window_get_last_toast (ui->window);

  if (toast == NULL || strstr (toast, piece) == NULL)
    g_error ("got the toast “%s”, expected one with “%s”", toast, piece);
}

/* It brings its set-up back, as one level of undo; without one it changes nothing and says why. */
static void
test_picture (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "a picture, 100 %.png");
  g_autoptr (PisdScenario) before = ui_save_run (ui, path);

  drop (ui, path, NULL);
  test_assert_same_scenario (before, get_scenario (ui));
  explorer_session_undo (ui->session);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 0);

  ui_strip_picture (path);
  drop (ui, path, NULL);
  assert_toast (ui, "the picture has no set-up");
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 0);
}

/* A scenario, and a set-up as text. */
static void
test_texts (Ui *ui, gconstpointer data)
{
  g_autofree char *scenario_path = ui_path (ui, "s.pisd");
  g_autofree char *text_path = ui_path (ui, "s.txt");
  g_autoptr (PisdScenario) other = test_scenario_new ();
  g_autofree char *text = pisd_setup_text_new (other, NULL);

  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_SCENARIO, scenario_path));
  test_write (text_path, text, -1);
  drop (ui, text_path, NULL);
  test_assert_same_scenario (other, get_scenario (ui));
  drop (ui, scenario_path, NULL);
  g_assert_cmpint (get_scenario (ui)->settings.problem, ==, PISD_PROBLEM_POISSON);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 1);
}

/* A truth and its sensors, in this order and in one drop. */
static void
test_two (Ui *ui, gconstpointer data)
{
  g_autofree char *truth = ui_path (ui, "truth.npz");
  g_autofree char *sensors = ui_path (ui, "sensors.csv");

  g_assert_true (pisd_instance_save_npz (get_scenario (ui)->instance, truth, NULL));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 7, 1));
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_SENSORS, sensors));
  explorer_session_clear_sensors (ui->session);
  drop (ui, truth, sensors);
  g_assert_cmpstr (get_scenario (ui)->truth_path, ==, truth);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 7);
}

/* What cannot be read changes nothing, and it is said. */
static void
test_others (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "letter.txt");
  g_autoptr (PisdScenario) before = pisd_scenario_dup (get_scenario (ui));

  test_write (path, "Dear reader,\nthis is no sensor.\n", -1);
  drop (ui, path, NULL);
  assert_toast (ui, "letter.txt");
  drop (ui, "https://example.org/f.png", NULL);
  assert_toast (ui, "https://example.org/f.png");
  test_assert_same_scenario (before, get_scenario (ui));
}

#define ADD(name, function) \
  g_test_add ("/ui/drop/" name, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("picture", test_picture);
  ADD ("texts", test_texts);
  ADD ("two", test_two);
  ADD ("others", test_others);
  return g_test_run ();
}
