/* The window that takes steps apart, by pointer and keys: a click on a step's curve opens it there,
 * it follows the scrubber and a run, its curves choose steps, and every method has its words. */

#include <math.h>
#include <string.h>

#include "explorer-inspect.h"
#include "pisd-mode-map.h"
#include "ui-fixture.h"

#define N_STEPS 24

static ExplorerInspect *
find_inspect (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_INSPECT);
}

/* Few steps and modes, sensors on both fields. */
static void
run_method (Ui *ui, PisdGuidanceId guidance)
{
  explorer_session_apply_preset (ui->session, guidance);
  ui_set_setting (ui, "mode-set", "square");
  ui_set_setting (ui, "modes", "12");
  ui_set_setting (ui, "steps", G_STRINGIFY (N_STEPS));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 7));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 20, 7));
  ui_set_setting (ui, "zeta-pde", "0.001");
  ui_run_to_the_end (ui);
}

static ExplorerInspect *
wait_for_inspect (Ui *ui)
{
  ui_wait (find_inspect (ui) != NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (find_inspect (ui))));
  return find_inspect (ui);
}

static ExplorerInspect *
open_inspect (Ui *ui)
{
  ui_key (ui, "ctrl+i");
  return wait_for_inspect (ui);
}

static void
close_inspect (Ui *ui, const char *key)
{
  ui_send ("key %s", key);
  ui_wait (find_inspect (ui) == NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
}

static gboolean
knows_all (ExplorerInspect *inspect)
{
  const PisdInspectionCurves *curves =
      explorer_inspect_curves_get (explorer_inspect_get_curves (inspect));

  for (guint i = 0; i < curves->n; i++)
    if (!curves->is_known[i])
      return FALSE;
  return curves->n == N_STEPS;
}

/* The pictures are those of the engine's inspection of that step, which a run made. */
static void
assert_pictures (const ExplorerRun *run, ExplorerInspect *inspect, guint step)
{
  g_auto (PisdRunCache) cache = { 0 };
  PisdChannel *channel = explorer_job_get_channel (run->job);
  const PisdScenario *scenario = explorer_run_get_scenario (run);
  g_autoptr (PisdInspector) inspector = pisd_inspector_new (scenario, NULL, &cache, 1, NULL, NULL);
  g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, step);
  g_autoptr (PisdFrame) next = pisd_channel_dup_frame (channel, step + 1);
  g_autoptr (PisdInspection) expected = pisd_inspector_look (inspector, frame, next);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  ExplorerInspectPictures *pictures = explorer_inspect_get_pictures (inspect);

  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    {
      PisdPanel panel;

      g_assert_true (explorer_inspect_pictures_get_panel (pictures, k, FALSE, &panel));
      g_assert_true (
          pisd_inspector_decode (inspector, pisd_inspection_get_vector (expected, k), 0, field));
      g_assert_cmpfloat (pisd_field_relative_error (panel.field, field), <, 1e-9);
      g_assert_true (explorer_inspect_pictures_get_panel (pictures, k, TRUE, &panel));
      g_assert_cmpuint (panel.field->nx, ==, 12);
      g_assert_cmpfloat_with_epsilon (panel.max - panel.min, PISD_MODE_MAP_DECADES, 1e-9);
    }
}

/* A double click on the curves of a step, and a click with Ctrl. */
static void
test_click (Ui *ui, gconstpointer data)
{
  GtkWidget *timeline = GTK_WIDGET (ui->timeline);
  ExplorerInspect *inspect;
  guint step;

  run_method (ui, PISD_GUIDANCE_PISD);
  ui_move_to (ui, timeline, 0.5 * gtk_widget_get_width (timeline),
              0.5 * gtk_widget_get_height (timeline));
  ui_send ("click --repeat 2 --delay 30 1");
  inspect = wait_for_inspect (ui);
  step = explorer_window_get_shown_step (ui->window);
  g_assert_cmpuint (step, >, 6);
  g_assert_cmpuint (step, <, 18);
  ui_wait (explorer_inspect_get_step (inspect) == (int) step);
  assert_pictures (explorer_session_get_shown_run (ui->session), inspect, step);
  g_assert_cmpstr (explorer_inspect_pictures_get_heading (explorer_inspect_get_pictures (inspect),
                                                          PISD_TERM_PDE),
                   ==, "Equation");
  close_inspect (ui, "Escape");

  ui_move_to (ui, timeline, 0.4 * gtk_widget_get_width (timeline),
              0.5 * gtk_widget_get_height (timeline));
  ui_send ("keydown ctrl click 1 keyup ctrl");
  inspect = wait_for_inspect (ui);
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), <, step);
  close_inspect (ui, "ctrl+w");
}

/* The last step before a branch with other noise and weights is the run's own. */
static void
test_branch (Ui *ui, gconstpointer data)
{
  const ExplorerRun *run;
  ExplorerInspect *inspect;

  run_method (ui, PISD_GUIDANCE_PISD);
  ui_set_setting (ui, "sampler", "heun");
  ui_set_setting (ui, "churn", "6");
  ui_run_to_the_end (ui);
  run = explorer_session_get_shown_run (ui->session);
  ui_set_setting (ui, "seed", "5");
  ui_set_setting (ui, "zeta-obs-a", "0.3");
  g_assert_true (explorer_session_branch (ui->session, 10, PISD_PACE_FREE));
  ui_wait (!explorer_session_is_running (ui->session));
  g_signal_emit_by_name (ui->timeline, "step-selected", 9);
  inspect = open_inspect (ui);
  ui_wait (explorer_inspect_get_step (inspect) == 9);
  assert_pictures (run, inspect, 9);
  g_signal_emit_by_name (ui->timeline, "step-selected", 10);
  ui_wait (explorer_inspect_get_step (inspect) == 10);
  assert_pictures (explorer_session_get_shown_run (ui->session), inspect, 10);
  ui_wait (knows_all (inspect));
  close_inspect (ui, "Escape");
}

static gboolean
says_step (ExplorerInspect *inspect, guint step)
{
  g_autofree char *start = g_strdup_printf ("step %u to %u of 24", step, step + 1);

  return g_str_has_prefix (explorer_inspect_get_subtitle (inspect), start);
}

/* All steps get their numbers; a click on the curves and keys choose a step of the main window. */
static void
test_curves (Ui *ui, gconstpointer data)
{
  ExplorerInspect *inspect;
  ExplorerInspectCurves *curves;

  run_method (ui, PISD_GUIDANCE_PISD);
  inspect = open_inspect (ui);
  curves = explorer_inspect_get_curves (inspect);
  ui_wait (says_step (inspect, N_STEPS - 1)); /* the result ends it */
  ui_wait (knows_all (inspect));
  ui_click (ui, GTK_WIDGET (curves), explorer_inspect_curves_find_place (curves, 10),
            0.5 * gtk_widget_get_height (GTK_WIDGET (curves)), 1);
  ui_wait (says_step (inspect, 10));
  g_assert_cmpuint (explorer_window_get_shown_step (ui->window), ==, 10);
  g_assert_cmpuint (explorer_timeline_get_step (ui->timeline), ==, 10);
  g_assert_false (isnan (explorer_charts_get_pointed (EXPLORER_CHARTS (curves))));
  ui_send ("key Right Right Left");
  ui_wait (says_step (inspect, 11));
  ui_send ("key Home");
  ui_wait (says_step (inspect, 0));
  ui_wait (explorer_inspect_curves_get (curves)->step == 0.0);
  close_inspect (ui, "Escape");
}

static gboolean
is_labelled (GtkWidget *button, gconstpointer label)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0;
}

static void
click_button (Ui *ui, ExplorerInspect *inspect, const char *label)
{
  GtkWidget *button = ui_find (GTK_WIDGET (inspect), GTK_TYPE_TOGGLE_BUTTON, is_labelled, label);

  g_assert_nonnull (button);
  ui_click (ui, button, 8, 8, 1);
  ui_wait (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

/* Shares and cosines, and the other field, by pointer; norms again by a key. */
static void
test_choices (Ui *ui, gconstpointer data)
{
  ExplorerInspect *inspect;
  ExplorerInspectCurves *curves;
  PisdPanel before, after;
  double most;

  run_method (ui, PISD_GUIDANCE_PISD);
  inspect = open_inspect (ui);
  curves = explorer_inspect_get_curves (inspect);
  ui_wait (explorer_inspect_get_step (inspect) == N_STEPS - 1);
  click_button (ui, inspect, "Shares");
  ui_wait (explorer_inspect_curves_get (curves)->chart == PISD_INSPECTION_SHARES);
  click_button (ui, inspect, "Cosines");
  ui_wait (explorer_inspect_curves_get (curves)->chart == PISD_INSPECTION_COSINES);
  gtk_widget_grab_focus (
      ui_find (GTK_WIDGET (inspect), GTK_TYPE_TOGGLE_BUTTON, is_labelled, "Norms"));
  ui_send ("key space");
  ui_wait (explorer_inspect_curves_get (curves)->chart == PISD_INSPECTION_NORMS);
  g_assert_true (explorer_inspect_pictures_get_panel (explorer_inspect_get_pictures (inspect),
                                                      PISD_INSPECTION_TOTAL, FALSE, &before));
  most = before.max;
  click_button (ui, inspect, "u");
  g_assert_true (explorer_inspect_pictures_get_panel (explorer_inspect_get_pictures (inspect),
                                                      PISD_INSPECTION_TOTAL, FALSE, &after));
  g_assert_cmpfloat (after.max, !=, most);
  g_assert_cmpstr (after.title, ==, "u in space");
  close_inspect (ui, "Escape");
}

/* What the main window shows is what is taken apart. */
static void
test_follows (Ui *ui, gconstpointer data)
{
  GtkWidget *timeline = GTK_WIDGET (ui->timeline);
  ExplorerInspect *inspect;

  run_method (ui, PISD_GUIDANCE_DPS);
  inspect = open_inspect (ui);
  ui_wait (says_step (inspect, N_STEPS - 1));
  ui_move_window (ui, 0, 0);
  gtk_window_present (GTK_WINDOW (ui->window));
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
  gtk_widget_grab_focus (timeline);
  ui_key (ui, "Home");
  ui_wait (says_step (inspect, 0));
  ui_key (ui, "Right");
  ui_wait (says_step (inspect, 1));
  ui_key (ui, "ctrl+Return"); /* another run, which it follows to the end */
  ui_wait (!explorer_session_is_running (ui->session));
  ui_wait (says_step (inspect, N_STEPS - 1));
  ui_wait (knows_all (inspect));
}

static void
assert_note (Ui *ui, PisdGuidanceId guidance, const char *needle)
{
  ExplorerInspect *inspect;

  explorer_session_apply_preset (ui->session, guidance);
  ui_set_setting (ui, "modes", "12");
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 7));
  ui_run_to_the_end (ui);
  inspect = open_inspect (ui);
  ui_wait (explorer_inspect_get_note (inspect) != NULL);
  g_assert_nonnull (strstr (explorer_inspect_get_note (inspect), needle));
  close_inspect (ui, "Escape");
}

/* Where there is no gradient it says so, or shows what pulls instead. */
static void
test_methods (Ui *ui, gconstpointer data)
{
  ExplorerInspect *inspect;
  ExplorerInspectPictures *pictures;

  assert_note (ui, PISD_GUIDANCE_EXACT, "no gradient");
  assert_note (ui, PISD_GUIDANCE_NONE, "Nothing guides this run");
  run_method (ui, PISD_GUIDANCE_SECOND_ORDER);
  inspect = open_inspect (ui);
  pictures = explorer_inspect_get_pictures (inspect);
  ui_wait (explorer_inspect_get_step (inspect) >= 0);
  g_assert_null (explorer_inspect_get_note (inspect));
  g_assert_cmpstr (explorer_inspect_pictures_get_heading (pictures, 0), ==, "Readings of a");
  g_assert_cmpstr (explorer_inspect_pictures_get_heading (pictures, 1), ==, "Readings of u");
  g_assert_null (explorer_inspect_pictures_get_heading (pictures, PISD_TERM_PDE));
  close_inspect (ui, "Escape");
}

/* A run that is paused between two steps has its newest one taken apart, and then the next. */
static void
test_steps (Ui *ui, gconstpointer data)
{
  ExplorerInspect *inspect;

  run_method (ui, PISD_GUIDANCE_PISD);
  inspect = open_inspect (ui);
  gtk_window_present (GTK_WINDOW (ui->window));
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
  ui_key (ui, "period");
  ui_wait (says_step (inspect, 0));
  g_assert_true (explorer_session_is_paused (ui->session));
  ui_key (ui, "period");
  ui_wait (says_step (inspect, 1));
  ui_wait (!isnan (explorer_inspect_curves_get (explorer_inspect_get_curves (inspect))->step));
  ui_key (ui, "Escape");
}

#define ADD(path, function) \
  g_test_add ("/ui/inspect/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("click", test_click);
  ADD ("branch", test_branch);
  ADD ("curves", test_curves);
  ADD ("choices", test_choices);
  ADD ("follows", test_follows);
  ADD ("methods", test_methods);
  ADD ("steps", test_steps);
  return g_test_run ();
}
