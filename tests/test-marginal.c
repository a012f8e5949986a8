/* What samples say of one node: their histogram, beside the Gaussian's. */
#include "pisd-marginal.h"

#include "pisd-test.h"

/* Nothing is known but the samples. */
static const PisdMarginalBeside nothing = { NAN, NAN, NAN, NAN, 0.0 };

static guint
count_all (const PisdMarginal *marginal)
{
  guint sum = 0;

  for (guint k = 0; k < marginal->n_bins; k++)
    sum += marginal->counts[k];
  return sum;
}

/* Two heaps of 20 and 12 lie in two bins with nothing between them. */
static void
test_heaps (void)
{
  g_autoptr (PisdMarginal) marginal = NULL;
  double values[32];
  guint n_full = 0;

  for (guint k = 0; k < 32; k++)
    values[k] = k % 8 < 5 ? 1.0 : -2.0;
  marginal = pisd_marginal_new (32, values, &nothing);
  g_assert_cmpuint (marginal->n_bins, ==, 10);
  g_assert_cmpuint (count_all (marginal), ==, 32);
  for (guint k = 0; k < marginal->n_bins; k++)
    n_full += marginal->counts[k] > 0;
  g_assert_cmpuint (n_full, ==, 2);
  g_assert_cmpuint (marginal->counts[pisd_marginal_find_bin (marginal, 1.0)], ==, 20);
  g_assert_cmpuint (marginal->counts[pisd_marginal_find_bin (marginal, -2.0)], ==, 12);
  g_assert_cmpfloat (marginal->low, <, -2.0);
  g_assert_cmpfloat (marginal->high, >, 1.0);
  g_assert_cmpfloat_with_epsilon (marginal->mean, (20.0 - 24.0) / 32.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (marginal->sd, sqrt ((20 * 1.265625 + 12 * 3.515625) / 31.0),
                                  1e-14);
  for (guint k = 1; k < 32; k++)
    g_assert_cmpfloat (marginal->values[k - 1], <=, marginal->values[k]);
}

/* What is no number is in no bin, and in no moment. */
static void
test_not_finite (void)
{
  static const double values[] = { 1.0, NAN, 3.0, INFINITY, -INFINITY };
  g_autoptr (PisdMarginal) marginal = pisd_marginal_new (5, values, &nothing);

  g_assert_cmpuint (marginal->n, ==, 2);
  g_assert_cmpuint (count_all (marginal), ==, 2);
  g_assert_cmpfloat (marginal->mean, ==, 2.0);
  g_assert_cmpuint (pisd_marginal_find_bin (marginal, NAN), ==, 0);
}

/* e (x) is the integral of n samples' density over an interval as wide as a bin, and all of them
 * lie within reach. */
static void
test_expected (void)
{
  const PisdMarginalBeside beside = { 3.0, NAN, 0.5, 0.4, 1.0 };
  const double values[] = { 0.1, 0.5, 0.7, 1.2 };
  g_autoptr (PisdMarginal) marginal = pisd_marginal_new (4, values, &beside);
  const double width = pisd_marginal_get_width (marginal);
  double integral = 0.0, sum = 0.0;

  for (guint k = 0; k < 1000; k++)
    {
      const double x = 0.9 + width * ((k + 0.5) / 1000.0 - 0.5), u = (x - 0.5) / 0.4;

      integral += 4.0 * width / 1000.0 * exp (-0.5 * u * u) / (0.4 * sqrt (2.0 * G_PI));
    }
  g_assert_cmpfloat_with_epsilon (pisd_marginal_get_expected (marginal, 0.9), integral, 1e-6);
  for (guint k = 0; k < marginal->n_bins; k++)
    sum += pisd_marginal_get_expected (marginal, marginal->low + (k + 0.5) * width);
  g_assert_cmpfloat_with_epsilon (sum, 4.0, 0.02);
  g_assert_cmpfloat (marginal->low, <, 0.5 - 3 * 0.4);
  g_assert_cmpfloat (marginal->high, >, 3.0); /* the truth is in sight */
}

/* At a sensor nothing is left open: all in one bin, the Gaussian too, and the width is the
 * field's. */
static void
test_at_sensor (void)
{
  const PisdMarginalBeside beside = { 0.0, 0.0, 0.0, 0.0, 2.0 };
  const double values[] = { 1e-9, -1e-9, 0.0, 2e-9 };
  g_autoptr (PisdMarginal) marginal = pisd_marginal_new (4, values, &beside);
  g_autoptr (PisdMarginal) empty = pisd_marginal_new (0, NULL, &nothing);

  g_assert_cmpfloat (marginal->high - marginal->low, >=, 0.02);
  g_assert_cmpfloat (pisd_marginal_get_expected (marginal, 0.0), ==, 4.0);
  g_assert_cmpfloat (pisd_marginal_get_expected (marginal, 0.01), ==, 0.0);
  g_assert_cmpuint (count_all (marginal), ==, 4);
  g_assert_true (isnan (pisd_marginal_get_expected (empty, 0.0)) && isnan (empty->mean));
  g_assert_cmpfloat (empty->high, >, empty->low);
}

/* Of the node, the frame and the field that were asked for, and of finished samples alone. */
static void
test_result (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_NAVIER_STOKES, PISD_MODES_SQUARE, 8);
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdMarginal) marginal = NULL;

  settings.samples = 3;
  result = pisd_result_new (&settings, NULL);
  for (guint k = 0; k < 3; k++)
    pisd_result_get_sample (result, 1, k)[(4 * PISD_GRID + 5) * PISD_GRID + 6] = 1.0 + k;
  result->n_finished = 2;
  marginal = pisd_marginal_new_from_result (result, 1, 4, 5, 6, &nothing);
  g_assert_cmpuint (marginal->n, ==, 2);
  g_assert_cmpfloat (marginal->values[0], ==, 1.0);
  g_assert_cmpfloat (marginal->values[1], ==, 2.0);
}

/* Standardised errors have fixed bins; the tails are in the outermost ones, and told; what does not
 * count is in none.  The mean square of all 16384 quantiles of the unit Gaussian is 1, and every bin
 * has what the Gaussian has there. */
static void
test_standardized (void)
{
  static const double few[] = { 0.1, NAN, -7.0, 5.0, 6.0, -0.1 };
  g_autoptr (PisdMarginal) tails = pisd_marginal_new_standardized (6, few);
  g_autoptr (PisdMarginal) none = pisd_marginal_new_standardized (0, NULL);
  g_autofree double *values = g_new (double, 16384);
  g_autoptr (PisdMarginal) gaussian = NULL;

  g_assert_cmpuint (tails->n, ==, 5);
  g_assert_cmpuint (tails->n_beyond, ==, 2);
  g_assert_cmpuint (tails->counts[0], ==, 1);
  g_assert_cmpuint (tails->counts[tails->n_bins - 1], ==, 2);
  g_assert_cmpuint (count_all (tails), ==, 5);
  g_assert_cmpfloat_with_epsilon (tails->mean, 0.8, 1e-15);
  g_assert_cmpfloat_with_epsilon (tails->sd, sqrt ((110.02 - 5 * 0.64) / 4.0), 1e-14);
  g_assert_true (none->n == 0 && isnan (none->mean) && isnan (none->sd));

  for (guint k = 0; k < 16384; k++)
    {
      const double p = (k + 0.5) / 16384.0;
      double low = -8.0, high = 8.0;

      for (guint step = 0; step < 60; step++)
        {
          const double middle = 0.5 * (low + high);

          *(0.5 * erfc (-middle / sqrt (2.0)) < p ? &low : &high) = middle;
        }
      values[k] = low;
    }
  gaussian = pisd_marginal_new_standardized (16384, values);
  g_assert_cmpfloat_with_epsilon (gaussian->sd, 1.0, 1e-3);
  for (guint k = 0; k < gaussian->n_bins; k++)
    {
      const double x = gaussian->low + (k + 0.5) * pisd_marginal_get_width (gaussian);

      g_assert_cmpfloat (fabs (gaussian->counts[k] - pisd_marginal_get_expected (gaussian, x)), <,
                         1.01);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/marginal/not-finite", test_not_finite);
  g_test_add_func ("/run/marginal/heaps", test_heaps);
  g_test_add_func ("/run/marginal/expected", test_expected);
  g_test_add_func ("/run/marginal/at-sensor", test_at_sensor);
  g_test_add_func ("/run/marginal/standardized", test_standardized);
  g_test_add_func ("/run/marginal/result", test_result);
  return g_test_run ();
}
