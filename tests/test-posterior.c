#include <string.h>

#include "pisd-exact.h"
#include "pisd-measure.h"
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-test-posterior.h"

#define S PISD_GRID

/* Nodes where the posterior is certain, a noise-free sensor's, say nothing in units of its spread. */
#define CERTAIN 1e-3

/* Mean and variance of each node over the samples, one after the other, as they lie in memory. */
static void
fill_moments (const PisdResult *result, guint field, guint n, double *mean, double *variance)
{
  memset (mean, 0, sizeof (double) * S * S);
  memset (variance, 0, sizeof (double) * S * S);
  for (guint s = 0; s < n; s++)
    for (guint p = 0; p < S * S; p++)
      mean[p] += result->samples[field][(gsize) s * S * S + p] / n;
  for (guint s = 0; s < n; s++)
    for (guint p = 0; p < S * S; p++)
      variance[p] += pow (result->samples[field][(gsize) s * S * S + p] - mean[p], 2) / (n - 1);
}

/* Mean, variance ratio and deviation in units of the exact spread of many samples against the exact posterior. */
static void
compare (const PisdExact *exact, const PisdResult *result, guint f, guint n)
{
  g_autofree double *mean = g_new (double, S *S), *variance = g_new (double, S *S);
  double own = 0.0, expected = 0.0, difference = 0.0, standardized = 0.0, largest = 0.0;
  guint n_uncertain = 0;

  fill_moments (result, f, n, mean, variance);
  for (guint p = 0; p < S * S; p++)
    largest = MAX (largest, exact->sd[f]->data[p]);
  for (guint p = 0; p < S * S; p++)
    {
      const double sd = exact->sd[f]->data[p];

      own += variance[p];
      expected += sd * sd;
      difference += pow (mean[p] - exact->mean[f]->data[p], 2);
      if (sd <= CERTAIN * largest)
        continue;
      standardized += variance[p] / (sd * sd);
      n_uncertain++;
    }
  test_assert_close (own / expected, 1.0, 0.05);
  test_assert_below (S * S / 2, n_uncertain);
  test_assert_close (sqrt (standardized / n_uncertain), 1.0, 0.1);
  /* n independent samples leave expected / n; the bound is three times its root. */
  test_assert_below (sqrt (difference), 3.0 * sqrt (expected / n));
}

static void
check_samples (const PosteriorCase *c, PisdGuidanceId guidance, PisdSamplerId sampler, guint steps)
{
  g_autoptr (PisdScenario) scenario = case_scenario (c);
  g_autoptr (PisdExact) exact = pisd_exact_new (scenario, NULL, TRUE, 2, NULL, NULL);
  g_autoptr (PisdResult) result = NULL;
  const guint n = 400;

  pisd_settings_apply_preset (&scenario->settings, guidance, PISD_TASK_BOTH, TRUE);
  scenario->settings.sampler = sampler;
  scenario->settings.steps = steps;
  scenario->settings.samples = n;
  result = pisd_run (scenario, NULL, 2, NULL, NULL, NULL);
  g_assert_nonnull (result);
  for (guint f = 0; f < 2; f++)
    compare (exact, result, f, n);
}

static void
test_second_order_exact (gconstpointer data)
{
  check_samples (data, PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_EXACT, 5);
}

static void
test_second_order_heun (gconstpointer data)
{
  check_samples (data, PISD_GUIDANCE_SECOND_ORDER, PISD_SAMPLER_HEUN, 40);
}

static void
test_draws (gconstpointer data)
{
  check_samples (data, PISD_GUIDANCE_EXACT, PISD_SAMPLER_EXACT, 1);
}

/* Errors of the posterior mean over many instances, at nodes far from each other, are as large as the
 * posterior says. */
static void
test_calibration (void)
{
  static const guint nodes[] = { 50 * S + 50, 20 * S + 90, 90 * S + 25, 105 * S + 100 };
  const guint n_instances = 20, n = n_instances * G_N_ELEMENTS (nodes);
  double square[2] = { 0 };

  for (guint seed = 0; seed < n_instances; seed++)
    {
      g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
      g_autoptr (PisdExact) exact = NULL;

      scenario->settings.modes = 16;
      scenario->instance = pisd_instance_new_random (TEST_EQUATION (PISD_PROBLEM_POISSON, 0.0),
                                                     PISD_FAMILY_GRF, seed, NULL);
      pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 30, 0.1, seed);
      pisd_sensors_measure (scenario->sensors, scenario->instance, seed);
      exact = pisd_exact_new (scenario, NULL, TRUE, 1, NULL, NULL);
      for (guint f = 0; f < 2; f++)
        {
          PisdFieldId id = f == 0 ? PISD_FIELD_A : PISD_FIELD_U;
          const double *truth = pisd_instance_get_field (scenario->instance, id)->data;

          for (guint k = 0; k < G_N_ELEMENTS (nodes); k++)
            {
              const double error = exact->mean[f]->data[nodes[k]] - truth[nodes[k]];

              square[f] += pow (error / exact->sd[f]->data[nodes[k]], 2) / n;
            }
        }
    }
  for (guint f = 0; f < 2; f++)
    test_assert_close (square[f], 1.0, 4.0 * sqrt (2.0 / n));
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "second-order-exact", test_second_order_exact },
    { "second-order-heun", test_second_order_heun },
    { "draws", test_draws },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/slow/posterior", checks, posterior_cases);
  g_test_add_func ("/slow/posterior/calibration", test_calibration);
  return g_test_run ();
}
