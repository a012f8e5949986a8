#include "pisd-scatter.h"
#include "pisd-test-flow.h"

static void
test_full (void)
{
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  const PisdSensor sensor = { .field = PISD_FIELD_A };

  g_assert_true (pisd_sensors_scatter_on (sensors, NULL, test_info (PISD_FIELD_A), 0,
                                          PISD_MAX_SENSORS - 1, 0, 1));
  g_assert_false (pisd_sensors_scatter_on (sensors, NULL, test_info (PISD_FIELD_A), 0, 2, 0, 1));
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS - 1);
  g_assert_true (pisd_sensors_add (sensors, &sensor));
  g_assert_false (pisd_sensors_add (sensors, &sensor));
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS);
  g_assert_cmpint (pisd_sensors_find (sensors, test_info (PISD_FIELD_A), 0, 1, 1, 0.01), >=, 0);
}

static void
test_node (void)
{
  g_autoptr (PisdInstance) instance = test_instance (PISD_PROBLEM_POISSON);
  const PisdField *u = pisd_instance_get_field (instance, PISD_FIELD_U);
  PisdSensor sensor = test_sensor_at_node (instance, PISD_FIELD_U, 5, 127, 0.25);

  g_assert_cmpfloat (sensor.x, ==, 1);
  test_assert_close (sensor.y, 5 / 127.0, 1e-15);
  g_assert_cmpfloat (sensor.t, ==, 1);
  g_assert_cmpfloat (sensor.sd, ==, 0.25);
  g_assert_cmpfloat (sensor.value, ==, u->data[5 * 128 + 127]);
  sensor = test_sensor_at_node (instance, PISD_FIELD_U, 40, 70, 0);
  g_assert_cmpfloat (sensor.value, ==, u->data[40 * 128 + 70]);
  sensor = test_sensor_at_node (NULL, PISD_FIELD_A, 40, 70, 0);
  g_assert_cmpfloat (sensor.value, ==, 0);
  g_assert_cmpfloat (sensor.t, ==, 0);
}

/* Distinct nodes, the values stored there, the same for the same seed; more sensors keep the first.
 */
static void
test_scatter (void)
{
  g_autoptr (PisdInstance) instance = test_instance (PISD_PROBLEM_POISSON);
  const PisdField *a = pisd_instance_get_field (instance, PISD_FIELD_A);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdSensors) again = pisd_sensors_new ();
  g_autofree gboolean *taken = g_new0 (gboolean, PISD_GRID * PISD_GRID);

  g_assert_true (pisd_sensors_scatter (sensors, instance, PISD_FIELD_A, 500, 0, 3));
  for (guint k = 0; k < 500; k++)
    {
      guint i = lround (sensors->items[k].y * 127), j = lround (sensors->items[k].x * 127);

      g_assert_false (taken[i * 128 + j]);
      taken[i * 128 + j] = TRUE;
      g_assert_cmpfloat (sensors->items[k].value, ==, a->data[i * 128 + j]);
    }

  pisd_sensors_scatter (again, instance, PISD_FIELD_A, 600, 0, 3);
  again->n = 500;
  g_assert_true (pisd_sensors_equal (sensors, again));
  pisd_sensors_clear (again);
  pisd_sensors_scatter (again, instance, PISD_FIELD_A, 500, 0, 4);
  g_assert_false (pisd_sensors_equal (sensors, again));
}

/* Frames have nodes of their own under one seed, the nodes lie where those of the field do, and what
 * is read is the frame's. */
static void
test_scatter_frames (void)
{
  PisdProblemId problem = test_flow_get_problem ();
  const PisdFieldInfo *u = pisd_problem_find_field (problem, PISD_FIELD_U);
  g_autoptr (PisdInstance) flow = test_flow_new (3);
  g_autoptr (PisdSensors) last = pisd_sensors_new ();
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  guint n_same = 0;

  pisd_sensors_scatter (last, flow, PISD_FIELD_U, 50, 0, 3);
  pisd_sensors_scatter_on (sensors, flow, u, 8, 50, 0, 3);
  g_assert_true (pisd_sensors_equal (last, sensors));
  pisd_sensors_scatter_on (sensors, flow, u, 4, 50, 0, 3);
  g_assert_cmpfloat (sensors->items[50].t, ==, 5 / 9.0);
  for (guint k = 50; k < 100; k++)
    n_same += pisd_sensors_find (last, u, 8, sensors->items[k].x, sensors->items[k].y, 1e-9) >= 0;
  g_assert_cmpuint (n_same, <, 5);
  for (guint k = 0; k < sensors->n; k++)
    {
      const PisdSensor *s = &sensors->items[k];
      const PisdField w = pisd_field_get_frame (pisd_instance_get_fields (flow)[1], k < 50 ? 8 : 4);
      guint i = (guint) (s->y * 128), j = (guint) (s->x * 128);

      g_assert_cmpfloat (s->x, ==, j / 128.0);
      g_assert_cmpfloat (s->value, ==, w.data[i * 128 + j]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/setup/scatter/full", test_full);
  g_test_add_func ("/setup/scatter/node", test_node);
  g_test_add_func ("/setup/scatter/scatter", test_scatter);
  g_test_add_func ("/setup/scatter/frames", test_scatter_frames);
  return g_test_run ();
}
