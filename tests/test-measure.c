#include "pisd-basis.h"
#include "pisd-measure.h"
#include "pisd-scatter.h"
#include "pisd-test-flow.h"

/* Noise has the given size, and measuring with the seed of the scatter changes nothing. */
static void
test_noise (void)
{
  g_autoptr (PisdInstance) instance = test_instance (PISD_PROBLEM_POISSON);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdSensors) exact = NULL;
  g_autoptr (PisdSensors) noisy = NULL;
  double sum = 0;

  pisd_sensors_scatter (sensors, instance, PISD_FIELD_A, 4000, 0.5, 3);
  pisd_sensors_scatter (sensors, instance, PISD_FIELD_U, 50, 0.5, 3);
  pisd_sensors_scatter (sensors, instance, PISD_FIELD_A, 50, 0.5, 3);
  noisy = pisd_sensors_dup (sensors);
  pisd_sensors_measure (noisy, instance, 3);
  g_assert_true (pisd_sensors_equal (sensors, noisy));

  exact = pisd_sensors_dup (sensors);
  for (guint i = 0; i < exact->n; i++)
    pisd_sensors_edit (exact)[i].sd = 0;
  pisd_sensors_measure (exact, instance, 3);
  for (guint i = 0; i < 4000; i++)
    sum += pow (sensors->items[i].value - exact->items[i].value, 2);
  test_assert_close (sqrt (sum / 4000), 0.5, 5 * 0.5 / sqrt (8000));

  pisd_sensors_measure (noisy, instance, 4);
  g_assert_false (pisd_sensors_equal (sensors, noisy));
}

/* A source that is one basis function is read exactly between the nodes, and so is its solution. */
static void
test_measure_modes (void)
{
  g_autoptr (PisdSensors) sensors = test_sensors (200);
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdInstance) instance = NULL;
  const PisdField *u;
  double scale;

  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      source->data[i * PISD_GRID + j] = sin (2 * G_PI * i / 127.0) * sin (3 * G_PI * j / 127.0);
  instance =
      pisd_instance_new_from_source (TEST_EQUATION (PISD_PROBLEM_POISSON, 0), source, NULL, NULL);
  u = pisd_instance_get_field (instance, PISD_FIELD_U);
  scale = u->data[30 * PISD_GRID + 20] / source->data[30 * PISD_GRID + 20];

  for (guint i = 0; i < sensors->n; i++)
    pisd_sensors_edit (sensors)[i].sd = 0;
  pisd_sensors_measure (sensors, instance, 1);
  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];

      if (s->field == PISD_FIELD_U)
        test_assert_close (s->value, scale * sin (2 * G_PI * s->y) * sin (3 * G_PI * s->x), 1e-12);
    }
}

static void
test_measure_cosine (void)
{
  g_autoptr (PisdSensors) sensors = test_sensors (200);
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdInstance) instance = NULL;

  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      source->data[i * PISD_GRID + j] =
          cos (G_PI * 4 * (i + 0.5) / 128) * cos (G_PI * 100 * (j + 0.5) / 128);
  instance =
      pisd_instance_new_from_source (TEST_EQUATION (PISD_PROBLEM_POISSON, 0), source, NULL, NULL);

  for (guint i = 0; i < sensors->n; i++)
    pisd_sensors_edit (sensors)[i].sd = 0;
  pisd_sensors_measure (sensors, instance, 1);
  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];

      if (s->field == PISD_FIELD_A)
        test_assert_close (s->value,
                           cos (G_PI * 4 * (127 * s->y + 0.5) / 128)
                               * cos (G_PI * 100 * (127 * s->x + 0.5) / 128),
                           1e-11);
    }
}

/* Nodes read what is stored, and the interpolant passes through it. */
static void
test_measure_nodes (void)
{
  for (guint problem = 0; problem < TEST_N_ELLIPTIC; problem++)
    for (guint field = PISD_FIELD_A; field <= PISD_FIELD_U; field++)
      {
        g_autoptr (PisdInstance) instance = test_instance (problem);
        const PisdField *truth = pisd_instance_get_field (instance, field);
        double norm = pisd_field_norm (truth) / PISD_GRID;
        g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

        for (guint k = 0; k < 300; k++)
          {
            PisdSensor sensor = test_sensor_at_node (NULL, field, k % 128, k * 37 % 128, 0);

            sensor.x = CLAMP (sensor.x + ((k % 3) - 1.0) * 0.4e-9, 0, 1);
            pisd_sensors_add (sensors, &sensor);
            sensor.x = fabs (sensor.x - 1e-8);
            pisd_sensors_add (sensors, &sensor);
          }
        pisd_sensors_measure (sensors, instance, 1);
        for (guint k = 0; k < 300; k++)
          {
            double stored = truth->data[(k % 128) * 128 + k * 37 % 128];

            g_assert_cmpfloat (sensors->items[2 * k].value, ==, stored);
            test_assert_close (sensors->items[2 * k + 1].value, stored, 1e-4 * norm);
          }
      }
}

/* A flow is read through the trigonometric interpolant of each frame, and its edges are one. */
static void
test_measure_flow (void)
{
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdInstance) flow = NULL;
  const PisdSensor places[] = { { PISD_FIELD_A, 0.1234, 0.777, 0.0, 0, 0 },
                                { PISD_FIELD_A, 0.9999, 0.5, 0.0, 0, 0 },
                                { PISD_FIELD_A, 1.0, 0.25, 0.0, 0, 0 },
                                { PISD_FIELD_U, 0.5, 0.25, 0.3, 0, 0 },
                                { PISD_FIELD_U, 0.5, 0.25, 0.9, 0, 0 } };
  PisdField third, eighth;

  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      source->data[i * PISD_GRID + j] =
          sin (2 * G_PI * 3 * i / 128.0) * cos (2 * G_PI * 40 * j / 128.0);
  flow = pisd_instance_new_from_source (TEST_EQUATION (test_flow_get_problem (), 1e-3), source,
                                        NULL, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (places); k++)
    pisd_sensors_add (sensors, &places[k]);
  pisd_sensors_measure (sensors, flow, 1);
  for (guint k = 0; k < 3; k++)
    test_assert_close (sensors->items[k].value,
                       sin (2 * G_PI * 3 * places[k].y) * cos (2 * G_PI * 40 * places[k].x), 1e-12);
  third = pisd_field_get_frame (pisd_instance_get_fields (flow)[1], 2);
  eighth = pisd_field_get_frame (pisd_instance_get_fields (flow)[1], 7);
  g_assert_cmpfloat (sensors->items[3].value, ==, third.data[32 * PISD_GRID + 64]);
  g_assert_cmpfloat (sensors->items[4].value, ==, eighth.data[32 * PISD_GRID + 64]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/setup/measure/noise", test_noise);
  g_test_add_func ("/setup/measure/sine", test_measure_modes);
  g_test_add_func ("/setup/measure/cosine", test_measure_cosine);
  g_test_add_func ("/setup/measure/nodes", test_measure_nodes);
  g_test_add_func ("/setup/measure/flow", test_measure_flow);
  return g_test_run ();
}
