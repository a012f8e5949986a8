/* The histogram at the node pointed at: what it holds, when there is none, and its pointer and
 * key. */

#include <math.h>
#include <string.h>

#include "explorer-probe-chart.h"
#include "ui-fixture.h"

#define N_SAMPLES 5

static ExplorerProbeChart *
get_chart (Ui *ui)
{
  return EXPLORER_PROBE_CHART (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_PROBE_CHART, NULL, NULL));
}

static const PisdResult *
get_result (Ui *ui)
{
  return explorer_session_get_result (ui->session);
}

/* The key shows it, and takes it away. */
static void
show (Ui *ui)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_chart (ui))));
  ui_key (ui, "m");
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (get_chart (ui))));
}

static void
wait_for_note (Ui *ui, const char *start)
{
  ui_wait (explorer_probe_chart_get_note (get_chart (ui)) != NULL
           && g_str_has_prefix (explorer_probe_chart_get_note (get_chart (ui)), start));
  g_assert_null (explorer_probe_chart_get_marginal (get_chart (ui), 0));
}

static const PisdMarginal *
wait_for_marginal (Ui *ui, guint field)
{
  ui_wait (explorer_probe_chart_get_marginal (get_chart (ui), field) != NULL);
  return explorer_probe_chart_get_marginal (get_chart (ui), field);
}

/* All samples of the result at that node. */
static void
assert_values (Ui *ui, const PisdMarginal *marginal, guint field, guint frame, guint i, guint j)
{
  const gsize node = ((gsize) frame * PISD_GRID + i) * PISD_GRID + j;
  double sum = 0.0;

  g_assert_cmpuint (marginal->n, ==, N_SAMPLES);
  for (guint k = 0; k < N_SAMPLES; k++)
    sum += pisd_result_get_sample (get_result (ui), field, k)[node] / N_SAMPLES;
  g_assert_cmpfloat_with_epsilon (marginal->mean, sum, 1e-12 * fabs (sum) + 1e-15);
}

static gboolean
knows_spread (Ui *ui)
{
  const PisdMarginal *marginal = explorer_probe_chart_get_marginal (get_chart (ui), 0);

  return marginal != NULL && !isnan (marginal->beside.exact_sd);
}

/* Both fields at the node under the pointer, with truth, estimate and the exact posterior, which
 * stay when the pointer goes to the chart and reads there. */
static void
test_values (Ui *ui, gconstpointer data)
{
  const PisdScenario *scenario;
  g_autoptr (PisdExact) exact = NULL;
  const PisdMarginal *marginal;
  const gsize node = 40 * PISD_GRID + 50;

  ui_run_few (ui, N_SAMPLES);
  show (ui);
  wait_for_note (ui, "Point at a field");
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  assert_values (ui, wait_for_marginal (ui, 0), 0, 0, 40, 50);
  assert_values (ui, wait_for_marginal (ui, 1), 1, 0, 40, 50);
  ui_wait (knows_spread (ui));
  marginal = explorer_probe_chart_get_marginal (get_chart (ui), 0);
  scenario = explorer_session_get_scenario (ui->session);
  exact = pisd_exact_new (scenario, NULL, TRUE, 1, NULL, NULL);
  g_assert_cmpfloat_with_epsilon (marginal->beside.exact_mean, exact->mean[0]->data[node], 1e-6);
  g_assert_cmpfloat_with_epsilon (marginal->beside.exact_sd, exact->sd[0]->data[node], 1e-6);
  g_assert_cmpfloat (marginal->beside.truth, ==,
                     pisd_instance_get_field (scenario->instance, PISD_FIELD_A)->data[node]);
  ui_click (ui, GTK_WIDGET (get_chart (ui)), 90, 40, 1);
  ui_wait (!isnan (explorer_charts_get_pointed (EXPLORER_CHARTS (get_chart (ui)))));
  assert_values (ui, wait_for_marginal (ui, 0), 0, 0, 40, 50);
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "x\u00a00.394"));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 20); /* a click there places nothing */
  ui_key (ui, "m");
  ui_wait (!gtk_widget_get_mapped (GTK_WIDGET (get_chart (ui))));
}

static gboolean
reads_node (Ui *ui)
{
  return strstr (explorer_view_grid_get_readout (ui->grid), "x\u00a00.394") != NULL;
}

/* The node of the chart is marked and read out as long as the chart stands. */
static void
test_hidden (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, N_SAMPLES);
  show (ui);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  wait_for_marginal (ui, 0);
  ui_click (ui, GTK_WIDGET (get_chart (ui)), 90, 40, 1);
  ui_wait (!isnan (explorer_charts_get_pointed (EXPLORER_CHARTS (get_chart (ui)))));
  g_assert_true (reads_node (ui));
  ui_key (ui, "m");
  ui_wait (!gtk_widget_get_mapped (GTK_WIDGET (get_chart (ui))));
  g_assert_false (reads_node (ui));
  ui_key (ui, "m");
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (get_chart (ui))));
  wait_for_marginal (ui, 0);
  g_assert_true (reads_node (ui));
}

static gboolean
says (Ui *ui, const char *words)
{
  const char *missing = explorer_probe_chart_get_missing (get_chart (ui));

  return missing != NULL && strstr (missing, words) != NULL;
}

/* A curve that is not there is told of, be it stopped; asked for again it is computed. */
static void
test_no_curve (Ui *ui, gconstpointer data)
{
  ExplorerSpread *spread = explorer_window_get_spread (ui->window);

  ui_run_few (ui, N_SAMPLES);
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
  explorer_preferences_set (ui->preferences, "probe-chart", TRUE);
  g_assert_true (explorer_spread_can_stop (spread));
  gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.cancel", NULL);
  ui_wait (!explorer_spread_is_busy (spread));
  g_assert_null (explorer_spread_get (spread));
  g_assert_false (explorer_spread_can_stop (spread));
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  ui_wait (says (ui, "no Gaussian"));
  ui_key (ui, "m");
  ui_key (ui, "m");
  ui_wait (knows_spread (ui));
  g_assert_false (says (ui, "Gaussian"));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, EXPLORER_EXACT_QUICK + 1, 7);
  ui_run_to_the_end (ui);
  ui_wait (says (ui, "no Gaussian: > "));
}

/* At an earlier step the samples stay and the estimate is that step's. */
static void
test_scrubbing (Ui *ui, gconstpointer data)
{
  double last;

  ui_run_few (ui, N_SAMPLES);
  show (ui);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 20, 30);
  last = wait_for_marginal (ui, 0)->beside.estimate;
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  ui_wait (wait_for_marginal (ui, 0)->beside.estimate != last);
  g_assert_cmpfloat (wait_for_marginal (ui, 0)->beside.estimate, ==,
                     explorer_view_grid_get_estimate (ui->grid, 0)->data[20 * PISD_GRID + 30]);
  assert_values (ui, wait_for_marginal (ui, 0), 0, 0, 20, 30);
}

/* Where there is nothing to show it says why. */
static void
test_notes (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, 1);
  show (ui);
  wait_for_note (ui, "One sample has no histogram");
  ui_run_few (ui, 2);
  ui_move_to_node (ui, 1, EXPLORER_COLUMN_TRUTH, 60, 60);
  wait_for_marginal (ui, 1);
  explorer_preferences_set (ui->preferences, "follow", FALSE);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 3, 4, 0, FALSE);
  wait_for_note (ui, "The samples are of another set-up");
  explorer_session_undo (ui->session);
  wait_for_marginal (ui, 1);
}

/* The keys of a view move the node. */
static void
test_keys (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, N_SAMPLES);
  show (ui);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 20, 30);
  wait_for_marginal (ui, 0);
  gtk_widget_grab_focus (
      GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_ESTIMATE)));
  ui_key (ui, "Right");
  ui_wait (explorer_view_grid_get_probe (ui->grid)->j != 30);
  g_assert_cmpint (explorer_view_grid_get_probe (ui->grid)->j, ==, 31);
  assert_values (ui, wait_for_marginal (ui, 0), 0, 0, 20, 31);
}

/* Of a flow the frame that is shown. */
static void
test_flow (Ui *ui, gconstpointer data)
{
  explorer_session_set_equation (ui->session,
                                 &(PisdEquation){ PISD_PROBLEM_NAVIER_STOKES, { 1e-3 } });
  ui_set_setting (ui, "guidance", "none");
  ui_set_setting (ui, "modes", "8");
  ui_set_setting (ui, "steps", "2");
  ui_set_setting (ui, "samples", "5");
  ui_run_to_the_end (ui);
  show (ui);
  ui_move_to_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 20, 30);
  ui_key (ui, "b");
  ui_wait (explorer_view_grid_get_moment (ui->grid, 1) == 7);
  assert_values (ui, wait_for_marginal (ui, 1), 1, 7, 20, 30);
}

/* Preferences outlive a window. */
static void
tear_down (Ui *ui, gconstpointer data)
{
  explorer_preferences_set (ui->preferences, "probe-chart", FALSE);
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  ui_tear_down (ui, data);
}

#define ADD(path, function) g_test_add ("/ui/probe/" path, Ui, NULL, ui_set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("values", test_values);
  ADD ("hidden", test_hidden);
  ADD ("no-curve", test_no_curve);
  ADD ("scrubbing", test_scrubbing);
  ADD ("notes", test_notes);
  ADD ("keys", test_keys);
  ADD ("flow", test_flow);
  return g_test_run ();
}
