/* Errors of pisd's presets as sensors on one field join those on the other: 300 steps, four instances, one seed each. */
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-test.h"

#define N_INSTANCES 4
#define STEPS 300
/* From one number of sensors to the next no error grows more than so. */
#define MOST_GROWTH 1.3

static const guint counts[] = { 0, 1, 3, 10, 30, 100, 500 };

static void
add_errors (guint instance, const guint n[2], PisdRunCache *cache, double errors[2])
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdResult) result = NULL;
  PisdSettings *settings = &scenario->settings;
  PisdMixture mixture;
  PisdEquation equation;

  settings->seed = settings->instance_seed = 1 + instance;
  equation = pisd_settings_get_equation (settings);
  scenario->instance =
      pisd_instance_new_random (&equation, settings->family, settings->instance_seed, NULL);
  for (guint f = 0; f < 2; f++)
    pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A + f, n[f], 0,
                          settings->seed);
  pisd_scenario_get_mixture (scenario, &mixture);
  pisd_settings_apply_mixture (settings, PISD_GUIDANCE_PISD, &mixture, TRUE);
  settings->steps = STEPS;
  result = pisd_run_again (scenario, NULL, 1, NULL, NULL, cache, NULL);
  for (guint f = 0; f < 2; f++)
    errors[f] += result->errors[f] / N_INSTANCES;
}

/* data: the field that has 500 sensors. */
static void
test_no_jump (gconstpointer data)
{
  const guint full = GPOINTER_TO_UINT (data);
  g_auto (PisdRunCache) cache = { 0 };
  double before[2] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      double errors[2] = { 0 };
      guint n[2];

      n[full] = 500;
      n[1 - full] = counts[i];
      for (guint k = 0; k < N_INSTANCES; k++)
        add_errors (k, n, &cache, errors);
      g_test_message ("%u on a, %u on u: errors %.4f, %.4f", n[0], n[1], errors[0], errors[1]);
      for (guint f = 0; f < 2; f++)
        {
          if (i > 0)
            test_assert_below (errors[f] / before[f], MOST_GROWTH);
          before[f] = errors[f];
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/setup/mixture/sensors-on-a-join", GUINT_TO_POINTER (1), test_no_jump);
  g_test_add_data_func ("/setup/mixture/sensors-on-u-join", GUINT_TO_POINTER (0), test_no_jump);
  return g_test_run ();
}
