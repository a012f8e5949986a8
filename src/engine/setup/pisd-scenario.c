#include "pisd-scenario.h"

#include <math.h>

PisdScenario *
pisd_scenario_new (void)
{
  PisdScenario *scenario = g_new0 (PisdScenario, 1);

  pisd_settings_init_default (&scenario->settings);
  scenario->sensors = pisd_sensors_new ();
  return scenario;
}

PisdScenario *
pisd_scenario_dup (const PisdScenario *scenario)
{
  PisdScenario *copy;

  g_return_val_if_fail (scenario != NULL, NULL);

  copy = g_new (PisdScenario, 1);
  copy->settings = scenario->settings;
  copy->sensors = pisd_sensors_dup (scenario->sensors);
  copy->instance = scenario->instance != NULL ? pisd_instance_ref (scenario->instance) : NULL;
  copy->truth_path = g_strdup (scenario->truth_path);
  copy->weights_path = g_strdup (scenario->weights_path);
  copy->weights_hash = g_strdup (scenario->weights_hash);
  copy->socket_name = g_strdup (scenario->socket_name);
  return copy;
}

void
pisd_scenario_free (PisdScenario *scenario)
{
  if (scenario == NULL)
    return;

  pisd_sensors_free (scenario->sensors);
  pisd_instance_unref (scenario->instance);
  g_free (scenario->truth_path);
  g_free (scenario->weights_path);
  g_free (scenario->weights_hash);
  g_free (scenario->socket_name);
  g_free (scenario);
}

void
pisd_scenario_set_socket (PisdScenario *scenario, const char *name)
{
  char *own = g_strdup (name);

  g_free (scenario->socket_name);
  scenario->socket_name = own;
}

/* Those of the scenario, with unknown noise beside their own. */
static PisdSensors *
dup_noisy (const PisdScenario *scenario)
{
  PisdSensors *sensors = pisd_sensors_dup (scenario->sensors);
  PisdSensor *items;

  if (scenario->settings.noise_sd == 0.0)
    return sensors;
  items = pisd_sensors_edit (sensors);
  for (guint i = 0; i < sensors->n; i++)
    items[i].sd = hypot (items[i].sd, scenario->settings.noise_sd);
  return sensors;
}

void
pisd_scenario_get_mixture (const PisdScenario *scenario, PisdMixture *mixture)
{
  PisdEquation equation;
  PisdSourcePrior prior;
  g_autoptr (PisdSensors) sensors = NULL;

  g_return_if_fail (scenario != NULL && mixture != NULL);

  equation = pisd_settings_get_equation (&scenario->settings);
  prior = pisd_settings_get_source_prior (&scenario->settings);
  sensors = dup_noisy (scenario);
  pisd_mixture_init (mixture, &equation, &prior, sensors);
}

const PisdField *
pisd_scenario_get_truth (const PisdScenario *scenario, PisdFieldId id)
{
  g_return_val_if_fail (scenario != NULL, NULL);

  return scenario->instance == NULL ? NULL : pisd_instance_get_field (scenario->instance, id);
}

PisdTask
pisd_scenario_get_task (const PisdScenario *scenario)
{
  const PisdOperator *row;
  gboolean source, others = FALSE;

  g_return_val_if_fail (scenario != NULL, PISD_TASK_FORWARD);

  row = pisd_operator_get (scenario->settings.problem);
  source = pisd_sensors_count (scenario->sensors, row->fields[0].id) > 0;
  for (guint f = 1; f < row->n_fields; f++)
    others = others || pisd_sensors_count (scenario->sensors, row->fields[f].id) > 0;
  if (source && others)
    return PISD_TASK_BOTH;
  return others ? PISD_TASK_INVERSE : PISD_TASK_FORWARD;
}
