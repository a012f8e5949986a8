/* What each pane shows, how large, and what stands right of its divider: by pointer and by keys. */

#include <math.h>
#include <string.h>

#include "explorer-run.h"
#include "pisd-solver.h"
#include "ui-fixture.h"

#define ESTIMATE EXPLORER_COLUMN_ESTIMATE
#define TRUTH EXPLORER_COLUMN_TRUTH
#define ERROR EXPLORER_COLUMN_ERROR

static ExplorerFieldView *
get_view (Ui *ui, guint row, ExplorerColumn column)
{
  return explorer_view_grid_get_view (ui->grid, row, column);
}

/* A short guided run with a small latent. */
static void
run_short (Ui *ui)
{
  ui_set_setting (ui, "modes", "12");
  ui_set_setting (ui, "steps", "6");
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 7);
  ui_run_to_the_end (ui);
}

static void
set_pick (Ui *ui, guint row, ExplorerColumn column, PisdQuantity quantity, gboolean of_modes)
{
  ExplorerPane pane = *explorer_view_grid_get_pane (ui->grid, row, column);

  pane.pick = (PisdPick){ quantity, of_modes };
  explorer_view_grid_set_pane (ui->grid, row, column, &pane);
  ui_settle (ui);
}

static gboolean
has_text (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

static GtkWidget *
get_popover (Ui *ui, guint row, ExplorerColumn column)
{
  return ui_find (explorer_field_view_get_picker (get_view (ui, row, column)), GTK_TYPE_POPOVER,
                  NULL, NULL);
}

static gboolean
is_open (Ui *ui, guint row, ExplorerColumn column)
{
  GtkWidget *popover = get_popover (ui, row, column);

  return popover != NULL && gtk_widget_get_mapped (popover);
}

static void
click_words (Ui *ui, guint row, ExplorerColumn column, const char *words)
{
  GtkWidget *label = ui_find (get_popover (ui, row, column), GTK_TYPE_LABEL, has_text, words);

  g_assert_nonnull (label);
  ui_click_in_popover (label);
  ui_settle (ui);
}

static void
open_by_pointer (Ui *ui, guint row, ExplorerColumn column)
{
  GtkWidget *picker = explorer_field_view_get_picker (get_view (ui, row, column));

  ui_click (ui, picker, 0.5 * gtk_widget_get_width (picker), 0.5 * gtk_widget_get_height (picker),
            1);
  ui_wait (is_open (ui, row, column));
  ui_settle (ui);
}

/* A menu that has closed is there for as long as the pointer is taken for being over it, as a
 * layout of the window asks it for its surface. */
static void
test_closed_menu (Ui *ui, gconstpointer data)
{
  GtkWidget *popover;

  open_by_pointer (ui, 0, TRUTH);
  popover = get_popover (ui, 0, TRUTH);
  ui_send ("key Down key Return");
  ui_wait (!is_open (ui, 0, TRUTH));
  gtk_widget_set_state_flags (popover, GTK_STATE_FLAG_PRELIGHT, FALSE);
  ui_pass (300);
  g_assert_true (get_popover (ui, 0, TRUTH) == popover);
  gtk_widget_unset_state_flags (popover, GTK_STATE_FLAG_PRELIGHT);
  ui_wait (get_popover (ui, 0, TRUTH) == NULL);
}

static void
assert_fields_equal (const PisdField *a, const PisdField *b)
{
  g_assert_nonnull (a);
  g_assert_cmpmem (a->data, pisd_field_get_n (a) * sizeof *a->data, b->data,
                   pisd_field_get_n (b) * sizeof *b->data);
}

/* The pane is the error's picture from then on, title and colours too; the preferences keep that,
 * and one button brings all columns back. */
static void
test_pick_by_pointer (Ui *ui, gconstpointer data)
{
  PisdPanel panel, error;
  g_autofree char *text = NULL, *none = NULL;

  run_short (ui);
  open_by_pointer (ui, 0, TRUTH);
  click_words (ui, 0, TRUTH, "Error");
  ui_wait (!is_open (ui, 0, TRUTH));
  ui_get_panel (ui, 0, TRUTH, &panel);
  ui_get_panel (ui, 0, ERROR, &error);
  assert_fields_equal (panel.field, error.field);
  g_assert_cmpstr (panel.title, ==, error.title);
  g_assert_cmpfloat (panel.max, ==, error.max);
  text = explorer_preferences_dup_text (ui->preferences, "panes");
  g_assert_cmpstr (text, ==, "a.truth=error");
  open_by_pointer (ui, 0, TRUTH);
  click_words (ui, 0, TRUTH, "Reset All Panes");
  ui_get_panel (ui, 0, TRUTH, &panel);
  g_assert_nonnull (strstr (panel.title, "truth"));
  none = explorer_preferences_dup_text (ui->preferences, "panes");
  g_assert_cmpstr (none, ==, "");
}

/* Q opens the menu of the pane with the focus, arrows and Enter choose. */
static void
test_pick_by_keys (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  run_short (ui);
  gtk_widget_grab_focus (GTK_WIDGET (get_view (ui, 1, ESTIMATE)));
  ui_key (ui, "q");
  ui_wait (is_open (ui, 1, ESTIMATE));
  ui_key (ui, "Down");
  ui_key (ui, "Return");
  ui_wait (!is_open (ui, 1, ESTIMATE));
  g_assert_cmpint (explorer_view_grid_get_pane (ui->grid, 1, ESTIMATE)->pick.quantity, ==,
                   PISD_QUANTITY_TRUTH);
  ui_get_panel (ui, 1, ESTIMATE, &panel);
  assert_fields_equal (panel.field, pisd_instance_get_fields (
                                        explorer_session_get_scenario (ui->session)->instance)[1]);
}

static gboolean
is_shown (Ui *ui, guint row, ExplorerColumn column)
{
  return gtk_widget_get_child_visible (GTK_WIDGET (get_view (ui, row, column)));
}

static void
assert_alone (Ui *ui, guint row, ExplorerColumn column)
{
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  guint n_rows, n_columns;

  ui_wait (!is_shown (ui, 1 - row, column));
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    g_assert_cmpint (is_shown (ui, row, c), ==, c == column);
  explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
  g_assert_cmpuint (n_rows * n_columns, ==, 1);
  g_assert_cmpstr (panels[0].title, ==, explorer_field_view_get_title (get_view (ui, row, column)));
}

static void
test_maximize (Ui *ui, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (get_view (ui, 1, TRUTH));
  const int before = gtk_widget_get_width (view);

  ui_move_to (ui, view, 30, 8);
  ui_send ("click --repeat 2 --delay 40 1");
  assert_alone (ui, 1, TRUTH);
  g_assert_cmpint (gtk_widget_get_width (view), >, before);
  ui_key (ui, "Escape");
  ui_wait (is_shown (ui, 0, TRUTH) && is_shown (ui, 1, ESTIMATE));
  g_assert_cmpint (gtk_widget_get_width (view), ==, before);
  ui_move_to_node (ui, 0, ERROR, 64, 64);
  ui_key (ui, "f");
  assert_alone (ui, 0, ERROR);
  ui_key (ui, "f");
  ui_wait (is_shown (ui, 1, ERROR));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
}

/* Notches of the wheel with Alt held. */
static void
turn_wheel (Ui *ui, guint n, gboolean up)
{
  ui_send ("keydown alt click --repeat %u --delay 30 %d keyup alt", n, up ? 4 : 5);
  ui_settle (ui);
}

static gboolean
has_sensor (Ui *ui, int i, int j)
{
  const PisdScenario *scenario = explorer_session_get_scenario (ui->session);
  const PisdFieldInfo *info = pisd_operator_get (scenario->settings.problem)->fields;
  const double h = pisd_field_info_get_spacing (info);

  return pisd_sensors_find (scenario->sensors, info, 0, j * h, i * h, 0.1 * h) >= 0;
}

/* About the pointer, in all panes; a click is on the node that is seen there, the read-out too. */
static void
test_zoom (Ui *ui, gconstpointer data)
{
  PisdPanel here, there;
  double x, y, after_x, after_y;

  ui_move_to_node (ui, 0, ESTIMATE, 40, 90);
  explorer_field_view_get_node_position (get_view (ui, 0, ESTIMATE), 40, 90, &x, &y);
  turn_wheel (ui, 8, TRUE);
  ui_get_panel (ui, 0, ESTIMATE, &here);
  ui_get_panel (ui, 1, TRUTH, &there);
  g_assert_cmpfloat (here.window.side, <, 0.2);
  g_assert_cmpfloat (here.window.side, ==, there.window.side);
  g_assert_cmpfloat (here.window.x, ==, there.window.x);
  explorer_field_view_get_node_position (get_view (ui, 0, ESTIMATE), 40, 90, &after_x, &after_y);
  g_assert_cmpfloat_with_epsilon (after_x, x, 8.0);
  g_assert_cmpfloat_with_epsilon (after_y, y, 8.0);
  ui_click_node (ui, 0, ESTIMATE, 43, 88, 1);
  ui_wait (ui_count (ui, PISD_FIELD_A) == 1);
  g_assert_true (has_sensor (ui, 43, 88));
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "sensor"));
  ui_key (ui, "0");
  ui_get_panel (ui, 1, TRUTH, &there);
  g_assert_cmpfloat (there.window.side, ==, 0.0);
}

/* What is under the pointer goes with the middle button; nothing is painted. */
static void
test_pan (Ui *ui, gconstpointer data)
{
  PisdPanel before, after;
  int screen_x, screen_y;
  double x, y;

  ui_move_to_node (ui, 0, ESTIMATE, 64, 64);
  ui_key (ui, "plus");
  ui_key (ui, "plus");
  ui_get_panel (ui, 0, ESTIMATE, &before);
  g_assert_cmpfloat (before.window.side, <, 0.5);
  explorer_field_view_get_node_position (get_view (ui, 0, ESTIMATE), 70, 60, &x, &y);
  ui_get_position (ui, GTK_WIDGET (get_view (ui, 0, ESTIMATE)), x, y, &screen_x, &screen_y);
  ui_move_to_node (ui, 0, ESTIMATE, 64, 64);
  ui_press (ui, 2);
  ui_send ("mousemove %d %d", screen_x, screen_y); /* the node goes along */
  ui_settle (ui);
  ui_release (ui, 2);
  ui_get_panel (ui, 0, ESTIMATE, &after);
  g_assert_cmpfloat_with_epsilon (after.window.y, before.window.y - 6.0 / PISD_GRID,
                                  1.5 / PISD_GRID);
  g_assert_cmpfloat_with_epsilon (after.window.x, before.window.x + 4.0 / PISD_GRID,
                                  1.5 / PISD_GRID);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0);
  ui_key (ui, "minus");
  ui_key (ui, "minus");
  ui_get_panel (ui, 0, ESTIMATE, &after);
  g_assert_cmpfloat (after.window.side, ==, 0.0);
}

/* A key that moves the cross-hair out of what is seen takes the view along. */
static void
test_keys_pan (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  gtk_widget_grab_focus (GTK_WIDGET (get_view (ui, 0, ESTIMATE)));
  ui_key (ui, "Left");
  ui_key (ui, "plus");
  ui_key (ui, "plus");
  ui_key (ui, "plus");
  for (guint k = 0; k < 4; k++)
    ui_key (ui, "shift+Right");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_cmpfloat (panel.window.x + panel.window.side, >=, 97.0 / PISD_GRID - 1e-9);
  ui_key (ui, "Return");
  g_assert_true (has_sensor (ui, 64, 96));
}

/* Modes are the coefficients that the latent keeps, and no place for sensors. */
static void
test_modes (Ui *ui, gconstpointer data)
{
  PisdPanel panel;
  guint n;

  run_short (ui);
  n = ui_count (ui, PISD_FIELD_A);
  set_pick (ui, 0, TRUTH, PISD_QUANTITY_TRUTH, TRUE);
  ui_get_panel (ui, 0, TRUTH, &panel);
  g_assert_true (panel.of_modes);
  g_assert_cmpuint (panel.field->nx, ==, 12);
  g_assert_true (isinf (panel.field->data[0])); /* a latent keeps no mean */
  g_assert_cmpfloat_with_epsilon (panel.max - panel.min, 6.0, 1e-12);
  ui_click_node (ui, 0, TRUTH, 3, 5, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, n);
  ui_get_panel (ui, 1, TRUTH, &panel);
  g_assert_false (panel.of_modes);
  set_pick (ui, 0, TRUTH, PISD_QUANTITY_TRUTH, FALSE);
  ui_click_node (ui, 0, TRUTH, 3, 5, 1);
  ui_wait (ui_count (ui, PISD_FIELD_A) == n + 1);
}

/* The menu's buttons for modes and space, by pointer and by keys. */
static void
test_modes_of_menu (Ui *ui, gconstpointer data)
{
  run_short (ui);
  open_by_pointer (ui, 0, TRUTH);
  click_words (ui, 0, TRUTH, "Modes");
  g_assert_true (explorer_view_grid_get_pane (ui->grid, 0, TRUTH)->pick.of_modes);
  ui_key (ui, "Escape");
  ui_wait (!is_open (ui, 0, TRUTH));
  gtk_widget_grab_focus (GTK_WIDGET (get_view (ui, 1, TRUTH)));
  ui_key (ui, "q");
  ui_wait (is_open (ui, 1, TRUTH));
  ui_key (ui, "shift+Tab");
  ui_key (ui, "space");
  g_assert_true (explorer_view_grid_get_pane (ui->grid, 1, TRUTH)->pick.of_modes);
  g_assert_true (is_open (ui, 1, TRUTH));
  ui_key (ui, "Escape");
}

static const PisdField *
wait_for_field (Ui *ui, guint row, ExplorerColumn column)
{
  PisdPanel panel = { 0 };

  ui_wait ((ui_get_panel (ui, row, column, &panel), panel.field != NULL));
  return panel.field;
}

/* Guidance of the step shown: its terms sum up to the total; another step has another one. */
static void
test_guidance (Ui *ui, gconstpointer data)
{
  const PisdField *readings, *equation, *total;
  g_autoptr (PisdField) before = NULL;
  double difference = 0.0, norm = 0.0;

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  run_short (ui);
  g_signal_emit_by_name (ui->timeline, "step-selected", 2);
  set_pick (ui, 0, ESTIMATE, PISD_QUANTITY_READINGS, FALSE);
  set_pick (ui, 0, TRUTH, PISD_QUANTITY_EQUATION, FALSE);
  set_pick (ui, 0, ERROR, PISD_QUANTITY_TOTAL, FALSE);
  readings = wait_for_field (ui, 0, ESTIMATE);
  equation = wait_for_field (ui, 0, TRUTH);
  total = wait_for_field (ui, 0, ERROR);
  for (gsize i = 0; i < pisd_field_get_n (total); i++)
    {
      difference = fmax (difference, fabs (readings->data[i] + equation->data[i] - total->data[i]));
      norm = fmax (norm, fabs (total->data[i]));
    }
  g_assert_cmpfloat (norm, >, 0.0);
  g_assert_cmpfloat (difference, <=, 1e-6 * norm);
  before = pisd_field_dup (total);
  g_signal_emit_by_name (ui->timeline, "step-selected", 4);
  ui_wait (memcmp (wait_for_field (ui, 0, ERROR)->data, before->data,
                   pisd_field_get_n (before) * sizeof *before->data)
           != 0);
}

/* Without guidance it says so. */
static void
test_no_guidance (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_NONE);
  run_short (ui);
  set_pick (ui, 0, TRUTH, PISD_QUANTITY_TOTAL, FALSE);
  ui_get_panel (ui, 0, TRUTH, &panel);
  g_assert_null (panel.field);
  g_assert_nonnull (strstr (panel.note, "guides"));
}

/* The residual is the solver's, of both estimates. */
static void
test_residual (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdField) expected = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdSolver) solver = NULL;
  PisdField *fields[2];
  PisdEquation equation;
  PisdPanel panel;

  run_short (ui);
  equation = *pisd_representation_get_equation (explorer_session_get_representation (ui->session));
  solver = pisd_solver_new (&equation);
  for (guint k = 0; k < 2; k++)
    fields[k] = explorer_view_grid_get_row (ui->grid, k)->estimate;
  pisd_solver_residual (solver, PISD_SPECTRAL, fields, expected);
  set_pick (ui, 0, ERROR, PISD_QUANTITY_RESIDUAL, FALSE);
  ui_get_panel (ui, 0, ERROR, &panel);
  assert_fields_equal (panel.field, expected);
}

/* The line parts estimate and truth, which share their colours; it is dragged, and moved by keys; a
 * step may be kept. */
static void
test_swipe (Ui *ui, gconstpointer data)
{
  const PisdField *truth;
  double x, y, to_x, to_y;
  PisdPanel panel;

  run_short (ui);
  truth = pisd_instance_get_fields (explorer_session_get_scenario (ui->session)->instance)[0];
  ui_move_to_node (ui, 0, ESTIMATE, 30, 30);
  ui_key (ui, "v");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_nonnull (panel.beside);
  assert_fields_equal (panel.beside->field, truth);
  g_assert_cmpfloat (panel.beside->max, ==, panel.max);
  g_assert_nonnull (strstr (panel.title, "truth"));
  explorer_field_view_get_node_position (get_view (ui, 0, ESTIMATE), 30, 63, &x, &y);
  explorer_field_view_get_node_position (get_view (ui, 0, ESTIMATE), 30, 95, &to_x, &to_y);
  ui_move_to (ui, GTK_WIDGET (get_view (ui, 0, ESTIMATE)), x + 1, y);
  ui_press (ui, 1);
  ui_move_to (ui, GTK_WIDGET (get_view (ui, 0, ESTIMATE)), to_x, to_y);
  ui_release (ui, 1);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_cmpfloat_with_epsilon (panel.divider, 0.75, 0.02);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 30); /* no stroke */
  x = panel.divider;
  gtk_widget_grab_focus (GTK_WIDGET (get_view (ui, 0, ESTIMATE)));
  ui_key (ui, "alt+Left");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_cmpfloat_with_epsilon (panel.divider, x - 0.02, 1e-9);
  ui_key (ui, "v");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_null (panel.beside);
}

/* A run begins beside a divided pane that shows the result of the one before. */
static void
test_swipe_again (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  explorer_session_set_setting (ui->session, "guidance", "second-order");
  explorer_session_set_setting (ui->session, "samples", "4");
  run_short (ui);
  ui_move_to_node (ui, 0, ESTIMATE, 30, 30);
  ui_key (ui, "v");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_nonnull (strstr (panel.title, "mean"));
  ui_key (ui, "period"); /* one step of the next run */
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_nonnull (panel.beside);
  run_short (ui);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_nonnull (strstr (panel.title, "mean"));
}

/* Right of the line a step stays while the left side follows the scrubber. */
static void
test_kept_step (Ui *ui, gconstpointer data)
{
  ExplorerPane pane;
  g_autoptr (PisdField) left = NULL;
  PisdPanel panel;

  run_short (ui);
  g_signal_emit_by_name (ui->timeline, "step-selected", 2);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  left = pisd_field_dup (panel.field);
  pane = *explorer_view_grid_get_pane (ui->grid, 0, ESTIMATE);
  explorer_pane_split (&pane, TRUE);
  pane.beside.quantity = PISD_QUANTITY_ESTIMATE;
  pane.step = 2;
  explorer_view_grid_set_pane (ui->grid, 0, ESTIMATE, &pane);
  g_signal_emit_by_name (ui->timeline, "step-selected", 5);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  assert_fields_equal (panel.beside->field, left);
  g_assert_cmpint (
      memcmp (panel.field->data, left->data, pisd_field_get_n (left) * sizeof *left->data), !=, 0);
  g_assert_nonnull (strstr (panel.title, "step 2"));
}

/* Two runs of one set-up that differ in their seed, or in sensors too: the older one's id. */
static guint
run_twice (Ui *ui, guint n_sensors)
{
  guint older;

  run_short (ui);
  explorer_session_drop_runs (ui->session);
  older = explorer_session_get_run_id (ui->session);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, n_sensors, 7);
  ui_set_setting (ui, "seed", "5");
  ui_set_setting (ui, "steps", "12");
  ui_run_to_the_end (ui);
  return older;
}

static void
assert_is_of_run (Ui *ui, const PisdField *field, guint id, guint step)
{
  g_autoptr (PisdField) expected = pisd_field_new (PISD_GRID, PISD_GRID);

  g_assert_true (
      explorer_run_decode (explorer_session_find_run (ui->session, id), step, 0, expected));
  assert_fields_equal (field, expected);
}

/* R puts the run before right of a line, at the same share of its steps and in one range; its
 * sensors are its own; a saved figure has it; once it is gone the run shown stands in. */
static void
test_swipe_runs (Ui *ui, gconstpointer data)
{
  const guint older = run_twice (ui, 50);
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS], panel;
  guint n_rows, n_columns;

  g_signal_emit_by_name (ui->timeline, "step-selected", 4);
  gtk_widget_grab_focus (GTK_WIDGET (get_view (ui, 0, ESTIMATE)));
  ui_key (ui, "r");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  assert_is_of_run (ui, panel.field, explorer_session_get_run_id (ui->session), 4);
  assert_is_of_run (ui, panel.beside->field, older, 2);
  g_assert_cmpfloat (panel.max, ==, panel.beside->max);
  g_assert_cmpfloat (panel.max, >=, pisd_field_get_largest (panel.beside->field));
  g_assert_nonnull (strstr (panel.title, "seed 1): a, estimate, step 2"));
  g_assert_cmpuint (panel.sensors->n, ==, 50);
  g_assert_cmpuint (panel.beside->sensors->n, ==, 30);
  explorer_view_grid_get_panels (ui->grid, panels, &n_rows, &n_columns);
  g_assert_true (panels[0].beside->field == panel.beside->field);
  ui_key (ui, "alt+Left");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_cmpfloat_with_epsilon (panel.divider, 0.48, 1e-9);
  g_signal_emit_by_name (ui->timeline, "step-selected", 8);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  assert_is_of_run (ui, panel.beside->field, older, 4);
  g_assert_true (explorer_session_drop_run (ui->session, older));
  ui_settle (ui);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  assert_fields_equal (panel.beside->field, panel.field);
  g_assert_nonnull (strstr (panel.title, "is gone"));
  ui_key (ui, "r");
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_null (panel.beside);
  ui_key (ui, "r");
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "other run"));
}

/* The error is worse there, and its range as wide; modes, too; what a run does not keep is said. */
static void
test_quantities_of_runs (Ui *ui, gconstpointer data)
{
  const guint older = run_twice (ui, 90);
  ExplorerPane pane;
  PisdPanel panel;

  explorer_pane_init (&pane, ERROR);
  explorer_pane_split (&pane, TRUE);
  pane.beside = pane.pick;
  pane.run = older;
  pane.step = 0;
  explorer_view_grid_set_pane (ui->grid, 0, ERROR, &pane);
  ui_get_panel (ui, 0, ERROR, &panel);
  g_assert_cmpfloat (panel.max, ==, panel.beside->max);
  g_assert_cmpfloat (panel.max, ==, pisd_field_get_largest (panel.beside->field));
  g_assert_nonnull (strstr (panel.title, "error, step 0"));
  for (PisdQuantity q = 0; q < PISD_N_QUANTITIES; q++)
    {
      const gboolean has = q != PISD_QUANTITY_EXACT && q != PISD_QUANTITY_SPREAD
                           && q != PISD_QUANTITY_STANDARDIZED && !pisd_quantity_is_of_guidance (q);

      pane.pick.of_modes = pane.beside.of_modes = q == PISD_QUANTITY_STATE;
      pane.beside.quantity = q;
      explorer_view_grid_set_pane (ui->grid, 1, ERROR, &pane);
      ui_get_panel (ui, 1, ERROR, &panel);
      g_assert_cmpint (panel.beside->field != NULL, ==, has);
      g_assert_true (has || panel.beside->note != NULL);
    }
}

static GtkWidget *
find_choice (Ui *ui, guint row, ExplorerColumn column)
{
  return ui_find (get_popover (ui, row, column), GTK_TYPE_DROP_DOWN, NULL, NULL);
}

/* The menu's list has all runs of the equation; the focus stays with what was chosen last. */
static void
test_choose_run (Ui *ui, gconstpointer data)
{
  const guint older = run_twice (ui, 30);
  GtkWidget *view = GTK_WIDGET (get_view (ui, 0, ESTIMATE)), *choice;

  open_by_pointer (ui, 0, ESTIMATE);
  click_words (ui, 0, ESTIMATE, "Swipe Line (V)");
  choice = find_choice (ui, 0, ESTIMATE);
  ui_wait (gtk_widget_get_mapped (choice) && gtk_widget_get_width (choice) > 0);
  ui_settle (ui);
  ui_click_in_popover (choice);
  ui_settle (ui);
  ui_key (ui, "Down");
  ui_key (ui, "Down");
  ui_key (ui, "Return");
  ui_wait (explorer_view_grid_get_pane (ui->grid, 0, ESTIMATE)->run == older);
  g_assert_true (is_open (ui, 0, ESTIMATE));
  click_words (ui, 0, ESTIMATE, "Keep step 6");
  g_assert_cmpint (explorer_view_grid_get_pane (ui->grid, 0, ESTIMATE)->step, ==, 6);
  ui_key (ui, "Escape");
  ui_move_to_node (ui, 1, ERROR, 64, 64);
  ui_wait (get_popover (ui, 0, ESTIMATE) == NULL);
  gtk_widget_grab_focus (view);
  ui_key (ui, "q");
  ui_wait (is_open (ui, 0, ESTIMATE));
  ui_key (ui, "Escape");
  ui_wait (!is_open (ui, 0, ESTIMATE));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (ui->window)) == view);
}

/* Picks go on with another equation, whose fields and modes are others. */
static void
test_problems (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  run_short (ui);
  set_pick (ui, 0, TRUTH, PISD_QUANTITY_UPDATE, FALSE);
  set_pick (ui, 0, ESTIMATE, PISD_QUANTITY_ESTIMATE, TRUE);
  set_pick (ui, 1, ERROR, PISD_QUANTITY_RESIDUAL, FALSE);
  g_assert_true (explorer_session_choose_problem (ui->session, PISD_PROBLEM_NAVIER_STOKES));
  ui_settle (ui);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_null (panel.field);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  run_short (ui);
  ui_get_panel (ui, 0, ESTIMATE, &panel);
  g_assert_cmpuint (panel.field->nx, ==, 12);
  g_assert_cmpint (panel.basis, ==, PISD_BASIS_PERIODIC);
  ui_get_panel (ui, 1, ERROR, &panel);
  g_assert_cmpuint (panel.field->ny, ==, PISD_GRID);
}

/* Settings outlive a window: what a test before has picked. */
static void
set_up (Ui *ui, gconstpointer data)
{
  ui_set_up (ui, data);
  explorer_view_grid_reset_panes (ui->grid);
  ui_settle (ui);
}

#define ADD(path, function) g_test_add ("/ui/panes/" path, Ui, NULL, set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("pick-by-pointer", test_pick_by_pointer);
  ADD ("pick-by-keys", test_pick_by_keys);
  ADD ("closed-menu", test_closed_menu);
  ADD ("maximize", test_maximize);
  ADD ("zoom", test_zoom);
  ADD ("pan", test_pan);
  ADD ("keys-pan", test_keys_pan);
  ADD ("modes", test_modes);
  ADD ("modes-of-menu", test_modes_of_menu);
  ADD ("guidance", test_guidance);
  ADD ("no-guidance", test_no_guidance);
  ADD ("residual", test_residual);
  ADD ("problems", test_problems);
  ADD ("swipe", test_swipe);
  ADD ("swipe-again", test_swipe_again);
  ADD ("kept-step", test_kept_step);
  ADD ("swipe-runs", test_swipe_runs);
  ADD ("quantities-of-runs", test_quantities_of_runs);
  ADD ("choose-run", test_choose_run);
  return g_test_run ();
}
