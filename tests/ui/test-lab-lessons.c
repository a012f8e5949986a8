/* Lessons of the labs: chosen from the list, stepped through and done by keys in the lab's own
 * window, and left in the middle. */

#include <string.h>

#include "explorer-diffusion.h"
#include "explorer-lesson-list.h"
#include "explorer-training.h"
#include "pisd-lesson-bundle.h"
#include "ui-fixture.h"

static ExplorerLessonList *
get_list (Ui *ui)
{
  return EXPLORER_LESSON_LIST (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_LESSON_LIST, NULL, NULL));
}

static guint
find_lesson (const char *name)
{
  guint number;

  g_assert_true (pisd_lesson_bundle_find (name, &number));
  return number;
}

/* By the keyboard, from the list; the lab's window, once it has the keyboard. */
static gpointer
open_from_list (Ui *ui, const char *name, GType type)
{
  ui_key (ui, "ctrl+l");
  gtk_widget_grab_focus (explorer_lesson_list_get_button (get_list (ui), find_lesson (name)));
  ui_send ("key Return");
  ui_wait (ui_find_window (ui, type) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui_find_window (ui, type))));
  return ui_find_window (ui, type);
}

/* Gone when nothing that computes for it holds it any more. */
static void
close_lab (gpointer window)
{
  g_object_add_weak_pointer (window, &window);
  ui_send ("key ctrl+w");
  ui_wait (window == NULL);
}

static gboolean
is_at (ExplorerLabLesson *lesson, const char *place)
{
  ExplorerLessonPage *page = explorer_lab_lesson_get_page (lesson);

  return gtk_widget_get_mapped (GTK_WIDGET (page))
         && g_str_equal (explorer_lesson_page_get_place (page), place);
}

static gboolean
is_done (ExplorerLabLesson *lesson)
{
  return explorer_lesson_page_is_done (explorer_lab_lesson_get_page (lesson));
}

/* A number is typed over the one that is there. */
static void
type (gpointer window, GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
  ui_send ("type %s", text);
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text));
  ui_send ("key Return");
  ui_settle_window (GTK_WINDOW (window));
}

/* Diffusion. */

static const char *
get_found (ExplorerDiffusion *lab)
{
  return gtk_label_get_text (GTK_LABEL (explorer_diffusion_get_part (lab, "found")));
}

static gboolean
is_drawn (ExplorerDiffusion *lab, guint n_steps)
{
  const PisdTrajectories *samples = explorer_diffusion_get_trajectories (lab);

  return samples != NULL && samples->n_steps == n_steps;
}

static void
go_to (ExplorerDiffusion *lab, const char *place, guint n_steps)
{
  ui_send ("key Next");
  ui_wait (is_at (explorer_diffusion_get_lesson (lab), place) && is_drawn (lab, n_steps));
}

static void
choose_last (GtkWidget *combo)
{
  const guint n = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (combo)));

  gtk_widget_grab_focus (combo);
  ui_send ("key space");
  ui_wait (GTK_IS_POPOVER (gtk_widget_get_ancestor (
      gtk_root_get_focus (gtk_widget_get_root (combo)), GTK_TYPE_POPOVER)));
  ui_send ("key End key Return");
  ui_wait (adw_combo_row_get_selected (ADW_COMBO_ROW (combo)) == n - 1);
}

static gboolean
is_following (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "Next Lesson") == 0;
}

/* What the lab measures is what the lesson says, because it draws the same samples; what is asked
 * for is noticed when both parts of it are done, and the next lesson takes its window's place. */
static void
test_diffusion (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_from_list (ui, "noise-in-steps", EXPLORER_TYPE_DIFFUSION);
  ExplorerLabLesson *lesson = explorer_diffusion_get_lesson (lab);
  GtkWidget *following;

  ui_wait (is_at (lesson, "1 / 4") && is_drawn (lab, 1));
  g_assert_nonnull (strstr (get_found (lab), "2000 samples of the exact denoiser"));
  g_assert_nonnull (strstr (get_found (lab), "0.915 "));
  go_to (lab, "2 / 4", 3);
  g_assert_nonnull (strstr (get_found (lab), "0.0578 "));
  go_to (lab, "3 / 4", 50);
  go_to (lab, "4 / 4", 50);
  ui_send ("key Prior");
  ui_wait (is_at (lesson, "3 / 4"));
  go_to (lab, "4 / 4", 50);
  g_assert_false (is_done (lesson));
  type (lab, explorer_diffusion_get_part (lab, "sample_steps"), "10");
  ui_wait (is_drawn (lab, 10));
  g_assert_false (is_done (lesson));
  choose_last (explorer_diffusion_get_part (lab, "rule"));
  ui_wait (is_done (lesson));
  g_assert_true (explorer_lesson_list_is_ticked (get_list (ui), find_lesson ("noise-in-steps")));
  following = ui_find (GTK_WIDGET (lesson), GTK_TYPE_BUTTON, is_following, NULL);
  g_object_add_weak_pointer (G_OBJECT (lab), (gpointer *) &lab);
  gtk_widget_grab_focus (following);
  ui_send ("key Return");
  ui_wait (lab == NULL && ui_find_window (ui, EXPLORER_TYPE_TRAINING) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui_find_window (ui, EXPLORER_TYPE_TRAINING))));
  close_lab (ui_find_window (ui, EXPLORER_TYPE_TRAINING));
}

/* The steps of samples go by, unless somebody takes the slider. */
static void
test_play (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_from_list (ui, "noise-in-steps", EXPLORER_TYPE_DIFFUSION);
  GtkRange *scale = GTK_RANGE (explorer_diffusion_get_part (lab, "step_scale"));
  guint n_places = 0;
  double last;

  ui_wait (is_drawn (lab, 1));
  ui_send ("key Next key Next");
  ui_wait (is_drawn (lab, 50));
  for (last = -1.0; last < 50.0;)
    {
      ui_wait (gtk_range_get_value (scale) != last);
      g_assert_cmpfloat (gtk_range_get_value (scale), >, last);
      last = gtk_range_get_value (scale);
      n_places++;
    }
  g_assert_cmpuint (n_places, >, 2);
  ui_send ("key p");
  ui_wait (gtk_range_get_value (scale) > 0.0 && gtk_range_get_value (scale) < 50.0);
  gtk_widget_grab_focus (GTK_WIDGET (scale));
  ui_send ("key Home");
  ui_wait (gtk_range_get_value (scale) == 0.0);
  for (guint k = 0; k < 10; k++)
    ui_settle_window (GTK_WINDOW (lab));
  g_assert_cmpfloat (gtk_range_get_value (scale), ==, 0.0);
  close_lab (lab);
}

static gpointer
open_text (Ui *ui, const char *text, GType type)
{
  g_autofree char *path = ui_path (ui, "small.lesson");
  g_autofree char *whole = g_strconcat ("[lesson]\ntitle = T\n", text, NULL);

  g_assert_true (g_file_set_contents (path, whole, -1, NULL));
  g_assert_true (ui_open (ui, path));
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui_find_window (ui, type))));
  return ui_find_window (ui, type);
}

static double
get_spin (GtkWidget *spin)
{
  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin));
}

/* To the task, whose training is held before it has begun. */
static void
go_to_held_task (ExplorerDiffusion *lab)
{
  static const char *const keys[] = { "win.lesson-back", "win.lesson-back", "win.lesson-next",
                                      "win.lesson-next", "diffusion.toggle" };

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    gtk_widget_activate_action (GTK_WIDGET (lab), keys[k], NULL);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_wait (pisd_diffuser_job_is_idle (explorer_diffusion_get_job (lab)));
  g_assert_cmpuint (explorer_diffusion_get_frame (lab)->n_steps, <, 60);
}

/* Samples that are drawn of a half-trained network, or are set otherwise, while a lesson trains: at
 * its end those of the whole training come all the same, and are the person's. */
static void
test_meanwhile (Ui *ui, gconstpointer data)
{
  static const char text[] = "[diffusion]\ntimes = 10\ntrain = 5\nsteps = 3\nsamples = 20\n"
                             "seed = 2147483647\n[step]\nsay = A\n[step]\nsay = B\n"
                             "train = 60\nseed = 1\n[try]\nask = C\nwhen = did run\n"
                             "done = D\n";
  ExplorerDiffusion *lab = open_text (ui, text, EXPLORER_TYPE_DIFFUSION);
  ExplorerLabLesson *lesson = explorer_diffusion_get_lesson (lab);
  GtkWidget *steps = explorer_diffusion_get_part (lab, "sample_steps");

  g_assert_cmpfloat (get_spin (explorer_diffusion_get_part (lab, "steps")), ==, 5.0);
  g_assert_cmpfloat (get_spin (explorer_diffusion_get_part (lab, "seed")), ==, 2147483647.0);
  go_to_held_task (lab);
  ui_send ("key s");
  ui_wait (is_drawn (lab, 3));
  g_assert_false (is_done (lesson));
  ui_send ("key space");
  ui_wait (is_done (lesson));
  go_to_held_task (lab);
  g_assert_false (is_done (lesson));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (steps), 4.0);
  ui_send ("key space");
  ui_wait (is_drawn (lab, 4) && is_done (lesson));
  close_lab (lab);
}

/* The rows of the training lab hold whatever a lesson may say. */
static void
test_limits (Ui *ui, gconstpointer data)
{
  static const char text[] = "[training]\npoints = 20000\nbatch = 20000\nsteps = 2\n"
                             "seed = 2147483647\n[step]\nsay = A\n";
  ExplorerTraining *lab = open_text (ui, text, EXPLORER_TYPE_TRAINING);

  g_assert_cmpuint (explorer_training_get_setup (lab)->batch, ==, 20000);
  g_assert_cmpuint (explorer_training_get_setup (lab)->seed, ==, 2147483647);
  close_lab (lab);
}

/* Training. */

static gboolean
is_trained (ExplorerTraining *training, double time)
{
  const PisdRegressionLog *log = explorer_training_get_log (training, 0);
  const PisdRegressionRow *row = log != NULL ? pisd_regression_log_get_last (log) : NULL;

  return row != NULL && row->time >= time;
}

/* At the top of the controls, which have a margin. */
static gboolean
is_first_in_sight (ExplorerTraining *training, const char *part)
{
  double y;

  g_assert_true (gtk_widget_translate_coordinates (
      explorer_training_get_part (training, part),
      explorer_training_get_part (training, "controls"), 0.0, 0.0, NULL, &y));
  return y >= 0.0 && y < 20.0;
}

/* To the task, where the lesson's own run is no answer; then weight decay and a run. */
static void
test_training (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_from_list (ui, "never-stops", EXPLORER_TYPE_TRAINING);
  ExplorerLabLesson *lesson = explorer_training_get_lesson (training);

  ui_wait (is_at (lesson, "1 / 4") && is_trained (training, 1.0));
  ui_wait (is_first_in_sight (training, "decay"));
  ui_send ("key Next key Next key Next");
  ui_wait (is_at (lesson, "4 / 4") && is_trained (training, 100.0));
  g_assert_false (is_done (lesson));
  type (training,
        ui_find (explorer_training_get_part (training, "decay"), GTK_TYPE_ENTRY, NULL, NULL),
        "0.01");
  g_assert_false (is_done (lesson));
  ui_send ("key ctrl+Return");
  ui_wait (is_done (lesson));
  g_assert_true (is_trained (training, 100.0));
  close_lab (training);
}

/* In the middle of a run the window goes, and nothing that computes for it is left; closed by its
 * button a lesson leaves the lab, whose keys are its own again. */
static void
test_closed (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_from_list (ui, "never-stops", EXPLORER_TYPE_TRAINING);
  ExplorerLabLesson *lesson = explorer_training_get_lesson (training);

  ui_wait (is_at (lesson, "1 / 4"));
  ui_send ("key h");
  ui_wait (!gtk_widget_get_mapped (explorer_training_get_part (training, "controls")));
  gtk_widget_activate_action (GTK_WIDGET (lesson), "win.lesson-answer", NULL);
  g_assert_true (is_at (lesson, "1 / 4"));
  gtk_widget_activate_action (GTK_WIDGET (lesson), "win.lesson-close", NULL);
  ui_wait (!gtk_widget_get_mapped (GTK_WIDGET (lesson)));
  g_assert_true (gtk_widget_get_mapped (explorer_training_get_part (training, "controls")));
  ui_send ("key Next");
  ui_settle_window (GTK_WINDOW (training));
  g_assert_false (explorer_lab_lesson_is_open (lesson));
  close_lab (training);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
  ui_key (ui, "ctrl+l");
  training = open_from_list (ui, "never-stops", EXPLORER_TYPE_TRAINING);
  ui_send ("key Next key Next");
  close_lab (training);
}

#define ADD(path, function) \
  g_test_add ("/ui/lab-lessons/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("diffusion", test_diffusion);
  ADD ("play", test_play);
  ADD ("meanwhile", test_meanwhile);
  ADD ("training", test_training);
  ADD ("limits", test_limits);
  ADD ("closed", test_closed);
  return g_test_run ();
}
