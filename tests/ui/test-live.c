/* Second-order guidance in the window: the exact answer beside the estimate, live solving, ensembles. */

#include <math.h>
#include <string.h>

#include "explorer-setting-row.h"
#include "pisd-calibration.h"
#include "pisd-edit-sensors.h"
#include "ui-fixture.h"

/* Of the largest: less on a sensor, where readings are exact, says nothing. */
#define LEAST_SPREAD 1e-4

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

static PisdExact *
wait_for_exact (Ui *ui)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);

  ui_wait (explorer_exact_is_current (exact));
  return explorer_exact_get (exact);
}

/* Largest difference, in units of the second field's norm a node. */
static double
compare (const PisdField *a, const PisdField *b)
{
  double largest = 0;

  g_assert_nonnull (a);
  for (gsize k = 0; k < pisd_field_get_n (b); k++)
    largest = fmax (largest, fabs (a->data[k] - b->data[k]));
  return largest / (pisd_field_norm (b) / PISD_GRID);
}

/* The exact answer. */

static void
assert_exact (Ui *ui)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_dup (get_scenario (ui));
  g_autoptr (PisdExact) expected = NULL;
  g_autoptr (GError) error = NULL;
  const PisdExact *exact = wait_for_exact (ui);
  PisdPanel panel;

  expected = pisd_exact_new (scenario, NULL, FALSE, 1, NULL, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < expected->n_fields; f++)
    {
      g_assert_cmpfloat_with_epsilon (exact->errors[f], expected->errors[f],
                                      1e-6 * expected->errors[f]);
      g_assert_cmpfloat (compare (exact->mean[f], expected->mean[f]), <, 1e-6);
      ui_get_panel (ui, f, EXPLORER_COLUMN_EXACT, &panel);
      g_assert_cmpfloat (compare (panel.field, expected->mean[f]), <, 1e-6);
    }
}

/* Set up anew, put together from the set before, and for another problem and truth. */
static void
test_exact_is_the_engines (Ui *ui, gconstpointer data)
{
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 200, 3);
  assert_exact (ui);
  explorer_session_paint (ui->session, PISD_FIELD_U, 0, 40, 50, 2, FALSE);
  assert_exact (ui);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 40, 50, 9, TRUE);
  assert_exact (ui);
  explorer_session_set_equation (ui->session, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 3 } });
  assert_exact (ui);
  explorer_session_set_random_instance (ui->session, PISD_FAMILY_BLOBS, 7);
  assert_exact (ui);
  explorer_session_undo (ui->session);
  assert_exact (ui);
}

static void
note_sites (ExplorerExact *exact, GArray *noted)
{
  const PisdExact *answer = explorer_exact_get (exact);

  if (answer != NULL)
    g_array_append_val (noted, answer->n_sites);
}

/* The answer for many sensors that are gone meanwhile is not computed to its end. */
static void
test_many_removed (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);
  g_autoptr (GArray) noted = g_array_new (FALSE, FALSE, sizeof (guint));

  wait_for_exact (ui);
  g_signal_connect (exact, "changed", G_CALLBACK (note_sites), noted);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 1500, 1);
  explorer_exact_hurry (exact);
  explorer_session_clear_sensors (ui->session);
  g_assert_cmpuint (wait_for_exact (ui)->n_sites, ==, 0);
  g_assert_cmpuint (noted->len, ==, 1);
  g_signal_handlers_disconnect_by_data (exact, noted);
}

static void
test_floor_is_told (Ui *ui, gconstpointer data)
{
  g_autofree char *percent = NULL;
  PisdPanel panel;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 500, 1);
  percent = g_strdup_printf ("%.2f", 100 * wait_for_exact (ui)->errors[0]);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_EXACT, &panel);
  g_assert_nonnull (strstr (panel.title, percent));
  g_assert_nonnull (strstr (explorer_window_get_number (ui->window, "error-a"), percent));
  g_assert_nonnull (strstr (explorer_window_get_number (ui->window, "error-a"), "exact"));
}

static gboolean
is_column_shown (Ui *ui, ExplorerColumn column)
{
  return gtk_widget_get_mapped (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, column)));
}

/* What is chosen is shown, whatever the room. */
static void
test_columns (Ui *ui, gconstpointer data)
{
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  guint n_rows, n_columns;

  ui_send ("getactivewindow windowsize --sync 900 640");
  ui_wait (gtk_widget_get_width (GTK_WIDGET (ui->window)) <= 900);
  ui_settle (ui);
  g_assert_true (is_column_shown (ui, EXPLORER_COLUMN_EXACT));
  explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
  g_assert_cmpuint (n_columns, ==, 4);
  for (guint c = 0; c < 4; c++)
    g_assert_cmpint (
        gtk_widget_get_width (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 1, c))), >, 130);
  explorer_preferences_set (ui->preferences, "column-truth", FALSE);
  ui_settle (ui);
  explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
  g_assert_cmpuint (n_columns, ==, 3);
  g_assert_false (
      gtk_widget_get_mapped (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, 1))));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, 3))));
}

/* Live. */

/* Times, in microseconds, of the last change of the sensors and of the first picture painted after the mean that
 * belongs to it has come. */
typedef struct
{
  Ui *ui;
  gint64 changed, painted;
  gboolean has_mean;
} Watch;

static void
on_changed (Watch *watch)
{
  watch->changed = g_get_monotonic_time ();
  watch->painted = 0;
  watch->has_mean = FALSE;
}

static void
on_mean (Watch *watch)
{
  watch->has_mean = TRUE;
}

static void
on_painted (Watch *watch)
{
  if (watch->has_mean && watch->painted == 0)
    watch->painted = g_get_monotonic_time ();
}

static void
watch_start (Watch *watch, Ui *ui)
{
  *watch = (Watch){ .ui = ui };
  g_signal_connect_swapped (ui->session, "scenario-changed", G_CALLBACK (on_changed), watch);
  g_signal_connect_swapped (explorer_window_get_exact (ui->window), "changed", G_CALLBACK (on_mean),
                            watch);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (ui->window)), "after-paint",
                            G_CALLBACK (on_painted), watch);
}

static void
watch_end (Watch *watch)
{
  Ui *ui = watch->ui;

  g_signal_handlers_disconnect_by_data (ui->session, watch);
  g_signal_handlers_disconnect_by_data (explorer_window_get_exact (ui->window), watch);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (ui->window)),
                                        watch);
}

static void
choose_second_order (Ui *ui)
{
  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER));
  g_assert_true (explorer_live_is_enabled (explorer_window_get_live (ui->window)));
}

/* An edit goes by without a run, and the estimate is the mean for what is there now. */
static void
test_follows_without_a_run (Ui *ui, gconstpointer data)
{
  guint n_frames;
  Watch watch;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 500, 1);
  for (int k = 0; k < 3; k++)
    explorer_session_paint (ui->session, PISD_FIELD_A, 0, 20 + 13 * k, 99, 0, TRUE);
  choose_second_order (ui);
  n_frames = explorer_session_get_n_frames (ui->session);
  wait_for_exact (ui);
  watch_start (&watch, ui);
  for (int k = 0; k < 5; k++)
    {
      const PisdExact *exact;
      PisdPanel panel;

      ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 20 + 13 * (k / 2), 99, k % 2 == 0 ? 1 : 3);
      exact = wait_for_exact (ui);
      ui_wait (watch.painted > 0);
      g_test_message ("sensor to new estimate drawn: %.1f ms",
                      1e-3 * (double) (watch.painted - watch.changed));
      g_assert_cmpfloat (compare (explorer_view_grid_get_estimate (ui->grid, 1), exact->mean[1]),
                         ==, 0);
      ui_get_panel (ui, 0, EXPLORER_COLUMN_ESTIMATE, &panel);
      g_assert_nonnull (strstr (panel.title, "live"));
    }
  watch_end (&watch);
  assert_exact (ui);
  g_assert_false (explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, n_frames);
}

static void
move_pointer (Ui *ui, int i, int j)
{
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, i, j);
}

static void
test_carries_a_sensor (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdScenario) before = NULL;
  g_autoptr (PisdField) picked_up = NULL;
  const PisdSensors *sensors;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 60, 30, 1, TRUE);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 60, 30, 0, FALSE);
  choose_second_order (ui);
  before = pisd_scenario_dup (get_scenario (ui));
  picked_up = pisd_field_dup (wait_for_exact (ui)->mean[0]);
  move_pointer (ui, 60, 30);
  ui_press (ui, 1);
  for (int k = 1; k <= 5; k++)
    {
      move_pointer (ui, 60 + 2 * k, 30 + 3 * k);
      g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, before->sensors->n);
      wait_for_exact (ui);
      g_assert_cmpfloat (compare (explorer_view_grid_get_estimate (ui->grid, 0), picked_up), >,
                         1e-3); /* while the button is down */
    }
  ui_release (ui, 1);
  sensors = get_scenario (ui)->sensors;
  g_assert_cmpint (pisd_edit_find (get_scenario (ui), PISD_FIELD_A, 0, 60, 30), <, 0);
  g_assert_cmpint (pisd_edit_find (get_scenario (ui), PISD_FIELD_A, 0, 70, 45), >=, 0);
  for (guint k = 0, n_moved = 0; k < sensors->n; k++)
    {
      n_moved += memcmp (&sensors->items[k].x, &before->sensors->items[k].x, sizeof (double)) != 0;
      g_assert_cmpuint (n_moved, <=, 1);
    }
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (pisd_edit_diff (before, get_scenario (ui)), ==, 0);
  assert_exact (ui);
}

static void
count_active (ExplorerLive *live, GParamSpec *pspec, guint *n)
{
  *n += explorer_live_is_active (live);
}

/* A run of so many sensors that has something to show. */
static gboolean
has_run_of (Ui *ui, guint n_sensors)
{
  const PisdScenario *run = explorer_session_get_run_scenario (ui->session);

  return run->sensors->n == n_sensors && explorer_session_get_result (ui->session) != NULL;
}

/* The run comes when the pointer has come to rest, and then its own result is shown. */
static void
test_run_follows_rest (Ui *ui, gconstpointer data)
{
  ExplorerLive *live = explorer_window_get_live (ui->window);
  guint n_active = 0;
  PisdPanel panel;

  ui_set_setting (ui, "steps", "20");
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 50, 1);
  choose_second_order (ui);
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  g_signal_connect (live, "notify::active", G_CALLBACK (count_active), &n_active);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  /* Each state may be over before it is seen: what stays is awaited, the other counted. */
  ui_wait (has_run_of (ui, 51));
  g_signal_handlers_disconnect_by_data (live, &n_active);
  g_assert_cmpuint (n_active, ==, 1);
  g_assert_false (explorer_live_is_active (live));
  ui_get_panel (ui, 0, EXPLORER_COLUMN_ESTIMATE, &panel);
  g_assert_null (strstr (panel.title, "live"));
}

/* Not where it is switched off, nor with a method that does not converge to that mean. */
static void
test_only_where_it_may (Ui *ui, gconstpointer data)
{
  ExplorerLive *live = explorer_window_get_live (ui->window);

  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  g_assert_false (explorer_live_is_active (live));
  choose_second_order (ui);
  explorer_preferences_set (ui->preferences, "live", FALSE);
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 80, 1);
  g_assert_false (explorer_live_is_active (live));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 2);
}

/* One key or click from the opening. */
static void
test_one_key (Ui *ui, gconstpointer data)
{
  explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 50, 1);
  wait_for_exact (ui);
  ui_key (ui, "l");
  g_assert_cmpint (get_scenario (ui)->settings.guidance, ==, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_true (explorer_live_is_active (explorer_window_get_live (ui->window)));
  g_assert_cmpfloat (compare (explorer_view_grid_get_estimate (ui->grid, 0),
                              explorer_exact_get (explorer_window_get_exact (ui->window))->mean[0]),
                     ==, 0);
  ui_key (ui, "l");
  g_assert_false (explorer_live_is_enabled (explorer_window_get_live (ui->window)));
  g_assert_false (explorer_live_is_active (explorer_window_get_live (ui->window)));
}

/* Methods. */

static GtkWidget *
find_row (Ui *ui, const char *key)
{
  return gtk_widget_get_ancestor (ui_find_setting (ui, key), EXPLORER_TYPE_SETTING_ROW);
}

/* The row that it is folded into. */
static GtkWidget *
find_advanced (Ui *ui, const char *key)
{
  return gtk_widget_get_ancestor (find_row (ui, key), ADW_TYPE_EXPANDER_ROW);
}

static void
test_rows_of_methods (Ui *ui, gconstpointer data)
{
  static const struct
  {
    PisdGuidanceId guidance;
    gboolean covariance, slack, decay;
  } rows[] = { { PISD_GUIDANCE_PISD, FALSE, FALSE, TRUE },
               { PISD_GUIDANCE_SECOND_ORDER, TRUE, FALSE, FALSE },
               { PISD_GUIDANCE_EXACT, FALSE, FALSE, FALSE } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      explorer_session_apply_preset (ui->session, rows[k].guidance);
      g_assert_cmpint (gtk_widget_get_visible (find_row (ui, "covariance")), ==,
                       rows[k].covariance);
      g_assert_cmpint (gtk_widget_get_visible (find_row (ui, "pde-sd")), ==, rows[k].slack);
      g_assert_cmpint (gtk_widget_get_visible (find_advanced (ui, "beta1")), ==, rows[k].decay);
    }
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_set_setting (ui, "sampler", "heun");
  ui_set_setting (ui, "space", "joint");
  ui_set_setting (ui, "covariance", "isotropic");
  g_assert_true (gtk_widget_get_visible (find_row (ui, "pde-sd")));
  /* A method's preset makes choices that go together. */
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_EXACT);
  g_assert_true (pisd_settings_check (&get_scenario (ui)->settings, NULL));
}

/* A covariance without a closed form takes the exact step with it, and a toast says so. */
static void
test_settings_go_together (Ui *ui, gconstpointer data)
{
  choose_second_order (ui);
  ui_set_setting (ui, "covariance", "jacobian");
  g_assert_cmpint (get_scenario (ui)->settings.covariance, ==, PISD_COVARIANCE_JACOBIAN);
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Changed with it: Integrator to Heun");
}

static void
test_refusals (Ui *ui, gconstpointer data)
{
  static const char *const pairs[][3] = { { "sampler", "exact", "Integrator" },
                                          { "samples", "0", "Samples" } };
  const PisdSettings before = get_scenario (ui)->settings;

  for (guint k = 0; k < G_N_ELEMENTS (pairs); k++)
    {
      g_assert_false (explorer_session_set_setting (ui->session, pairs[k][0], pairs[k][1]));
      g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), pairs[k][2]));
      g_assert_cmpint (get_scenario (ui)->settings.sampler, ==, before.sampler);
      g_assert_cmpuint (get_scenario (ui)->settings.samples, ==, before.samples);
    }
}

static const PisdField *
get_truth (Ui *ui, guint field)
{
  const PisdScenario *scenario = get_scenario (ui);
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  return pisd_instance_get_field (scenario->instance, info->fields[field].id);
}

/* Root mean square of (truth - mean) / sd over the nodes where the spread says something. */
static double
get_standardized (Ui *ui, const PisdExact *exact, guint field)
{
  const PisdField *truth = get_truth (ui, field);
  double sum = 0, largest = 0;
  guint n = 0;

  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    largest = fmax (largest, exact->sd[field]->data[k]);
  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    if (exact->sd[field]->data[k] > LEAST_SPREAD * largest)
      {
        sum += pow ((truth->data[k] - exact->mean[field]->data[k]) / exact->sd[field]->data[k], 2);
        n++;
      }
  return sqrt (sum / n);
}

/* No steps, but a result. */
static void
test_exact_method (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdExact) exact = NULL;
  PisdPanel panel;

  explorer_preferences_set (ui->preferences, "column-error", FALSE);
  explorer_preferences_set (ui->preferences, "column-spread", TRUE);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 500, 1);
  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_EXACT));
  ui_run_to_the_end (ui);
  g_assert_cmpfloat (
      compare (explorer_view_grid_get_estimate (ui->grid, 0), wait_for_exact (ui)->mean[0]), <,
      1e-6);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_SPREAD, &panel);
  g_assert_nonnull (panel.field);
  exact = pisd_exact_new (get_scenario (ui), NULL, TRUE, 1, NULL, NULL);
  for (guint row = 0; row < exact->n_fields; row++)
    g_assert_cmpfloat_with_epsilon (explorer_view_grid_get_calibration (ui->grid, row),
                                    get_standardized (ui, exact, row), 1e-3);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_STANDARDIZED, &panel);
  g_assert_nonnull (panel.field);
  g_assert_cmpfloat (panel.min, ==, -3);
  g_assert_cmpfloat (panel.max, ==, 3);
  g_assert_cmpint (panel.map, ==, PISD_COLORMAP_DIVERGING);
}

/* Ensembles. */

typedef struct
{
  ExplorerSession *session;
  guint n_last, n_seen;
} Count;

static void
on_ensemble (Count *count)
{
  const guint n = explorer_session_get_ensemble (count->session)->n;

  g_assert_cmpuint (n, >, count->n_last);
  count->n_last = n;
  count->n_seen++;
}

static void
test_ensemble (Ui *ui, gconstpointer data)
{
  Count count = { .session = ui->session };
  const PisdResult *result;
  const char *figure;
  PisdPanel panel;

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1);
  choose_second_order (ui);
  ui_set_setting (ui, "steps", "20");
  ui_set_setting (ui, "samples", "4");
  g_signal_connect_swapped (ui->session, "ensemble", G_CALLBACK (on_ensemble), &count);
  ui_run_to_the_end (ui);
  g_signal_handlers_disconnect_by_data (ui->session, &count);
  g_assert_cmpuint (count.n_last, ==, 4);
  result = explorer_session_get_result (ui->session);
  g_assert_cmpuint (result->n_samples, ==, 4);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_ESTIMATE, &panel);
  g_assert_nonnull (strstr (panel.title, "mean of 4"));
  g_assert_cmpfloat (compare (panel.field, result->mean[0]), ==, 0);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_SPREAD, &panel);
  g_assert_nonnull (panel.field);
  for (gsize k = 0; k < pisd_field_get_n (panel.field); k++)
    g_assert_true (isfinite (panel.field->data[k]));
  g_assert_cmpfloat (pisd_field_norm (panel.field), >, 0);
  g_assert_cmpfloat (explorer_view_grid_get_calibration (ui->grid, 0), ==,
                     pisd_calibration (get_truth (ui, 0), result->mean[0], result->sd[0], 4, NULL));
  figure = explorer_window_get_number (ui->window, "standardized");
  g_assert_true (g_ascii_isdigit (figure[0]));
  /* An earlier step is the first sample's, as is the last one without the mean. */
  g_signal_emit_by_name (ui->timeline, "step-selected", 5);
  g_assert_true (explorer_view_grid_is_frame_shown (ui->grid));
  g_signal_emit_by_name (ui->timeline, "step-selected", 20);
  g_assert_false (explorer_view_grid_is_frame_shown (ui->grid));
  explorer_preferences_set (ui->preferences, "sample-mean", FALSE);
  g_assert_true (explorer_view_grid_is_frame_shown (ui->grid));
  explorer_preferences_set (ui->preferences, "sample-mean", TRUE);
}

#define ADD(path, function) \
  g_test_add ("/ui/live/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("exact-is-the-engines", test_exact_is_the_engines);
  ADD ("many-removed", test_many_removed);
  ADD ("floor-is-told", test_floor_is_told);
  ADD ("columns", test_columns);
  ADD ("follows-without-a-run", test_follows_without_a_run);
  ADD ("carries-a-sensor", test_carries_a_sensor);
  ADD ("run-follows-rest", test_run_follows_rest);
  ADD ("only-where-it-may", test_only_where_it_may);
  ADD ("one-key", test_one_key);
  ADD ("rows-of-methods", test_rows_of_methods);
  ADD ("settings-go-together", test_settings_go_together);
  ADD ("refusals", test_refusals);
  ADD ("exact-method", test_exact_method);
  ADD ("ensemble", test_ensemble);
  return g_test_run ();
}
