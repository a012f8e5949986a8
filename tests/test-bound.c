/* The variational bound of standard normal data, whose exact denoiser is sqrt (abar) x and whose
 * steps back have the larger of DDPM's variances: nothing is lost, and the bound is the entropy. */
#include "pisd-bound.h"
#include "pisd-estimator.h"

#include "pisd-test.h"

static const double entropy = 1.4189385332046727; /* 1/2 log (2 pi e) */

/* Terms are quadratic in x0 and in the noise: two nodes for each integrate them exactly. */
static double
integrate (const PisdProcess *process, guint s, guint t)
{
  double sum = 0.0;

  for (guint k = 0; k < 4; k++)
    {
      const double x0 = k % 2 == 0 ? 1.0 : -1.0, noise = k / 2 == 0 ? 1.0 : -1.0;
      const double log_variance = log (pisd_reverse_get_beta (process, s, t));
      double x, estimate;

      pisd_process_carry (process, t, 1, &x0, &noise, &x);
      estimate = sqrt (process->abar[t]) * x;
      sum += pisd_bound_get_term (process, s, t, 1, &x0, &estimate, &log_variance) / 4.0;
    }
  return sum;
}

/* For all steps, and where some are left out. */
static void
test_entropy (void)
{
  static const guint steps[] = { 1, 7, 40 };
  const double x0[2] = { 1.0, -1.0 };

  for (guint id = 0; id < PISD_N_PROCESSES; id++)
    for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
      {
        g_autoptr (PisdProcess) process = pisd_process_new (id, 40);
        guint times[41];
        double sum = pisd_bound_get_end (process, 2, x0) / 2.0;

        pisd_process_fill_times (process, steps[k], times);
        for (guint i = 0; i < steps[k]; i++)
          sum += integrate (process, times[i + 1], times[i]);
        test_assert_close (sum, entropy, 1e-9);
      }
}

static void
test_slopes (void)
{
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 40);
  const double x0[2] = { 0.4, -1.1 }, estimate[2] = { 0.3, -0.7 }, h = 1e-5;

  for (guint s = 0; s < 12; s += 11)
    {
      double log_variance[2] = { -2.0, -1.0 }, slopes[2];

      pisd_bound_get_slopes (process, s, 12, 2, x0, estimate, log_variance, slopes);
      for (guint k = 0; k < 2; k++)
        {
          double up, down;

          log_variance[k] += h;
          up = pisd_bound_get_term (process, s, 12, 2, x0, estimate, log_variance);
          log_variance[k] -= 2 * h;
          down = pisd_bound_get_term (process, s, 12, 2, x0, estimate, log_variance);
          log_variance[k] += h;
          test_assert_close (slopes[k], (up - down) / (2 * h), 1e-8 * (1.0 + fabs (slopes[k])));
        }
    }
}

/* The same by an estimator, with the noise of its addresses: within four standard errors, and to
 * the bit on any number of threads. */
static void
test_estimator (void)
{
  const PisdPlaneMixture mixture = { 1, { { 1.0, { 0.0, 0.0 }, { 1.0, 0.0, 1.0 } } } };
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_LINEAR, 30);
  const PisdExactModel model = { process, &mixture };
  const PisdEstimator estimator = pisd_estimator_for_mixture (&model);
  const gsize n = 300;
  g_autofree double *x0 = test_random (2 * n, 5);
  double square = 0.0, terms[31], sum = 0.0, bound, small;

  bound = pisd_estimator_get_bound (&estimator, process, PISD_VARIANCE_LARGE, 3, n, x0, NULL, terms,
                                    1, NULL);
  for (gsize k = 0; k < 2 * n; k++)
    square += x0[k] * x0[k] / (2 * n);
  /* With the samples' own second moment instead of 1 the bound is half of the difference away. */
  test_assert_close (bound, PISD_BOUND_BITS * (entropy + (square - 1.0) / 2.0), 0.03);
  for (guint t = 0; t <= 30; t++)
    sum += terms[t];
  test_assert_close (sum, bound, 1e-12);
  g_assert_cmpfloat (bound, ==,
                     pisd_estimator_get_bound (&estimator, process, PISD_VARIANCE_LARGE, 3, n, x0,
                                               NULL, NULL, 3, NULL));
  small = pisd_estimator_get_bound (&estimator, process, PISD_VARIANCE_SMALL, 3, n, x0, NULL, NULL,
                                    1, NULL);
  g_assert_cmpfloat (small, >, bound);
  /* An exact denoiser says v = -1, the smaller one. */
  test_assert_close (pisd_estimator_get_bound (&estimator, process, PISD_VARIANCE_LEARNED, 3, n, x0,
                                               NULL, NULL, 1, NULL),
                     small, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/bound/entropy", test_entropy);
  g_test_add_func ("/lab/bound/slopes", test_slopes);
  g_test_add_func ("/lab/bound/estimator", test_estimator);
  return g_test_run ();
}
