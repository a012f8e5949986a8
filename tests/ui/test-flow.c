/* A flow in the window: physical time, sensors on single frames, the beginning drawn by hand. */

#include <math.h>
#include <string.h>

#include "explorer-flow-bar.h"
#include "../pisd-test-flow.h"
#include "ui-fixture.h"

#define BEGINNING 0 /* rows of the views */
#define LATER 1
#define N_LATER 9

static ExplorerFlowBar *
get_bar (Ui *ui)
{
  return EXPLORER_FLOW_BAR (ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_FLOW_BAR, NULL, NULL));
}

static ExplorerFlowTrack *
get_track (Ui *ui)
{
  return explorer_flow_bar_get_track (get_bar (ui));
}

static ExplorerFlow *
get_flow (Ui *ui)
{
  return explorer_window_get_flow (ui->window);
}

static guint
get_frame (Ui *ui)
{
  return explorer_flow_get_frame (get_flow (ui));
}

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

static const PisdFieldInfo *
get_later (void)
{
  return &pisd_operator_get (test_flow_get_problem ())->fields[LATER];
}

static void
set_up (Ui *ui, gconstpointer data)
{
  const PisdEquation flow = { test_flow_get_problem (), { 1e-3 } };

  ui_set_up (ui, NULL);
  explorer_preferences_set (ui->preferences, "flow-loop", TRUE);
  explorer_preferences_set (ui->preferences, "flow-speed", 16);
  g_assert_true (explorer_session_set_equation (ui->session, &flow));
  explorer_session_clear_sensors (ui->session);
  ui_settle (ui);
}

static void
click_frame (Ui *ui, guint frame)
{
  ExplorerFlowTrack *track = get_track (ui);

  ui_click (ui, GTK_WIDGET (track), explorer_flow_track_get_x (track, frame),
            0.5 * gtk_widget_get_height (GTK_WIDGET (track)), 1);
}

/* That a row shows that frame of the truth, and says so. */
static void
assert_shown (Ui *ui, guint frame)
{
  const PisdField *truth = pisd_instance_get_field (get_scenario (ui)->instance, PISD_FIELD_U);
  const PisdField expected = pisd_field_get_frame (truth, frame);
  g_autofree char *symbol = pisd_field_info_dup_symbol (get_later (), frame);
  PisdPanel panel;

  g_assert_cmpuint (get_frame (ui), ==, frame);
  ui_get_panel (ui, LATER, EXPLORER_COLUMN_TRUTH, &panel);
  g_assert_cmpuint (panel.field->ny, ==, PISD_GRID);
  g_assert_cmpmem (panel.field->data, pisd_field_get_n (panel.field) * sizeof (double),
                   expected.data, pisd_field_get_n (&expected) * sizeof (double));
  g_assert_nonnull (strstr (panel.title, symbol));
}

/* Another equation of other fields comes with sensors of its own. */
static void
test_chosen_from_the_list (Ui *ui, gconstpointer data)
{
  GtkWidget *list = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_DROP_DOWN, NULL, NULL);

  explorer_session_set_equation (ui->session, &(PisdEquation){ PISD_PROBLEM_POISSON });
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), test_flow_get_problem ());
  ui_settle (ui);
  assert_shown (ui, N_LATER - 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 0); /* they were of other fields */
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 14 * 14);
  explorer_session_undo (ui->session);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 20);
}

/* Physical time. */

static void
test_bar_is_there_for_flows (Ui *ui, gconstpointer data)
{
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_bar (ui))));
  assert_shown (ui, N_LATER - 1);
  explorer_session_set_equation (ui->session, &(PisdEquation){ PISD_PROBLEM_POISSON });
  ui_settle (ui);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_bar (ui))));
  explorer_session_undo (ui->session);
  ui_settle (ui);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_bar (ui))));
  assert_shown (ui, N_LATER - 1);
}

static void
test_frames_are_chosen (Ui *ui, gconstpointer data)
{
  click_frame (ui, 3);
  assert_shown (ui, 3);
  ui_key (ui, "Right");
  assert_shown (ui, 4);
  ui_key (ui, "Home");
  assert_shown (ui, 0);
  ui_key (ui, "End");
  assert_shown (ui, N_LATER - 1);
  ui_key (ui, "b");
  assert_shown (ui, N_LATER - 2);
  ui_key (ui, "n");
  ui_key (ui, "n");
  assert_shown (ui, N_LATER - 1);
}

static void
test_drag_on_the_line (Ui *ui, gconstpointer data)
{
  ExplorerFlowTrack *track = get_track (ui);
  const double y = 0.5 * gtk_widget_get_height (GTK_WIDGET (track));

  ui_move_to (ui, GTK_WIDGET (track), explorer_flow_track_get_x (track, 6), y);
  ui_press (ui, 1);
  assert_shown (ui, 6);
  ui_move_to (ui, GTK_WIDGET (track), explorer_flow_track_get_x (track, 1) + 3, y);
  assert_shown (ui, 1);
  ui_release (ui, 1);
}

/* Physical time is none of the scenario's. */
static void
test_nothing_to_undo (Ui *ui, gconstpointer data)
{
  gboolean can_redo;

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1));
  explorer_session_undo (ui->session);
  click_frame (ui, 2);
  assert_shown (ui, 2);
  g_object_get (ui->session, "can-redo", &can_redo, NULL);
  g_assert_true (can_redo); /* an edit would have ended that */
  g_assert_false (explorer_session_is_running (ui->session));
}

/* A value keeps its colour while the flow is played. */
static void
test_colours_stay (Ui *ui, gconstpointer data)
{
  PisdPanel first, last;

  click_frame (ui, 0);
  ui_get_panel (ui, LATER, EXPLORER_COLUMN_TRUTH, &first);
  ui_key (ui, "End");
  ui_get_panel (ui, LATER, EXPLORER_COLUMN_TRUTH, &last);
  g_assert_cmpfloat (first.min, ==, last.min);
  g_assert_cmpfloat (first.max, ==, last.max);
}

static void
test_played (Ui *ui, gconstpointer data)
{
  click_frame (ui, 4);
  ui_key (ui, "p");
  g_assert_true (explorer_flow_is_playing (get_flow (ui)));
  ui_wait (get_frame (ui) == N_LATER - 1);
  ui_wait (get_frame (ui) == 2); /* it has begun again */
  ui_key (ui, "p");
  g_assert_false (explorer_flow_is_playing (get_flow (ui)));
  assert_shown (ui, get_frame (ui));
}

static void
test_played_once (Ui *ui, gconstpointer data)
{
  explorer_preferences_set (ui->preferences, "flow-loop", FALSE);
  explorer_preferences_set (ui->preferences, "flow-speed", 1);
  ui_click (ui, ui_find_button (GTK_WIDGET (get_bar (ui)), "win.play-flow"), 8, 8, 1);
  g_assert_true (explorer_flow_is_playing (get_flow (ui)));
  g_assert_cmpuint (get_frame (ui), <, N_LATER - 1); /* from the last frame on it begins anew */
  explorer_preferences_set (ui->preferences, "flow-speed", 60);
  ui_wait (!explorer_flow_is_playing (get_flow (ui)));
  assert_shown (ui, N_LATER - 1);
}

/* Frames go by as time does, however late the pictures are. */
static void
test_speed (Ui *ui, gconstpointer data)
{
  g_autoptr (ExplorerFlow) flow = explorer_flow_new (ui->session, ui->preferences);

  explorer_preferences_set (ui->preferences, "flow-speed", 4);
  explorer_flow_set_playing (flow, TRUE);
  g_assert_cmpuint (explorer_flow_get_frame (flow), ==, 0);
  explorer_flow_advance (flow, 249000);
  g_assert_cmpuint (explorer_flow_get_frame (flow), ==, 0);
  explorer_flow_advance (flow, 2000);
  g_assert_cmpuint (explorer_flow_get_frame (flow), ==, 1);
  explorer_flow_advance (flow, 500000);
  g_assert_cmpuint (explorer_flow_get_frame (flow), ==, 3);
  explorer_flow_select (flow, N_LATER - 1);
  g_assert_false (explorer_flow_is_playing (flow));
}

/* Sensors. */

static guint
count_on (Ui *ui, guint frame)
{
  return pisd_sensors_count_on (get_scenario (ui)->sensors, get_later (), frame);
}

static gboolean
has_sensor (Ui *ui, guint frame, int i, int j)
{
  const PisdFieldInfo *info = get_later ();
  const double h = pisd_field_info_get_spacing (info);

  return pisd_sensors_find (get_scenario (ui)->sensors, info, frame, j * h, i * h, 0.1 * h) >= 0;
}

static void
drag_node (Ui *ui, int i, int j, int to_i, int to_j)
{
  ui_move_to_node (ui, LATER, EXPLORER_COLUMN_TRUTH, i, j);
  ui_press (ui, 1);
  ui_move_to_node (ui, LATER, EXPLORER_COLUMN_TRUTH, to_i, to_j);
  ui_release (ui, 1);
}

static void
test_sensors_of_a_frame (Ui *ui, gconstpointer data)
{
  const PisdField *truth = pisd_instance_get_field (get_scenario (ui)->instance, PISD_FIELD_U);
  const PisdField frame = pisd_field_get_frame (truth, 3);
  const PisdSensor *sensor;

  click_frame (ui, 3);
  ui_click_node (ui, LATER, EXPLORER_COLUMN_TRUTH, 40, 50, 1);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 1);
  sensor = get_scenario (ui)->sensors->items;
  g_assert_cmpint (sensor->field, ==, PISD_FIELD_U);
  g_assert_cmpfloat_with_epsilon (sensor->t, 4.0 / 9.0, 1e-12);
  g_assert_cmpfloat (sensor->value, ==, frame.data[40 * PISD_GRID + 50]);
  g_assert_cmpuint (explorer_flow_track_get_n_sensors (get_track (ui), 3), ==, 1);

  click_frame (ui, 5);
  ui_click_node (ui, LATER, EXPLORER_COLUMN_TRUTH, 40, 50, 1); /* another one at the place */
  g_assert_cmpuint (count_on (ui, 3), ==, 1);
  g_assert_cmpuint (count_on (ui, 5), ==, 1);
  drag_node (ui, 40, 50, 60, 70);
  g_assert_true (has_sensor (ui, 5, 60, 70));
  g_assert_true (has_sensor (ui, 3, 40, 50));
  ui_click_node (ui, LATER, EXPLORER_COLUMN_TRUTH, 60, 70, 3);
  g_assert_cmpuint (count_on (ui, 5), ==, 0);
  g_assert_cmpuint (count_on (ui, 3), ==, 1);
  g_assert_cmpuint (explorer_flow_track_get_n_sensors (get_track (ui), 5), ==, 0);
}

static void
test_sensors_of_the_beginning (Ui *ui, gconstpointer data)
{
  click_frame (ui, 3);
  ui_click_node (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, 127, 127, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 1);
  g_assert_cmpfloat (get_scenario (ui)->sensors->items->t, ==, 0.0);
  g_assert_cmpfloat (get_scenario (ui)->sensors->items->x, ==, 127.0 / 128.0);
}

static void
test_all_frames_alike (Ui *ui, gconstpointer data)
{
  GtkWidget *toggle = ui_find_in_row (ui, "All frames alike", GTK_TYPE_SWITCH);

  ui_click (ui, toggle, 8, 8, 1);
  ui_wait (gtk_switch_get_active (GTK_SWITCH (toggle))); /* when it has slid over */
  click_frame (ui, 2);
  ui_click_node (ui, LATER, EXPLORER_COLUMN_TRUTH, 40, 50, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 1);
  for (guint n = 0; n < N_LATER; n++)
    g_assert_true (has_sensor (ui, n, 40, 50));
  drag_node (ui, 40, 50, 60, 70);
  for (guint n = 0; n < N_LATER; n++)
    {
      g_assert_true (has_sensor (ui, n, 60, 70));
      g_assert_cmpuint (count_on (ui, n), ==, 1);
    }
  explorer_session_undo (ui->session);
  g_assert_true (has_sensor (ui, 8, 40, 50));
  ui_click_node (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, 40, 50, 3);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 0);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 4, 30, 1));
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 30 * (N_LATER + 1));
}

static gboolean
is_called (GtkWidget *button, gconstpointer label)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0;
}

static void
test_scattered_on_the_frame (Ui *ui, gconstpointer data)
{
  GtkWidget *fields = ui_find_in_row (ui, "Field", ADW_TYPE_COMBO_ROW);
  GtkWidget *random = ui_find_in_row (ui, "Random", ADW_TYPE_ACTION_ROW);

  click_frame (ui, 6);
  adw_combo_row_set_selected (ADW_COMBO_ROW (fields), LATER);
  g_signal_emit_by_name (ui_find (random, GTK_TYPE_BUTTON, is_called, "Scatter"), "clicked");
  g_assert_cmpuint (count_on (ui, 6), ==, 500);
  g_assert_cmpuint (get_scenario (ui)->sensors->n, ==, 500);
}

/* What is drawn on stands still. */
static void
test_stroke_holds_the_flow (Ui *ui, gconstpointer data)
{
  ui_key (ui, "p");
  g_assert_true (explorer_flow_is_playing (get_flow (ui)));
  ui_click_node (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, 20, 20, 1);
  g_assert_false (explorer_flow_is_playing (get_flow (ui)));
}

/* The estimate follows. */

static void
note_answer (ExplorerExact *exact, GArray *noted)
{
  const gboolean is_whole = explorer_exact_is_current (exact);

  g_array_append_val (noted, is_whole);
  g_test_message ("%s answer at %.3f s", is_whole ? "whole" : "early",
                  (double) g_get_monotonic_time () / G_USEC_PER_SEC);
}

/* What the rows of the sensors before say comes first, and is shown. */
static void
test_moved_sensor_is_followed (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);
  g_autoptr (GArray) noted = g_array_new (FALSE, FALSE, sizeof (gboolean));
  PisdField shown;
  PisdPanel panel;

  g_assert_true (explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER));
  g_assert_true (explorer_session_place_grid (ui->session, PISD_FIELD_U, N_LATER - 1, 10, 10));
  ui_wait (explorer_exact_is_current (exact));
  g_signal_connect (exact, "changed", G_CALLBACK (note_answer), noted);
  g_test_message ("moved at %.3f s", (double) g_get_monotonic_time () / G_USEC_PER_SEC);
  explorer_session_move_sensor (ui->session, PISD_FIELD_U, N_LATER - 1, 6, 6, 8, 8);
  ui_wait (explorer_exact_is_current (exact));
  g_signal_handlers_disconnect_by_data (exact, noted);
  g_assert_cmpuint (noted->len, >=, 2);
  g_assert_false (g_array_index (noted, gboolean, 0));
  g_assert_true (g_array_index (noted, gboolean, noted->len - 1));
  g_assert_true (explorer_live_is_active (explorer_window_get_live (ui->window)));
  click_frame (ui, 4);
  ui_get_panel (ui, LATER, EXPLORER_COLUMN_ESTIMATE, &panel);
  shown = pisd_field_get_frame (explorer_exact_get (exact)->mean[LATER], 4);
  g_assert_cmpfloat (pisd_field_relative_error (panel.field, &shown), ==, 0.0);
  g_assert_cmpfloat (explorer_exact_get (exact)->errors[LATER], <, 0.05);
}

/* What is said. */

static void
test_words (Ui *ui, gconstpointer data)
{
  click_frame (ui, 4);
  ui_move_to_node (ui, LATER, EXPLORER_COLUMN_TRUTH, 64, 32);
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "w(0)"));
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "w(5/9)"));
  g_assert_nonnull (strstr (explorer_view_grid_get_readout (ui->grid), "0.250"));
  g_assert_nonnull (strstr (explorer_window_get_number (ui->window, "error-then-u"), "5/9"));
  g_assert_null (explorer_window_get_number (ui->window, "error-then-a"));
  ui_click_node (ui, LATER, EXPLORER_COLUMN_TRUTH, 64, 32, 1);
  g_assert_nonnull (strstr (ui_get_subtitle (ui), "w(5/9)"));
}

/* The beginning drawn by hand. */

static gboolean
is_settled (Ui *ui)
{
  return explorer_session_get_drawn (ui->session) == NULL
         && !explorer_session_is_editing (ui->session);
}

static void
draw_stroke (Ui *ui)
{
  explorer_brush_set_tool (explorer_window_get_brush (ui->window), EXPLORER_TOOL_SOURCE);
  ui_move_to_node (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, 30, 30);
  ui_press (ui, 1);
  ui_move_to_node (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, 50, 60);
}

static void
test_drawn (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdInstance) before = pisd_instance_ref (get_scenario (ui)->instance);
  const PisdField *first;
  PisdPanel panel;

  draw_stroke (ui);
  ui_get_panel (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, &panel); /* follows the brush at once */
  g_assert_cmpfloat (panel.field->data[50 * PISD_GRID + 60], >,
                     pisd_instance_get_fields (before)[0]->data[50 * PISD_GRID + 60] + 0.9);
  ui_release (ui, 1);
  ui_wait (is_settled (ui));
  g_assert_false (pisd_instance_equal (before, get_scenario (ui)->instance));
  first = pisd_instance_get_fields (get_scenario (ui)->instance)[0];
  g_assert_cmpfloat (pisd_field_relative_error (panel.field, first), <, 1e-12);
  assert_shown (ui, N_LATER - 1);
  explorer_session_undo (ui->session);
  g_assert_true (pisd_instance_equal (before, get_scenario (ui)->instance));
}

/* Typed for a flow that was drawn: it comes with the flow that it makes. */
static void
test_drawn_with_another_viscosity (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "viscosity");
  g_autoptr (PisdInstance) before = NULL;

  draw_stroke (ui);
  ui_release (ui, 1);
  ui_wait (is_settled (ui));
  before = pisd_instance_ref (get_scenario (ui)->instance);
  ui_click (ui, entry, 20, 12, 1);
  ui_send ("key ctrl+a type 0.002");
  ui_settle (ui);
  ui_key (ui, "Return");
  ui_wait (pisd_settings_get_equation (&get_scenario (ui)->settings).constants[0] == 2e-3);
  g_assert_true (is_settled (ui));
  g_assert_false (pisd_instance_equal (before, get_scenario (ui)->instance));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "0.002");
  explorer_session_undo (ui->session);
  g_assert_true (pisd_instance_equal (before, get_scenario (ui)->instance));
}

static void
assert_beginning_shown (Ui *ui)
{
  const PisdField *truth = pisd_instance_get_fields (get_scenario (ui)->instance)[0];
  PisdPanel panel;

  ui_get_panel (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, &panel);
  g_assert_cmpmem (panel.field->data, pisd_field_get_n (panel.field) * sizeof (double), truth->data,
                   pisd_field_get_n (truth) * sizeof (double));
}

/* Of that root mean square, and shown at once. */
static void
begin_drawing (Ui *ui, double size)
{
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdPanel panel;

  for (guint k = 0; k < PISD_GRID * PISD_GRID; k++)
    source->data[k] = k % 2 == 0 ? size : -size;
  explorer_session_begin_edit (ui->session);
  explorer_session_draw (ui->session, source);
  ui_get_panel (ui, BEGINNING, EXPLORER_COLUMN_TRUTH, &panel);
  g_assert_cmpfloat (fabs (panel.field->data[0]), ==, size);
}

/* What is drawn and never solved does not stay in the truth's place. */
static void
test_drawing_gives_way (Ui *ui, gconstpointer data)
{
  begin_drawing (ui, 2.0);
  explorer_session_cancel_edit (ui->session);
  assert_beginning_shown (ui);
  begin_drawing (ui, 100.0); /* too fast to be solved */
  explorer_session_end_edit (ui->session);
  ui_wait (is_settled (ui));
  g_assert_nonnull (explorer_window_get_last_toast (ui->window));
  assert_beginning_shown (ui);
  begin_drawing (ui, 3.0);
  explorer_session_end_edit (ui->session);
  g_assert_true (explorer_session_choose_problem (ui->session, PISD_PROBLEM_POISSON));
  ui_settle (ui);
  g_assert_true (is_settled (ui));
  assert_beginning_shown (ui);
}

static void
test_drawn_taken_back (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdInstance) before = pisd_instance_ref (get_scenario (ui)->instance);

  draw_stroke (ui);
  ui_key (ui, "Escape");
  ui_release (ui, 1);
  ui_wait (is_settled (ui));
  g_assert_true (pisd_instance_equal (before, get_scenario (ui)->instance));
  assert_shown (ui, N_LATER - 1);
  assert_beginning_shown (ui);
}

#define ADD(path, function) g_test_add ("/ui/flow/" path, Ui, NULL, set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem (); /* before anybody asks for the list */
  adw_init ();

  ADD ("chosen-from-the-list", test_chosen_from_the_list);
  ADD ("bar-is-there-for-flows", test_bar_is_there_for_flows);
  ADD ("frames-are-chosen", test_frames_are_chosen);
  ADD ("drag-on-the-line", test_drag_on_the_line);
  ADD ("nothing-to-undo", test_nothing_to_undo);
  ADD ("colours-stay", test_colours_stay);
  ADD ("played", test_played);
  ADD ("played-once", test_played_once);
  ADD ("speed", test_speed);
  ADD ("sensors-of-a-frame", test_sensors_of_a_frame);
  ADD ("sensors-of-the-beginning", test_sensors_of_the_beginning);
  ADD ("all-frames-alike", test_all_frames_alike);
  ADD ("scattered-on-the-frame", test_scattered_on_the_frame);
  ADD ("stroke-holds-the-flow", test_stroke_holds_the_flow);
  ADD ("moved-sensor-is-followed", test_moved_sensor_is_followed);
  ADD ("words", test_words);
  ADD ("drawn", test_drawn);
  ADD ("drawn-taken-back", test_drawn_taken_back);
  ADD ("drawn-with-another-viscosity", test_drawn_with_another_viscosity);
  ADD ("drawing-gives-way", test_drawing_gives_way);
  return g_test_run ();
}
