#include "pisd-sensors.h"
#include "pisd-test.h"

static void
test_set (void)
{
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdSensors) copy = NULL;

  for (guint i = 0; i < 10; i++)
    {
      PisdSensor sensor = { .field = i % 2, .x = i / 10.0, .value = i };

      g_assert_true (pisd_sensors_add (sensors, &sensor));
    }
  copy = pisd_sensors_dup (sensors);
  g_assert_true (pisd_sensors_equal (sensors, copy));
  g_assert_cmpuint (pisd_sensors_count (sensors, PISD_FIELD_A), ==, 5);

  pisd_sensors_remove (sensors, 3);
  g_assert_false (pisd_sensors_equal (sensors, copy));
  g_assert_cmpuint (sensors->n, ==, 9);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpfloat (sensors->items[i].value, ==, i < 3 ? i : i + 1);
  pisd_sensors_remove (sensors, 8);
  g_assert_cmpfloat (sensors->items[7].value, ==, 8);

  g_assert_true (pisd_sensors_add (copy, &copy->items[0]));
  g_assert_cmpfloat (copy->items[10].value, ==, 0);
  pisd_sensors_clear (copy);
  g_assert_cmpuint (copy->n, ==, 0);
  pisd_sensors_free (NULL);
}

/* Each member counts. */
static void
test_equal (void)
{
  const PisdSensor base = { PISD_FIELD_A, 0.1, 0.2, 0.3, 0.4, 0.5 };
  PisdSensor others[] = { base, base, base, base, base, base };
  g_autoptr (PisdSensors) one = pisd_sensors_new ();

  others[0].field = PISD_FIELD_U;
  others[1].x += 1e-15;
  others[2].y += 1e-15;
  others[3].t += 1e-15;
  others[4].value += 1e-15;
  others[5].sd += 1e-15;
  pisd_sensors_add (one, &base);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (PisdSensors) other = pisd_sensors_new ();

      pisd_sensors_add (other, &others[i]);
      g_assert_false (pisd_sensors_equal (one, other));
    }
}

static void
test_find (void)
{
  const PisdSensor places[] = {
    { .field = PISD_FIELD_A, .x = 0.50, .y = 0.50 },
    { .field = PISD_FIELD_A, .x = 0.52, .y = 0.50 },
    { .field = PISD_FIELD_U, .x = 0.51, .y = 0.50 },
    { .field = PISD_FIELD_A, .x = 0.50, .y = 0.50 },
  };
  const PisdFieldInfo *a = test_info (PISD_FIELD_A), *u = test_info (PISD_FIELD_U);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    pisd_sensors_add (sensors, &places[i]);
  g_assert_cmpint (pisd_sensors_find (sensors, a, 0, 0.501, 0.5, 0.1), ==, 0);
  g_assert_cmpint (pisd_sensors_find (sensors, a, 0, 0.515, 0.5, 0.1), ==, 1);
  g_assert_cmpint (pisd_sensors_find (sensors, u, 0, 0.9, 0.5, 0.1), ==, -1);
  g_assert_cmpint (pisd_sensors_find (sensors, u, 0, 0.55, 0.5, 0.041), ==, 2);
  g_assert_cmpint (pisd_sensors_find (sensors, u, 0, 0.55, 0.5, 0.039), ==, -1);
  g_assert_cmpint (pisd_sensors_find (sensors, a, 0, 0.5, 0.5, 0), ==, 0);
}

/* A field of three frames, periodic: at one place of two frames are two sensors, and the edges are
 * neighbours. */
static void
test_find_frames (void)
{
  static const PisdFieldInfo w = {
    .id = PISD_FIELD_U, .basis = PISD_BASIS_PERIODIC, .n_frames = 3, .times = { 0.0, 0.5, 1.0 }
  };
  const PisdSensor places[] = {
    { .field = PISD_FIELD_U, .x = 0.25, .y = 0.5, .t = 0.5 },
    { .field = PISD_FIELD_U, .x = 0.25, .y = 0.5, .t = 1.0 },
    { .field = PISD_FIELD_U, .x = 0.995, .y = 0.0, .t = 0.9 },
  };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    pisd_sensors_add (sensors, &places[i]);
  g_assert_cmpint (pisd_sensors_find (sensors, &w, 0, 0.25, 0.5, 0.1), ==, -1);
  g_assert_cmpint (pisd_sensors_find (sensors, &w, 1, 0.25, 0.5, 0.1), ==, 0);
  g_assert_cmpint (pisd_sensors_find (sensors, &w, 2, 0.25, 0.5, 0.1), ==, 1);
  g_assert_cmpint (pisd_sensors_find (sensors, &w, 2, 0.0, 0.995, 0.0072), ==, 2);
  g_assert_cmpint (pisd_sensors_find (sensors, &w, 2, 0.0, 0.995, 0.007), ==, -1);
  g_assert_cmpuint (pisd_sensors_count (sensors, PISD_FIELD_U), ==, 3);
  g_assert_cmpuint (pisd_sensors_count_on (sensors, &w, 1), ==, 1);
  g_assert_cmpuint (pisd_sensors_count_on (sensors, &w, 2), ==, 2);
  g_assert_false (pisd_sensor_is_between_frames (&places[0], &w));
  g_assert_true (pisd_sensor_is_between_frames (&places[2], &w));
}

/* Copies hold one array until one of them is changed, which leaves the other as it was: by an edit
 * in place, an addition, a removal, and also where one is the beginning of the other. */
static void
test_shared (void)
{
  for (guint way = 0; way < 5; way++)
    {
      g_autoptr (PisdSensors) one = pisd_sensors_new ();
      g_autoptr (PisdSensors) two = NULL;
      g_autoptr (PisdSensors) third = NULL;

      for (guint i = 0; i < 10; i++)
        pisd_sensors_add (one, &(const PisdSensor){ .value = i });
      two = pisd_sensors_dup (one);
      third = pisd_sensors_dup (two);
      g_assert_true (two->items == one->items && pisd_sensors_share (one, two));
      if (way == 0)
        pisd_sensors_edit (two)[3].value = -1;
      else if (way == 1)
        pisd_sensors_add (two, &(const PisdSensor){ .value = -1 });
      else if (way == 2)
        pisd_sensors_remove (two, 3);
      else if (way == 3)
        {
          pisd_sensors_remove (two, 9);
          g_assert_false (pisd_sensors_share (one, two));
          pisd_sensors_add (two, &(const PisdSensor){ .value = -1 });
        }
      else
        pisd_sensors_clear (two);
      g_assert_false (pisd_sensors_share (one, two));
      g_assert_false (pisd_sensors_equal (one, two));
      g_assert_true (pisd_sensors_share (one, third));
      g_assert_cmpuint (one->n, ==, 10);
      for (guint i = 0; i < 10; i++)
        g_assert_cmpfloat (one->items[i].value, ==, i);
    }
}

/* That of the first sensor, on a frame or on any. */
static void
test_noise (void)
{
  static const PisdFieldInfo u = { .id = PISD_FIELD_U, .n_frames = 2, .times = { 0.5, 1.0 } };
  static const PisdSensor placed[] = { { .field = PISD_FIELD_A, .sd = 0.1 },
                                       { .field = PISD_FIELD_U, .t = 1.0, .sd = 0.2 },
                                       { .field = PISD_FIELD_U, .t = 0.5, .sd = 0.3 },
                                       { .field = PISD_FIELD_U, .t = 1.0, .sd = 0.4 } };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

  g_assert_cmpfloat (pisd_sensors_find_noise (sensors, &u, PISD_FRAME_ANY), ==, 0.0);
  for (guint k = 0; k < G_N_ELEMENTS (placed); k++)
    pisd_sensors_add (sensors, &placed[k]);
  g_assert_cmpfloat (pisd_sensors_find_noise (sensors, &u, PISD_FRAME_ANY), ==, 0.2);
  g_assert_cmpfloat (pisd_sensors_find_noise (sensors, &u, 0), ==, 0.3);
  g_assert_cmpfloat (pisd_sensors_find_noise (sensors, &u, 1), ==, 0.2);
}

static void
test_full (void)
{
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  const PisdSensor sensor = { .field = PISD_FIELD_A };

  for (guint i = 0; i < PISD_MAX_SENSORS; i++)
    g_assert_true (pisd_sensors_add (sensors, &sensor));
  g_assert_false (pisd_sensors_add (sensors, &sensor));
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/sensors/set", test_set);
  g_test_add_func ("/setup/sensors/equal", test_equal);
  g_test_add_func ("/setup/sensors/find", test_find);
  g_test_add_func ("/setup/sensors/find/frames", test_find_frames);
  g_test_add_func ("/setup/sensors/shared", test_shared);
  g_test_add_func ("/setup/sensors/noise", test_noise);
  g_test_add_func ("/setup/sensors/full", test_full);
  return g_test_run ();
}
