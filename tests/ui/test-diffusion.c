/* The diffusion lab by pointer and keys: data are carried into noise and drawn by hand, a network is
 * trained, held, stepped and closed in the middle, samples are drawn, scrubbed and saved. */

#include <string.h>

#include "explorer-diffusion.h"
#include "ui-fixture.h"

static ExplorerDiffusion *
find_diffusion (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_DIFFUSION);
}

/* From the keyboard; its data are there. */
static ExplorerDiffusion *
open_diffusion (Ui *ui)
{
  ui_key (ui, "ctrl+1");
  ui_wait (find_diffusion (ui) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (find_diffusion (ui))));
  ui_wait (explorer_diffusion_get_frame (find_diffusion (ui)) != NULL);
  return find_diffusion (ui);
}

/* Gone when nothing that computes for it holds it any more. */
static void
close_diffusion (Ui *ui)
{
  ExplorerDiffusion *lab = find_diffusion (ui);

  g_object_add_weak_pointer (G_OBJECT (lab), (gpointer *) &lab);
  ui_send ("key ctrl+w");
  ui_wait (lab == NULL);
}

static void
set_spin (ExplorerDiffusion *lab, const char *part, double value)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (explorer_diffusion_get_part (lab, part)), value);
}

static void
choose (ExplorerDiffusion *lab, const char *part, guint row)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (explorer_diffusion_get_part (lab, part)), row);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
}

static guint64
get_step (ExplorerDiffusion *lab)
{
  const PisdDiffuserFrame *frame = explorer_diffusion_get_frame (lab);

  return frame != NULL ? frame->n_steps : 0;
}

static const char *
get_page (ExplorerDiffusion *lab)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (explorer_diffusion_get_part (lab, "pages")));
}

/* Space trains to the end, with the bits of the engine alone; S draws samples, whose steps are
 * scrubbed both ways by keys. */
static void
test_trains_and_samples (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  GtkAdjustment *step;
  PisdDiffuserPlan plan;
  g_autoptr (PisdLabData) moons = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  g_autoptr (PisdDiffuserTraining) alone = NULL;
  double got;

  set_spin (lab, "times", 10);
  set_spin (lab, "steps", 15);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_send ("key space");
  ui_wait (get_step (lab) == 15);
  g_assert_cmpstr (get_page (lab), ==, "train");
  ui_wait (strstr (explorer_diffusion_get_status (lab), "step 15 of 15 · loss ") != NULL);
  pisd_diffuser_plan_init (&plan, PISD_LAB_MOONS);
  plan.n_times = 10;
  plan.n_steps = 15;
  alone = pisd_diffuser_training_new (&plan, moons, 1, NULL);
  for (guint i = 0; i < 15; i++)
    pisd_diffuser_training_step (alone, 1);
  got = explorer_diffusion_get_frame (lab)->parameters[7];
  g_assert_cmpfloat (got, ==, pisd_diffuser_training_get_average (alone)[7]);
  g_assert_cmpstr (explorer_diffusion_get_score_note (lab), ==, "Press S, and samples are drawn");
  set_spin (lab, "samples", 100);
  ui_send ("key s");
  ui_wait (explorer_diffusion_get_trajectories (lab) != NULL);
  g_assert_null (explorer_diffusion_get_score_note (lab));
  step = GTK_ADJUSTMENT (
      gtk_range_get_adjustment (GTK_RANGE (explorer_diffusion_get_part (lab, "step_scale"))));
  g_assert_cmpfloat (gtk_adjustment_get_value (step), ==, 10.0);
  gtk_widget_grab_focus (explorer_diffusion_get_part (lab, "step_scale"));
  ui_send ("key Left key Left");
  ui_wait (gtk_adjustment_get_value (step) == 8.0);
  ui_send ("key Right");
  ui_wait (gtk_adjustment_get_value (step) == 9.0);
  close_diffusion (ui);
}

/* A point makes one step; Space goes on and holds; the rate is changed meanwhile. */
static void
test_held (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  guint64 held;

  set_spin (lab, "steps", 1000000);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_send ("key period");
  ui_wait (get_step (lab) == 1);
  ui_send ("key space");
  ui_wait (get_step (lab) > 5);
  ui_send ("key space");
  ui_wait (pisd_diffuser_job_is_idle (explorer_diffusion_get_job (lab)));
  ui_settle_window (GTK_WINDOW (lab));
  held = get_step (lab);
  ui_settle_window (GTK_WINDOW (lab));
  g_assert_cmpuint (get_step (lab), ==, held);
  ui_send ("key space");
  ui_wait (get_step (lab) > held);
  ui_send ("key Escape"); /* holds, and nothing is lost */
  ui_wait (pisd_diffuser_job_is_idle (explorer_diffusion_get_job (lab)));
  g_assert_true (find_diffusion (ui) == lab);
  close_diffusion (ui);
}

/* A rate that is too high ends a training of pictures after some steps, and the window says so; a
 * new start has nothing of it. */
static void
test_diverges (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);

  choose (lab, "data", PISD_LAB_DIGITS_8);
  set_spin (lab, "times", 10);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  g_signal_emit_by_name (explorer_diffusion_get_part (lab, "rate"), "changed", 0.1);
  ui_send ("key space");
  ui_wait (strstr (explorer_diffusion_get_status (lab), "the training diverges: a lower") != NULL);
  ui_wait (pisd_diffuser_job_is_idle (explorer_diffusion_get_job (lab)));
  g_assert_cmpuint (get_step (lab), <, 200);
  choose (lab, "data", PISD_LAB_MOONS);
  ui_wait (strstr (explorer_diffusion_get_status (lab), "diverges") == NULL);
  close_diffusion (ui);
}

/* Closing in the middle of a training of pictures takes no longer than a moment. */
static void
test_closed (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  gint64 begun;

  choose (lab, "data", PISD_LAB_DIGITS_16);
  ui_send ("key ctrl+Return");
  ui_wait (get_step (lab) > 0);
  g_object_add_weak_pointer (G_OBJECT (lab), (gpointer *) &lab);
  begun = g_get_monotonic_time ();
  gtk_window_close (GTK_WINDOW (lab));
  g_test_message ("closed after %d ms", (int) ((g_get_monotonic_time () - begun) / 1000));
  g_assert_null (find_diffusion (ui));
  ui_wait (lab == NULL);
}

/* The slider carries data into noise; the page of the truth knows a mixture. */
static void
test_pages (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  GtkWidget *scale = explorer_diffusion_get_part (lab, "time_scale");

  gtk_widget_grab_focus (scale);
  ui_send ("key End");
  ui_wait (gtk_range_get_value (GTK_RANGE (scale)) == 100.0);
  choose (lab, "schedule", PISD_PROCESS_EDM);
  choose (lab, "data", PISD_LAB_RING);
  choose (lab, "denoiser", 1);
  g_assert_nonnull (strstr (explorer_diffusion_get_status (lab), "needs no training"));
  gtk_widget_activate_action (GTK_WIDGET (lab), "diffusion.undo", NULL);
  g_assert_nonnull (strstr (explorer_diffusion_get_status (lab), "step 0 of"));
  gtk_widget_grab_focus (explorer_diffusion_get_part (lab, "toggle"));
  ui_send ("key 4");
  ui_wait (g_str_equal (get_page (lab), "truth"));
  ui_send ("key 2");
  ui_wait (g_str_equal (get_page (lab), "train"));
  ui_send ("key 3");
  ui_wait (g_str_equal (get_page (lab), "sample"));
  ui_send ("key 1");
  ui_wait (g_str_equal (get_page (lab), "forward"));
  close_diffusion (ui);
}

/* Convolutions are of pictures, learn pixels alone, and have the bits of the engine: latents are
 * refused, and the training stays.  Latents of the perceptron may be cosine modes. */
static void
test_networks (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  g_autoptr (PisdLabData) digits = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  g_autoptr (PisdDiffuserTraining) alone = NULL;
  PisdDiffuserPlan plan;

  g_assert_false (gtk_widget_get_visible (explorer_diffusion_get_part (lab, "network")));
  choose (lab, "data", PISD_LAB_DIGITS_8);
  g_assert_cmpstr (explorer_diffusion_get_score_note (lab), ==, "Only for points in the plane");
  set_spin (lab, "latents", 20);
  choose (lab, "latent", PISD_LATENT_COSINE);
  g_assert_cmpuint (pisd_diffuser_training_get_components (
                        pisd_diffuser_job_get_training (explorer_diffusion_get_job (lab)))
                        ->id,
                    ==, PISD_LATENT_COSINE);
  choose (lab, "network", PISD_DIFFUSER_CONVOLUTION);
  g_assert_nonnull (strstr (explorer_diffusion_get_last_toast (lab), "got 20 latents"));
  g_assert_false (gtk_widget_get_visible (explorer_diffusion_get_part (lab, "latent")));
  ui_send ("key period");
  ui_wait (get_step (lab) == 1);
  set_spin (lab, "latents", 5);
  g_assert_nonnull (strstr (explorer_diffusion_get_last_toast (lab), "got 5 latents"));
  g_assert_cmpuint (get_step (lab), ==, 1);
  pisd_diffuser_plan_init (&plan, PISD_LAB_DIGITS_8);
  pisd_diffuser_plan_set_kind (&plan, PISD_LAB_DIGITS_8, PISD_DIFFUSER_CONVOLUTION);
  plan.n_steps = 3000;
  alone = pisd_diffuser_training_new (&plan, digits, 1, NULL);
  pisd_diffuser_training_step (alone, 1);
  g_assert_cmpfloat (explorer_diffusion_get_frame (lab)->parameters[7], ==,
                     pisd_diffuser_training_get_average (alone)[7]);
  choose (lab, "data", PISD_LAB_MOONS);
  g_assert_false (gtk_widget_get_visible (explorer_diffusion_get_part (lab, "network")));
  close_diffusion (ui);
}

/* Points lie where the pointer draws, and their data have as many labels as there are strokes. */
static void
test_drawn (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  GtkWidget *pane = explorer_diffusion_get_pane (lab, 0);
  const double x = gtk_widget_get_width (pane) / 2.0, y = gtk_widget_get_height (pane) / 2.0;

  choose (lab, "data", PISD_LAB_DRAWN);
  ui_settle_window (GTK_WINDOW (lab));
  ui_move_to (ui, pane, x - 40, y);
  ui_send ("mousedown 1");
  ui_move_to (ui, pane, x + 10, y + 20);
  ui_move_to (ui, pane, x + 40, y);
  ui_send ("mouseup 1");
  ui_wait (pisd_drawing_get_n_points (explorer_diffusion_get_drawing (lab)) > 1);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_click (ui, pane, x, y - 60, 1);
  ui_wait (pisd_drawing_get_n_strokes (explorer_diffusion_get_drawing (lab)) == 2);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_wait (pisd_diffuser_job_get_data (explorer_diffusion_get_job (lab))->n_labels == 2);
  gtk_widget_activate_action (GTK_WIDGET (lab), "diffusion.clear", NULL);
  g_assert_cmpuint (pisd_drawing_get_n_points (explorer_diffusion_get_drawing (lab)), ==, 0);
  ui_send ("key ctrl+z");
  ui_wait (pisd_drawing_get_n_strokes (explorer_diffusion_get_drawing (lab)) == 2);
  ui_send ("key ctrl+z");
  ui_wait (pisd_drawing_get_n_strokes (explorer_diffusion_get_drawing (lab)) == 1);
  ui_send ("key ctrl+shift+z");
  ui_wait (pisd_drawing_get_n_strokes (explorer_diffusion_get_drawing (lab)) == 2);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  g_assert_cmpuint (pisd_diffuser_job_get_data (explorer_diffusion_get_job (lab))->n_labels, ==, 2);
  close_diffusion (ui);
}

static double
get_spin (ExplorerDiffusion *lab, const char *part)
{
  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (explorer_diffusion_get_part (lab, part)));
}

static guint
get_choice (ExplorerDiffusion *lab, const char *part)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (explorer_diffusion_get_part (lab, part)));
}

/* Keys change settings and take that back, what was held down at once; other samples leave the
 * training as it is. */
static void
test_undone (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  GtkWidget *undo = ui_find_button (GTK_WIDGET (lab), "diffusion.undo");

  g_assert_false (gtk_widget_is_sensitive (undo));
  choose (lab, "schedule", PISD_PROCESS_EDM);
  g_assert_true (gtk_widget_is_sensitive (undo));
  gtk_widget_grab_focus (explorer_diffusion_get_part (lab, "times"));
  ui_send ("key Up key Up key Up key Return");
  ui_wait (get_spin (lab, "times") == 130.0);
  ui_settle_window (GTK_WINDOW (lab));
  ui_send ("key ctrl+z");
  ui_wait (get_spin (lab, "times") == 100.0);
  ui_send ("key ctrl+z");
  ui_wait (get_choice (lab, "schedule") == PISD_PROCESS_COSINE);
  ui_send ("key ctrl+shift+z");
  ui_wait (get_choice (lab, "schedule") == PISD_PROCESS_EDM);
  ui_send ("key ctrl+y");
  ui_wait (get_spin (lab, "times") == 130.0);
  set_spin (lab, "steps", 5);
  ui_send ("key space");
  ui_wait (get_step (lab) == 5);
  set_spin (lab, "eta", 0.5);
  ui_send ("key ctrl+z");
  ui_wait (get_spin (lab, "eta") == 0.0);
  choose (lab, "label", 2);
  ui_send ("key ctrl+z");
  ui_wait (get_choice (lab, "label") == 0);
  g_assert_cmpuint (get_step (lab), ==, 5);
  ui_send ("key ctrl+z");
  ui_wait (get_spin (lab, "steps") == 3000.0);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  g_assert_cmpuint (get_step (lab), ==, 0);
  close_diffusion (ui);
}

/* The part of the labels that is left out is the engine's. */
static void
test_dropout (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  g_autoptr (PisdLabData) moons = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  g_autoptr (PisdDiffuserTraining) alone = NULL;
  PisdDiffuserPlan plan;

  pisd_diffuser_plan_init (&plan, PISD_LAB_MOONS);
  g_assert_cmpfloat (get_spin (lab, "drop"), ==, plan.drop);
  plan.drop = 0.2;
  plan.n_steps = 5;
  plan.n_times = 10;
  set_spin (lab, "times", 10);
  set_spin (lab, "drop", plan.drop);
  set_spin (lab, "steps", plan.n_steps);
  ui_send ("key space");
  ui_wait (get_step (lab) == 5);
  alone = pisd_diffuser_training_new (&plan, moons, 1, NULL);
  for (guint i = 0; i < 5; i++)
    pisd_diffuser_training_step (alone, 1);
  g_assert_cmpfloat (explorer_diffusion_get_frame (lab)->parameters[7], ==,
                     pisd_diffuser_training_get_average (alone)[7]);
  set_spin (lab, "drop", 1.0);
  set_spin (lab, "samples", 100);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_send ("key s");
  ui_wait (explorer_diffusion_get_trajectories (lab) != NULL);
  g_assert_nonnull (strstr (
      gtk_label_get_text (GTK_LABEL (explorer_diffusion_get_part (lab, "found"))), "no labels"));
  close_diffusion (ui);
}

/* Exact scores are computed once for a time, learned ones once for a frame. */
static void
test_kept (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  guint n_exact, n_learned, n_before;

  choose (lab, "data", PISD_LAB_RING);
  set_spin (lab, "steps", 30);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_send ("key 4");
  ui_wait (g_str_equal (get_page (lab), "truth"));
  explorer_diffusion_count_scores (lab, &n_exact, &n_before);
  g_assert_cmpuint (n_exact, ==, 1);
  ui_send ("key period");
  ui_wait (get_step (lab) == 1);
  explorer_diffusion_count_scores (lab, &n_exact, &n_learned);
  g_assert_cmpuint (n_exact, ==, 1);
  g_assert_cmpuint (n_learned, ==, n_before + 1);
  ui_send ("key 1 key 4");
  ui_wait (g_str_equal (get_page (lab), "truth"));
  ui_settle_window (GTK_WINDOW (lab));
  explorer_diffusion_count_scores (lab, &n_exact, &n_learned);
  g_assert_cmpuint (n_exact, ==, 1);
  g_assert_cmpuint (n_learned, ==, n_before + 1);
  gtk_range_set_value (GTK_RANGE (explorer_diffusion_get_part (lab, "time_scale")), 50.0);
  explorer_diffusion_count_scores (lab, &n_exact, &n_learned);
  g_assert_cmpuint (n_exact, ==, 2);
  g_assert_cmpuint (n_learned, ==, n_before + 2);
  close_diffusion (ui);
}

/* What is held while data are still prepared does not begin by itself, and begins when it is told
 * to. */
static void
test_held_early (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  GtkButton *toggle = GTK_BUTTON (explorer_diffusion_get_part (lab, "toggle"));

  set_spin (lab, "times", 10);
  set_spin (lab, "steps", 10);
  gtk_widget_activate_action (GTK_WIDGET (lab), "diffusion.start", NULL);
  g_assert_null (explorer_diffusion_get_frame (lab));
  gtk_widget_activate_action (GTK_WIDGET (lab), "diffusion.toggle", NULL);
  g_assert_cmpstr (gtk_button_get_icon_name (toggle), ==, "pisd-run-symbolic");
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_wait (pisd_diffuser_job_is_idle (explorer_diffusion_get_job (lab)));
  ui_settle_window (GTK_WINDOW (lab));
  g_assert_cmpstr (gtk_button_get_icon_name (toggle), ==, "pisd-run-symbolic");
  g_assert_cmpuint (get_step (lab), <, 10);
  ui_send ("key space");
  ui_wait (get_step (lab) == 10);
  close_diffusion (ui);
}

static void
test_saved (Ui *ui, gconstpointer data)
{
  ExplorerDiffusion *lab = open_diffusion (ui);
  g_autofree char *page = ui_path (ui, "p.svg");
  g_autofree char *samples = ui_path (ui, "s.csv");
  g_autofree char *text = NULL;

  explorer_diffusion_save (lab, samples);
  g_assert_cmpstr (explorer_diffusion_get_last_toast (lab), ==, "There are no samples yet");
  explorer_diffusion_save (lab, page);
  ui_wait (g_strcmp0 (explorer_diffusion_get_last_toast (lab), "Saved as p.svg") == 0);
  ui_send ("key s");
  ui_wait (explorer_diffusion_get_trajectories (lab) != NULL);
  explorer_diffusion_save (lab, samples);
  ui_wait (g_strcmp0 (explorer_diffusion_get_last_toast (lab), "Saved as s.csv") == 0);
  g_assert_true (g_file_get_contents (samples, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "label,x0,x1\n"));
  close_diffusion (ui);
}

#define ADD(path, function) \
  g_test_add ("/ui/diffusion/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("trains-and-samples", test_trains_and_samples);
  ADD ("held", test_held);
  ADD ("diverges", test_diverges);
  ADD ("closed", test_closed);
  ADD ("pages", test_pages);
  ADD ("networks", test_networks);
  ADD ("drawn", test_drawn);
  ADD ("undone", test_undone);
  ADD ("dropout", test_dropout);
  ADD ("kept", test_kept);
  ADD ("held-early", test_held_early);
  ADD ("saved", test_saved);
  return g_test_run ();
}
