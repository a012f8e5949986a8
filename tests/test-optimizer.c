#include "pisd-optimizer.h"

#include "pisd-test.h"

/* The first bias-corrected step is the sign of the gradient times the rate, whatever the betas. */
static void
test_first_step (void)
{
  const double frequency[3] = { 0.0, 10.0, 500.0 }, gradient[3] = { 3.0, -0.01, 7.0 };
  const double low = 0.2, high = 0.01, cutoff = 10.0;
  g_autoptr (PisdOptimizer) adam = pisd_optimizer_new (3, frequency);
  double x[3] = { 0.0, 0.0, 0.0 };

  pisd_optimizer_set_rates (adam, low, high, cutoff);
  pisd_optimizer_step (adam, 0.985, 0.98, gradient, x);
  test_assert_close (x[0], -(high + (low - high) / (1.0 + exp (-1.0))), 1e-8);
  test_assert_close (x[1], 0.5 * (high + low), 1e-6);
  test_assert_close (x[2], -high, 1e-8);
}

/* Two steps by hand. */
static void
test_second_step (void)
{
  const double frequency = 0.0, b1 = 0.9, b2 = 0.8, g1 = 2.0, g2 = -1.0;
  g_autoptr (PisdOptimizer) adam = pisd_optimizer_new (1, &frequency);
  double x = 5.0, m, v, rate = 0.1;

  pisd_optimizer_set_rates (adam, rate, rate, 10.0);
  pisd_optimizer_step (adam, b1, b2, &g1, &x);
  pisd_optimizer_step (adam, b1, b2, &g2, &x);
  m = (b1 * (1 - b1) * g1 + (1 - b1) * g2) / (1 - b1 * b1);
  v = (b2 * (1 - b2) * g1 * g1 + (1 - b2) * g2 * g2) / (1 - b2 * b2);
  test_assert_close (x, 5.0 - rate - rate * m / (sqrt (v) + 1e-8), 1e-8);
}

/* Without frequencies there is one rate. */
static void
test_one_rate (void)
{
  const double gradient[2] = { 3.0, -0.01 };
  g_autoptr (PisdOptimizer) adam = pisd_optimizer_new (2, NULL);
  double x[2] = { 0.0, 0.0 };

  pisd_optimizer_set_rate (adam, 0.3);
  pisd_optimizer_step (adam, 0.9, 0.999, gradient, x);
  test_assert_close (x[0], -0.3, 1e-8);
  test_assert_close (x[1], 0.3, 1e-6);
}

/* Only the ratios of the weights matter: a gradient scaled by 100 gives the same path. */
static void
test_scale_free (void)
{
  const gsize n = 20;
  g_autofree double *frequency = g_new0 (double, n);
  g_autoptr (PisdOptimizer) one = pisd_optimizer_new (n, frequency);
  g_autoptr (PisdOptimizer) two = pisd_optimizer_new (n, frequency);
  g_autofree double *x = g_new0 (double, n);
  g_autofree double *y = g_new0 (double, n);

  pisd_optimizer_set_rates (one, 0.2, 0.01, 10.0);
  pisd_optimizer_set_rates (two, 0.2, 0.01, 10.0);
  for (guint step = 0; step < 30; step++)
    {
      g_autofree double *g = test_random (n, step);

      pisd_optimizer_step (one, 0.985, 0.98, g, x);
      for (gsize i = 0; i < n; i++)
        g[i] *= 100.0;
      pisd_optimizer_step (two, 0.985, 0.98, g, y);
    }
  test_assert_below (test_difference (x, y, n), 1e-5);
}

static void
test_zero_gradient (void)
{
  const double frequency = 1.0, g = 0.0;
  g_autoptr (PisdOptimizer) adam = pisd_optimizer_new (1, &frequency);
  double x = 3.0;

  pisd_optimizer_set_rates (adam, 0.2, 0.01, 10.0);
  pisd_optimizer_step (adam, 0.985, 0.98, &g, &x);
  g_assert_cmpfloat (x, ==, 3.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/optimizer/first-step", test_first_step);
  g_test_add_func ("/engine/optimizer/one-rate", test_one_rate);
  g_test_add_func ("/engine/optimizer/second-step", test_second_step);
  g_test_add_func ("/engine/optimizer/scale-free", test_scale_free);
  g_test_add_func ("/engine/optimizer/zero-gradient", test_zero_gradient);
  return g_test_run ();
}
