/* Every lesson that comes with the program, from its first page to what it asks for. */

#include <string.h>

#include "explorer-diffusion.h"
#include "explorer-lesson-list.h"
#include "explorer-lesson-page.h"
#include "explorer-pace.h"
#include "explorer-training.h"
#include "pisd-lesson-bundle.h"
#include "ui-fixture.h"

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

static guint
measure_height (gpointer window)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, 900, &height, NULL, NULL,
                      NULL);
  return (guint) height;
}

static guint
count_pages (ExplorerLessonPage *page)
{
  return (guint) g_ascii_strtoull (strrchr (explorer_lesson_page_get_place (page), ' '), NULL, 10);
}

/* The page of a lesson that a lab's window has taken; NULL: none has. */
static ExplorerLabLesson *
find_lab_lesson (Ui *ui)
{
  gpointer diffusion = ui_find_window (ui, EXPLORER_TYPE_DIFFUSION);
  gpointer training = ui_find_window (ui, EXPLORER_TYPE_TRAINING);

  if (diffusion != NULL)
    return explorer_diffusion_get_lesson (diffusion);
  return training != NULL ? explorer_training_get_lesson (training) : NULL;
}

/* In the lab's window, which is gone afterwards; runs that nobody waits for count as little as those
 * that are waited for. */
static void
do_lab_lesson (Ui *ui, ExplorerLabLesson *lesson)
{
  ExplorerLessonPage *page = explorer_lab_lesson_get_page (lesson);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (lesson));

  for (guint k = 1; k < count_pages (page); k++)
    {
      gtk_widget_activate_action (GTK_WIDGET (lesson), "win.lesson-next", NULL);
      ui_settle_window (GTK_WINDOW (window));
      g_assert_cmpuint (measure_height (window), <=, 640);
    }
  g_assert_false (explorer_lesson_page_is_done (page));
  gtk_widget_activate_action (GTK_WIDGET (lesson), "win.lesson-answer", NULL);
  ui_wait (explorer_lesson_page_is_done (page));
  gtk_window_close (GTK_WINDOW (window));
}

static void
do_fields_lesson (Ui *ui)
{
  for (guint k = 1; k < count_pages (get_page (ui)); k++)
    {
      ui_key (ui, "Next");
      ui_wait (!explorer_session_is_running (ui->session));
      g_assert_cmpuint (measure_height (ui->window), <=, 640);
    }
  ui_wait (!explorer_exact_is_busy (explorer_window_get_exact (ui->window)));
  g_assert_false (explorer_lesson_page_is_done (get_page (ui)));
  g_action_group_activate_action (G_ACTION_GROUP (ui->window), "lesson-answer", NULL);
  ui_wait (explorer_lesson_page_is_done (get_page (ui)));
}

static void
do_lesson (Ui *ui, guint number)
{
  g_action_group_activate_action (G_ACTION_GROUP (ui->window), "lesson",
                                  g_variant_new_uint32 (number));
  ui_wait (explorer_loader_get_reading (explorer_window_get_loader (ui->window)) == NULL);
  if (find_lab_lesson (ui) != NULL)
    do_lab_lesson (ui, find_lab_lesson (ui));
  else
    do_fields_lesson (ui);
  g_assert_true (explorer_lesson_list_is_ticked (get_list (ui), number));
}

/* Each fits into 900 x 640, and what it asks for is recognised when it is shown, and not before. */
static void
test_all (Ui *ui, gconstpointer data)
{
  explorer_preferences_set (ui->preferences, "pace", EXPLORER_PACE_FREE);
  ui_resize (ui, 900, 640);
  for (guint k = 0; k < pisd_lesson_bundle_get_n (); k++)
    {
      g_test_message ("%s", pisd_lesson_bundle_get_name (k));
      do_lesson (ui, k);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/every-lesson/is-recognised", Ui, NULL, ui_set_up, test_all, ui_tear_down);
  return g_test_run ();
}
