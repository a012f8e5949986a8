#include "pisd-scenario.h"

#include "pisd-test-scenario.h"

static void
test_dup (void)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autoptr (PisdScenario) copy = NULL;

  scenario->truth_path = g_strdup ("x.npz");
  copy = pisd_scenario_dup (scenario);
  test_assert_same_scenario (scenario, copy);
  g_assert_cmpstr (copy->truth_path, ==, "x.npz");
  pisd_sensors_clear (copy->sensors);
  g_assert_cmpuint (scenario->sensors->n, ==, 60);
  pisd_scenario_free (NULL);
}

static void
test_task (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  const PisdSensor a = { .field = PISD_FIELD_A }, u = { .field = PISD_FIELD_U };

  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_FORWARD);
  pisd_sensors_add (scenario->sensors, &u);
  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_INVERSE);
  pisd_sensors_add (scenario->sensors, &a);
  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_BOTH);
  pisd_sensors_remove (scenario->sensors, 0);
  g_assert_cmpint (pisd_scenario_get_task (scenario), ==, PISD_TASK_FORWARD);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/scenario/dup", test_dup);
  g_test_add_func ("/setup/scenario/task", test_task);
  return g_test_run ();
}
