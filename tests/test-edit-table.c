/* Edits of sensors as rows of a table: all or nothing, and text that goes to a spreadsheet and comes
 * back. */
#include "pisd-edit-table.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-test.h"

/* Sensor k of a reads k at x = k / 10. */
static PisdScenario *
new_scenario (guint n)
{
  PisdScenario *scenario = pisd_scenario_new ();

  for (guint k = 0; k < n; k++)
    pisd_sensors_add (scenario->sensors,
                      &(PisdSensor){ PISD_FIELD_A, k / 10.0, 0.5, 0.0, k, 0.25 });
  return scenario;
}

static const PisdSensorColumn *
find (const char *name)
{
  return pisd_sensor_find_column (name);
}

/* One cell of one sensor, whatever the column; copies keep theirs. */
static void
test_cells (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (3);
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);
  const PisdSensor *sensor;

  g_assert_true (pisd_edit_set_cell (scenario, 1, find ("value"), "-1.5e-3", NULL));
  g_assert_true (pisd_edit_set_cell (scenario, 1, find ("x"), "0.75", NULL));
  g_assert_true (pisd_edit_set_cell (scenario, 1, find ("sd"), "0", NULL));
  g_assert_true (pisd_edit_set_cell (scenario, 1, find ("field"), "u", NULL));
  sensor = &scenario->sensors->items[1];
  g_assert_cmpfloat (sensor->value, ==, -1.5e-3);
  g_assert_cmpfloat (sensor->x, ==, 0.75);
  g_assert_cmpfloat (sensor->y, ==, 0.5);
  g_assert_cmpfloat (sensor->sd, ==, 0.0);
  g_assert_cmpint (sensor->field, ==, PISD_FIELD_U);
  g_assert_cmpfloat (scenario->sensors->items[2].value, ==, 2.0);
  g_assert_cmpfloat (before->sensors->items[1].value, ==, 1.0);
}

static void
test_refused_cells (void)
{
  static const struct
  {
    const char *column, *text, *words;
  } rows[] = {
    { "x", "1.5", "x: got \"1.5\", expected" },
    { "y", "-0.1", "y: got \"-0.1\", expected" },
    { "sd", "-1", "sd: got \"-1\", expected" },
    { "value", "two", "value: got \"two\", expected a number" },
    { "value", "", "value: got \"\", expected a number" },
    { "field", "w", "field: got \"w\", expected" },
  };
  g_autoptr (PisdScenario) scenario = new_scenario (3);
  g_autoptr (PisdScenario) before = pisd_scenario_dup (scenario);

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
          pisd_edit_set_cell (scenario, 1, find (rows[k].column), rows[k].text, &error));
      g_assert_nonnull (strstr (error->message, rows[k].words));
      g_assert_true (pisd_sensors_equal (scenario->sensors, before->sensors));
    }
}

static void
test_remove (void)
{
  static const guint rows[] = { 0, 2, 4 };
  g_autoptr (PisdScenario) scenario = new_scenario (5);

  pisd_edit_remove_rows (scenario, 3, rows);
  g_assert_cmpuint (scenario->sensors->n, ==, 2);
  g_assert_cmpfloat (scenario->sensors->items[0].value, ==, 1.0);
  g_assert_cmpfloat (scenario->sensors->items[1].value, ==, 3.0);
  pisd_edit_remove_rows (scenario, 2, rows); /* row 2 is not there */
  g_assert_cmpuint (scenario->sensors->n, ==, 1);
}

/* In the place of the first of the rows, or behind all; too many are refused. */
static void
test_paste (void)
{
  static const guint rows[] = { 1, 3 };
  static const double expected[] = { 0, 0, 1, 2, 2, 4, 0, 1, 2 };
  g_autoptr (PisdScenario) scenario = new_scenario (5);
  g_autoptr (PisdScenario) pasted = new_scenario (3);
  g_autoptr (PisdSensors) many = pisd_sensors_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_edit_paste_rows (scenario, 2, rows, pasted->sensors, NULL));
  g_assert_true (pisd_edit_paste_rows (scenario, 0, NULL, pasted->sensors, NULL));
  g_assert_cmpuint (scenario->sensors->n, ==, G_N_ELEMENTS (expected));
  for (guint k = 0; k < G_N_ELEMENTS (expected); k++)
    g_assert_cmpfloat (scenario->sensors->items[k].value, ==, expected[k]);
  while (many->n < PISD_MAX_SENSORS)
    pisd_sensors_add (many, &pasted->sensors->items[0]);
  g_assert_false (pisd_edit_paste_rows (scenario, 0, NULL, many, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
  g_assert_cmpuint (scenario->sensors->n, ==, G_N_ELEMENTS (expected));
}

/* To a spreadsheet and back bit for bit, with a point and with a comma. */
static void
test_round_trip (void)
{
  static const char decimals[] = { '.', ',' };
  static const guint rows[] = { 0, 1, 2, 3, 4 };
  g_autoptr (PisdScenario) scenario = new_scenario (5);

  pisd_sensors_edit (scenario->sensors)[3].value = 1.0 / 3.0 * 1e-7;
  for (guint k = 0; k < G_N_ELEMENTS (decimals); k++)
    {
      g_autofree char *text = pisd_edit_dup_rows (scenario->sensors, 5, rows, decimals[k]);
      g_autoptr (PisdSensors) back = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_str_has_prefix (text, "field\tx\ty\tt\tvalue\tsd\na\t0\t0"));
      back = pisd_edit_read_rows (PISD_PROBLEM_POISSON, "pasted", text, &error);
      g_assert_no_error (error);
      g_assert_true (pisd_sensors_equal (back, scenario->sensors));
    }
}

/* Messages have line and column. */
static void
test_wrong_text (void)
{
  static const struct
  {
    const char *text, *words;
  } rows[] = {
    { "field\tx\ty\tvalue\na\t0.5\t0.5\t1\na\t0.5\tzero\t1\n", "pasted:3: y: got \"zero\"" },
    { "a\t0.5\t0.5\t1\n", "pasted:1: column: got \"a\"" },
    { "field\tx\ty\na\t0.5\t0.5\n", "pasted:1: column value is missing" },
    { "", "pasted" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_edit_read_rows (PISD_PROBLEM_POISSON, "pasted", rows[k].text, &error));
      g_assert_nonnull (strstr (error->message, rows[k].words));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/edit-table/cells", test_cells);
  g_test_add_func ("/model/edit-table/refused-cells", test_refused_cells);
  g_test_add_func ("/model/edit-table/remove", test_remove);
  g_test_add_func ("/model/edit-table/paste", test_paste);
  g_test_add_func ("/model/edit-table/round-trip", test_round_trip);
  g_test_add_func ("/model/edit-table/wrong-text", test_wrong_text);
  return g_test_run ();
}
