/* Edits of one frame of a flow, and what they leave alone; each can be undone bit for bit. */
#include "pisd-edit-sensors.h"

#include "pisd-edit-truth.h"
#include "pisd-edit.h"
#include "pisd-history.h"
#include "pisd-npz-writer.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"
#include "pisd-truth.h"

#define U PISD_FIELD_U
#define A PISD_FIELD_A
#define MIDDLE 4 /* a frame of u */
#define LAST 8

static PisdScenario *
scenario_new (void)
{
  PisdScenario *scenario = pisd_scenario_new ();
  g_autoptr (GError) error = NULL;

  pisd_settings_set_equation (&scenario->settings, TEST_EQUATION (test_flow_get_problem (), 1e-3));
  pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 5, &error);
  g_assert_no_error (error);
  return scenario;
}

static const PisdFieldInfo *
get_u (void)
{
  return pisd_problem_find_field (test_flow_get_problem (), U);
}

static guint
count_on (const PisdScenario *scenario, guint frame)
{
  return pisd_sensors_count_on (scenario->sensors, get_u (), frame);
}

/* What a node of a frame of u holds. */
static double
get_truth (const PisdScenario *scenario, guint frame, guint i, guint j)
{
  const PisdField w = pisd_field_get_frame (pisd_instance_get_field (scenario->instance, U), frame);

  return w.data[i * PISD_GRID + j];
}

/* At one place of two frames are two sensors, for every edit. */
static void
test_two_frames (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new ();
  int index;

  g_assert_true (pisd_edit_paint (scenario, U, MIDDLE, 20, 30, 0, 0, NULL));
  g_assert_true (pisd_edit_paint (scenario, U, LAST, 20, 30, 0, 0, NULL));
  g_assert_true (pisd_edit_paint (scenario, U, LAST, 20, 30, 0, 0, NULL)); /* it is there */
  g_assert_cmpuint (scenario->sensors->n, ==, 2);
  g_assert_cmpfloat (scenario->sensors->items[0].value, ==, get_truth (scenario, MIDDLE, 20, 30));
  g_assert_cmpfloat (scenario->sensors->items[1].value, ==, get_truth (scenario, LAST, 20, 30));
  g_assert_cmpfloat (scenario->sensors->items[0].x, ==, 30 / 128.0);
  g_assert_cmpint (pisd_edit_find (scenario, U, MIDDLE, 20, 30), ==, 0);
  index = pisd_edit_find (scenario, U, LAST, 20, 30);
  g_assert_cmpint (index, ==, 1);
  g_assert_cmpint (pisd_edit_find (scenario, U, 0, 20, 30), ==, -1);
  g_assert_cmpint (pisd_edit_find (scenario, A, 0, 20, 30), ==, -1);
  /* Only one of its own frame is in the way. */
  g_assert_true (pisd_edit_paint (scenario, U, MIDDLE, 50, 60, 0, 0, NULL));
  g_assert_true (pisd_edit_move (scenario, (guint) index, 50, 60, NULL));
  g_assert_cmpint (pisd_edit_find (scenario, U, LAST, 50, 60), ==, index);
  g_assert_cmpfloat (scenario->sensors->items[index].value, ==, get_truth (scenario, LAST, 50, 60));
  pisd_edit_erase (scenario, U, MIDDLE, 50, 60, 3);
  g_assert_cmpuint (count_on (scenario, MIDDLE), ==, 1);
  g_assert_cmpuint (count_on (scenario, LAST), ==, 1);
}

/* What is laid out anew is one frame; the others stay, and clearing one leaves them too. */
static void
test_patterns (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new ();

  g_assert_true (pisd_edit_scatter (scenario, U, MIDDLE, 40, 0, 1, NULL));
  g_assert_true (pisd_edit_place_grid (scenario, U, LAST, 4, 5, 0, NULL));
  g_assert_true (pisd_edit_place_ring (scenario, A, 0, 16, 0, NULL));
  g_assert_cmpuint (count_on (scenario, MIDDLE), ==, 40);
  g_assert_cmpuint (count_on (scenario, LAST), ==, 20);
  g_assert_true (pisd_edit_scatter (scenario, U, LAST, 7, 0, 1, NULL));
  g_assert_cmpuint (count_on (scenario, MIDDLE), ==, 40);
  g_assert_cmpuint (count_on (scenario, LAST), ==, 7);
  pisd_edit_clear_frame (scenario, U, MIDDLE);
  g_assert_cmpuint (count_on (scenario, MIDDLE), ==, 0);
  g_assert_cmpuint (scenario->sensors->n, ==, 16 + 7);
}

/* A brush over the corner of a periodic field paints all four of them, and so does the eraser. */
static void
test_corner (void)
{
  static const int corners[][2] = { { 0, 0 }, { 127, 0 }, { 0, 127 }, { 127, 127 } };
  g_autoptr (PisdScenario) scenario = scenario_new ();

  g_assert_true (pisd_edit_paint (scenario, A, 0, 0, 0, 2, 0, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 13);
  for (guint k = 0; k < G_N_ELEMENTS (corners); k++)
    g_assert_cmpint (pisd_edit_find (scenario, A, 0, corners[k][0], corners[k][1]), >=, 0);
  pisd_edit_erase (scenario, A, 0, 127, 127, 1);
  g_assert_cmpuint (scenario->sensors->n, ==, 7);
  for (guint k = 0; k < G_N_ELEMENTS (corners); k++)
    g_assert_cmpint (pisd_edit_find (scenario, A, 0, corners[k][0], corners[k][1]), <, 0);
  pisd_edit_erase (scenario, A, 0, 1, 1, 1);
  g_assert_cmpuint (scenario->sensors->n, ==, 2);
}

/* The same places on all frames: their own go, those of the frame stay, all read the truth. */
static void
test_copies (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new ();
  const PisdSensor between = { U, 0.1234, 0.777, 5 / 9.0, 0.25, 0.0 };
  double kept;

  g_assert_true (pisd_edit_paint (scenario, U, MIDDLE, 20, 30, 0, 0.125, NULL));
  pisd_sensors_add (scenario->sensors, &between);
  g_assert_true (pisd_edit_scatter (scenario, U, LAST, 50, 0, 1, NULL));
  kept = scenario->sensors->items[0].value;
  g_assert_true (pisd_edit_copy_to_frames (scenario, U, MIDDLE, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 20);
  g_assert_cmpfloat (scenario->sensors->items[0].value, ==, kept);
  g_assert_cmpfloat (scenario->sensors->items[1].value, ==, 0.25);
  for (guint frame = 0; frame < 9; frame++)
    {
      int index = pisd_edit_find (scenario, U, frame, 20, 30);

      g_assert_cmpint (index, >=, 0);
      g_assert_cmpfloat (scenario->sensors->items[index].sd, ==, 0.125);
      test_assert_close (scenario->sensors->items[index].value, get_truth (scenario, frame, 20, 30),
                         6.0 * 0.125);
      if (frame != MIDDLE)
        g_assert_false (scenario->sensors->items[index].value == kept);
      g_assert_cmpuint (count_on (scenario, frame), ==, 2);
    }
  g_assert_cmpint (pisd_edit_find (scenario, A, 0, 20, 30), >=, 0);
}

/* All or nothing, where there is no truth, and where the copies would be too many. */
static void
test_refused_copies (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new ();
  g_autoptr (PisdScenario) before = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_edit_scatter (scenario, U, LAST, PISD_MAX_SENSORS / 10 + 1, 0, 1, NULL));
  before = pisd_scenario_dup (scenario);
  g_assert_false (pisd_edit_copy_to_frames (scenario, U, LAST, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_clear_pointer (&scenario->instance, pisd_instance_unref);
  g_assert_false (pisd_edit_copy_to_frames (scenario, U, LAST, &error));
  g_assert_nonnull (error);
  g_assert_true (pisd_sensors_equal (before->sensors, scenario->sensors));
}

/* Every edit of frames, undone and redone. */
static void
test_undo (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (20, 20, 0);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_scenario_free);
  const PisdSensor between = { U, 0.1234, 0.5678, 0.31, -0.0, 0.25 };
  PisdScenario *present = scenario_new ();

  for (guint k = 0; k < 7; k++)
    {
      pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
      g_ptr_array_add (seen, pisd_scenario_dup (present));
      if (k < 3)
        g_assert_true (pisd_edit_scatter (present, U, 2 * k, 30, k % 2 * 0.1, k, NULL));
      else if (k == 3)
        pisd_edit_clear_frame (present, U, 2);
      else if (k == 4)
        pisd_sensors_add (present->sensors, &between);
      else if (k == 5)
        g_assert_true (pisd_edit_copy_to_frames (present, U, 4, NULL));
      else
        g_assert_true (pisd_edit_move (present, 3, 9, 9, NULL));
    }
  for (guint k = seen->len; k-- > 0;)
    {
      PisdScenario *before = pisd_history_undo (history, present);

      pisd_scenario_free (present);
      present = before;
      g_assert_cmpuint (pisd_edit_diff (present, g_ptr_array_index (seen, k)), ==, 0);
    }
  pisd_scenario_free (present);
}

/* Another equation has other nodes and times: a sensor stays on its node, and sensors of several frames become those
 * of one. */
static void
test_equation (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new ();
  const PisdEquation poisson = { PISD_PROBLEM_POISSON },
                     flow = { test_flow_get_problem (), { 1e-3 } };

  g_assert_true (pisd_edit_paint (scenario, U, MIDDLE, 20, 30, 0, 0, NULL));
  g_assert_true (pisd_edit_paint (scenario, U, LAST, 20, 30, 0, 0, NULL));
  g_assert_true (pisd_edit_paint (scenario, A, 0, 127, 1, 0, 0, NULL));
  g_assert_true (pisd_edit_set_equation (scenario, &poisson, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, 2);
  g_assert_cmpfloat (scenario->sensors->items[0].x, ==, 30 / 127.0);
  g_assert_cmpfloat (scenario->sensors->items[0].t, ==, 1.0);
  g_assert_cmpfloat (scenario->sensors->items[1].y, ==, 1.0);
  g_assert_true (pisd_edit_set_equation (scenario, &flow, NULL));
  g_assert_cmpint (pisd_edit_find (scenario, U, LAST, 20, 30), ==, 0);
  g_assert_cmpfloat (scenario->sensors->items[1].y, ==, 127 / 128.0);
  g_assert_cmpfloat (scenario->sensors->items[0].value, ==, get_truth (scenario, LAST, 20, 30));
}

/* What a flow does not have gives way: other families. */
static void
test_family (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) before = NULL;
  const PisdEquation flow = { test_flow_get_problem (), { 1e-3 } };
  g_auto (GStrv) moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_BLOBS, 5, &error));
  before = pisd_scenario_dup (scenario);
  g_assert_true (pisd_edit_set_equation (scenario, &flow, &error));
  g_assert_no_error (error);
  g_assert_cmpint (scenario->settings.family, ==, PISD_FAMILY_GRF);
  g_assert_cmpfloat (scenario->settings.mean_sd, ==, 0.0);
  moved = pisd_edit_get_moved (before, scenario);
  g_assert_cmpuint (g_strv_length (moved), ==, 0);
}

/* Second-order guidance of a flow knows the decoupled space alone. */
static void
test_method (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) before = NULL;
  const PisdEquation flow = { test_flow_get_problem (), { 1e-3 } };
  g_auto (GStrv) moved = NULL;
  g_autoptr (GError) error = NULL;

  scenario->settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
  scenario->settings.sampler = PISD_SAMPLER_HEUN;
  before = pisd_scenario_dup (scenario);
  g_assert_true (pisd_edit_set_equation (scenario, &flow, &error));
  g_assert_no_error (error);
  moved = pisd_edit_get_moved (before, scenario);
  g_assert_cmpuint (g_strv_length (moved), ==, 1);
  g_assert_cmpstr (moved[0], ==, "space");
}

/* The last frame of another solver's file is a little away from ours: readings of it go with the file
 * as truth, and those of another flow do not. */
static void
test_readings_of_file (void)
{
  static const gsize shape[] = { PISD_GRID, PISD_GRID };
  g_autoptr (PisdScenario) scenario = scenario_new ();
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "flow.npz", NULL);
  PisdField *const *fields = pisd_instance_get_fields (scenario->instance);
  PisdField last = pisd_field_get_frame (fields[1], LAST);
  g_autofree double *other = g_memdup2 (last.data, sizeof (double) * PISD_GRID * PISD_GRID);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (GError) error = NULL;

  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    other[p] *= 1.0005;
  pisd_npz_writer_add (writer, "w0", 2, shape, fields[0]->data);
  pisd_npz_writer_add (writer, "w9", 2, shape, other);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_true (pisd_truth_open (scenario, path, &error));
  g_assert_no_error (error);
  pisd_sensors_scatter (sensors, scenario->instance, U, 20, 0, 1);
  for (guint k = 0; k < sensors->n; k++)
    pisd_sensors_edit (sensors)[k].value *= 1.0005;
  pisd_edit_set_sensors (scenario, sensors);
  g_assert_nonnull (scenario->instance);
  pisd_sensors_edit (sensors)[7].value += 0.05;
  pisd_edit_set_sensors (scenario, sensors);
  g_assert_null (scenario->instance);
  test_directory_remove (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/model/edit-frames/two-frames", test_two_frames);
  g_test_add_func ("/model/edit-frames/patterns", test_patterns);
  g_test_add_func ("/model/edit-frames/corner", test_corner);
  g_test_add_func ("/model/edit-frames/copies", test_copies);
  g_test_add_func ("/model/edit-frames/copies/refused", test_refused_copies);
  g_test_add_func ("/model/edit-frames/undo", test_undo);
  g_test_add_func ("/model/edit-frames/equation", test_equation);
  g_test_add_func ("/model/edit-frames/equation/family", test_family);
  g_test_add_func ("/model/edit-frames/equation/method", test_method);
  g_test_add_func ("/model/edit-frames/readings-of-file", test_readings_of_file);
  return g_test_run ();
}
