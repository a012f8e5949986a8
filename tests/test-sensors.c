#include <unistd.h>

#include "pisd-basis.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

typedef struct
{
  char *directory;
  char *path; /* of a CSV file in it */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "sensors.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_directory_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static PisdInstance *
make_instance (PisdProblemId problem)
{
  g_autoptr (GError) error = NULL;
  PisdInstance *instance = pisd_instance_new_random (problem, 3, PISD_FAMILY_GRF, 7, &error);

  g_assert_no_error (error);
  return instance;
}

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
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    pisd_sensors_add (sensors, &places[i]);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_A, 0.501, 0.5, 0.1), ==, 0);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_A, 0.515, 0.5, 0.1), ==, 1);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_U, 0.9, 0.5, 0.1), ==, -1);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_U, 0.55, 0.5, 0.041), ==, 2);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_U, 0.55, 0.5, 0.039), ==, -1);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_A, 0.5, 0.5, 0), ==, 0);
}

static void
test_full (void)
{
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  const PisdSensor sensor = { .field = PISD_FIELD_A };

  g_assert_true (pisd_sensors_scatter (sensors, NULL, PISD_FIELD_A, PISD_MAX_SENSORS - 1, 0, 1));
  g_assert_false (pisd_sensors_scatter (sensors, NULL, PISD_FIELD_A, 2, 0, 1));
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS - 1);
  g_assert_true (pisd_sensors_add (sensors, &sensor));
  g_assert_false (pisd_sensors_add (sensors, &sensor));
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS);
  g_assert_cmpint (pisd_sensors_find (sensors, PISD_FIELD_A, 1, 1, 0.01), >=, 0);
}

static void
test_node (void)
{
  g_autoptr (PisdInstance) instance = make_instance (PISD_PROBLEM_POISSON);
  const PisdField *u = pisd_instance_get_field (instance, PISD_FIELD_U);
  PisdSensor sensor = pisd_sensor_at_node (instance, PISD_FIELD_U, 5, 127, 0.25);

  g_assert_cmpfloat (sensor.x, ==, 1);
  test_assert_close (sensor.y, 5 / 127.0, 1e-15);
  g_assert_cmpfloat (sensor.t, ==, 1);
  g_assert_cmpfloat (sensor.sd, ==, 0.25);
  g_assert_cmpfloat (sensor.value, ==, u->data[5 * 128 + 127]);
  sensor = pisd_sensor_at_node (instance, PISD_FIELD_U, 40, 70, 0);
  g_assert_cmpfloat (sensor.value, ==, u->data[40 * 128 + 70]);
  sensor = pisd_sensor_at_node (NULL, PISD_FIELD_A, 40, 70, 0);
  g_assert_cmpfloat (sensor.value, ==, 0);
  g_assert_cmpfloat (sensor.t, ==, 0);
}

/* Distinct nodes, the values stored there, the same for the same seed; more sensors keep the first.
 */
static void
test_scatter (void)
{
  g_autoptr (PisdInstance) instance = make_instance (PISD_PROBLEM_POISSON);
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

/* Noise has the given size, and measuring with the seed of the scatter changes nothing. */
static void
test_noise (void)
{
  g_autoptr (PisdInstance) instance = make_instance (PISD_PROBLEM_POISSON);
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
    exact->items[i].sd = 0;
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
  instance = pisd_instance_new_from_source (PISD_PROBLEM_POISSON, 0, source, NULL);
  u = pisd_instance_get_field (instance, PISD_FIELD_U);
  scale = u->data[30 * PISD_GRID + 20] / source->data[30 * PISD_GRID + 20];

  for (guint i = 0; i < sensors->n; i++)
    sensors->items[i].sd = 0;
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
  instance = pisd_instance_new_from_source (PISD_PROBLEM_POISSON, 0, source, NULL);

  for (guint i = 0; i < sensors->n; i++)
    sensors->items[i].sd = 0;
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
  for (guint problem = 0; problem < PISD_N_PROBLEMS; problem++)
    for (guint field = PISD_FIELD_A; field <= PISD_FIELD_U; field++)
      {
        g_autoptr (PisdInstance) instance = make_instance (problem);
        const PisdField *truth = pisd_instance_get_field (instance, field);
        double norm = pisd_field_norm (truth) / PISD_GRID;
        g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

        for (guint k = 0; k < 300; k++)
          {
            PisdSensor sensor = pisd_sensor_at_node (NULL, field, k % 128, k * 37 % 128, 0);

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

static void
test_csv_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PisdSensors) sensors = test_sensors (8192);
  g_autoptr (PisdSensors) back = NULL;
  g_autoptr (GError) error = NULL;

  sensors->items[0].value = -0.0;
  sensors->items[1].value = 4.9406564584124654e-324;
  sensors->items[2].value = 1.7976931348623157e308;
  sensors->items[3] = sensors->items[4]; /* two at one place are fine */
  sensors->items[5].t = 0.3;
  g_assert_true (pisd_sensors_save_csv (sensors, fixture->path, &error));
  g_assert_no_error (error);
  back = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->n, ==, PISD_MAX_SENSORS);
  g_assert_true (pisd_sensors_equal (sensors, back));
  g_assert_true (signbit (back->items[0].value));
}

/* Every way of writing the same two sensors. */
static void
test_csv_accepted (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "field,x,y,value\na,0.25,0.5,-1.5\nu,1,0,2\n",
    "field,x,y,value\na,0.25,0.5,-1.5\nu,1,0,2",
    "\xef\xbb\xbf"
    "field,x,y,value\r\na,0.25,0.5,-1.5\r\nu,1,0,2\r\n",
    "\n  \nvalue,y,x,field\n\n-1.5,0.5,0.25,a\n\t\n2,0,1,u\n\n\n",
    " field , x,\ty,value\n a ,0.25, 0.5 , -1.5\nu, 1 ,0,2e0\n",
    "\"field\",\"x\",\"y\",\"value\"\n\"a\",\"0.25\",0.5,\"-1.5\"\n\"u\",1,0,2\n",
    "sd,t,field,x,y,value\n0,0,a,0.25,0.5,-1.5\n0,1,u,1,0,2\n",
  };
  const PisdSensor expected[] = { { PISD_FIELD_A, 0.25, 0.5, 0, -1.5, 0 },
                                  { PISD_FIELD_U, 1, 0, 1, 2, 0 } };
  g_autoptr (PisdSensors) wanted = pisd_sensors_new ();

  for (guint i = 0; i < 2; i++)
    pisd_sensors_add (wanted, &expected[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdSensors) sensors = NULL;

      test_write (fixture->path, texts[i], -1);
      sensors = pisd_sensors_load_csv (PISD_PROBLEM_HELMHOLTZ, fixture->path, &error);
      g_assert_no_error (error);
      g_assert_true (pisd_sensors_equal (sensors, wanted));
    }
}

typedef struct
{
  const char *text;
  PisdError code;
  const char *pieces[3]; /* of the message, beside the path */
} BadFile;

#define HEADER "field,x,y,value\n"

static const BadFile bad_files[] = {
  { "", PISD_ERROR_FORMAT, { "empty", "field, x, y, value" } },
  { "\n\n", PISD_ERROR_FORMAT, { "empty" } },
  { HEADER, PISD_ERROR_FORMAT, { "no rows" } },
  { HEADER "\n\r\n", PISD_ERROR_FORMAT, { "no rows" } },
  { "x,y,value\n0,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "field", "missing" } },
  { "field,y,value\na,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "column x ", "missing" } },
  { "field,x,y\na,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "column value ", "missing" } },
  { "field,x,x,y,value\na,0,0,0,1\n", PISD_ERROR_FORMAT, { ":1: ", "\"x\"", "once" } },
  { "field,x,y,value,z\na,0,0,0,1\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"z\"", "sd" } },
  { "field,x,y,value,\na,0,0,0,1\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"\"" } },
  { "a,0,0,0\n", PISD_ERROR_UNKNOWN, { ":1: ", "\"a\"" } },
  { "field;x;y;value\na;0;0;0\n", PISD_ERROR_UNKNOWN, { ":1: ", "field;x" } },
  { HEADER "a,abc,0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"abc\"", "a number" } },
  { HEADER "a,0,0,1\n\na,0,,1\n", PISD_ERROR_FORMAT, { ":4: y: ", "\"\"", "a number" } },
  { HEADER "a,0,0,1x\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"1x\"", "a number" } },
  { HEADER "a,0,0,1 2\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"1 2\"", "a number" } },
  { HEADER "a,0,0,nan\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"nan\"", "a number" } },
  { HEADER "a,0,0,-inf\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"-inf\"", "a number" } },
  { HEADER "a,0,0,1e999\n", PISD_ERROR_FORMAT, { ":2: value: ", "\"1e999\"", "a number" } },
  { HEADER "a,NaN,0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"NaN\"", "a number" } },
  { HEADER "a,0x1,0,1\n", PISD_ERROR_FORMAT, { ":2: x: ", "\"0x1\"", "a number" } },
  { HEADER "a,1.0001,0,1\n", PISD_ERROR_RANGE, { ":2: x: ", "\"1.0001\"", "0 to 1" } },
  { HEADER "a,0,-1e-9,1\n", PISD_ERROR_RANGE, { ":2: y: ", "\"-1e-9\"", "0 to 1" } },
  { "field,x,y,value,t\na,0,0,1,2\n", PISD_ERROR_RANGE, { ":2: t: ", "\"2\"", "0 to 1" } },
  { "field,x,y,value,sd\na,0,0,1,-1\n", PISD_ERROR_RANGE, { ":2: sd: ", "\"-1\"", "0 or more" } },
  { HEADER "v,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\"v\"", "a or u for poisson" } },
  { HEADER "w,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\"w\"", "a or u for poisson" } },
  { HEADER "A,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\"A\"" } },
  { HEADER "a,0,0\n", PISD_ERROR_FORMAT, { ":2: row: ", "got 3 cells", "expected 4" } },
  { HEADER "a,0,0,1,\n", PISD_ERROR_FORMAT, { ":2: row: ", "got 5 cells", "expected 4" } },
  { HEADER "a,\"0,5\",0,1\n", PISD_ERROR_FORMAT, { ":2: row: ", "got 5 cells" } },
  { HEADER "a,0,0,\"1\n", PISD_ERROR_FORMAT, { ":2: value: ", "a number" } },
  { HEADER "a,0,0,1\ra,0,0,1\n", PISD_ERROR_FORMAT, { ":2: ", "cells" } },
  { "\xff\xfe"
    "f\x01,\x80\n",
    PISD_ERROR_UNKNOWN,
    { ":1: column: ", "\\xff\\xfef\\u0001" } },
  { HEADER "\xf0\x9f,0,0,1\n", PISD_ERROR_UNKNOWN, { ":2: field: ", "\\xf0\\x9f" } },
};

static void
test_csv_refused (Fixture *fixture, gconstpointer data)
{
  const BadFile *bad = data;
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, bad->text, -1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  g_test_message ("%s", error != NULL ? error->message : "no error");
  test_assert_error_at (bad->text, &error, bad->code,
                        (const char *const[]){ fixture->path, bad->pieces[0],
                                               bad->pieces[1] != NULL ? bad->pieces[1] : "",
                                               bad->pieces[2] != NULL ? bad->pieces[2] : "",
                                               NULL });
}

static void
test_csv_nul (Fixture *fixture, gconstpointer data)
{
  static const char text[] = HEADER "a,0,0\0,1\n";
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, text, sizeof text - 1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":2: ", "NUL");
}

static void
test_csv_long_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *zeros = g_strnfill (5000000, '0');
  g_autofree char *text = g_strconcat (HEADER "a,0,0,1", zeros, NULL);
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, text, -1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":2: ", "1024 bytes");
  test_write (fixture->path, text + strlen (HEADER), -1);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, FORMAT, ":1: ", "1024 bytes");
}

static void
test_csv_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  test_assert_error (&error, IO, fixture->path);
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->directory, &error));
  test_assert_error (&error, IO, fixture->directory);
}

/* 16384 rows pass, one more is refused there and then: what follows in an endless file is never
 * read. */
static void
test_csv_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (PisdSensors) sensors = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  for (guint i = 0; i < PISD_MAX_SENSORS; i++)
    g_string_append (text, "a,0.5,0.5,1\n");
  test_write (fixture->path, text->str, text->len);
  sensors = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sensors->n, ==, PISD_MAX_SENSORS);

  /* The row after the limit is never looked into, nor what follows: 8 GiB of a hole, full of NUL
   * bytes. */
  g_string_append (text, "a,0.5,0.5,1\nnot a row\n");
  test_write (fixture->path, text->str, text->len);
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (8) << 30), ==, 0);
  start = g_get_monotonic_time ();
  g_assert_null (pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  test_assert_error (&error, LIMIT, ":16386: ", "more than 16384");
}

/* Truncated anywhere, a file either still holds whole rows or is refused, and nothing leaks. */
static void
test_csv_truncated (Fixture *fixture, gconstpointer data)
{
  const char *text = "field,x,y,value,t,sd\na,0.25,0.5,-1.5,0,0.1\nu,0.125,1,22,1,0\n";

  for (gsize size = 0; size < strlen (text); size++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdSensors) sensors = NULL;

      test_write (fixture->path, text, size);
      sensors = pisd_sensors_load_csv (PISD_PROBLEM_POISSON, fixture->path, &error);
      g_assert_true ((sensors == NULL) == (error != NULL));
      if (sensors != NULL)
        g_assert_cmpuint (sensors->n, <=, 2);
    }
}

static void
test_row (void)
{
  g_autoptr (PisdSensors) sensors = test_sensors (50);
  g_autoptr (GError) error = NULL;
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
  g_assert_false (pisd_sensor_set_cell (&sensor, PISD_PROBLEM_POISSON, "sd", "x", &error));
  test_assert_error (&error, FORMAT, "sd: ", "\"x\"");
  g_assert_false (pisd_sensor_set_cell (&sensor, PISD_PROBLEM_POISSON, "q", "1", &error));
  test_assert_error (&error, UNKNOWN, "\"q\"");
  g_assert_cmpfloat (sensor.value, ==, 42);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/sensors/set", test_set);
  g_test_add_func ("/physics/sensors/equal", test_equal);
  g_test_add_func ("/physics/sensors/find", test_find);
  g_test_add_func ("/physics/sensors/full", test_full);
  g_test_add_func ("/physics/sensors/node", test_node);
  g_test_add_func ("/physics/sensors/scatter", test_scatter);
  g_test_add_func ("/physics/sensors/noise", test_noise);
  g_test_add_func ("/physics/sensors/measure-sine", test_measure_modes);
  g_test_add_func ("/physics/sensors/measure-cosine", test_measure_cosine);
  g_test_add_func ("/physics/sensors/measure-nodes", test_measure_nodes);
  g_test_add_func ("/physics/sensors/row", test_row);
  ADD ("/physics/sensors/csv/round-trip", test_csv_round_trip);
  ADD ("/physics/sensors/csv/accepted", test_csv_accepted);
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/physics/sensors/csv/refused/%02u", i);

      g_test_add (path, Fixture, &bad_files[i], set_up, test_csv_refused, tear_down);
    }
  ADD ("/physics/sensors/csv/nul", test_csv_nul);
  ADD ("/physics/sensors/csv/long-line", test_csv_long_line);
  ADD ("/physics/sensors/csv/unreadable", test_csv_unreadable);
  ADD ("/physics/sensors/csv/limit", test_csv_limit);
  ADD ("/physics/sensors/csv/truncated", test_csv_truncated);
  return g_test_run ();
}
