#include "pisd-evidence.h"

#include <math.h>

#include "pisd-error.h"
#include "pisd-factors.h"
#include "pisd-measure.h"
#include "pisd-prior-choice.h"
#include "pisd-prior-fit.h"
#include "pisd-scatter.h"
#include "pisd-test.h"
#include "pisd-truth.h"

static const PisdLaw strange = { 2.0, 6.0, 2.4 };

/* n_nodes sensors on nodes of a, n_off beside nodes and n_u on u, of a truth of that law, whose
 * noise is known. */
static PisdScenario *
make_scenario (const PisdLaw *law, guint n_nodes, guint n_off, guint n_u, double sd, guint64 seed)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings.instance_law = *law;
  scenario->settings.instance_seed = seed;
  pisd_truth_set_random (scenario, NULL);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, n_nodes, sd, seed);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, n_u, sd * 0.01, seed);
  for (guint i = 0; i < n_off; i++)
    {
      PisdSensor sensor = { .field = PISD_FIELD_A, .sd = sd };

      sensor.x = 0.05 + 0.9 * i / n_off;
      sensor.y = 0.123 + 0.6 * (i * 7 % 11) / 11.0;
      pisd_sensors_add (scenario->sensors, &sensor);
    }
  pisd_sensors_measure (scenario->sensors, scenario->instance, seed);
  return scenario;
}

/* Settings whose numbers are all away from their defaults. */
static void
set_strange (PisdSettings *settings)
{
  settings->prior_law = strange;
  settings->mean_sd = 0.4;
  settings->noise_sd = 0.02;
}

static double
evaluate (PisdEvidence *evidence, const PisdSettings *settings, PisdEvidenceValue *value)
{
  GError *error = NULL;

  pisd_evidence_evaluate (evidence, settings, TRUE, NULL, value, &error);
  g_assert_no_error (error);
  return value->log_evidence;
}

/* The same from the factors of the exact posterior. */
static double
evidence_of_factors (const PisdScenario *scenario)
{
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFactors) f =
      pisd_factors_new (NULL, r, scenario->sensors, NULL, PISD_FACTORS_MEAN, 1, NULL, NULL);
  g_autofree double *x = g_memdup2 (f->y, sizeof (double) * f->n);
  double sum = f->n * log (2.0 * G_PI);

  pisd_triangle_solve (f->l, x, NULL);
  for (guint i = 0; i < f->n; i++)
    sum += x[i] * x[i] + 2.0 * log (pisd_triangle_row (f->l, i)[i]);
  return -0.5 * sum;
}

static const struct
{
  guint n_nodes, n_off, n_u;
  double sd;
} sets[] = { { 40, 0, 0, 0.05 }, { 12, 8, 10, 0.03 } };

static void
test_factors (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      g_autoptr (PisdScenario) scenario =
          make_scenario (&strange, sets[k].n_nodes, sets[k].n_off, sets[k].n_u, sets[k].sd, 3 + k);
      g_autoptr (PisdEvidence) evidence = pisd_evidence_new (NULL, scenario, 0, 1, NULL, NULL);
      PisdEvidenceValue value;

      test_assert_close (evaluate (evidence, &scenario->settings, &value),
                         evidence_of_factors (scenario), 1e-7);
      set_strange (&scenario->settings);
      test_assert_close (evaluate (evidence, &scenario->settings, &value),
                         evidence_of_factors (scenario), 1e-7);
    }
}

/* Two values of the number, one step apart on either side. */
static double
find_difference (PisdEvidence *evidence, const PisdSettings *settings, PisdHyper hyper)
{
  const double step = 1e-4, value = pisd_hyper_get (settings, hyper);
  PisdSettings moved = *settings;
  double sides[2];

  for (guint s = 0; s < 2; s++)
    {
      double by = s == 0 ? -step : step;
      PisdEvidenceValue at;

      pisd_hyper_set (&moved, hyper, hyper == PISD_HYPER_ALPHA ? value + by : value * exp (by));
      sides[s] = evaluate (evidence, &moved, &at);
    }
  return (sides[1] - sides[0]) / (2.0 * step);
}

static void
test_slopes (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      g_autoptr (PisdScenario) scenario =
          make_scenario (&strange, sets[k].n_nodes, sets[k].n_off, sets[k].n_u, sets[k].sd, 3 + k);
      g_autoptr (PisdEvidence) evidence = pisd_evidence_new (NULL, scenario, 0, 1, NULL, NULL);
      PisdEvidenceValue value;

      set_strange (&scenario->settings);
      evaluate (evidence, &scenario->settings, &value);
      for (guint h = 0; h < PISD_N_HYPERS; h++)
        {
          double expected = find_difference (evidence, &scenario->settings, h);

          g_assert_cmpfloat (fabs (value.slopes[h] - expected), <, 1e-4 * (1.0 + fabs (expected)));
          g_assert_cmpfloat (fabs (expected), >, 1e-3);
        }
    }
}

/* Two blocks of readings, on nodes and elsewhere: the bits do not depend on the number of threads. */
static void
test_threads (void)
{
  for (guint n_off = 0; n_off <= 10; n_off += 10)
    {
      g_autoptr (PisdScenario) scenario =
          make_scenario (&strange, 70 - 2 * n_off, n_off, n_off, 0.05, 3);
      PisdEvidenceValue values[2];

      set_strange (&scenario->settings);
      for (guint k = 0; k < 2; k++)
        {
          g_autoptr (PisdEvidence) evidence =
              pisd_evidence_new (NULL, scenario, 0, 1 + k, NULL, NULL);

          evaluate (evidence, &scenario->settings, &values[k]);
        }
      g_assert_cmpmem (&values[0], sizeof values[0], &values[1], sizeof values[1]);
    }
}

/* Amplitude alone is a number of other families' Gaussians. */
static void
test_families (void)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK;
  g_autoptr (PisdScenario) scenario = make_scenario (&benchmark, 30, 0, 0, 0.01, 5);
  g_autoptr (PisdEvidence) evidence = pisd_evidence_new (NULL, scenario, 0, 1, NULL, NULL);
  PisdSettings *settings = &scenario->settings;
  PisdEvidenceValue value;

  settings->prior_family = PISD_FAMILY_BLOBS;
  settings->prior_law.amplitude = 3.0;
  g_assert_true (pisd_settings_check (settings, NULL));
  evaluate (evidence, settings, &value);
  g_assert_cmpfloat (value.slopes[PISD_HYPER_TAU], ==, 0.0);
  test_assert_close (value.slopes[PISD_HYPER_AMPLITUDE],
                     find_difference (evidence, settings, PISD_HYPER_AMPLITUDE), 1e-4);
  settings->prior_law.tau = 4.0;
  g_assert_false (pisd_settings_check (settings, NULL));
  pisd_settings_drop_laws (settings);
  g_assert_cmpfloat (settings->prior_law.tau, ==, 3.0);
  g_assert_cmpfloat (settings->prior_law.amplitude, ==, 3.0);
}

/* The fit comes to the law that the readings are of, and makes them likelier. */
static void
test_fit (void)
{
  const PisdLaw law = { 4.0, 12.0, 2.5 };
  g_autoptr (PisdScenario) scenario = make_scenario (&law, 200, 0, 0, 0.0, 8);
  PisdPriorFit fit;

  g_assert_true (pisd_prior_fit_compute (scenario, 1, NULL, NULL, NULL, &fit, NULL));
  g_assert_cmpfloat (fit.evidence_after.log_evidence, >, fit.evidence_before.log_evidence + 20.0);
  g_assert_cmpfloat (fabs (fit.evidence_after.ratio - 1.0), <, 0.2);
  g_assert_cmpfloat (fabs (log (fit.after[PISD_HYPER_AMPLITUDE] / law.amplitude)), <, 0.35);
  g_assert_cmpfloat (fabs (log (fit.after[PISD_HYPER_TAU] / law.tau)), <, 0.35);
  g_assert_cmpfloat (fabs (fit.after[PISD_HYPER_ALPHA] - law.alpha), <, 0.5);
  /* There is neither, and nothing that tells how little there is. */
  g_assert_cmpint (fit.kind[PISD_HYPER_MEAN], ==, PISD_UNTOLD);
  g_assert_cmpint (fit.kind[PISD_HYPER_NOISE], ==, PISD_UNTOLD);
  g_assert_cmpfloat (fit.after[PISD_HYPER_NOISE], ==, 0.0);
  g_assert_false (pisd_prior_fits_truth (scenario));
  pisd_prior_fit_apply (&fit, &scenario->settings);
  g_assert_true (pisd_settings_check (&scenario->settings, NULL));
}

/* Noise of which the sensors know nothing is found. */
static void
test_noise (void)
{
  const PisdLaw law = PISD_LAW_BENCHMARK;
  g_autoptr (PisdScenario) scenario = make_scenario (&law, 150, 0, 0, 0.05, 9);
  PisdPriorFit fit;

  for (guint i = 0; i < scenario->sensors->n; i++)
    pisd_sensors_edit (scenario->sensors)[i].sd = 0.0;
  g_assert_true (pisd_prior_fit_compute (scenario, 1, NULL, NULL, NULL, &fit, NULL));
  g_assert_cmpint (fit.kind[PISD_HYPER_NOISE], ==, PISD_FITTED);
  g_assert_cmpfloat (fabs (log (fit.after[PISD_HYPER_NOISE] / 0.05)), <, 0.5);
  g_assert_cmpfloat (fit.error[PISD_HYPER_NOISE], <, 0.5);
}

/* One reading tells a scale and no more. */
static void
test_few (void)
{
  const PisdLaw law = PISD_LAW_BENCHMARK;
  g_autoptr (PisdScenario) scenario = make_scenario (&law, 2, 0, 0, 0.0, 4);
  PisdPriorFit fit;

  g_assert_true (pisd_prior_fit_compute (scenario, 1, NULL, NULL, NULL, &fit, NULL));
  g_assert_cmpint (fit.kind[PISD_HYPER_ALPHA], ==, PISD_UNTOLD);
  g_assert_cmpint (fit.kind[PISD_HYPER_TAU], ==, PISD_UNTOLD);
  g_assert_cmpfloat (fit.after[PISD_HYPER_TAU], ==, 3.0);
}

static void
test_refused (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) some = make_scenario (&strange, 10, 0, 0, 0.0, 4);
  PisdCancel *cancel = pisd_cancel_new ();
  PisdPriorFit fit;
  GError *error = NULL;

  g_assert_false (pisd_prior_fit_compute (scenario, 1, NULL, NULL, NULL, &fit, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_clear_error (&error);
  pisd_cancel_trigger (cancel);
  g_assert_false (pisd_prior_fit_compute (some, 1, NULL, NULL, cancel, &fit, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  g_clear_error (&error);
  pisd_cancel_unref (cancel);
  some->settings.prior = PISD_PRIOR_LEARNED;
  g_assert_false (pisd_prior_fit_compute (some, 1, NULL, NULL, NULL, &fit, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_clear_error (&error);
  scenario->settings.problem = PISD_PROBLEM_NAVIER_STOKES;
  scenario->settings.prior_flow_law.tau = 5.0;
  g_assert_true (pisd_settings_check (&scenario->settings, NULL));
  scenario->settings.prior_law.tau = 7.0;
  g_assert_false (pisd_settings_check (&scenario->settings, NULL));
}

/* Truths of a law are drawn again from their settings, and the benchmark's keep their bits. */
static void
test_truths (void)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK;
  g_autoptr (PisdScenario) one = make_scenario (&strange, 1, 0, 0, 0.0, 4),
                           two = make_scenario (&strange, 1, 0, 0, 0.0, 4),
                           other = make_scenario (&benchmark, 1, 0, 0, 0.0, 4);
  const PisdEquation poisson = { PISD_PROBLEM_POISSON };
  g_autoptr (PisdInstance) plain = pisd_instance_new_random (&poisson, PISD_FAMILY_GRF, 4, NULL);

  g_assert_true (pisd_instance_equal (one->instance, two->instance));
  g_assert_true (pisd_instance_equal (plain, other->instance));
  g_assert_false (pisd_instance_equal (one->instance, other->instance));
  g_assert_cmpint (pisd_truth_get_kind (one), ==, PISD_TRUTH_RANDOM);
  g_assert_false (pisd_prior_fits_truth (one));
  one->settings.prior_law = strange;
  g_assert_true (pisd_prior_fits_truth (one));
  one->settings.noise_sd = 0.1;
  g_assert_false (pisd_prior_fits_truth (one));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence/factors", test_factors);
  g_test_add_func ("/evidence/slopes", test_slopes);
  g_test_add_func ("/evidence/threads", test_threads);
  g_test_add_func ("/evidence/families", test_families);
  g_test_add_func ("/evidence/fit", test_fit);
  g_test_add_func ("/evidence/noise", test_noise);
  g_test_add_func ("/evidence/few", test_few);
  g_test_add_func ("/evidence/refused", test_refused);
  g_test_add_func ("/evidence/truths", test_truths);
  return g_test_run ();
}
