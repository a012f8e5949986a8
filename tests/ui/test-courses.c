/* Courses of weights over the curves, by pointer and keys: points come, go and are moved, an edit is
 * one undo step, the panel tells of it. */

#include <string.h>

#include "explorer-course-editor.h"
#include "ui-fixture.h"

static ExplorerCourseEditor *
get_editor (Ui *ui)
{
  return EXPLORER_COURSE_EDITOR (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_COURSE_EDITOR, NULL, NULL));
}

static guint
get_term (Ui *ui)
{
  guint term;

  g_object_get (get_editor (ui), "term", &term, NULL);
  return term;
}

static const PisdCourse *
get_course (Ui *ui, PisdTerm term)
{
  return &explorer_session_get_scenario (ui->session)->settings.parameters.courses[term];
}

static const char *
get_subtitle (Ui *ui)
{
  return adw_action_row_get_subtitle (
      ADW_ACTION_ROW (ui_find_in_row (ui, "Over the run", ADW_TYPE_ACTION_ROW)));
}

/* Of the equation, from the keyboard. */
static ExplorerCourseEditor *
open_editor (Ui *ui)
{
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  for (guint k = 0; k < 3; k++)
    ui_key (ui, "w");
  ui_wait (get_term (ui) == PISD_TERM_PDE);
  ui_settle (ui);
  return get_editor (ui);
}

static void
move_to_point (Ui *ui, double t, double factor)
{
  double x, y;

  explorer_course_editor_get_place (get_editor (ui), t, factor, &x, &y);
  ui_move_to (ui, GTK_WIDGET (get_editor (ui)), x, y);
}

/* A press adds a point and a drag moves it, together one undo step; the next one takes it by its
 * handle. */
static void
test_pointer (Ui *ui, gconstpointer data)
{
  const PisdCourse *course;

  open_editor (ui);
  move_to_point (ui, 0.5, 1.0);
  ui_press (ui, 1);
  ui_wait (get_course (ui, PISD_TERM_PDE)->n == 1);
  move_to_point (ui, 0.5, 0.5);
  ui_release (ui, 1);
  course = get_course (ui, PISD_TERM_PDE);
  g_assert_cmpfloat_with_epsilon (course->factor[0], 0.5, 0.03);
  g_assert_cmpfloat_with_epsilon (course->t[0], 0.5, 0.011);
  g_assert_nonnull (strstr (get_subtitle (ui), "equation × 0.5"));

  move_to_point (ui, course->t[0], course->factor[0]);
  ui_press (ui, 1);
  move_to_point (ui, 0.25, 1.5);
  ui_release (ui, 1);
  course = get_course (ui, PISD_TERM_PDE);
  g_assert_cmpuint (course->n, ==, 1);
  g_assert_cmpfloat_with_epsilon (course->t[0], 0.25, 0.011);
  g_assert_cmpfloat_with_epsilon (course->factor[0], 1.5, 0.03);
  explorer_session_undo (ui->session);
  g_assert_cmpfloat_with_epsilon (get_course (ui, PISD_TERM_PDE)->factor[0], 0.5, 0.03);
  explorer_session_undo (ui->session);
  g_assert_cmpuint (get_course (ui, PISD_TERM_PDE)->n, ==, 0);
  g_assert_cmpstr (get_subtitle (ui), ==, "All weights are constant");
}

static void
test_keys (Ui *ui, gconstpointer data)
{
  ExplorerCourseEditor *editor = open_editor (ui);
  g_autofree char *text = NULL;
  const PisdSettingInfo *info = pisd_setting_find_course (PISD_TERM_PDE);

  ui_key (ui, "Insert");
  ui_key (ui, "Up");
  ui_key (ui, "Up");
  ui_key (ui, "Insert");
  ui_key (ui, "Down");
  ui_key (ui, "shift+Right");
  ui_wait (get_course (ui, PISD_TERM_PDE)->n == 2);
  text = pisd_settings_dup_text (&explorer_session_get_scenario (ui->session)->settings, info);
  g_assert_cmpstr (text, ==, "0.5:1.1 0.76:1.05");
  g_assert_cmpint (explorer_course_editor_get_selected (editor), ==, 1);
  ui_key (ui, "Left");
  ui_key (ui, "Delete");
  g_assert_cmpuint (get_course (ui, PISD_TERM_PDE)->n, ==, 1);
  g_assert_cmpfloat (get_course (ui, PISD_TERM_PDE)->t[0], ==, 0.76);
  ui_key (ui, "Escape");
  ui_wait (get_term (ui) == PISD_N_TERMS);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor)));
}

/* The row of the panel chooses the weight and takes all courses away; a method without weights has
 * neither row nor editor; beside the curves the scrubber is as it was. */
static void
test_panel (Ui *ui, gconstpointer data)
{
  GtkWidget *choice = ui_find_in_row (ui, "Over the run", GTK_TYPE_DROP_DOWN);
  GtkWidget *reset = ui_find_in_row (ui, "Over the run", GTK_TYPE_BUTTON);
  PisdBox plot;

  ui_set_setting (ui, "steps", "10");
  ui_run_to_the_end (ui);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  ui_wait (get_term (ui) == PISD_TERM_OBS (0));
  ui_set_setting (ui, "course-obs-a", "0:1 1:0.5");
  ui_wait (gtk_widget_get_sensitive (reset));
  explorer_timeline_get_plot (ui->timeline, &plot);
  ui_click (ui, GTK_WIDGET (ui->timeline), plot.x + plot.width * 0.4,
            plot.y + plot.height + 0.5 * 22.0, 1);
  ui_wait (explorer_window_get_shown_step (ui->window) == 4);
  gtk_widget_grab_focus (reset); /* it is scrolled to */
  ui_settle (ui);
  ui_click (ui, reset, 10, 10, 1);
  ui_wait (get_course (ui, PISD_TERM_OBS (0))->n == 0);
  explorer_session_undo (ui->session);
  g_assert_cmpuint (get_course (ui, PISD_TERM_OBS (0))->n, ==, 2);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_wait (get_term (ui) == PISD_N_TERMS);
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
  add ("/ui/courses/pointer", test_pointer);
  add ("/ui/courses/keys", test_keys);
  add ("/ui/courses/panel", test_panel);
  return g_test_run ();
}
