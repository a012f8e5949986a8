/* The training lab by pointer and keys: what is set up, trained, held, stepped, stopped, undone and
 * saved. */

#include <string.h>

#include "explorer-training.h"
#include "ui-fixture.h"

static ExplorerTraining *
find_training (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_TRAINING);
}

/* From the keyboard. */
static ExplorerTraining *
open_training (Ui *ui)
{
  ui_key (ui, "ctrl+2");
  ui_wait (find_training (ui) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (find_training (ui))));
  return find_training (ui);
}

/* Gone when nothing that computes for it holds it any more. */
static void
close_training (Ui *ui)
{
  ExplorerTraining *training = find_training (ui);

  g_object_add_weak_pointer (G_OBJECT (training), (gpointer *) &training);
  ui_send ("key ctrl+w");
  ui_wait (training == NULL);
}

static void
type (ExplorerTraining *training, const char *part, const char *text)
{
  GtkWidget *entry =
      ui_find (explorer_training_get_part (training, part), GTK_TYPE_ENTRY, NULL, NULL);

  gtk_widget_grab_focus (entry);
  gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
  ui_send ("type %s", text);
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text));
  ui_send ("key Return");
  ui_settle_window (GTK_WINDOW (training));
}

static const char *
get_text (ExplorerTraining *training, const char *part)
{
  return gtk_label_get_text (GTK_LABEL (explorer_training_get_part (training, part)));
}

static void
set_steps (ExplorerTraining *training, guint n_steps)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (explorer_training_get_part (training, "steps")),
                             n_steps);
}

static guint64
get_step (ExplorerTraining *training, guint run)
{
  const PisdRegressionLog *log = explorer_training_get_log (training, run);
  const PisdRegressionRow *row = log != NULL ? pisd_regression_log_get_last (log) : NULL;

  return row != NULL ? row->step : G_MAXUINT64;
}

static gboolean
is_through (ExplorerTraining *training)
{
  PisdRegressionGroup *group = explorer_training_get_group (training);

  return group != NULL && pisd_regression_group_is_through (group);
}

/* Space trains; what is shown at the end is the last row, with the bits of the engine alone. */
static void
test_trains (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_training (ui);
  g_autoptr (PisdRegressionPlan) plan = pisd_regression_plan_new ("p1", PISD_DESCENT_ADAM, NULL);
  g_autoptr (PisdRegression) alone = NULL;
  PisdRegressionRow row;

  set_steps (training, 300);
  ui_send ("key space");
  ui_wait (is_through (training));
  ui_wait (get_step (training, 3) == 300);
  g_assert_nonnull (strstr (explorer_training_get_status (training), "step 300 of 300 · loss "));
  g_assert_nonnull (strstr (explorer_training_get_judgement (training), "cannot prove"));
  plan->activation = PISD_ACTIVATION_SOFTPLUS;
  plan->seed = 2;
  alone = pisd_regression_new (plan, NULL, NULL);
  for (guint i = 0; i < 300; i++)
    pisd_regression_step (alone, NULL);
  pisd_regression_measure (alone, TRUE, &row);
  g_assert_cmpfloat (pisd_regression_log_get_last (explorer_training_get_log (training, 1))->norm,
                     ==, row.norm);
  close_training (ui);
}

/* A polynomial of one's own, typed, with another network; undo and redo. */
static void
test_setup (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_training (ui);
  GtkWidget *row = explorer_training_get_part (training, "polynomial_row");

  g_assert_false (gtk_widget_get_visible (row));
  adw_combo_row_set_selected (ADW_COMBO_ROW (explorer_training_get_part (training, "target")), 4);
  g_assert_true (gtk_widget_get_visible (row));
  type (training, "polynomial", "x*y-2x^3");
  g_assert_cmpstr (explorer_training_get_setup (training)->widths, ==, "2-20-40-20-1");
  type (training, "network", "2-5-1");
  g_assert_cmpstr (explorer_training_get_setup (training)->widths, ==, "2-5-1");
  ui_send ("key ctrl+z");
  ui_wait (g_str_equal (explorer_training_get_setup (training)->widths, "2-20-40-20-1"));
  ui_send ("key ctrl+shift+z");
  ui_wait (g_str_equal (explorer_training_get_setup (training)->widths, "2-5-1"));
  gtk_widget_grab_focus (explorer_training_get_part (training, "seeds"));
  ui_send ("key Up key Up key Return");
  ui_wait (explorer_training_get_setup (training)->n_seeds == 4);
  ui_settle_window (GTK_WINDOW (training));
  ui_send ("key ctrl+z"); /* what was held down, at once */
  ui_wait (explorer_training_get_setup (training)->n_seeds == 2);
  set_steps (training, 40);
  ui_send ("key ctrl+Return");
  ui_wait (is_through (training));
  ui_wait (get_step (training, 0) == 40);
  close_training (ui);
}

/* What cannot be read is marked and said, and nothing runs. */
static void
test_refused (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_training (ui);
  GtkWidget *network = explorer_training_get_part (training, "network");

  type (training, "network", "1-10-x-1");
  ui_wait (gtk_widget_has_css_class (network, "error"));
  g_assert_nonnull (strstr (explorer_training_get_last_toast (training), "\"1-10-x-1\""));
  ui_send ("key ctrl+Return");
  ui_settle_window (GTK_WINDOW (training));
  g_assert_null (explorer_training_get_group (training));
  ui_send ("key Escape"); /* leaves the entry */
  ui_settle_window (GTK_WINDOW (training));
  type (training, "network", "1-6-1");
  g_assert_false (gtk_widget_has_css_class (network, "error"));
  close_training (ui);
}

/* A point does one row of all runs, Space goes on and holds; the rate is changed meanwhile. */
static void
test_held (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_training (ui);
  PisdRegressionGroup *group;

  set_steps (training, 10000000);
  ui_send ("key period");
  ui_wait (explorer_training_get_group (training) != NULL);
  group = explorer_training_get_group (training);
  for (guint k = 0; k < 4; k++)
    ui_wait (get_step (training, k) == 1);
  ui_send ("key period");
  ui_wait (get_step (training, 0) == 2);
  g_assert_true (pisd_regression_group_is_held (group));
  ui_send ("key space");
  ui_wait (!pisd_regression_group_is_held (group));
  ui_wait (get_step (training, 0) > 50);
  type (training, "rate", "0.001");
  ui_wait (explorer_training_get_setup (training)->rate == 0.001);
  g_assert_nonnull (strstr (get_text (training, "caption"), "rate 0.001,"));
  ui_send ("key space");
  ui_wait (pisd_regression_group_is_held (group));
  ui_send ("key Escape"); /* stops, and nothing is lost */
  ui_wait (pisd_regression_group_is_through (group));
  g_assert_true (find_training (ui) == training);
  g_assert_cmpuint (get_step (training, 0), >, 50);
  ui_send ("key Escape");
  ui_wait (find_training (ui) == NULL);
}

/* Closing in the middle does not wait for what is computed: hours of gradient descent. */
static void
test_closes (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_training (ui);
  gint64 begun;

  adw_combo_row_set_selected (ADW_COMBO_ROW (explorer_training_get_part (training, "target")), 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (explorer_training_get_part (training, "method")),
                              PISD_DESCENT_GRADIENT);
  ui_send ("key ctrl+Return");
  ui_wait (get_step (training, 0) != G_MAXUINT64 && get_step (training, 0) > 0);
  g_object_add_weak_pointer (G_OBJECT (training), (gpointer *) &training);
  begun = g_get_monotonic_time ();
  gtk_window_close (GTK_WINDOW (training));
  g_test_message ("closed after %d ms", (int) ((g_get_monotonic_time () - begun) / 1000));
  g_assert_null (find_training (ui));
  ui_wait (training == NULL);
}

static void
test_saved (Ui *ui, gconstpointer data)
{
  ExplorerTraining *training = open_training (ui);
  g_autofree char *figure = ui_path (ui, "t.svg");
  g_autofree char *table = ui_path (ui, "t.csv");
  g_autofree char *text = NULL;

  set_steps (training, 50);
  ui_send ("key l key space");
  ui_wait (is_through (training));
  ui_wait (get_step (training, 0) == 50);
  explorer_training_save (training, figure);
  ui_wait (g_strcmp0 (explorer_training_get_last_toast (training), "Saved as t.svg") == 0);
  explorer_training_save (training, table);
  ui_wait (g_strcmp0 (explorer_training_get_last_toast (training), "Saved as t.csv") == 0);
  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "run,step,time,loss,"));
  g_assert_nonnull (strstr (text, "\ngelu-2,50,50,"));
  close_training (ui);
}

#define ADD(path, function) \
  g_test_add ("/ui/training/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("trains", test_trains);
  ADD ("setup", test_setup);
  ADD ("refused", test_refused);
  ADD ("held", test_held);
  ADD ("closes", test_closes);
  ADD ("saved", test_saved);
  return g_test_run ();
}
