/* Set-ups that are sent: on the clipboard, in a saved picture, and from a session that was cut
 * off. */

#include <string.h>

#include "../pisd-test-files.h"
#include "../pisd-test-scenario.h"
#include "explorer-hint.h"
#include "pisd-scenario-weights.h"
#include "pisd-setup-load.h"
#include "pisd-setup-text.h"
#include "ui-fixture.h"

#define ONE "11111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER "22222222aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

static gboolean
has_toast (Ui *ui, const char *begin)
{
  const char *toast = explorer_window_get_last_toast (ui->window);

  return toast != NULL && g_str_has_prefix (toast, begin);
}

static void
set_clipboard (Ui *ui, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (ui->window)), text);
}

/* A set-up is copied, changed, and pasted: one level of undo. */
static void
test_clipboard (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) before = NULL;

  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  before = pisd_scenario_dup (get_scenario (ui));
  ui_key (ui, "ctrl+shift+c");
  ui_wait (has_toast (ui, "Copied the set-up as text ("));
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 90, 20, 1);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 2);
  ui_key (ui, "ctrl+shift+v");
  ui_wait (get_scenario (ui)->sensors->n == 1);
  test_assert_same_scenario (before, get_scenario (ui));
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 2);
}

/* Whatever else is there changes nothing, and it is said what was expected. */
static void
test_other_clipboard (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (get_scenario (ui));

  set_clipboard (ui, "field,x,y,value\na,0,0,1\n");
  ui_key (ui, "ctrl+shift+v");
  ui_wait (has_toast (ui, "There is no set-up on the clipboard: expected a text that begins"));
  set_clipboard (ui, "PISD1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  ui_key (ui, "ctrl+shift+v");
  ui_wait (has_toast (ui, "clipboard: set-up: got another checksum"));
  test_assert_same_scenario (before, get_scenario (ui));
}

/* An entry keeps its own paste. */
static void
test_entry (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "steps");

  set_clipboard (ui, "321");
  gtk_widget_grab_focus (entry);
  ui_key (ui, "ctrl+a");
  ui_key (ui, "ctrl+v");
  ui_wait (strstr (gtk_editable_get_text (GTK_EDITABLE (entry)), "321") != NULL);
  ui_key (ui, "Return");
  g_assert_cmpuint (get_scenario (ui)->settings.steps, ==, 321);
}

/* A picture carries everything, and opened it brings it back. */
static void
test_picture (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "f.png");
  g_autoptr (PisdScenario) before = ui_save_run (ui, path);

  g_assert_true (ui_open (ui, path));
  test_assert_same_scenario (before, get_scenario (ui));

  ui_strip_picture (path);
  g_assert_false (ui_open (ui, path));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window),
                            "the picture has no set-up: programs and sites that recompress"));
  test_assert_same_scenario (before, get_scenario (ui));
}

/* Other weights than it was made with are said, and the set-up is taken. */
static void
test_weights (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "s.pisd");
  g_autofree char *weights = ui_path (ui, "w.safetensors");

  test_write_weights (weights, OTHER);
  test_write (
      path, "[scenario]\nsteps=123\n[prior]\nweights=w.safetensors\nweights-sha256=" ONE "\n", -1);
  g_assert_true (ui_open (ui, path));
  ui_wait (has_toast (ui, "s.pisd: "));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "expected 11111111…"));
  g_assert_cmpuint (get_scenario (ui)->settings.steps, ==, 123);
}

/* The session. */

static gboolean
is_about_session (GtkWidget *widget, gconstpointer data)
{
  return explorer_hint_is_shown (EXPLORER_HINT (widget));
}

static ExplorerHint *
find_hint (Ui *ui)
{
  GtkWidget *hint = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_HINT, is_about_session, NULL);

  return hint != NULL ? EXPLORER_HINT (hint) : NULL;
}

/* What a session that was cut off has left. */
static void
leave_session (const char *folder, const PisdScenario *scenario)
{
  g_autofree char *file = g_build_filename (folder, "7-0.setup", NULL);
  g_autofree char *lock = g_build_filename (folder, "7-0.lock", NULL);
  g_autofree char *text = pisd_setup_text_new (scenario, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  test_write (file, text, -1);
  test_write (lock, "", 0);
}

/* It is offered, and the offer is taken. */
static void
restore_session (Ui *ui, const char *folder)
{
  GtkWidget *button;

  explorer_window_keep_session (ui->window, folder, 1);
  ui_wait (find_hint (ui) != NULL);
  ui_settle (ui);
  button = ui_find_button (GTK_WIDGET (find_hint (ui)), "win.restore-session");
  ui_click (ui, button, gtk_widget_get_width (button) / 2, gtk_widget_get_height (button) / 2, 1);
}

static gboolean
is_kept (Ui *ui, guint n_sensors)
{
  const char *path = explorer_keeper_get_path (explorer_window_get_keeper (ui->window));
  g_autoptr (PisdScenario) kept = path != NULL ? pisd_setup_load (path, NULL) : NULL;

  return kept != NULL && kept->sensors->n == n_sensors;
}

/* Start, hint, click: the set-up is back bit for bit, and is kept in this session's file from then
 * on, which goes when the window is closed. */
static void
test_session (Ui *ui, gconstpointer data)
{
  g_autofree char *folder = test_directory_new ();
  g_autoptr (PisdScenario) lost = test_scenario_new ();

  leave_session (folder, lost);
  restore_session (ui, folder);
  test_assert_same_scenario (lost, get_scenario (ui));
  g_assert_null (find_hint (ui));
  ui_wait (is_kept (ui, lost->sensors->n));
  ui_wait (test_directory_count (folder) == 2);
  gtk_window_close (GTK_WINDOW (ui->window));
  ui_wait (test_directory_count (folder) == 0);
  test_directory_remove (folder);
}

/* An edit is kept; whoever cannot be read is not offered. */
static void
test_session_edited (Ui *ui, gconstpointer data)
{
  g_autofree char *folder = test_directory_new ();
  g_autoptr (PisdScenario) lost = test_scenario_new ();
  g_autofree char *file = g_build_filename (folder, "7-0.setup", NULL);

  leave_session (folder, lost);
  test_write (file, "PISD", -1);
  explorer_window_keep_session (ui->window, folder, 1);
  ui_wait (has_toast (ui, "The last session cannot be restored: "));
  g_assert_null (find_hint (ui));
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  ui_wait (is_kept (ui, 1));
  explorer_keeper_end (explorer_window_get_keeper (ui->window));
  ui_wait (test_directory_count (folder) == 0);
  test_directory_remove (folder);
}

/* Weights that are others by now are said once it is back. */
static void
test_session_weights (Ui *ui, gconstpointer data)
{
  g_autofree char *folder = test_directory_new ();
  g_autofree char *weights = ui_path (ui, "w.safetensors");
  g_autoptr (PisdScenario) lost = pisd_scenario_new ();

  test_write_weights (weights, ONE);
  pisd_scenario_set_weights (lost, weights);
  leave_session (folder, lost);
  test_write_weights (weights, OTHER);
  restore_session (ui, folder);
  ui_wait (has_toast (ui, "7-0.setup: "));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "expected 11111111…"));
  test_assert_same_scenario (lost, get_scenario (ui));
  test_directory_remove (folder);
}

#define ADD(name, function) \
  g_test_add ("/ui/share/" name, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("clipboard", test_clipboard);
  ADD ("other-clipboard", test_other_clipboard);
  ADD ("entry", test_entry);
  ADD ("picture", test_picture);
  ADD ("weights", test_weights);
  ADD ("session", test_session);
  ADD ("session-edited", test_session_edited);
  ADD ("session-weights", test_session_weights);
  return g_test_run ();
}
