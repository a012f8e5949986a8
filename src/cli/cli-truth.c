#include "cli-truth.h"

#include "pisd-measure.h"
#include "pisd-sensors-arrays.h"
#include "pisd-truth.h"

gboolean
cli_truth_read (const CliScenarioOptions *options,
                PisdInput *file,
                PisdScenario *scenario,
                GError **error)
{
  return pisd_truth_open_wished (scenario, file, &options->reading.wish, error);
}

/* Sum of the squares of what the readings are away from the truth's. */
static double
find_misfit (const PisdSensors *sensors, const PisdInstance *truth)
{
  g_autoptr (PisdSensors) exact = pisd_sensors_dup (sensors);
  PisdSensor *items = pisd_sensors_edit (exact);
  double sum = 0;

  for (guint k = 0; k < exact->n; k++)
    items[k].sd = 0;
  pisd_sensors_measure (exact, truth, 0);
  for (guint k = 0; k < exact->n; k++)
    sum += (exact->items[k].value - sensors->items[k].value)
           * (exact->items[k].value - sensors->items[k].value);
  return sum;
}

gboolean
cli_truth_settle_order (const CliScenarioOptions *options,
                        PisdInput *file,
                        PisdScenario *scenario,
                        GError **error)
{
  const PisdReading *reading =
      scenario->instance != NULL ? pisd_instance_get_reading (scenario->instance) : NULL;
  g_autoptr (PisdScenario) other = NULL;
  g_auto (PisdReadingWish) wish = { 0 };

  if (file == NULL || options->reading.wish.order >= 0 || reading == NULL || !reading->is_open)
    return TRUE;
  other = pisd_scenario_dup (scenario);
  pisd_reading_wish_set (&wish, reading);
  wish.order = !reading->is_xy;
  if (!pisd_truth_open_wished (other, file, &wish, error))
    return FALSE;
  if (find_misfit (scenario->sensors, other->instance)
      < find_misfit (scenario->sensors, scenario->instance))
    pisd_truth_set_instance (scenario, other->instance, options->truth);
  return TRUE;
}

gboolean
cli_truth_load_sensors (PisdScenario *scenario, const char *path, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);
  PisdSensors *sensors =
      input != NULL ? pisd_sensors_load_from (scenario->settings.problem, input, error) : NULL;

  if (sensors == NULL)
    return FALSE;
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = sensors;
  return TRUE;
}
