/* Where one more sensor would help most, held against the posterior that has it. */
#include "pisd-information.h"

#include <math.h>

#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-scatter.h"
#include "pisd-spread.h"
#include "pisd-test-posterior.h"

#define S PISD_GRID

static double
sum_squares (const PisdField *sd)
{
  const double norm = pisd_field_norm (sd);

  return norm * norm;
}

/* Sums of the variances of all nodes, a and u. */
static void
sum_variances (const PisdRepresentation *r, const PisdSensors *sensors, double sums[2])
{
  g_autoptr (PisdFactors) factors =
      pisd_factors_new (NULL, r, sensors, NULL, PISD_FACTORS_MEAN, 2, NULL, NULL);
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);

  g_assert_true (pisd_spread_compute (factors, 2, NULL, a, u, NULL));
  sums[0] = sum_squares (a);
  sums[1] = sum_squares (u);
}

/* What readings leave, over the prior's. */
static double
get_left (const double left[2], const double prior[2], guint target)
{
  if (target == PISD_AIM_ALL)
    return 0.5 * (left[0] / prior[0] + left[1] / prior[1]);
  return left[target] / prior[target];
}

static PisdInformation *
new_information (const PisdInformation *from,
                 const PisdQuestion *question,
                 const PisdRepresentation *r,
                 const PisdSensors *sensors)
{
  PisdInformation *information =
      pisd_information_new (from, question, r, sensors, NULL, 2, NULL, NULL);

  g_assert_nonnull (information);
  return information;
}

static void
add_at (PisdSensors *sensors,
        const PisdScenario *scenario,
        guint field,
        guint i,
        guint j,
        double sd)
{
  const PisdFieldInfo *info = &pisd_operator_get (scenario->settings.problem)->fields[field];
  const PisdSensor sensor = pisd_sensor_at_node (scenario->instance, info, 0, i, j, sd);

  g_assert_true (pisd_sensors_add (sensors, &sensor));
}

/* Twelve readings of each field, some with noise. */
static PisdScenario *
new_scenario (guint k)
{
  PisdScenario *scenario = case_scenario (&posterior_cases[k]);

  pisd_sensors_clear (scenario->sensors);
  g_assert_true (
      pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 12, 0.05, 3));
  g_assert_true (
      pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, 12, 0.001, 4));
  return scenario;
}

static PisdRepresentation *
new_noisy_representation (PisdScenario *scenario)
{
  scenario->settings.noise_sd = 0.002;
  return pisd_representation_new (&scenario->settings, NULL);
}

/* The map is what the sum of variances loses with the sensor, 1e-6 of the largest gain; noise that
 * every reading may have counts for the new one, too. */
static void
test_brute_force (void)
{
  static const PisdQuestion questions[] = { { 0, 0, 0.0 },
                                            { 0, 1, 0.1 },
                                            { 1, PISD_AIM_ALL, 0.0 } };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = new_noisy_representation (scenario);
  g_autoptr (PisdField) map = pisd_field_new (S, S);
  g_autoptr (PisdSensors) none = pisd_sensors_new ();
  double prior[2], left[2];

  sum_variances (r, none, prior);
  sum_variances (r, scenario->sensors, left);
  for (guint k = 0; k < G_N_ELEMENTS (questions); k++)
    {
      const guint i = 20 + 17 * k, j = 90 - 11 * k;
      g_autoptr (PisdInformation) information =
          new_information (NULL, &questions[k], r, scenario->sensors);
      g_autoptr (PisdSensors) more = pisd_sensors_dup (scenario->sensors);
      const double before = get_left (left, prior, questions[k].target);
      double with[2], after, low, most;

      add_at (more, scenario, questions[k].field, i, j, questions[k].sd);
      sum_variances (r, more, with);
      after = get_left (with, prior, questions[k].target);
      pisd_information_fill_map (information, map);
      pisd_field_get_range (map, &low, &most);
      g_assert_cmpfloat (low, >=, 0.0);
      g_assert_cmpfloat (most, >, 0.0);
      g_assert_cmpfloat_with_epsilon (pisd_information_get_left (information), before, 1e-9);
      g_assert_cmpfloat_with_epsilon (map->data[i * S + j], before - after, 1e-6 * most);
    }
}

/* What was added one after the other, and what was moved, is as if it had been there. */
static void
test_updates (void)
{
  const PisdQuestion question = { 0, PISD_AIM_ALL, 0.01 };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = new_noisy_representation (scenario);
  g_autoptr (PisdInformation) added = new_information (NULL, &question, r, scenario->sensors);
  g_autoptr (PisdInformation) moved = NULL;
  g_autoptr (PisdInformation) anew = NULL;
  g_autoptr (PisdSensors) sensors = pisd_sensors_dup (scenario->sensors);
  g_autoptr (PisdField) one = pisd_field_new (S, S);
  g_autoptr (PisdField) other = pisd_field_new (S, S);

  pisd_sensors_remove (sensors, 3);
  pisd_sensors_remove (sensors, 15);
  add_at (sensors, scenario, 0, 70, 11, 0.01);
  moved = new_information (added, &question, r, sensors);
  add_at (sensors, scenario, 0, 5, 120, 0.01);
  pisd_information_add (moved, 5 * S + 120);
  anew = new_information (NULL, &question, r, sensors);
  pisd_information_fill_map (moved, one);
  pisd_information_fill_map (anew, other);
  g_assert_cmpfloat_with_epsilon (pisd_information_get_left (moved),
                                  pisd_information_get_left (anew), 1e-9);
  g_assert_cmpfloat (pisd_field_relative_error (one, other), <, 1e-7);
  g_assert_cmpint (pisd_information_find_best (moved), ==, pisd_information_find_best (anew));
}

/* A sensor that is put where it helps most leaves less than the map said it would leave elsewhere,
 * and says nothing a second time. */
static void
test_best (void)
{
  const PisdQuestion question = { 1, 0, 0.0 };
  g_autoptr (PisdScenario) scenario = new_scenario (1);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdInformation) information = new_information (NULL, &question, r, scenario->sensors);
  g_autoptr (PisdField) map = pisd_field_new (S, S);
  double before = pisd_information_get_left (information), gain;

  for (guint k = 0; k < 5; k++)
    {
      const int best = pisd_information_find_best (information);

      pisd_information_fill_map (information, map);
      gain = map->data[best];
      for (guint s = 0; s < S * S; s++)
        g_assert_cmpfloat (map->data[s], <=, gain);
      pisd_information_add (information, best);
      g_assert_cmpfloat_with_epsilon (pisd_information_get_left (information), before - gain, 1e-9);
      before = pisd_information_get_left (information);
      pisd_information_fill_map (information, map);
      g_assert_cmpfloat (map->data[best], ==, 0.0);
    }
}

/* Of many readings of u without noise the map keeps only what rounding leaves: the best place keeps
 * what it promises. */
static void
test_rounding (void)
{
  const PisdQuestion question = { 1, 1, 0.0 };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdInformation) information = NULL;
  g_autoptr (PisdField) map = pisd_field_new (S, S);
  double before, gain;
  int best;

  pisd_sensors_clear (scenario->sensors);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, 100, 0.0, 3);
  information = new_information (NULL, &question, r, scenario->sensors);
  before = pisd_information_get_left (information);
  best = pisd_information_find_best (information);
  g_assert_cmpint (best, >=, 0);
  pisd_information_fill_map (information, map);
  gain = map->data[best];
  pisd_information_add (information, best);
  g_assert_cmpfloat_with_epsilon (before - pisd_information_get_left (information), gain,
                                  0.5 * gain);
}

/* On the edge u is known. */
static void
test_edge (void)
{
  const PisdQuestion question = { 1, 1, 0.0 };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdInformation) information = new_information (NULL, &question, r, scenario->sensors);
  g_autoptr (PisdField) map = pisd_field_new (S, S);

  pisd_information_fill_map (information, map);
  for (guint k = 0; k < S; k++)
    g_assert_cmpfloat (map->data[k], ==, 0.0);
  g_assert_cmpfloat (map->data[64 * S + 64], >, 0.0);
}

/* Without a sensor nothing is known, and the bits do not depend on the number of threads. */
static void
test_none (void)
{
  const PisdQuestion question = { 0, 0, 0.0 };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdSensors) none = pisd_sensors_new ();
  g_autoptr (PisdInformation) two = new_information (NULL, &question, r, none), one = NULL,
                              same = NULL;
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) b = pisd_field_new (S, S);

  g_assert_cmpfloat (pisd_information_get_left (two), ==, 1.0);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 60, 0.05, 5);
  one = pisd_information_new (NULL, &question, r, scenario->sensors, NULL, 1, NULL, NULL);
  same = new_information (NULL, &question, r, scenario->sensors);
  pisd_information_fill_map (one, a);
  pisd_information_fill_map (same, b);
  g_assert_cmpmem (a->data, S * S * sizeof (double), b->data, S * S * sizeof (double));
}

/* What does not fit beside the factors is refused, and at once. */
static void
test_budget (void)
{
  const PisdQuestion question = { 0, 1, 0.0 };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  const guint n_kept = pisd_representation_get_modes (r, 0)->n;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 2000, 0.0, 4));
  pisd_budget_set_limit (pisd_memory_get_used ()
                         + pisd_budget_bytes (scenario->sensors->n, n_kept, PISD_FACTORS_MEAN));
  g_assert_null (
      pisd_information_new (NULL, &question, r, scenario->sensors, NULL, 2, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
  pisd_budget_set_limit (0);
}

static void
test_cancelled (void)
{
  const PisdQuestion question = { 0, 1, 0.0 };
  g_autoptr (PisdScenario) scenario = new_scenario (0);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  g_autoptr (GError) error = NULL;

  pisd_cancel_trigger (cancel);
  g_assert_null (
      pisd_information_new (NULL, &question, r, scenario->sensors, NULL, 2, cancel, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/posterior/information/brute-force", test_brute_force);
  g_test_add_func ("/posterior/information/updates", test_updates);
  g_test_add_func ("/posterior/information/best", test_best);
  g_test_add_func ("/posterior/information/rounding", test_rounding);
  g_test_add_func ("/posterior/information/edge", test_edge);
  g_test_add_func ("/posterior/information/none", test_none);
  g_test_add_func ("/posterior/information/budget", test_budget);
  g_test_add_func ("/posterior/information/cancelled", test_cancelled);
  return g_test_run ();
}
