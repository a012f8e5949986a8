/* Sets of sensors on which estimates are compared with the exact posterior. */
#pragma once

#include "pisd-measure.h"
#include "pisd-scatter.h"
#include "pisd-scenario.h"
#include "pisd-test.h"

typedef struct
{
  const char *path;
  PisdProblemId problem;
  guint n_a, n_u;
  double sd_a, sd_u;
  gboolean off_grid;
  double mean_sd;
} PosteriorCase;

static const PosteriorCase posterior_cases[] = {
  { "forward", PISD_PROBLEM_POISSON, 60, 0, 0.0, 0.0, FALSE },
  { "inverse", PISD_PROBLEM_HELMHOLTZ, 0, 60, 0.0, 0.0, FALSE },
  { "both", PISD_PROBLEM_HELMHOLTZ, 30, 30, 0.0, 0.0, FALSE },
  { "noisy", PISD_PROBLEM_POISSON, 20, 20, 0.2, 0.003, FALSE },
  { "off-grid", PISD_PROBLEM_POISSON, 20, 20, 0.0, 0.0, TRUE },
  { "with-a-mean", PISD_PROBLEM_HELMHOLTZ, 30, 30, 0.1, 0.003, FALSE, 0.7 },
};

static inline PisdScenario *
case_scenario (const PosteriorCase *c)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings = test_settings (c->problem, PISD_MODES_SQUARE, 16);
  scenario->settings.mean_sd = c->mean_sd;
  scenario->instance =
      pisd_instance_new_random (TEST_EQUATION (c->problem, 3.0), PISD_FAMILY_GRF, 11, NULL);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, c->n_a, c->sd_a, 1);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, c->n_u, c->sd_u, 2);
  if (c->off_grid)
    for (guint i = 0; i < scenario->sensors->n; i++)
      {
        pisd_sensors_edit (scenario->sensors)[i].x =
            0.1 + 0.8 * pisd_rng_uniform (1, PISD_STREAM_TEST, 0, i);
        pisd_sensors_edit (scenario->sensors)[i].y =
            0.1 + 0.8 * pisd_rng_uniform (1, PISD_STREAM_TEST, 1, i);
      }
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
  return scenario;
}
