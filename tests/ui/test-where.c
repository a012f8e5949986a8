/* Where to measure next, by pointer and keys: the map follows the sensors, a click puts one, the best
 * are put as one edit. */

#include "explorer-where-panel.h"

#include <math.h>
#include <string.h>

#include "ui-fixture.h"

#define SENSORS 30

static ExplorerWhere *
get_where (Ui *ui)
{
  return explorer_window_get_where (ui->window);
}

static ExplorerFieldView *
find_map (Ui *ui)
{
  return explorer_where_panel_get_view (EXPLORER_WHERE_PANEL (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_WHERE_PANEL, NULL, NULL)));
}

/* Some sensors on a, and the switch by its key. */
static const ExplorerWhereAnswer *
switch_on (Ui *ui)
{
  const PisdScenario *scenario = explorer_session_get_scenario (ui->session);
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);

  g_assert_true (explorer_session_scatter (ui->session, problem->fields[0].id, 0, SENSORS, 1));
  g_assert_null (explorer_where_get (get_where (ui)));
  gtk_widget_grab_focus (ui_find_in_row (ui, "Show the gain", GTK_TYPE_SWITCH));
  ui_key (ui, "space");
  ui_wait (explorer_where_is_wanted (get_where (ui)));
  ui_wait (explorer_where_is_current (get_where (ui)));
  gtk_widget_grab_focus (GTK_WIDGET (find_map (ui))); /* the side bar scrolls to it */
  ui_settle (ui);
  return explorer_where_get (get_where (ui));
}

static const char *
get_title (Ui *ui)
{
  GtkWidget *spin = ui_find_in_row (ui, "Best places", GTK_TYPE_SPIN_BUTTON);
  GtkWidget *row = gtk_widget_get_ancestor (spin, ADW_TYPE_PREFERENCES_ROW);

  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_widget_get_prev_sibling (row)));
}

/* The map is the engine's, in percents, its cross-hair on the largest, which the words name. */
static void
test_map (Ui *ui, gconstpointer data)
{
  const ExplorerWhereAnswer *answer = switch_on (ui);
  PisdPanel panel;
  g_autofree char *title = NULL;

  explorer_field_view_get_panel (find_map (ui), &panel);
  g_assert_nonnull (panel.field);
  for (guint k = 0; k < PISD_GRID * PISD_GRID; k++)
    {
      g_assert_cmpfloat (answer->map->data[k], <=, answer->map->data[answer->best]);
      g_assert_cmpfloat (panel.field->data[k], ==, 100.0 * answer->map->data[k]);
    }
  g_assert_cmpfloat (panel.max, ==, panel.field->data[answer->best]);
  g_assert_cmpstr (panel.title, ==, "Gain of one more on a, %");
  title = g_strdup_printf ("Best: x %.3f, y %.3f", answer->best % PISD_GRID / 127.0,
                           answer->best / PISD_GRID / 127.0);
  g_assert_cmpstr (get_title (ui), ==, title);
  explorer_session_clear_sensors (ui->session);
  ui_wait (explorer_where_is_current (get_where (ui)));
  g_assert_cmpuint (explorer_where_get (get_where (ui))->n_sensors, ==, 0);
  g_assert_cmpfloat_with_epsilon (explorer_where_get (get_where (ui))->left, 1.0, 1e-9);
}

/* A click on the best place puts a sensor there, which takes what the map said; Enter does so where
 * the arrows have led, and takes it back. */
static void
test_click (Ui *ui, gconstpointer data)
{
  const ExplorerWhereAnswer *answer = switch_on (ui);
  const int best = answer->best;
  const double left = answer->left, gain = answer->map->data[best];
  double x, y;

  explorer_field_view_get_node_position (find_map (ui), best / PISD_GRID, best % PISD_GRID, &x, &y);
  ui_click (ui, GTK_WIDGET (find_map (ui)), x, y, 1);
  ui_wait (ui_count (ui, PISD_FIELD_A) == SENSORS + 1);
  ui_wait (explorer_where_is_current (get_where (ui)));
  answer = explorer_where_get (get_where (ui));
  g_assert_cmpfloat_with_epsilon (answer->left, left * (1.0 - gain), 1e-9);
  g_assert_cmpfloat (answer->map->data[best], ==, 0.0);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, SENSORS);
  ui_key (ui, "Left");
  ui_key (ui, "Return");
  ui_wait (ui_count (ui, PISD_FIELD_A) == SENSORS + 1);
  ui_key (ui, "Return");
  ui_wait (ui_count (ui, PISD_FIELD_A) == SENSORS);
}

/* The best ten by a key and by pointer: one level of undo, and what their curve said. */
static void
test_place (Ui *ui, gconstpointer data)
{
  const ExplorerWhereAnswer *answer = switch_on (ui);
  const double *const *curves = (const double *const *) answer->curves;
  GtkWidget *button;
  double expected;

  ui_wait (explorer_where_is_complete (get_where (ui)));
  expected = curves[PISD_PLACING_BEST][9];
  g_assert_cmpfloat (curves[PISD_PLACING_BEST][99], <, curves[PISD_PLACING_RANDOM][99]);
  g_assert_cmpfloat (curves[PISD_PLACING_BEST][99], <, curves[PISD_PLACING_GRID][99]);
  g_assert_true (isnan (curves[PISD_PLACING_GRID][98]));
  gtk_widget_grab_focus (ui_find_in_row (ui, "Best places", GTK_TYPE_SPIN_BUTTON));
  ui_key (ui, "Tab");
  button = gtk_window_get_focus (GTK_WINDOW (ui->window));
  ui_key (ui, "space");
  ui_wait (ui_count (ui, PISD_FIELD_A) == SENSORS + 10);
  ui_wait (explorer_where_is_current (get_where (ui)));
  g_assert_cmpfloat_with_epsilon (explorer_where_get (get_where (ui))->left, expected, 1e-9);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, SENSORS);
  ui_click (ui, button, 10, 10, 1);
  ui_wait (ui_count (ui, PISD_FIELD_A) == SENSORS + 10);
}

/* What is stopped before it is found is not put, and neither is what another edit overtakes. */
static void
test_stop (Ui *ui, gconstpointer data)
{
  switch_on (ui);
  explorer_where_place (get_where (ui), PISD_PLACING_MOST);
  g_assert_true (explorer_where_is_placing (get_where (ui)));
  explorer_where_place (get_where (ui), 0);
  g_assert_false (explorer_where_is_placing (get_where (ui)));
  explorer_where_place (get_where (ui), PISD_PLACING_MOST);
  explorer_session_paint (ui->session, PISD_FIELD_A, 0, 1, 1, 0, FALSE);
  g_assert_false (explorer_where_is_placing (get_where (ui)));
  ui_wait (explorer_where_is_current (get_where (ui)));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, SENSORS + 1);
  explorer_where_set_wanted (get_where (ui), FALSE);
  ui_wait (!explorer_where_is_busy (get_where (ui)));
  g_assert_null (explorer_where_get (get_where (ui)));
}

/* Of a flow it is known of sensors on its beginning, and there is no choice. */
static void
test_flow (Ui *ui, gconstpointer data)
{
  GtkWidget *field = ui_find_in_row (ui, "New sensor on", ADW_TYPE_COMBO_ROW);
  const PisdFieldInfo *beginning = &pisd_operator_get (PISD_PROBLEM_NAVIER_STOKES)->fields[0];
  const ExplorerWhereAnswer *answer;

  g_assert_true (explorer_session_choose_problem (ui->session, PISD_PROBLEM_NAVIER_STOKES));
  explorer_session_clear_sensors (ui->session);
  answer = switch_on (ui);
  g_assert_false (gtk_widget_get_visible (field));
  g_assert_cmpuint (answer->question.field, ==, 0);
  g_assert_cmpuint (answer->question.target, ==, 0);
  g_assert_cmpstr (explorer_field_view_get_title (find_map (ui)), ==,
                   "Gain of one more on w(0), %");
  g_assert_cmpuint (
      pisd_sensors_count (explorer_session_get_scenario (ui->session)->sensors, beginning->id), ==,
      SENSORS);
  g_assert_cmpfloat (answer->left, <, 1.0);
}

/* Which field, and what for, is asked; colours go by decades. */
static void
test_question (Ui *ui, gconstpointer data)
{
  GtkWidget *field = ui_find_in_row (ui, "New sensor on", ADW_TYPE_COMBO_ROW);
  PisdPanel panel;

  switch_on (ui);
  adw_combo_row_set_selected (ADW_COMBO_ROW (field), 1);
  ui_wait (explorer_where_is_current (get_where (ui)));
  g_assert_cmpuint (explorer_where_get (get_where (ui))->question.field, ==, 1);
  gtk_widget_grab_focus (ui_find_in_row (ui, "Logarithmic colours", GTK_TYPE_SWITCH));
  ui_key (ui, "space");
  ui_wait (strstr (explorer_field_view_get_title (find_map (ui)), "log") != NULL);
  explorer_field_view_get_panel (find_map (ui), &panel);
  g_assert_cmpstr (panel.title, ==, "Gain of one more on u, log₁₀ %");
  g_assert_cmpfloat_with_epsilon (panel.max - panel.min, 3.0, 1e-12);
  explorer_session_set_noise_sd (ui->session, 0.5);
  ui_wait (explorer_where_is_current (get_where (ui)));
  g_assert_cmpfloat (explorer_where_get (get_where (ui))->question.sd, ==, 0.5);
}

#define ADD(path, function) \
  g_test_add ("/ui/where/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("map", test_map);
  ADD ("click", test_click);
  ADD ("place", test_place);
  ADD ("stop", test_stop);
  ADD ("question", test_question);
  ADD ("flow", test_flow);
  return g_test_run ();
}
