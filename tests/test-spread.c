#include "pisd-spread.h"

#include "pisd-measure.h"
#include "pisd-scatter.h"
#include "pisd-test-posterior.h"

#define S PISD_GRID

typedef struct
{
  PisdField *sd[2];
} Spread;

static void
spread_clear (Spread *spread)
{
  for (guint f = 0; f < 2; f++)
    pisd_field_free (spread->sd[f]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spread, spread_clear)

static Spread
compute (const PisdScenario *scenario, guint n_threads)
{
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) factors =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, n_threads, NULL, NULL);
  Spread spread = { { pisd_field_new (S, S), pisd_field_new (S, S) } };

  g_assert_true (pisd_factors_prepare (factors, PISD_FACTORS_STEPS | PISD_FACTORS_TAIL, n_threads,
                                       NULL, NULL));
  g_assert_true (pisd_spread_compute (factors, n_threads, NULL, spread.sd[0], spread.sd[1], NULL));
  return spread;
}

/* One sensor of noise sd at a node of a: there its posterior variance is v sd^2 / (v + sd^2). */
static void
test_one_sensor (void)
{
  static const double noises[] = { 0.0, 0.3, 10.0 };
  const guint node = 50 * S + 31;
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[0]);
  double prior;

  pisd_sensors_clear (scenario->sensors);
  {
    g_auto (Spread) none = compute (scenario, 1);

    prior = pow (none.sd[0]->data[node], 2);
  }
  for (guint k = 0; k < G_N_ELEMENTS (noises); k++)
    {
      PisdSensor sensor = test_sensor_at_node (scenario->instance, PISD_FIELD_A, 50, 31, noises[k]);
      double noise = noises[k] * noises[k];

      pisd_sensors_clear (scenario->sensors);
      pisd_sensors_add (scenario->sensors, &sensor);
      {
        g_auto (Spread) spread = compute (scenario, 1);

        test_assert_close (pow (spread.sd[0]->data[node], 2) / prior, noise / (prior + noise),
                           1e-11);
      }
    }
}

/* Another sensor never makes anything less certain. */
static void
test_shrinks (gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = case_scenario (data);
  g_auto (Spread) before = compute (scenario, 1);
  PisdSensor added = test_sensor_at_node (scenario->instance, PISD_FIELD_U, 20, 31, 0.0);

  pisd_sensors_add (scenario->sensors, &added);
  {
    g_auto (Spread) after = compute (scenario, 1);
    double most[2] = { 0.0, 0.0 };

    for (guint f = 0; f < 2; f++)
      for (guint p = 0; p < S * S; p++)
        most[f] = fmax (most[f], before.sd[f]->data[p]);
    for (guint f = 0; f < 2; f++)
      for (guint p = 0; p < S * S; p++)
        test_assert_below (after.sd[f]->data[p], before.sd[f]->data[p] + 1e-5 * most[f]);
    test_assert_below (pisd_field_norm (after.sd[1]) / pisd_field_norm (before.sd[1]), 1.0);
  }
}

/* The bits depend neither on the number of threads nor on whether both fields are wanted. */
static void
test_same_bits (void)
{
  g_autoptr (PisdScenario) scenario = case_scenario (&posterior_cases[3]);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) factors =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, 0, 1, NULL, NULL);
  g_auto (Spread) one = compute (scenario, 1);
  g_auto (Spread) three = compute (scenario, 3);

  g_assert_true (
      pisd_factors_prepare (factors, PISD_FACTORS_STEPS | PISD_FACTORS_TAIL, 1, NULL, NULL));
  for (guint f = 0; f < 2; f++)
    {
      g_autoptr (PisdField) alone = pisd_field_new (S, S);

      g_assert_true (pisd_spread_compute (factors, 1, NULL, f == 0 ? alone : NULL,
                                          f == 0 ? NULL : alone, NULL));
      g_assert_cmpmem (one.sd[f]->data, sizeof (double) * S * S, three.sd[f]->data,
                       sizeof (double) * S * S);
      g_assert_cmpmem (one.sd[f]->data, sizeof (double) * S * S, alone->data,
                       sizeof (double) * S * S);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/posterior/spread/one-sensor", test_one_sensor);
  g_test_add_data_func ("/posterior/spread/shrinks/both", &posterior_cases[2], test_shrinks);
  g_test_add_data_func ("/posterior/spread/shrinks/noisy", &posterior_cases[3], test_shrinks);
  g_test_add_func ("/posterior/spread/same-bits", test_same_bits);
  return g_test_run ();
}
