#include "pisd-consistency.h"

#include "pisd-exact.h"
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-test.h"

#define S PISD_GRID

static void
check (const PisdScenario *scenario, gboolean with_factors, PisdConsistency *c)
{
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) f = NULL;

  if (with_factors)
    f = pisd_factors_new (NULL, r, scenario->sensors, NULL, PISD_FACTORS_MEAN, 1, NULL, NULL);
  pisd_consistency_check (r, scenario->sensors, f, NULL, c);
}

static PisdScenario *
random_scenario (PisdProblemId problem, guint n_a, guint n_u, guint64 seed)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings = test_settings (problem, PISD_MODES_SQUARE, 20);
  scenario->instance =
      pisd_instance_new_random (TEST_EQUATION (problem, 3.0), PISD_FAMILY_GRF, seed, NULL);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, n_a, 0.0, seed);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, n_u, 0.0, seed + 1);
  return scenario;
}

static void
scale_readings (PisdScenario *scenario, double factor)
{
  for (guint i = 0; i < scenario->sensors->n; i++)
    pisd_sensors_edit (scenario->sensors)[i].value *= factor;
}

static void
add (PisdScenario *scenario, PisdFieldId field, double x, double y, double value)
{
  PisdSensor s = { .field = field, .x = x, .y = y, .value = value };

  pisd_sensors_add (scenario->sensors, &s);
}

/* Readings of the benchmark's instances are what the prior expects, wherever they are taken. */
static void
test_fits (void)
{
  for (guint seed = 1; seed <= 5; seed++)
    for (guint kind = 0; kind < 3; kind++)
      {
        g_autoptr (PisdScenario) scenario =
            random_scenario (seed % 2, kind == 0 ? 0 : 100, kind == 1 ? 0 : 100, seed);
        PisdConsistency c;

        check (scenario, TRUE, &c);
        test_assert_close (c.ratio, 1.0, 0.35);
        g_assert_cmpint (c.scale, ==, PISD_SCALE_FITS);
        g_assert_cmpuint (c.n_extreme + c.n_wrong, ==, 0);
        check (scenario, FALSE, &c);
        g_assert_cmpint (c.scale, ==, PISD_SCALE_FITS);
      }
}

/* Ten times too large, ten times too small: with factors both are told, without them what is gross. */
static void
test_scale (void)
{
  g_autoptr (PisdScenario) scenario = random_scenario (PISD_PROBLEM_POISSON, 100, 0, 3);
  PisdConsistency c;

  scale_readings (scenario, 10.0);
  check (scenario, TRUE, &c);
  test_assert_close (c.ratio, 10.0, 3.5);
  g_assert_cmpint (c.scale, ==, PISD_SCALE_TOO_LARGE);
  check (scenario, FALSE, &c);
  g_assert_cmpint (c.scale, ==, PISD_SCALE_TOO_LARGE);
  scale_readings (scenario, 0.01);
  check (scenario, TRUE, &c);
  g_assert_cmpint (c.scale, ==, PISD_SCALE_TOO_SMALL);
}

/* A source with a mean contradicts a prior without one, and fits one that leaves it open. */
static void
test_mean (void)
{
  g_autoptr (PisdScenario) scenario = random_scenario (PISD_PROBLEM_POISSON, 200, 0, 3);
  PisdConsistency c;

  for (guint i = 0; i < scenario->sensors->n; i++)
    pisd_sensors_edit (scenario->sensors)[i].value += 0.8;
  check (scenario, TRUE, &c);
  g_assert_cmpint (c.scale, ==, PISD_SCALE_TOO_LARGE);
  scenario->settings.mean_sd = 1.0;
  check (scenario, TRUE, &c);
  g_assert_cmpint (c.scale, ==, PISD_SCALE_FITS);
}

/* Where the equation fixes the value a reading says nothing, and one of another value is named. */
static void
test_boundary (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdConsistency c;

  add (scenario, PISD_FIELD_U, 0.5, 0.5, 0.01);
  add (scenario, PISD_FIELD_U, 0.0, 0.5, 0.0);
  add (scenario, PISD_FIELD_U, 0.5, 1.0, 1.0);
  add (scenario, PISD_FIELD_A, 0.0, 0.5, 0.3);
  check (scenario, FALSE, &c);
  g_assert_cmpuint (c.n_silent, ==, 2);
  g_assert_cmpuint (c.n_wrong, ==, 1);
  g_assert_cmpuint (c.first_wrong, ==, 2);
  pisd_sensors_edit (scenario->sensors)[2].sd = 0.5;
  check (scenario, FALSE, &c);
  g_assert_cmpuint (c.n_wrong, ==, 0);
}

/* A number that stands for no data. */
static void
test_extreme (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdConsistency c;

  add (scenario, PISD_FIELD_A, 0.5, 0.5, 1.0);
  add (scenario, PISD_FIELD_A, 0.25, 0.5, -1e30);
  check (scenario, TRUE, &c);
  g_assert_cmpuint (c.n_extreme, ==, 1);
  g_assert_cmpuint (c.first_extreme, ==, 1);
  g_assert_cmpfloat (c.deviations, >, 1e30);
  g_assert_cmpint (c.scale, ==, PISD_SCALE_TOO_LARGE);
}

/* One that leaves no numbers is refused by every method, by its place. */
static void
test_refused (void)
{
  static const double values[] = { 1e307, -G_MAXDOUBLE, 1e304 };

  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    for (PisdGuidanceId g = 0; g < PISD_N_GUIDANCES; g++)
      {
        g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
        g_autoptr (GError) error = NULL;

        pisd_settings_apply_preset (&scenario->settings, g, PISD_TASK_FORWARD, TRUE);
        add (scenario, PISD_FIELD_A, 0.5, 0.5, 1.0);
        add (scenario, PISD_FIELD_A, 0.25, 0.5, values[k]);
        g_assert_null (pisd_run (scenario, NULL, 1, NULL, NULL, &error));
        g_assert_nonnull (strstr (error->message, "sensor 2: `a` at x = 0.25, y = 0.5 reads"));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/consistency/fits", test_fits);
  g_test_add_func ("/engine/consistency/scale", test_scale);
  g_test_add_func ("/engine/consistency/mean", test_mean);
  g_test_add_func ("/engine/consistency/boundary", test_boundary);
  g_test_add_func ("/engine/consistency/extreme", test_extreme);
  g_test_add_func ("/engine/consistency/refused", test_refused);
  return g_test_run ();
}
