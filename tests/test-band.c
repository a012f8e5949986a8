#include "pisd-band.h"

#include "pisd-test.h"

/* 0, 1, ..., 10 in any order: mean 5, 10 % at 1, 90 % at 9; each value by itself. */
static void
test_quantiles (void)
{
  static const double order[] = { 7, 0, 10, 3, 5, 1, 9, 2, 8, 6, 4 };
  double samples[2 * G_N_ELEMENTS (order)], mean[2], low[2], high[2];

  for (guint m = 0; m < G_N_ELEMENTS (order); m++)
    {
      samples[2 * m] = order[m];
      samples[2 * m + 1] = -0.1 * order[m];
    }
  pisd_band_compute (G_N_ELEMENTS (order), 2, samples, mean, low, high);
  test_assert_close (mean[0], 5.0, 1e-14);
  test_assert_close (low[0], 1.0, 1e-14);
  test_assert_close (high[0], 9.0, 1e-14);
  test_assert_close (mean[1], -0.5, 1e-14);
  test_assert_close (low[1], -0.9, 1e-14);
  test_assert_close (high[1], -0.1, 1e-14);
}

/* Between two samples a quantile lies in proportion; one sample is all there is. */
static void
test_few (void)
{
  const double samples[] = { 3.0, 1.0 };
  double mean, low, high;

  pisd_band_compute (2, 1, samples, &mean, &low, &high);
  test_assert_close (mean, 2.0, 1e-15);
  test_assert_close (low, 1.2, 1e-15);
  test_assert_close (high, 2.8, 1e-15);
  pisd_band_compute (1, 1, samples, &mean, &low, &high);
  g_assert_cmpfloat (mean, ==, 3.0);
  g_assert_cmpfloat (low, ==, 3.0);
  g_assert_cmpfloat (high, ==, 3.0);
}

/* 10 and 90 % of many normal samples lie 1.2816 deviations from the middle. */
static void
test_normal (void)
{
  const guint n = 20000;
  g_autofree double *samples = test_random (n, 5);
  double mean, low, high;

  pisd_band_compute (n, 1, samples, &mean, &low, &high);
  test_assert_close (mean, 0.0, 0.03);
  test_assert_close (low, -1.2816, 0.03);
  test_assert_close (high, 1.2816, 0.03);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/band/quantiles", test_quantiles);
  g_test_add_func ("/maths/band/few", test_few);
  g_test_add_func ("/maths/band/normal", test_normal);
  return g_test_run ();
}
