/* The window that runs all methods side by side. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "explorer-compare-view.h"
#include "explorer-compare.h"
#include "pisd-draw-text.h"
#include "pisd-exact.h"
#include "ui-fixture.h"

#define N_STEPS 40
#define N_TURNS 3
/* Of the picture: the truth stands first. */
#define AS_SET (1 + EXPLORER_PLAN_AS_SET)
#define DRAWN(method) (1 + EXPLORER_PLAN_PRESET (method))

/* Ctrl+K on 100 sensors of one field; few modes keep it quick. */
static ExplorerCompare *
open_compare (Ui *ui, PisdFieldId field)
{
  ExplorerCompare *compare;

  ui_set_setting (ui, "modes", "16");
  ui_set_setting (ui, "steps", "40");
  g_assert_true (explorer_session_scatter (ui->session, field, 0, 100, 7));
  ui_key (ui, "ctrl+k");
  ui_wait (ui_find_compare (ui) != NULL);
  compare = ui_find_compare (ui);
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (compare)));
  ui_wait (gtk_window_is_active (GTK_WINDOW (compare)));
  return compare;
}

/* Starts anew with N_STEPS steps of every method and waits for the end. */
static void
run_short (ExplorerCompare *compare, guint samples)
{
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);
  ExplorerPlan *plan = explorer_comparison_get_plan (comparison);

  explorer_comparison_stop (comparison);
  plan->samples = samples;
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    plan->steps[m] = N_STEPS;
  explorer_comparison_start (comparison);
  g_assert_true (explorer_comparison_is_running (comparison));
  ui_wait (!explorer_comparison_is_running (comparison));
}

static void
close_compare (Ui *ui, const char *key)
{
  ui_send ("key %s", key);
  ui_wait (ui_find_compare (ui) == NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
}

static void
test_all_finish (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);
  const PisdComparison *drawn;

  run_short (compare, 1);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      const PisdTrack *track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (m));
      const gboolean exact = m == PISD_GUIDANCE_EXACT;

      g_assert_cmpint (track->state, ==, PISD_TRACK_DONE);
      g_assert_null (track->message);
      g_assert_cmpuint (track->n_known, ==, exact ? 0 : N_STEPS + 1);
      for (guint i = 0; i < track->n_known; i++)
        g_assert_cmpfloat (track->errors[PISD_FIELD_U][i], >, 0.0);
    }
  drawn = explorer_compare_get_drawn (compare);
  g_assert_cmpuint (drawn->n_columns, ==, EXPLORER_PLAN_N_COLUMNS); /* without the other prior */
  g_assert_cmpuint (drawn->field, ==, PISD_FIELD_U);
  for (guint c = 0; c < drawn->n_columns; c++)
    {
      g_assert_nonnull (drawn->columns[c].fields[0]);
      g_assert_nonnull (drawn->columns[c].fields[1]);
      g_assert_null (drawn->columns[c].note);
    }
  close_compare (ui, "ctrl+w");
}

static void
test_exact_column (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_U);
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdExact) exact = NULL;
  const PisdTrack *track;
  const PisdComparison *drawn;

  run_short (compare, 1);
  track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_EXACT));
  exact = pisd_exact_new (track->scenario, NULL, FALSE, 1, NULL, &error);
  g_assert_no_error (error);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_cmpuint (drawn->field, ==, PISD_FIELD_A);
  for (guint f = 0; f < 2; f++)
    {
      g_assert_cmpfloat (pisd_field_relative_error (
                             drawn->columns[DRAWN (PISD_GUIDANCE_EXACT)].fields[f], exact->mean[f]),
                         <, 1e-10);
      g_assert_cmpfloat_with_epsilon (explorer_comparison_get_exact_error (comparison, f),
                                      exact->errors[f], 1e-10);
    }
  g_assert_cmpfloat_with_epsilon (drawn->columns[DRAWN (PISD_GUIDANCE_EXACT)].level,
                                  exact->errors[0], 1e-10);
  close_compare (ui, "Escape");
}

static double
get_final (ExplorerComparison *comparison, PisdGuidanceId method, guint field)
{
  PisdTrack *track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (method));

  return pisd_track_get_error (track, track->n_steps, field);
}

static void
test_order (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);

  run_short (compare, 1);
  g_assert_cmpfloat (get_final (comparison, PISD_GUIDANCE_SECOND_ORDER, 1), <=,
                     get_final (comparison, PISD_GUIDANCE_PISD, 1));
  g_assert_cmpfloat (get_final (comparison, PISD_GUIDANCE_PISD, 1), <,
                     get_final (comparison, PISD_GUIDANCE_NONE, 1));
  close_compare (ui, "ctrl+w");
}

/* The mean of many samples comes closer to the floor than one of them. */
static void
test_mean (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);
  const PisdTrack *track;
  double one, least;

  run_short (compare, 1);
  one = get_final (comparison, PISD_GUIDANCE_SECOND_ORDER, 0);
  run_short (compare, 8);
  track =
      explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_SECOND_ORDER));
  least = explorer_comparison_get_exact_error (comparison, 0);
  g_assert_cmpuint (track->n_results, ==, 8);
  g_assert_cmpuint (
      explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_EXACT))
          ->n_results,
      ==, 1);
  g_assert_cmpfloat (get_final (comparison, PISD_GUIDANCE_SECOND_ORDER, 0), <, one);
  g_assert_cmpfloat (get_final (comparison, PISD_GUIDANCE_SECOND_ORDER, 0), <, 1.25 * least);
  close_compare (ui, "ctrl+w");
}

/* How many samples are through in the columns of one chain: first-order methods draw in turns. */
typedef struct
{
  ExplorerComparison *comparison;
  guint most_ahead;
} Turns;

static void
on_turn (Turns *turns)
{
  guint least = G_MAXUINT, most = 0;

  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      const PisdTrack *track =
          explorer_comparison_get_track (turns->comparison, EXPLORER_PLAN_PRESET (m));

      if (pisd_method_get (m)->conditions)
        continue;
      least = MIN (least, track->n_results);
      most = MAX (most, track->n_results);
    }
  turns->most_ahead = MAX (turns->most_ahead, most - least);
}

/* No column waits until another has drawn all its samples; what comes of them is the mean of the
 * samples that a run of its own draws from each seed. */
static void
test_turns (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  Turns turns = { explorer_compare_get_comparison (compare), 0 };
  g_autoptr (PisdField) expected = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) drawn = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdTrack *track;

  g_signal_connect_swapped (turns.comparison, "changed", G_CALLBACK (on_turn), &turns);
  run_short (compare, N_TURNS);
  g_assert_cmpuint (turns.most_ahead, ==, 1);
  track =
      explorer_comparison_get_track (turns.comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_PISD));
  for (guint k = 0; k < N_TURNS; k++)
    {
      g_autoptr (PisdScenario) scenario = pisd_scenario_dup (track->scenario);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdResult) result = NULL;

      scenario->settings.seed += k;
      result = pisd_run (scenario, NULL, 1, NULL, NULL, &error);
      g_assert_no_error (error);
      for (gsize p = 0; p < pisd_field_get_n (expected); p++)
        expected->data[p] += result->mean[PISD_FIELD_U]->data[p];
    }
  for (gsize p = 0; p < pisd_field_get_n (expected); p++)
    expected->data[p] /= N_TURNS;
  g_assert_true (pisd_track_get_field (track, track->n_steps, PISD_FIELD_U, drawn));
  g_assert_cmpmem (drawn->data, PISD_GRID * PISD_GRID * sizeof (double), expected->data,
                   PISD_GRID * PISD_GRID * sizeof (double));
  g_signal_handlers_disconnect_by_data (turns.comparison, &turns);
  close_compare (ui, "ctrl+w");
}

static void
test_scrub (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  GtkWidget *scale = ui_find (GTK_WIDGET (compare), GTK_TYPE_SCALE, NULL, NULL);
  g_autoptr (PisdField) last = NULL;
  const PisdComparison *drawn;

  run_short (compare, 1);
  ui_iterate ();
  g_assert_true (gtk_widget_get_sensitive (scale));
  drawn = explorer_compare_get_drawn (compare);
  g_assert_true (isnan (drawn->fraction));
  last = pisd_field_dup (drawn->columns[DRAWN (PISD_GUIDANCE_PISD)].fields[0]);
  gtk_range_set_value (GTK_RANGE (scale), 50);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_cmpfloat (drawn->fraction, ==, 0.5);
  g_assert_nonnull (strstr (drawn->columns[DRAWN (PISD_GUIDANCE_PISD)].detail, "20"));
  g_assert_cmpfloat (
      pisd_field_relative_error (drawn->columns[DRAWN (PISD_GUIDANCE_PISD)].fields[0], last), >,
      0.0);
  gtk_range_set_value (GTK_RANGE (scale), 100);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_cmpfloat (
      pisd_field_relative_error (drawn->columns[DRAWN (PISD_GUIDANCE_PISD)].fields[0], last), ==,
      0.0);
  close_compare (ui, "ctrl+w");
}

/* Long runs, closed in the middle: threads are joined, nothing is left behind. */
static void
test_close_in_mid_run (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);

  explorer_comparison_stop (comparison);
  explorer_comparison_get_plan (comparison)->steps[PISD_GUIDANCE_NONE] = EXPLORER_PLAN_MOST_STEPS;
  explorer_comparison_start (comparison);
  g_object_add_weak_pointer (G_OBJECT (comparison), (gpointer *) &comparison);
  ui_wait (explorer_comparison_drain (comparison));
  g_assert_true (explorer_comparison_is_running (comparison));
  close_compare (ui, "ctrl+w");
  ui_wait (comparison == NULL);
}

static void
test_stop_and_go_on (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  ExplorerComparison *comparison = explorer_compare_get_comparison (compare);
  const PisdTrack *track;

  explorer_comparison_stop (comparison);
  explorer_comparison_get_plan (comparison)->steps[PISD_GUIDANCE_NONE] = EXPLORER_PLAN_MOST_STEPS;
  /* So many samples that no machine comes to the end of them before they are stopped. */
  explorer_comparison_get_plan (comparison)->samples = EXPLORER_PLAN_MOST_SAMPLES;
  explorer_comparison_start (comparison);
  ui_wait (
      explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_NONE))->n_known
      > 3);
  explorer_comparison_stop (comparison);
  g_assert_false (explorer_comparison_is_running (comparison));
  track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_NONE));
  g_assert_cmpint (track->state, ==, PISD_TRACK_STOPPED);
  g_assert_cmpuint (track->n_known, <=, track->n_steps + 1); /* steps 0 to n_steps */
  run_short (compare, 1);
  track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_NONE));
  g_assert_cmpint (track->state, ==, PISD_TRACK_DONE);
  close_compare (ui, "ctrl+w");
}

/* Nothing that was stopped is said to go on, in a picture that is saved as little as on screen: the
 * first column is the exact answer, which is stopped before the main loop can hear of its end. */
static void
test_stopped_is_said (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare;
  ExplorerComparison *comparison;
  const PisdComparison *drawn;

  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_EXACT));
  compare = open_compare (ui, PISD_FIELD_A);
  comparison = explorer_compare_get_comparison (compare);
  explorer_comparison_start (comparison);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_nonnull (strstr (drawn->columns[AS_SET].detail, "solving"));
  explorer_comparison_stop (comparison);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_nonnull (strstr (drawn->columns[AS_SET].detail, "stopped"));
  g_assert_cmpstr (drawn->columns[DRAWN (PISD_GUIDANCE_EXACT)].detail, ==, "stopped");
  g_assert_cmpstr (drawn->columns[DRAWN (PISD_GUIDANCE_SECOND_ORDER)].detail, ==, "stopped");
  for (guint c = 0; c < drawn->n_columns; c++)
    {
      g_assert_null (strstr (drawn->columns[c].detail, "solving"));
      g_assert_null (strstr (drawn->columns[c].detail, "waiting"));
    }
  close_compare (ui, "ctrl+w");
}

/* Its curve is that of its first sample and does not jump at its end: the mean is a dot of its own,
 * and the plot says so. */
static void
check_curve (ExplorerCompare *compare, const PisdResult *result)
{
  const PisdComparison *drawn = explorer_compare_get_drawn (compare);
  const PisdComparisonColumn *column = &drawn->columns[AS_SET];
  const double last = column->errors[column->n_steps];

  g_assert_cmpfloat_with_epsilon (column->end, result->errors[drawn->field], 1e-12);
  g_assert_cmpfloat (last, >, 1.02 * column->end);
  g_assert_cmpfloat_with_epsilon (last, column->errors[column->n_steps - 1], 0.1 * last);
  g_assert_nonnull (strstr (drawn->remark, "mean of 3"));
  g_assert_cmpfloat (drawn->columns[DRAWN (PISD_GUIDANCE_PISD)].end, ==, 0.0);
}

/* What the main window shows after its run, to the bit, under the name of its method. */
static void
test_as_set (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare;
  const PisdResult *result;
  const PisdComparison *drawn;

  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER));
  ui_set_setting (ui, "samples", "3");
  ui_set_setting (ui, "seed", "5");
  compare = open_compare (ui, PISD_FIELD_U);
  run_short (compare, 1);
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (!explorer_session_is_running (ui->session));
  result = explorer_session_get_result (ui->session);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_cmpstr (drawn->columns[AS_SET].title, ==, "As set");
  g_assert_cmpstr (drawn->columns[AS_SET].detail, ==, "Second order");
  check_curve (compare, result);
  for (guint f = 0; f < 2; f++)
    g_assert_cmpfloat (
        pisd_field_relative_error (drawn->columns[AS_SET].fields[f], result->mean[f]), <, 1e-15);
  close_compare (ui, "ctrl+w");
}

static gboolean
is_called (GtkWidget *widget, gconstpointer title)
{
  return g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), title) == 0;
}

static GtkCheckButton *
find_check (ExplorerCompare *compare, const char *title)
{
  GtkWidget *check = ui_find (GTK_WIDGET (compare), GTK_TYPE_CHECK_BUTTON, is_called, title);

  g_assert_nonnull (check);
  return GTK_CHECK_BUTTON (check);
}

/* A method that the person takes out is neither run nor drawn, nor the next time. */
static void
test_choice (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare;
  const PisdComparison *drawn;

  compare = open_compare (ui, PISD_FIELD_A);
  gtk_check_button_set_active (find_check (compare, "DPS"), FALSE);
  ui_key (ui, "ctrl+Return");
  drawn = explorer_compare_get_drawn (compare);
  g_assert_cmpuint (drawn->n_columns, ==, EXPLORER_PLAN_N_COLUMNS - 1);
  for (guint c = 0; c < drawn->n_columns; c++)
    g_assert_cmpstr (drawn->columns[c].title, !=, "DPS");
  close_compare (ui, "ctrl+w");
  compare = open_compare (ui, PISD_FIELD_A);
  g_assert_false (gtk_check_button_get_active (find_check (compare, "DPS")));
  g_assert_true (gtk_check_button_get_active (find_check (compare, "PISD")));
  g_assert_cmpuint (explorer_compare_get_drawn (compare)->n_columns, ==,
                    EXPLORER_PLAN_N_COLUMNS - 1);
  explorer_preferences_set (ui->preferences, "compare-methods", 0xffff);
  close_compare (ui, "ctrl+w");
}

static gboolean
has_class (GtkWidget *widget, gconstpointer name)
{
  return gtk_widget_has_css_class (widget, name);
}

static const char *
get_heading (ExplorerCompare *compare)
{
  GtkWidget *header = ui_find (GTK_WIDGET (compare), ADW_TYPE_HEADER_BAR, NULL, NULL);

  return gtk_label_get_text (GTK_LABEL (ui_find (header, GTK_TYPE_LABEL, has_class, "subtitle")));
}

/* The main window's set-up changes behind it: picture and heading say so until it is started
 * again, with the new one. */
static void
test_says_that_it_is_stale (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);

  run_short (compare, 1);
  g_assert_null (explorer_compare_get_drawn (compare)->mark);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 60, 8));
  g_assert_nonnull (strstr (explorer_compare_get_drawn (compare)->mark, "Sensors changed"));
  g_assert_cmpstr (get_heading (compare), ==, explorer_compare_get_drawn (compare)->mark);
  g_assert_cmpstr (explorer_compare_get_drawn (compare)->columns[0].detail, ==, "100 sensors");
  explorer_session_undo (ui->session);
  g_assert_null (explorer_compare_get_drawn (compare)->mark);
  explorer_session_redo (ui->session);
  ui_key (ui, "ctrl+Return");
  g_assert_null (explorer_compare_get_drawn (compare)->mark);
  g_assert_cmpstr (explorer_compare_get_drawn (compare)->columns[0].detail, ==, "60 sensors");
  g_assert_nonnull (strstr (get_heading (compare), "60 sensors"));
  close_compare (ui, "ctrl+w");
}

static const PisdComparisonLayout *
get_layout (ExplorerCompare *compare)
{
  GtkWidget *view = ui_find (GTK_WIDGET (compare), EXPLORER_TYPE_COMPARE_VIEW, NULL, NULL);

  return explorer_compare_view_get_layout (EXPLORER_COMPARE_VIEW (view));
}

/* No title above a column is cut: bold type of 13 units after a swatch of 23. */
static void
check_heads (ExplorerCompare *compare)
{
  const PisdComparison *drawn = explorer_compare_get_drawn (compare);
  const PisdComparisonLayout *layout = get_layout (compare);
  const PisdTextStyle style = { .size = 13.0 * layout->head, .bold = TRUE };

  for (guint c = 1; c < drawn->n_columns; c++)
    g_assert_cmpfloat (23.0 * layout->head + pisd_text_get_width (&style, drawn->columns[c].title),
                       <=, layout->heads[c].width);
}

/* Words follow the desktop's text, at once, and what is drawn stays in the window. */
static void
test_large_text (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  const PisdComparisonLayout *layout = get_layout (compare);
  double usual;

  run_short (compare, 1);
  ui_wait (layout->scale > 0.0);
  usual = layout->scale;
  ui_set_text_scale (ui, 1.5);
  ui_wait (fabs (layout->scale - 1.5 * usual) < 0.1);
  g_assert_cmpfloat (layout->plot.height, >, 50.0);
  g_assert_cmpfloat (layout->heats[0][0].width, >, 50.0);
  check_heads (compare);
  ui_send ("getactivewindow windowsize --sync 900 640");
  ui_wait (layout->area.x + layout->area.width < 900.0);
  g_assert_cmpfloat (layout->plot.height, >, 50.0);
  g_assert_cmpfloat (layout->heats[0][0].width, >, 50.0);
  check_heads (compare);
  ui_send ("getactivewindow windowsize --sync 1280 860");
  ui_set_text_scale (ui, 1.0);
  ui_wait (fabs (layout->scale - usual) < 0.01);
  close_compare (ui, "ctrl+w");
}

/* While it is written the window goes on. */
static void
save (ExplorerCompare *compare, const char *path)
{
  explorer_compare_save (compare, path);
  g_assert_nonnull (explorer_saver_get_writing (explorer_compare_get_saver (compare)));
  ui_wait (explorer_saver_get_writing (explorer_compare_get_saver (compare)) == NULL);
}

static void
test_export (Ui *ui, gconstpointer data)
{
  static const struct
  {
    const char *name, *magic;
  } files[] = { { "methods.png", "\x89PNG" },
                { "methods.svg", "<?xml" },
                { "methods.pdf", "%PDF" } };
  ExplorerCompare *compare = open_compare (ui, PISD_FIELD_A);
  g_autofree char *wrong = ui_path (ui, "methods.bmp");

  run_short (compare, 1);
  for (guint k = 0; k < G_N_ELEMENTS (files); k++)
    {
      g_autofree char *path = ui_path (ui, files[k].name);
      g_autofree char *bytes = NULL;
      gsize n = 0;

      save (compare, path);
      g_assert_nonnull (strstr (explorer_compare_get_last_toast (compare), files[k].name));
      g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
      g_assert_cmpuint (n, >, 20000);
      g_assert_cmpmem (bytes, strlen (files[k].magic), files[k].magic, strlen (files[k].magic));
    }
  save (compare, wrong);
  g_assert_nonnull (strstr (explorer_compare_get_last_toast (compare), ".bmp"));
  g_assert_false (g_file_test (wrong, G_FILE_TEST_EXISTS));
  close_compare (ui, "ctrl+w");
}

/* Sensors that belong to no known truth. */
static void
test_no_truth (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "sensors.csv");
  g_autoptr (GError) error = NULL;
  ExplorerCompare *compare;
  const PisdComparison *drawn;

  g_assert_true (g_file_set_contents (path,
                                      "field,x,y,value\na,0.3,0.4,0.5\na,0.6,0.7,-0.4\na,0.8,0.2,"
                                      "0.1\n",
                                      -1, &error));
  g_assert_no_error (error);
  g_assert_true (ui_open (ui, path));
  g_assert_null (explorer_session_get_scenario (ui->session)->instance);
  ui_set_setting (ui, "modes", "16");
  ui_key (ui, "ctrl+k");
  ui_wait (ui_find_compare (ui) != NULL);
  compare = ui_find_compare (ui);
  ui_wait (gtk_window_is_active (GTK_WINDOW (compare)));
  run_short (compare, 1);
  drawn = explorer_compare_get_drawn (compare);
  g_assert_nonnull (drawn->plot_note);
  g_assert_null (drawn->columns[0].fields[0]);
  g_assert_nonnull (drawn->columns[DRAWN (PISD_GUIDANCE_SECOND_ORDER)].fields[0]);
  g_assert_true (
      isnan (explorer_comparison_get_exact_error (explorer_compare_get_comparison (compare), 0)));
  g_assert_cmpfloat (drawn->limits[0], >, 0.0);
  close_compare (ui, "ctrl+w");
}

/* Methods that cannot go on say so in their columns and stop no other: the square of this reading is no
 * number, so whoever computes a loss fails; the exact posterior does not. */
static void
test_failure (Ui *ui, gconstpointer data)
{
  static const PisdGuidanceId failing[] = { PISD_GUIDANCE_NONE, PISD_GUIDANCE_DPS,
                                            PISD_GUIDANCE_PISD };
  g_autofree char *path = ui_path (ui, "sensors.csv");
  ExplorerCompare *compare;
  ExplorerComparison *comparison;
  const PisdComparison *drawn;

  g_assert_true (g_file_set_contents (path, "field,x,y,value\na,0.3,0.4,1e200\n", -1, NULL));
  g_assert_true (ui_open (ui, path));
  ui_set_setting (ui, "modes", "16");
  ui_key (ui, "ctrl+k");
  ui_wait (ui_find_compare (ui) != NULL);
  compare = ui_find_compare (ui);
  ui_wait (gtk_window_is_active (GTK_WINDOW (compare)));
  run_short (compare, 1);
  comparison = explorer_compare_get_comparison (compare);
  drawn = explorer_compare_get_drawn (compare);
  for (guint k = 0; k < G_N_ELEMENTS (failing); k++)
    {
      g_assert_cmpint (
          explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (failing[k]))->state, ==,
          PISD_TRACK_FAILED);
      g_assert_nonnull (strstr (drawn->columns[DRAWN (failing[k])].note, "NaN"));
      g_assert_null (drawn->columns[DRAWN (failing[k])].fields[0]);
    }
  g_assert_cmpint (
      explorer_comparison_get_track (comparison, EXPLORER_PLAN_PRESET (PISD_GUIDANCE_EXACT))->state,
      ==, PISD_TRACK_DONE);
  g_assert_nonnull (drawn->columns[DRAWN (PISD_GUIDANCE_EXACT)].fields[0]);
  close_compare (ui, "ctrl+w");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Ui *ui, gconstpointer data);
  } rows[] = {
    { "/ui/compare/all-finish", test_all_finish },
    { "/ui/compare/exact-column", test_exact_column },
    { "/ui/compare/order", test_order },
    { "/ui/compare/mean", test_mean },
    { "/ui/compare/turns", test_turns },
    { "/ui/compare/large-text", test_large_text },
    { "/ui/compare/scrub", test_scrub },
    { "/ui/compare/close-in-mid-run", test_close_in_mid_run },
    { "/ui/compare/stop-and-go-on", test_stop_and_go_on },
    { "/ui/compare/stopped-is-said", test_stopped_is_said },
    { "/ui/compare/as-set", test_as_set },
    { "/ui/compare/choice", test_choice },
    { "/ui/compare/stale", test_says_that_it_is_stale },
    { "/ui/compare/export", test_export },
    { "/ui/compare/no-truth", test_no_truth },
    { "/ui/compare/failure", test_failure },
  };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_test_add (rows[k].path, Ui, NULL, ui_set_up, rows[k].test, ui_tear_down);
  return g_test_run ();
}
