#include "pisd-opening.h"

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"
#include "pisd-fit.h"

#define N_ROWS 6 /* of sensors */
#define N_COLUMNS 5
#define N_FLOW_SIDE 14 /* of a flow's, which has more to find */
#define SIGMA_MAX 10.0 /* above it nothing but noise is seen */
#define N_STEPS 150    /* one a display frame: two and a half seconds at 60 a second */
#define N_SAMPLES 16

/* The example of a learned prior. */
#define EXAMPLE_SEED 4
#define EXAMPLE_SENSORS 500
#define EXAMPLE_STEPS 32

/* Whether the truth of `beside` is the one that these settings name. */
static gboolean
has_its_truth (const PisdScenario *beside, const PisdSettings *settings)
{
  PisdFamily family;
  guint64 seed;

  return beside != NULL && beside->instance != NULL
         && pisd_settings_same_equation (&beside->settings, settings)
         && pisd_instance_is_random (beside->instance, &family, &seed) && family == settings->family
         && seed == settings->instance_seed
         && pisd_law_equal (pisd_instance_get_law (beside->instance),
                            pisd_settings_get_instance_law (settings));
}

gboolean
pisd_opening_place (PisdScenario *scenario, GError **error)
{
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  const PisdFieldInfo *measured = &problem->fields[problem->n_fields - 1];
  const gboolean is_flow = measured->symbol != NULL;

  pisd_sensors_clear (scenario->sensors);
  return pisd_edit_place_grid (scenario, measured->id, measured->n_frames - 1,
                               is_flow ? N_FLOW_SIDE : N_ROWS, is_flow ? N_FLOW_SIDE : N_COLUMNS,
                               0.0, error);
}

PisdScenario *
pisd_opening_new (const PisdScenario *beside)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  g_autoptr (GError) error = NULL;

  if (has_its_truth (beside, settings))
    pisd_edit_set_truth (scenario, beside->instance, NULL);
  else
    pisd_edit_set_random_instance (scenario, settings->family, settings->instance_seed, &error);
  if (error != NULL || !pisd_opening_place (scenario, &error))
    g_warning ("The opening: %s", error->message);
  settings->guidance = PISD_GUIDANCE_SECOND_ORDER;
  pisd_edit_get_preset (scenario, settings);
  settings->sigma_max = SIGMA_MAX;
  settings->steps = N_STEPS;
  settings->samples = N_SAMPLES;
  return scenario;
}

PisdScenario *
pisd_opening_new_learned (void)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  const PisdOperator *problem = pisd_operator_get (settings->problem);
  const PisdFieldInfo *measured = &problem->fields[problem->n_fields - 1];
  g_autoptr (GError) error = NULL;

  pisd_edit_set_random_instance (scenario, PISD_FAMILY_INCLUSIONS, EXAMPLE_SEED, &error);
  if (error != NULL
      || !pisd_edit_scatter (scenario, measured->id, measured->n_frames - 1, EXAMPLE_SENSORS, 0.0,
                             EXAMPLE_SEED, &error)
      || !pisd_fit_set (settings, NULL, "prior", "learned", NULL, &error))
    g_warning ("The example: %s", error->message);
  settings->guidance = PISD_GUIDANCE_SECOND_ORDER;
  pisd_edit_get_preset (scenario, settings);
  settings->steps = EXAMPLE_STEPS;
  settings->samples = N_SAMPLES;
  return scenario;
}
