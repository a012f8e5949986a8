/* Lessons: opened from the pane or as a file, stepped through by key and pointer, and what they ask
 * for is recognised when it is done. */

#include <string.h>

#include "explorer-hint.h"
#include "explorer-lesson-list.h"
#include "explorer-lesson-page.h"
#include "explorer-lesson-text.h"
#include "explorer-lesson-watch.h"
#include "explorer-pace.h"
#include "pisd-lesson-bundle.h"
#include "ui-fixture.h"

#define STEPS 12

/* Short runs; the first two steps have the same set-up. */
static const char lesson_text[] = "[lesson]\n"
                                  "title = Small\n"
                                  "[setup]\n"
                                  "problem = poisson\n"
                                  "sensors = grid u 3x3\n"
                                  "guidance = second-order\n"
                                  "steps = 12\n"
                                  "modes = 8\n"
                                  "[step]\n"
                                  "say = First.\n"
                                  "look = state, truth\n"
                                  "show = 25\n"
                                  "[step]\n"
                                  "say = Second.\n"
                                  "look = estimate, residual\n"
                                  "[step]\n"
                                  "say = Third.\n"
                                  "sensors = grid u 2x2\n"
                                  "show = 100\n"
                                  "[try]\n"
                                  "ask = Go back.\n"
                                  "when = shown < 40\n"
                                  "done = Well done.\n"
                                  "[answer]\n"
                                  "show = 25\n"
                                  "does = scrub\n";

static ExplorerLessonList *
get_list (Ui *ui)
{
  return EXPLORER_LESSON_LIST (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_LESSON_LIST, NULL, NULL));
}

static ExplorerLessonPage *
get_page (Ui *ui)
{
  return EXPLORER_LESSON_PAGE (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_LESSON_PAGE, NULL, NULL));
}

static gboolean
is_page_seen (Ui *ui)
{
  return gtk_widget_get_mapped (GTK_WIDGET (get_page (ui)));
}

static gboolean
is_at (Ui *ui, const char *place)
{
  return is_page_seen (ui) && g_str_equal (explorer_lesson_page_get_place (get_page (ui)), place);
}

static gboolean
says (Ui *ui, const char *text)
{
  return g_str_equal (explorer_lesson_page_get_text (get_page (ui)), text);
}

static gboolean
is_labelled (GtkWidget *widget, gconstpointer label)
{
  return gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
has_icon (GtkWidget *widget, gconstpointer icon)
{
  return gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0;
}

static void
click (Ui *ui, GtkWidget *widget)
{
  g_assert_nonnull (widget);
  ui_click (ui, widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0,
            1);
}

static void
click_icon (Ui *ui, gpointer root, const char *icon)
{
  click (ui, ui_find (root, GTK_TYPE_BUTTON, has_icon, icon));
}

static char *
write_lesson (Ui *ui, const char *text)
{
  char *path = ui_path (ui, "small.lesson");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* What the step shows has come, and every picture goes by at once. */
static void
open_lesson (Ui *ui)
{
  g_autofree char *path = write_lesson (ui, lesson_text);

  explorer_preferences_set (ui->preferences, "pace", EXPLORER_PACE_FREE);
  g_assert_true (ui_open (ui, path));
  ui_wait (is_at (ui, "1 / 4") && !explorer_session_is_running (ui->session));
  ui_settle (ui);
}

static guint
count_runs (Ui *ui)
{
  return explorer_session_get_runs (ui->session)->len;
}

/* The pane. */

static gboolean
is_item (GtkWidget *widget, gconstpointer text)
{
  g_autofree char *own = NULL;

  g_object_get (widget, "text", &own, NULL);
  return gtk_widget_get_mapped (widget) && g_strcmp0 (own, text) == 0;
}

/* By its key, by the menu, and away again by its button; a click opens a lesson. */
static void
test_pane (Ui *ui, gconstpointer data)
{
  GtkWidget *menu = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_MENU_BUTTON, NULL, NULL);
  GtkWidget *list = GTK_WIDGET (get_list (ui));
  GtkWidget *item;

  g_assert_false (gtk_widget_get_mapped (list));
  ui_key (ui, "ctrl+l");
  g_assert_true (gtk_widget_get_mapped (list));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (ui->window))
                 == explorer_lesson_list_get_button (get_list (ui), 0));
  ui_key (ui, "ctrl+l");
  g_assert_false (gtk_widget_get_mapped (list));

  click (ui, menu);
  ui_wait ((item = ui_find (menu, g_type_from_name ("GtkModelButton"), is_item, "Lessons"))
           != NULL);
  gtk_widget_grab_focus (item);
  ui_send ("key Return");
  ui_wait (gtk_widget_get_mapped (list));
  ui_settle (ui);
  click_icon (ui, list, "window-close-symbolic");
  g_assert_false (gtk_widget_get_mapped (list));
  ui_key (ui, "ctrl+l");
  click (ui, explorer_lesson_list_get_button (get_list (ui), 0));
  ui_wait (is_at (ui, "1 / 4"));
}

/* A newcomer takes the hint: the first lesson opens, its run begins, and the person drags the
 * timeline to where it asks for.  The mark stays. */
static void
test_first_start (Ui *ui, gconstpointer data)
{
  GtkWidget *hint = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_HINT, NULL, NULL);
  g_autofree char *marks = NULL;
  PisdBox plot;

  explorer_preferences_set (ui->preferences, "pace", EXPLORER_PACE_FREE);
  g_assert_true (explorer_hint_is_shown (EXPLORER_HINT (hint)));
  g_assert_false (explorer_lesson_list_is_ticked (get_list (ui), 0));
  click (ui, ui_find_button (hint, "win.first-lesson"));
  ui_wait (is_at (ui, "1 / 4") && explorer_session_get_n_frames (ui->session) > 0);
  g_assert_false (explorer_hint_is_shown (EXPLORER_HINT (hint)));
  for (guint k = 0; k < 3; k++)
    ui_key (ui, "Next");
  ui_wait (is_at (ui, "4 / 4") && !explorer_session_is_running (ui->session));
  ui_settle (ui);
  g_assert_false (explorer_lesson_page_is_done (get_page (ui)));
  explorer_timeline_get_plot (ui->timeline, &plot);
  ui_move_to (ui, GTK_WIDGET (ui->timeline), plot.x + 0.95 * plot.width, plot.y + 20);
  ui_press (ui, 1);
  for (guint k = 95; k > 5 && !explorer_lesson_page_is_done (get_page (ui)); k -= 4)
    ui_move_to (ui, GTK_WIDGET (ui->timeline), plot.x + 0.01 * k * plot.width, plot.y + 20);
  ui_release (ui, 1);
  g_assert_true (explorer_lesson_page_is_done (get_page (ui)));
  g_assert_true (explorer_lesson_list_is_ticked (get_list (ui), 0));
  marks = explorer_preferences_dup_text (ui->preferences, "finished-lessons");
  g_assert_cmpstr (marks, ==, pisd_lesson_bundle_get_name (0));
}

/* Pages. */

/* Where the step stands is shown, the same set-up runs once, and one that is another is one level of
 * undo. */
static void
test_steps (Ui *ui, gconstpointer data)
{
  guint n_runs;

  open_lesson (ui);
  n_runs = count_runs (ui);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 9);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, STEPS / 4);
  g_assert_true (says (ui, "First."));
  ui_key (ui, "Next");
  ui_wait (explorer_window_get_shown_step (ui->window) == STEPS);
  g_assert_true (is_at (ui, "2 / 4") && says (ui, "Second."));
  g_assert_cmpuint (count_runs (ui), ==, n_runs);
  click_icon (ui, get_page (ui), "go-next-symbolic");
  ui_wait (is_at (ui, "3 / 4") && !explorer_session_is_running (ui->session));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 4);
  g_assert_cmpuint (count_runs (ui), ==, n_runs + 1);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 9);
  click_icon (ui, get_page (ui), "go-previous-symbolic");
  ui_key (ui, "Prior");
  ui_wait (is_at (ui, "1 / 4") && explorer_window_get_shown_step (ui->window) == STEPS / 4);
  g_assert_cmpuint (count_runs (ui), ==, n_runs + 1);
  ui_key (ui, "Prior");
  g_assert_true (is_at (ui, "1 / 4"));
}

/* A run that is there goes by step by step, unless the person takes the timeline. */
static void
test_replay (Ui *ui, gconstpointer data)
{
  open_lesson (ui);
  explorer_preferences_set (ui->preferences, "pace", EXPLORER_PACE_LOCKSTEP);
  ui_send ("key Next");
  ui_wait (is_at (ui, "2 / 4") && explorer_window_get_shown_step (ui->window) > 0
           && explorer_window_get_shown_step (ui->window) < STEPS);
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  for (guint k = 0; k < 10; k++)
    ui_settle (ui);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 0);
}

static guint
get_columns (Ui *ui)
{
  guint columns = 0;

  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    if (explorer_preferences_get (ui->preferences, explorer_columns_get_key (c)))
      columns |= 1u << c;
  return columns;
}

/* What the lesson wants to be seen, and what was seen before. */
static void
test_look (Ui *ui, gconstpointer data)
{
  const guint before = get_columns (ui);

  open_lesson (ui);
  g_assert_cmphex (get_columns (ui), ==, 1u << EXPLORER_COLUMN_STATE | 1u << EXPLORER_COLUMN_TRUTH);
  ui_key (ui, "Next");
  g_assert_cmphex (get_columns (ui), ==,
                   1u << EXPLORER_COLUMN_ESTIMATE | 1u << EXPLORER_COLUMN_TRUTH);
  g_assert_cmpint (explorer_view_grid_get_pane (ui->grid, 1, EXPLORER_COLUMN_TRUTH)->pick.quantity,
                   ==, PISD_QUANTITY_RESIDUAL);
  click_icon (ui, get_page (ui), "window-close-symbolic");
  g_assert_cmphex (get_columns (ui), ==, before);
  g_assert_cmpint (explorer_view_grid_get_pane (ui->grid, 1, EXPLORER_COLUMN_TRUTH)->pick.quantity,
                   ==, PISD_QUANTITY_TRUTH);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_list (ui))));
}

/* Somebody who types keeps the keys, and so does the timeline where no lesson is open. */
static void
test_keys (Ui *ui, gconstpointer data)
{
  open_lesson (ui);
  gtk_widget_grab_focus (ui_find_setting (ui, "seed"));
  ui_key (ui, "Next");
  g_assert_true (is_at (ui, "1 / 4"));
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Next");
  g_assert_true (is_at (ui, "2 / 4"));
  click_icon (ui, get_page (ui), "window-close-symbolic");
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  ui_key (ui, "Next");
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 1);
}

/* The task. */

static void
go_to_task (Ui *ui)
{
  open_lesson (ui);
  for (guint k = 0; k < 3; k++)
    ui_key (ui, "Next");
  ui_wait (is_at (ui, "4 / 4") && !explorer_session_is_running (ui->session));
  ui_settle (ui);
  g_assert_true (says (ui, "Go back."));
}

static void
test_show_me (Ui *ui, gconstpointer data)
{
  go_to_task (ui);
  gtk_widget_grab_focus (
      ui_find (GTK_WIDGET (get_page (ui)), GTK_TYPE_BUTTON, is_labelled, "Show Me"));
  ui_key (ui, "space");
  ui_wait (explorer_lesson_page_is_done (get_page (ui)));
  g_assert_true (says (ui, "\u2713 Well done."));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (ui->window))));
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, STEPS / 4);
  g_assert_null (ui_find (GTK_WIDGET (get_page (ui)), GTK_TYPE_BUTTON, is_labelled, "Next Lesson"));
}

/* A run passes its first steps, which is nothing that the person did. */
static void
test_own_run (Ui *ui, gconstpointer data)
{
  go_to_task (ui);
  ui_key (ui, "ctrl+Return");
  ui_wait (!explorer_session_is_running (ui->session)
           && explorer_window_get_shown_step (ui->window) == STEPS);
  g_assert_false (explorer_lesson_page_is_done (get_page (ui)));
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  g_assert_true (explorer_lesson_page_is_done (get_page (ui)));
}

/* What is known of the session without a window's help. */
static void
test_deeds (Ui *ui, gconstpointer data)
{
  g_autoptr (ExplorerLessonWatch) watch =
      explorer_lesson_watch_new (ui->session, explorer_window_get_exact (ui->window));
  PisdBox plot;

  open_lesson (ui);
  explorer_lesson_watch_begin (watch, NULL);
  g_assert_cmphex (explorer_lesson_watch_get_deeds (watch), ==, 0);
  ui_click_node (ui, 1, EXPLORER_COLUMN_TRUTH, 60, 52, 1);
  g_assert_cmphex (explorer_lesson_watch_get_deeds (watch), ==, 1u << PISD_DEED_SENSOR);
  ui_run_to_the_end (ui);
  g_assert_cmphex (explorer_lesson_watch_get_deeds (watch), ==,
                   1u << PISD_DEED_SENSOR | 1u << PISD_DEED_RUN);
  ui_key (ui, "ctrl+z");
  g_assert_cmphex (explorer_lesson_watch_get_deeds (watch), ==, 1u << PISD_DEED_SENSOR);
  explorer_timeline_get_plot (ui->timeline, &plot);
  explorer_timeline_select_at (ui->timeline, plot.x + plot.width / 3.0);
  ui_key (ui, "ctrl+b");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_true (explorer_lesson_watch_get_deeds (watch) & 1u << PISD_DEED_BRANCH);
}

/* Files. */

/* The line is named, and nothing changes, be it that a lesson is open. */
static void
test_broken (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) before = NULL;
  g_autofree char *path = NULL;

  open_lesson (ui);
  before = pisd_scenario_dup (explorer_session_get_scenario (ui->session));
  path = write_lesson (ui, "[lesson]\ntitle = T\n[setup]\nproblem = poissn\n[step]\nsay = S\n");
  g_assert_false (ui_open (ui, path));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "small.lesson:4:"));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "poissn"));
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (ui->session)), ==, 0);
  g_assert_true (is_at (ui, "1 / 4") && says (ui, "First."));
}

/* A lecture: the sentence alone, larger, and a presenter's remote goes on. */
static void
test_lecture (Ui *ui, gconstpointer data)
{
  GtkWidget *page;
  int before;

  open_lesson (ui);
  page = GTK_WIDGET (get_page (ui));
  before = gtk_widget_get_height (page);
  gtk_window_set_focus (GTK_WINDOW (ui->window), NULL);
  ui_key (ui, "h");
  ui_wait (gtk_widget_has_css_class (page, "lecture"));
  g_assert_null (ui_find (page, GTK_TYPE_BUTTON, has_icon, "go-next-symbolic"));
  ui_key (ui, "Next");
  g_assert_true (says (ui, "Second.") && gtk_widget_get_mapped (page));
  g_assert_cmpint (before, >, 0);
  ui_key (ui, "h");
  ui_wait (!gtk_widget_has_css_class (page, "lecture"));
  click_icon (ui, page, "window-close-symbolic");
  ui_key (ui, "h");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_list (ui))));
}

/* A text of a teacher who says much is scrolled, and a short one takes no more than it needs. */
static void
test_long (Ui *ui, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("[lesson]\ntitle = T\n[step]\nsay = Short.\n"
                                           "[step]\nsay = ");
  g_autofree char *path = NULL;
  GtkAdjustment *place;
  GtkWidget *sentences;

  for (guint k = 0; k < 400; k++)
    g_string_append (text, "Sentence. ");
  path = write_lesson (ui, g_string_append_c (text, '\n')->str);
  g_assert_true (ui_open (ui, path));
  ui_wait (is_at (ui, "1 / 2"));
  ui_settle (ui);
  sentences = ui_find (GTK_WIDGET (get_page (ui)), EXPLORER_TYPE_LESSON_TEXT, NULL, NULL);
  place = explorer_lesson_text_get_adjustment (EXPLORER_LESSON_TEXT (sentences));
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), ==, gtk_adjustment_get_page_size (place));
  ui_key (ui, "Next");
  ui_wait (gtk_adjustment_get_upper (place) > 2.0 * gtk_adjustment_get_page_size (place));
  ui_move_to (ui, sentences, 40, 20);
  ui_send ("click 5");
  ui_wait (gtk_adjustment_get_value (place) > 0.0);
}

#define ADD(path, function) \
  g_test_add ("/ui/lessons/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("pane", test_pane);
  ADD ("steps", test_steps);
  ADD ("replay", test_replay);
  ADD ("look", test_look);
  ADD ("keys", test_keys);
  ADD ("show-me", test_show_me);
  ADD ("own-run", test_own_run);
  ADD ("deeds", test_deeds);
  ADD ("broken", test_broken);
  ADD ("lecture", test_lecture);
  ADD ("long", test_long);
  g_test_add ("/ui/lessons/first-start", Ui, NULL, ui_set_up_first, test_first_start, ui_tear_down);
  return g_test_run ();
}
