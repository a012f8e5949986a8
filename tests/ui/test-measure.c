/* The chart that reads and measures: what each kind holds, when there is nothing, its keys, its
 * menu and its row in the side bar. */

#include <math.h>
#include <string.h>

#include "explorer-measure-chart.h"
#include "explorer-measure.h"
#include "ui-fixture.h"

static ExplorerMeasureChart *
get_chart (Ui *ui)
{
  return EXPLORER_MEASURE_CHART (
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_MEASURE_CHART, NULL, NULL));
}

static gboolean
is_shown (Ui *ui)
{
  return gtk_widget_get_mapped (GTK_WIDGET (get_chart (ui)));
}

/* Standardised errors. */

static const ExplorerMeasureErrors *
get_errors (Ui *ui, guint field)
{
  return explorer_measure_chart_get_content (get_chart (ui), field);
}

static gboolean
says (Ui *ui, const char *start)
{
  const ExplorerMeasureErrors *errors = get_errors (ui, 0);

  return errors != NULL && errors->note != NULL && g_str_has_prefix (errors->note, start);
}

/* Every node that has a spread is counted, with the moments of the row, once it is drawn. */
static gboolean
counts_all (Ui *ui, guint field)
{
  const ExplorerFieldRow *row = explorer_view_grid_get_row (ui->grid, field);
  const PisdMarginal *errors =
      get_errors (ui, field) == NULL ? NULL : get_errors (ui, field)->errors;
  double squares = 0.0;
  guint n = 0;

  if (errors == NULL)
    return FALSE;
  for (gsize k = 0; k < pisd_field_get_n (row->standardized); k++)
    if (isfinite (row->standardized->data[k]))
      {
        squares += pow (row->standardized->data[k] - errors->mean, 2);
        n++;
      }
  return errors->n == n && fabs (errors->sd - sqrt (squares / (n - 1))) < 1e-9;
}

static void
test_errors (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, 1);
  ui_key (ui, "z");
  ui_wait (is_shown (ui) && says (ui, "One sample has no spread"));
  ui_run_few (ui, 5);
  ui_wait (counts_all (ui, 0) && counts_all (ui, 1));
  ui_key (ui, "z");
  ui_wait (!is_shown (ui));
}

/* Profile. */

static const PisdProfile *
get_profile (Ui *ui, guint field)
{
  const ExplorerMeasureProfile *content =
      explorer_measure_chart_get_content (get_chart (ui), field);

  return content == NULL ? NULL : content->profile;
}

/* Whether the profile of a is row i of its estimate, every second place being a node. */
static gboolean
is_row (Ui *ui, guint i)
{
  const PisdProfile *profile = get_profile (ui, 0);
  const PisdField *estimate = explorer_view_grid_get_estimate (ui->grid, 0);

  if (profile == NULL || profile->n != 255 || profile->estimate == NULL)
    return FALSE;
  for (guint j = 0; j < PISD_GRID; j++)
    if (fabs (profile->estimate[2 * j] - estimate->data[i * PISD_GRID + j]) > 1e-12)
      return FALSE;
  return TRUE;
}

static gboolean
is_column (Ui *ui, guint j)
{
  const PisdProfile *profile = get_profile (ui, 0);
  const PisdField *estimate = explorer_view_grid_get_estimate (ui->grid, 0);

  if (profile == NULL || profile->n != 255 || profile->estimate == NULL)
    return FALSE;
  for (guint i = 0; i < PISD_GRID; i++)
    if (fabs (profile->estimate[2 * i] - estimate->data[i * PISD_GRID + j]) > 1e-12)
      return FALSE;
  return TRUE;
}

/* By keys: along x through the cross-hair, which keys move, along y, and none. */
static void
test_profile_keys (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, 5);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  ui_key (ui, "x");
  ui_wait (is_row (ui, 40));
  g_assert_nonnull (get_profile (ui, 0)->low);
  g_assert_nonnull (get_profile (ui, 1)->truth);
  gtk_widget_grab_focus (
      GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_ESTIMATE)));
  ui_key (ui, "Down");
  ui_wait (is_row (ui, 41));
  ui_key (ui, "x");
  ui_wait (is_column (ui, 50));
  ui_key (ui, "x");
  ui_wait (!is_shown (ui));
}

/* With Shift a drag draws the line, places no sensor, and shows the profile; without it it paints.
 */
static void
test_profile_drag (Ui *ui, gconstpointer data)
{
  const PisdProfile *profile;

  ui_run_few (ui, 5);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_TRUTH, 10, 20);
  ui_send ("keydown shift");
  ui_press (ui, 1);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_TRUTH, 60, 70);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_TRUTH, 110, 90);
  ui_release (ui, 1);
  ui_send ("keyup shift");
  ui_settle (ui);
  ui_wait (is_shown (ui) && get_profile (ui, 0) != NULL && get_profile (ui, 0)->n == 201);
  profile = get_profile (ui, 0);
  g_assert_cmpfloat_with_epsilon (profile->distance[200], hypot (100, 70) / 127.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (
      profile->estimate[0], explorer_view_grid_get_estimate (ui->grid, 0)->data[10 * 128 + 20],
      1e-12);
  g_assert_cmpuint (get_profile (ui, 1)->n, ==, 201);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 20);
}

/* Power by wave number. */

static const ExplorerMeasureSpectrum *
get_spectrum (Ui *ui, guint field)
{
  return explorer_measure_chart_get_content (get_chart (ui), field);
}

static double
sum_up (const double *power, guint n)
{
  double sum = 0.0;

  for (guint k = 0; k < n; k++)
    sum += power[k];
  return sum;
}

static double
get_mean_square (const PisdField *field)
{
  const double norm = pisd_field_norm (field);

  return norm * norm / (PISD_GRID * PISD_GRID);
}

/* What all wave numbers have is the mean square of what is shown; the samples' band is there. */
static void
test_spectrum (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, 5);
  ui_key (ui, "k");
  ui_wait (is_shown (ui) && get_spectrum (ui, 1) != NULL && get_spectrum (ui, 1)->low != NULL);
  for (guint field = 0; field < 2; field++)
    {
      const ExplorerMeasureSpectrum *spectrum = get_spectrum (ui, field);
      const ExplorerFieldRow *row = explorer_view_grid_get_row (ui->grid, field);
      const PisdField *truth = pisd_instance_get_field (
          explorer_session_get_scenario (ui->session)->instance, row->info->id);
      const double estimate = get_mean_square (row->estimate), square = get_mean_square (truth);

      g_assert_cmpfloat_with_epsilon (sum_up (spectrum->estimate, spectrum->n), estimate,
                                      1e-10 * estimate);
      g_assert_cmpfloat_with_epsilon (sum_up (spectrum->truth, spectrum->n), square,
                                      1e-10 * square);
      g_assert_cmpfloat (spectrum->low[3], <=, spectrum->high[3]);
    }
  ui_key (ui, "k");
  ui_wait (!is_shown (ui));
}

/* Pinned nodes. */

static const ExplorerMeasurePins *
get_pins (Ui *ui, guint field)
{
  return explorer_measure_chart_get_content (get_chart (ui), field);
}

/* Both fields at n pins, with all steps. */
static gboolean
has_pins (Ui *ui, guint n, guint n_steps)
{
  for (guint field = 0; field < 2; field++)
    {
      const ExplorerMeasurePins *pins = get_pins (ui, field);

      if (!is_shown (ui) || pins == NULL || pins->n != n || pins->n_steps != n_steps)
        return FALSE;
    }
  return TRUE;
}

static void
pin_node (Ui *ui, int i, int j)
{
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, i, j);
  ui_wait (explorer_view_grid_get_probe (ui->grid)->i == i
           && explorer_view_grid_get_probe (ui->grid)->j == j);
  ui_key (ui, "t");
}

/* Five and no more, one taken by pinning it again, all at once by a key; they stay when sensors are
 * taken back. */
static void
test_pins (Ui *ui, gconstpointer data)
{
  const ExplorerMeasurePins *pins;

  ui_run_few (ui, 1);
  pin_node (ui, 40, 50);
  ui_wait (has_pins (ui, 1, 5));
  pin_node (ui, 20, 90);
  ui_wait (has_pins (ui, 2, 5));
  pins = get_pins (ui, 1);
  g_assert_cmpfloat_with_epsilon (
      pins->values[1 * 5 + 4], explorer_view_grid_get_estimate (ui->grid, 1)->data[20 * 128 + 90],
      1e-3 * pisd_field_get_largest (explorer_view_grid_get_estimate (ui->grid, 1)));
  g_assert_cmpfloat (
      get_pins (ui, 0)->truth[0], ==,
      pisd_instance_get_field (explorer_session_get_scenario (ui->session)->instance, PISD_FIELD_A)
          ->data[40 * 128 + 50]);
  explorer_session_undo (ui->session);
  ui_settle (ui);
  g_assert_cmpuint (get_pins (ui, 0)->n, ==, 2);
  for (int k = 1; k <= 3; k++)
    pin_node (ui, 60, 20 * k);
  ui_wait (get_pins (ui, 0)->n == 5);
  pin_node (ui, 100, 100);
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "Five nodes"));
  pin_node (ui, 40, 50);
  ui_wait (get_pins (ui, 0)->n == 4);
  ui_key (ui, "ctrl+shift+t");
  ui_wait (get_pins (ui, 0)->n == 0);
  ui_key (ui, "o");
  ui_wait (!is_shown (ui));
}

/* The density is that of the exact posterior. */
static void
test_pins_exact (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdExact) exact = NULL;

  ui_run_few (ui, 1);
  pin_node (ui, 40, 50);
  ui_wait (has_pins (ui, 1, 5) && get_pins (ui, 0)->has_exact);
  exact = pisd_exact_new (explorer_session_get_scenario (ui->session), NULL, TRUE, 1, NULL, NULL);
  g_assert_cmpfloat_with_epsilon (get_pins (ui, 0)->mean[0], exact->mean[0]->data[40 * 128 + 50],
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (get_pins (ui, 0)->sd[0], exact->sd[0]->data[40 * 128 + 50], 1e-6);
}

/* Of a flow the values are there at every moment, too. */
static void
test_pins_flow (Ui *ui, gconstpointer data)
{
  const ExplorerFieldRow *row;
  const ExplorerMeasurePins *pins;

  explorer_session_set_equation (ui->session,
                                 &(PisdEquation){ PISD_PROBLEM_NAVIER_STOKES, { 1e-3 } });
  ui_set_setting (ui, "guidance", "none");
  ui_set_setting (ui, "modes", "8");
  ui_set_setting (ui, "steps", "2");
  ui_set_setting (ui, "samples", "2");
  ui_run_to_the_end (ui);
  pin_node (ui, 40, 50);
  ui_wait (has_pins (ui, 1, 3) && get_pins (ui, 1)->time_low != NULL);
  pins = get_pins (ui, 1);
  row = explorer_view_grid_get_row (ui->grid, 1);
  for (guint f = 0; f < row->info->n_frames; f++)
    g_assert_cmpfloat (pins->time_values[f], ==, row->estimate->data[(f * 128 + 40) * 128 + 50]);
  g_assert_null (get_pins (ui, 0)->time_values);
}

static gboolean
is_item (GtkWidget *widget, gconstpointer text)
{
  g_autofree char *own = NULL;

  g_object_get (widget, "text", &own, NULL);
  return gtk_widget_get_mapped (widget) && g_strcmp0 (own, text) == 0;
}

/* By pointer alone: the menu of the window, its part that measures, and an item of that. */
static void
choose_item (Ui *ui, const char *text)
{
  const char *const path[] = { "Read and Measure", text };
  GtkWidget *menu = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_MENU_BUTTON, NULL, NULL);
  GtkWidget *item = NULL;

  ui_click (ui, menu, gtk_widget_get_width (menu) / 2.0, gtk_widget_get_height (menu) / 2.0, 1);
  for (guint k = 0; k < G_N_ELEMENTS (path); k++)
    {
      ui_wait ((item = ui_find (menu, g_type_from_name ("GtkModelButton"), is_item, path[k]))
               != NULL);
      ui_wait (!gtk_stack_get_transition_running (
          GTK_STACK (gtk_widget_get_ancestor (item, GTK_TYPE_STACK))));
      ui_settle (ui);
      ui_click_in_popover (item);
    }
  ui_wait (!gtk_widget_get_mapped (item));
  ui_settle (ui);
}

/* What was pointed at last is pinned from the menu, shown and put away. */
static void
test_pins_menu (Ui *ui, gconstpointer data)
{
  ui_run_few (ui, 1);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  ui_wait (explorer_view_grid_get_probe (ui->grid)->i == 40);
  choose_item (ui, "Pin or Unpin the Node Pointed At");
  ui_wait (has_pins (ui, 1, 5));
  choose_item (ui, "Standardised Errors");
  ui_wait (get_errors (ui, 0) != NULL);
  choose_item (ui, "Values at Pinned Nodes");
  ui_wait (has_pins (ui, 1, 5));
  choose_item (ui, "Unpin All");
  ui_wait (get_pins (ui, 0)->n == 0);
}

/* On the screen. */
static void
find_node (Ui *ui, int i, int j, int *x, int *y)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_ESTIMATE);
  double in_view_x, in_view_y;

  explorer_field_view_get_node_position (view, i, j, &in_view_x, &in_view_y);
  ui_get_position (ui, GTK_WIDGET (view), in_view_x, in_view_y, x, y);
}

/* On the way to the menu the pointer crosses other nodes: the one that it rested at is meant. */
static void
test_pins_on_the_way (Ui *ui, gconstpointer data)
{
  const ExplorerProbe *probe = explorer_view_grid_get_probe (ui->grid);
  int x[3], y[3];

  ui_run_few (ui, 1);
  for (guint k = 0; k < 3; k++)
    find_node (ui, 40 + 20 * k, 50 + 15 * k, &x[k], &y[k]);
  ui_send ("mousemove %d %d", x[0], y[0]);
  ui_pass (600);
  g_assert_cmpint (probe->i, ==, 40);
  ui_send ("mousemove %d %d mousemove %d %d mousemove 1690 1090", x[1], y[1], x[2], y[2]);
  ui_wait (!explorer_view_grid_is_pointed (ui->grid));
  g_assert_cmpint (probe->i, ==, 40);
  g_assert_cmpint (probe->j, ==, 50);
  choose_item (ui, "Pin or Unpin the Node Pointed At");
  ui_wait (has_pins (ui, 1, 5));
  g_assert_cmpfloat (
      get_pins (ui, 0)->truth[0], ==,
      pisd_instance_get_field (explorer_session_get_scenario (ui->session)->instance, PISD_FIELD_A)
          ->data[40 * 128 + 50]);
}

/* One chart stands beside the curves: M and Z take one another's place; menu and row say which. */
static void
test_choice (Ui *ui, gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (ui->window);
  g_autoptr (GVariant) state = NULL;

  ui_key (ui, "m");
  ui_wait (explorer_preferences_get (ui->preferences, "probe-chart"));
  ui_key (ui, "z");
  ui_wait (is_shown (ui));
  g_assert_false (explorer_preferences_get (ui->preferences, "probe-chart"));
  state = g_action_group_get_action_state (actions, "measure");
  g_assert_cmpuint (g_variant_get_uint32 (state), ==, EXPLORER_MEASURE_ERRORS);
  ui_key (ui, "m");
  ui_wait (!is_shown (ui));
  g_action_group_activate_action (actions, "measure",
                                  g_variant_new_uint32 (EXPLORER_MEASURE_ERRORS));
  ui_wait (is_shown (ui));
}

/* Preferences outlive a window. */
static void
tear_down (Ui *ui, gconstpointer data)
{
  explorer_preferences_set (ui->preferences, "measure", EXPLORER_MEASURE_NONE);
  explorer_preferences_set (ui->preferences, "probe-chart", FALSE);
  ui_tear_down (ui, data);
}

#define ADD(path, function) \
  g_test_add ("/ui/measure/" path, Ui, NULL, ui_set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("errors", test_errors);
  ADD ("choice", test_choice);
  ADD ("profile-keys", test_profile_keys);
  ADD ("profile-drag", test_profile_drag);
  ADD ("spectrum", test_spectrum);
  ADD ("pins", test_pins);
  ADD ("pins-exact", test_pins_exact);
  ADD ("pins-flow", test_pins_flow);
  ADD ("pins-menu", test_pins_menu);
  ADD ("pins-on-the-way", test_pins_on_the_way);
  return g_test_run ();
}
