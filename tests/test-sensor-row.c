#include "pisd-sensor-row.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"

static void
test_row (void)
{
  g_autoptr (PisdSensors) sensors = test_sensors (50);
  g_autoptr (GError) error = NULL;
  const PisdSensorColumn *sd = pisd_sensor_find_column ("sd");
  PisdSensor sensor = { .value = 42 };

  for (guint i = 0; i < sensors->n; i++)
    {
      g_autoptr (GString) text = g_string_new ("");
      PisdSensor back;

      pisd_sensor_append_row (&sensors->items[i], text);
      g_assert_true (pisd_sensor_set_row (&back, PISD_PROBLEM_POISSON, text->str, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat (back.value, ==, sensors->items[i].value);
      g_assert_cmpfloat (back.x, ==, sensors->items[i].x);
      g_assert_cmpint (back.field, ==, sensors->items[i].field);
    }
  g_assert_false (pisd_sensor_set_row (&sensor, PISD_PROBLEM_POISSON, "a,0,0,0,1", &error));
  test_assert_error (&error, FORMAT, "got 5 cells", "expected 6");
  g_assert_false (pisd_sensor_set_row (&sensor, PISD_PROBLEM_POISSON, "a,0,0,0,1,0,0", &error));
  test_assert_error (&error, FORMAT, "got 7 cells");
  g_assert_false (pisd_sensor_set_cell (&sensor, PISD_PROBLEM_POISSON, sd, "x", &error));
  test_assert_error (&error, FORMAT, "sd: ", "\"x\"");
  g_assert_null (pisd_sensor_find_column ("q"));
  g_assert_cmpfloat (sensor.value, ==, 42);
}

/* One rounding step outside the square is its edge; what no rounding explains is refused. */
static void
test_edge (void)
{
  const struct
  {
    const char *text;
    gboolean ok;
    double x;
  } rows[] = { { "1.0000000000000002", TRUE, 1 },
               { "-1e-17", TRUE, 0 },
               { "-2.220446049250313e-16", TRUE, 0 },
               { "0.99999999999999989", TRUE, 1 - 0x1p-53 },
               { "1e-17", TRUE, 1e-17 },
               { "1.0000000000000004", FALSE, 0 },
               { "-1e-15", FALSE, 0 },
               { "1.01", FALSE, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("a,%s,0.5,0,1,0", rows[i].text);
      g_autoptr (GError) error = NULL;
      PisdSensor sensor;

      g_assert_true (pisd_sensor_set_row (&sensor, PISD_PROBLEM_POISSON, text, &error)
                     == rows[i].ok);
      if (rows[i].ok)
        g_assert_cmpfloat (sensor.x, ==, rows[i].x);
      else
        test_assert_error (&error, RANGE, "x: ", rows[i].text, "0 to 1");
    }
}

/* Of a flow any name with any time is the frame nearest to it; times stay as they are written, and an
 * edge is the first node. */
static void
test_flow (void)
{
  const struct
  {
    const char *text;
    PisdFieldId field;
    guint frame;
    double x, t;
  } rows[] = { { "a,0.5,0.5,0,1,0", PISD_FIELD_A, 0, 0.5, 0 },
               { "u,0.5,0.5,1,1,0", PISD_FIELD_U, 8, 0.5, 1 },
               { "w,1,0.5,0,1,0", PISD_FIELD_A, 0, 0, 0 },
               { "w,0.5,0.5,0.3,1,0", PISD_FIELD_U, 2, 0.5, 0.3 },
               { "u,0.5,0.5,0.05,1,0", PISD_FIELD_A, 0, 0.5, 0.05 },
               { "a,0.5,0.5,0.06,1,0", PISD_FIELD_U, 0, 0.5, 0.06 } };
  PisdProblemId problem = test_flow_get_problem ();
  g_autoptr (GError) error = NULL;
  PisdSensor sensor;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (pisd_sensor_set_row (&sensor, problem, rows[i].text, &error));
      g_assert_no_error (error);
      g_assert_cmpint (sensor.field, ==, rows[i].field);
      g_assert_true (pisd_sensor_is_on (&sensor, pisd_problem_find_field (problem, rows[i].field),
                                        rows[i].frame));
      g_assert_cmpfloat (sensor.x, ==, rows[i].x);
      g_assert_cmpfloat (sensor.t, ==, rows[i].t);
    }
  g_assert_false (pisd_sensor_set_row (&sensor, problem, "v,0,0,0,1,0", &error));
  test_assert_error (&error, UNKNOWN, "\"v\"", "a or u or w for navier-stokes");
  g_assert_false (pisd_sensor_set_row (&sensor, problem, "w,0,0,nan,1,0", &error));
  test_assert_error (&error, FORMAT, "t: ", "\"nan\"");
  g_assert_false (pisd_sensor_set_row (&sensor, problem, "w,0,0,2,1,0", &error));
  test_assert_error (&error, RANGE, "t: ", "\"2\"", "0 to 1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/setup/sensor-row/row", test_row);
  g_test_add_func ("/setup/sensor-row/edge", test_edge);
  g_test_add_func ("/setup/sensor-row/flow", test_flow);
  return g_test_run ();
}
