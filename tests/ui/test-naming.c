/* The name of what is shown, the mark of what is of another set-up, and colour ranges that start
 * anew with each run. */

#include <math.h>
#include <string.h>

#include "explorer-export.h"
#include "ui-fixture.h"

/* What stands in the window, in words. */

static gboolean
is_drawn_label (GtkWidget *widget, gconstpointer text)
{
  return gtk_widget_is_drawable (widget)
         && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
is_read (Ui *ui, const char *text)
{
  return ui_find (GTK_WIDGET (ui->window), GTK_TYPE_LABEL, is_drawn_label, text) != NULL;
}

#define assert_name(ui, text)                                               \
  G_STMT_START                                                              \
  {                                                                         \
    g_assert_cmpstr (explorer_view_grid_get_name ((ui)->grid), ==, (text)); \
    g_assert_true (is_read ((ui), (text)));                                 \
  }                                                                         \
  G_STMT_END

static gboolean
are_numbers_dim (Ui *ui)
{
  GtkWidget *numbers = GTK_WIDGET (ui->window);
  static const char *const class = "of-another-setup";

  numbers = ui_find (numbers, g_type_from_name ("ExplorerNumberBar"), NULL, NULL);
  return gtk_widget_has_css_class (numbers, class);
}

/* Picture, numbers and words agree on whether what is shown is of the set-up. */
static void
assert_mark (Ui *ui, const char *mark)
{
  static const ExplorerColumn columns[] = { EXPLORER_COLUMN_ESTIMATE, EXPLORER_COLUMN_ERROR };
  g_autofree char *words = g_strdup_printf ("%s, run again", mark != NULL ? mark : "");
  g_autofree char *caption = explorer_export_dup_caption (ui->session, ui->grid);
  PisdPanel panel;

  for (guint row = 0; row < 2; row++)
    for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
      {
        ui_get_panel (ui, row, columns[c], &panel);
        g_assert_cmpstr (panel.mark, ==, mark);
      }
  ui_get_panel (ui, 0, EXPLORER_COLUMN_TRUTH, &panel);
  g_assert_null (panel.mark);
  g_assert_cmpint (are_numbers_dim (ui), ==, mark != NULL);
  ui_settle (ui);
  g_assert_cmpint (is_read (ui, words), ==, mark != NULL);
  g_assert_cmpint (mark != NULL && strstr (caption, mark) != NULL, ==, mark != NULL);
}

static void
wait_for_mark (Ui *ui, const char *mark)
{
  ui_wait (g_strcmp0 (explorer_view_grid_get_mark (ui->grid), mark) == 0);
  assert_mark (ui, mark);
}

/* Each kind of edit.  Each begins with 20 sensors on a, one of them on node (60, 60), and a
 * finished run. */

static void
edit_click (Ui *ui)
{
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 90, 1);
}

static void
edit_erase (Ui *ui)
{
  ui_click_node (ui, 0, EXPLORER_COLUMN_TRUTH, 60, 60, 3);
}

static void
edit_move (Ui *ui)
{
  explorer_session_move_sensor (ui->session, PISD_FIELD_A, 0, 60, 60, 62, 60);
}

static void
edit_scatter (Ui *ui)
{
  explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 10, 7);
}

static void
edit_grid (Ui *ui)
{
  explorer_session_place_grid (ui->session, PISD_FIELD_A, 0, 3, 3);
}

static void
edit_ring (Ui *ui)
{
  explorer_session_place_ring (ui->session, PISD_FIELD_A, 0, 12);
}

static void
edit_clear (Ui *ui)
{
  explorer_session_clear_sensors (ui->session);
}

static void
edit_open_sensors (Ui *ui)
{
  g_autofree char *path = ui_path (ui, "others.csv");

  g_assert_true (g_file_set_contents (path, "field,x,y,value\na,0.25,0.5,1\n", -1, NULL));
  g_assert_true (ui_open (ui, path));
}

static void
edit_weight (Ui *ui)
{
  ui_set_setting (ui, "zeta-pde", "0.25");
}

static void
edit_steps (Ui *ui)
{
  ui_set_setting (ui, "steps", "7");
}

static void
edit_seed (Ui *ui)
{
  ui_set_setting (ui, "seed", "5");
}

static void
edit_samples (Ui *ui)
{
  ui_set_setting (ui, "samples", "3");
}

static void
edit_method (Ui *ui)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
}

static void
edit_mean (Ui *ui)
{
  ui_set_setting (ui, "mean-sd", "1");
}

static void
edit_modes (Ui *ui)
{
  ui_set_setting (ui, "modes", "20");
}

static void
edit_truth (Ui *ui)
{
  ui_set_setting (ui, "instance-seed", "9");
}

static void
edit_source (Ui *ui)
{
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);

  source->data[70 * PISD_GRID + 70] = 1;
  g_assert_true (explorer_session_set_source (ui->session, source));
}

static void
edit_live (Ui *ui)
{
  ui_key (ui, "l");
  ui_key (ui, "l");
}

static const struct
{
  const char *name;
  void (*edit) (Ui *ui);
  const char *mark;
  gboolean other_truth; /* there is no error to mark */
} edits[] = {
  { "click", edit_click, "Sensors changed" },
  { "erase", edit_erase, "Sensors changed" },
  { "move", edit_move, "Sensors changed" },
  { "scatter", edit_scatter, "Sensors changed" },
  { "grid", edit_grid, "Sensors changed" },
  { "ring", edit_ring, "Sensors changed" },
  { "clear", edit_clear, "Sensors changed" },
  { "open-sensors", edit_open_sensors, "Truth changed", TRUE },
  { "weight", edit_weight, "Settings changed" },
  { "steps", edit_steps, "Settings changed" },
  { "seed", edit_seed, "Settings changed" },
  { "samples", edit_samples, "Settings changed" },
  { "method", edit_method, "Settings changed" },
  { "mean", edit_mean, "Settings changed" },
  { "modes", edit_modes, "Settings changed" },
  { "truth", edit_truth, "Truth changed", TRUE },
  { "source", edit_source, "Truth changed", TRUE },
  { "live", edit_live, "Settings changed" },
};

static void
finish_a_run (Ui *ui)
{
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 19, 1);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 60, 60, 0, FALSE);
  ui_set_setting (ui, "steps", "12");
  ui_run_to_the_end (ui);
  assert_name (ui, "PISD, 12 steps, seed 1");
  assert_mark (ui, NULL);
}

/* An edit of each mark is also done again. */
static gboolean
is_first_of_its_mark (guint k)
{
  return k == 0 || !g_str_equal (edits[k].mark, edits[k - 1].mark);
}

/* With the edit comes the mark, with its undo it goes, with its redo it comes again, and a run
 * takes it away. */
static void
test_edits (Ui *ui, gconstpointer data)
{
  finish_a_run (ui);
  for (guint k = 0; k < G_N_ELEMENTS (edits); k++)
    {
      g_test_message ("%s", edits[k].name);
      edits[k].edit (ui);
      wait_for_mark (ui, edits[k].mark);
      assert_name (ui, "PISD, 12 steps, seed 1");
      ui_key (ui, "ctrl+z");
      assert_mark (ui, NULL);
      if (!is_first_of_its_mark (k))
        continue;
      ui_key (ui, "ctrl+shift+z");
      wait_for_mark (ui, edits[k].mark);
      ui_key (ui, "ctrl+z");
      assert_mark (ui, NULL);
    }
  edit_click (ui);
  wait_for_mark (ui, "Sensors changed");
  ui_key (ui, "ctrl+Return");
  ui_wait (!explorer_session_is_running (ui->session));
  assert_mark (ui, NULL);
}

/* Another equation's estimate is not shown at all; that of this one comes back with its undo. */
static void
test_equation (Ui *ui, gconstpointer data)
{
  finish_a_run (ui);
  explorer_session_set_equation (ui->session, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 3 } });
  ui_settle (ui);
  g_assert_null (explorer_view_grid_get_name (ui->grid));
  g_assert_null (explorer_view_grid_get_estimate (ui->grid, 0));
  g_assert_cmpstr (explorer_window_get_number (ui->window, "step"), ==, "–");
  ui_key (ui, "ctrl+z");
  assert_name (ui, "PISD, 12 steps, seed 1");
  assert_mark (ui, NULL);
}

static void
test_open_scenario (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "here.pisd");

  finish_a_run (ui);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_SCENARIO, path));
  edit_clear (ui);
  wait_for_mark (ui, "Sensors changed");
  g_assert_true (ui_open (ui, path));
  assert_mark (ui, NULL);
}

/* Names. */

static void
assert_caption_has (Ui *ui, const char *words)
{
  g_autofree char *caption = explorer_export_dup_caption (ui->session, ui->grid);

  if (strstr (caption, words) == NULL)
    g_error ("`%s` lacks `%s`", caption, words);
}

static void
test_names (Ui *ui, gconstpointer data)
{
  finish_a_run (ui);
  assert_caption_has (ui, " · PISD, 12 steps, seed 1 · weights: a 0.05, equation 0.0005 · ");
  assert_caption_has (ui, "20 sensors (a\u00a020, u\u00a00)");
  assert_caption_has (ui, "error of a ");

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_set_setting (ui, "samples", "3");
  ui_run_to_the_end (ui);
  assert_name (ui, "Second order, 12 steps, mean of 3, seed 1");
  assert_caption_has (ui, " · Second order, 12 steps, mean of 3, seed 1 · error");
  g_signal_emit_by_name (ui->timeline, "step-selected", 5);
  assert_name (ui, "Second order, 12 steps, one of 3 samples, seed 1");

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_EXACT);
  assert_name (ui, "Second order, 12 steps, one of 3 samples, seed 1");
  ui_run_to_the_end (ui);
  assert_name (ui, "Exact posterior mean");
  assert_mark (ui, NULL);

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  assert_name (ui, "Exact posterior mean");
  wait_for_mark (ui, "Settings changed");
}

/* The method changes with it, which is said, and the run that stays is marked. */
static void
test_live (Ui *ui, gconstpointer data)
{
  finish_a_run (ui);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_set_setting (ui, "samples", "1");
  ui_run_to_the_end (ui);
  assert_name (ui, "DPS, 12 steps, seed 1");
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
  ui_key (ui, "l");
  assert_name (ui, "Live: exact for these sensors");
  assert_mark (ui, NULL);
  assert_caption_has (ui, " · Live: exact for these sensors · error");
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Changed with it: Method to Second order");
  ui_key (ui, "l");
  assert_name (ui, "DPS, 12 steps, seed 1");
  wait_for_mark (ui, "Settings changed");
}

/* Steps of a paused run, counted from 1; the weights of the next ones may be others. */
static void
test_stopped_and_retuned (Ui *ui, gconstpointer data)
{
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1);
  for (guint k = 0; k < 3; k++)
    {
      ui_key (ui, "period");
      ui_wait (explorer_window_get_shown_step (ui->window) == k + 1
               || explorer_session_get_n_frames (ui->session) > k);
    }
  assert_name (ui, "PISD, 300 steps, seed 1");
  edit_weight (ui);
  assert_name (ui, "PISD, 300 steps, seed 1, weights changed on the way");
  assert_mark (ui, NULL);
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_nonnull (strstr (explorer_view_grid_get_name (ui->grid), "stopped at step "));
  g_assert_nonnull (strstr (explorer_view_grid_get_name (ui->grid), " of 300, seed 1"));
  ui_key (ui, "ctrl+z");
  wait_for_mark (ui, "Settings changed");
}

/* Ranges. */

#define ABSURD 1e4 /* no field is anywhere near */

static double
get_largest (Ui *ui)
{
  PisdPanel panel;

  ui_get_panel (ui, 0, EXPLORER_COLUMN_ESTIMATE, &panel);
  return panel.max;
}

typedef struct
{
  Ui *ui;
  guint n_frames;
  double largest; /* end of the range of a since the run began */
} Watch;

/* The exact answer for the sensors comes before the run has anything to show. */
static void
on_run_started (Watch *watch)
{
  explorer_view_grid_set_exact (watch->ui->grid,
                                explorer_exact_get (explorer_window_get_exact (watch->ui->window)));
}

static void
on_frame (Watch *watch)
{
  watch->n_frames++;
  watch->largest = fmax (watch->largest, get_largest (watch->ui));
}

/* A weight that makes the run explode, in mid-run, and the preset again; then a sensor. */
static void
test_range_starts_anew (Ui *ui, gconstpointer data)
{
  Watch watch = { ui, 0, 0 };

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_set_setting (ui, "steps", "2000");
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_session_get_n_frames (ui->session) > 5);
  ui_set_setting (ui, "zeta-obs-a", "1e9");
  ui_wait (get_largest (ui) > ABSURD);
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_set_setting (ui, "steps", "40");
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  g_signal_connect_data (ui->session, "run-started", G_CALLBACK (on_run_started), &watch, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_data (ui->session, "frame", G_CALLBACK (on_frame), &watch, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  ui_wait (explorer_session_get_run_settings (ui->session)->steps == 40
           && !explorer_session_is_running (ui->session));
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
  g_assert_cmpuint (watch.n_frames, >, 0);
  g_assert_cmpfloat (get_largest (ui), <, ABSURD);
  g_assert_cmpfloat (watch.largest, <, ABSURD);
}

/* What stays on screen until a run has something to show keeps the colours that it had. */
static void
test_kept_feeds_no_range (Ui *ui, gconstpointer data)
{
  double before;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_set_setting (ui, "steps", "40");
  ui_set_setting (ui, "zeta-obs-a", "1e9");
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (get_largest (ui) > ABSURD);
  explorer_session_stop (ui->session);
  ui_wait (!explorer_session_is_running (ui->session));
  before = get_largest (ui);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_set_setting (ui, "steps", "40");
  explorer_session_run (ui->session, PISD_PACE_PAUSED);
  explorer_view_grid_set_exact (ui->grid, NULL); /* the views are drawn anew */
  g_assert_cmpfloat (get_largest (ui), ==, before);
  ui_key (ui, "period");
  ui_wait (get_largest (ui) < ABSURD);
}

/* The error has the range of its step from the first to the last, and not the widest. */
static void
test_error_has_its_range (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  finish_a_run (ui);
  for (guint step = 0; step <= 12; step += 4)
    {
      double largest = 0;

      g_signal_emit_by_name (ui->timeline, "step-selected", step);
      ui_get_panel (ui, 0, EXPLORER_COLUMN_ERROR, &panel);
      for (gsize k = 0; k < pisd_field_get_n (panel.field); k++)
        largest = fmax (largest, fabs (panel.field->data[k]));
      g_assert_cmpfloat_with_epsilon (panel.max, largest, 1e-9 * largest);
      g_assert_cmpfloat_with_epsilon (panel.min, -largest, 1e-9 * largest);
    }
}

static gboolean
is_said (Ui *ui, const char *words)
{
  const char *toast = explorer_window_get_last_toast (ui->window);

  return toast != NULL && strstr (toast, words) != NULL;
}

/* Said at once, and once a run. */
static void
test_beyond_the_prior (Ui *ui, gconstpointer data)
{
  static const char words[] = "beyond what the prior can be";

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_DPS);
  ui_set_setting (ui, "steps", "60");
  ui_set_setting (ui, "zeta-obs-a", "1e6");
  for (guint run = 0; run < 2; run++)
    {
      ui_key (ui, "ctrl+Return");
      ui_wait (is_said (ui, words));
      explorer_window_show_toast (ui->window, "Something else");
      ui_wait (!explorer_session_is_running (ui->session)
               || explorer_session_is_paused (ui->session));
      g_assert_false (is_said (ui, words));
    }
}

#define ADD(path, function) \
  g_test_add ("/ui/naming/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("edits", test_edits);
  ADD ("equation", test_equation);
  ADD ("open-scenario", test_open_scenario);
  ADD ("names", test_names);
  ADD ("live", test_live);
  ADD ("stopped-and-retuned", test_stopped_and_retuned);
  ADD ("range-starts-anew", test_range_starts_anew);
  ADD ("kept-feeds-no-range", test_kept_feeds_no_range);
  ADD ("error-has-its-range", test_error_has_its_range);
  ADD ("beyond-the-prior", test_beyond_the_prior);
  return g_test_run ();
}
