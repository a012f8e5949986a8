#include "pisd-energy-distance.h"

#include "pisd-test.h"

static PisdEnergyDistance
get_distance (guint d,
              gsize n,
              const double *x,
              gsize m,
              const double *y,
              guint n_threads,
              PisdCancel *cancel)
{
  PisdEnergySet a, b;

  pisd_energy_set_init (&a, d, n, x, n_threads, cancel);
  pisd_energy_set_init (&b, d, m, y, n_threads, cancel);
  return pisd_energy_distance (&a, &b, n_threads, cancel);
}

/* {0, 1} and {0, 3} on a line, by hand: pairs between lie 0, 3, 1, 2 apart. */
static void
test_by_hand (void)
{
  const double x[2] = { 0.0, 1.0 }, y[2] = { 0.0, 3.0 };
  const PisdEnergyDistance got = get_distance (1, 2, x, 2, y, 1, NULL);

  test_assert_close (got.of_sets, 2 * 6.0 / 4 - 2.0 / 4 - 6.0 / 4, 1e-15);
  test_assert_close (got.unbiased, 2 * 6.0 / 4 - 2.0 / 2 - 6.0 / 2, 1e-15);
  test_assert_close (pisd_energy_get_width (1, 2, y, 1, NULL), 3.0, 1e-15);
}

/* Of Z ~ N (m, 2): E|Z| = 2 / sqrt (pi) exp (-m^2 / 4) + m erf (m / 2). */
static double
get_mean_distance (double m)
{
  return 2.0 / sqrt (G_PI) * exp (-m * m / 4.0) + m * erf (m / 2.0);
}

/* Two normal samples a shift apart, against the closed form; without one it is near zero. */
static void
test_normals (void)
{
  const gsize n = 3000;
  g_autofree double *x = test_random (n, 1);
  g_autofree double *y = test_random (n, 2);
  PisdEnergyDistance got = get_distance (1, n, x, n, y, 2, NULL);

  test_assert_close (got.unbiased, 0.0, 3e-3);
  test_assert_close (got.of_sets - got.unbiased, 2 * get_mean_distance (0.0) / n, 1e-4);
  for (gsize i = 0; i < n; i++)
    y[i] += 1.5;
  got = get_distance (1, n, x, n, y, 2, NULL);
  test_assert_close (got.unbiased, 2 * get_mean_distance (1.5) - 2 * get_mean_distance (0.0), 0.08);
}

static void
test_threads (void)
{
  g_autofree double *x = test_random (2 * 500, 1);
  g_autofree double *y = test_random (2 * 300, 2);

  g_assert_cmpfloat (get_distance (2, 500, x, 300, y, 1, NULL).unbiased, ==,
                     get_distance (2, 500, x, 300, y, 3, NULL).unbiased);
}

static void
test_cancelled (void)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  g_autofree double *x = test_random (2 * 500, 1);

  pisd_cancel_trigger (cancel);
  g_assert_true (isnan (get_distance (2, 500, x, 500, x, 1, cancel).unbiased));
  g_assert_true (isnan (get_distance (2, 1, x, 500, x, 1, NULL).unbiased));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/energy-distance/by-hand", test_by_hand);
  g_test_add_func ("/lab/energy-distance/normals", test_normals);
  g_test_add_func ("/lab/energy-distance/threads", test_threads);
  g_test_add_func ("/lab/energy-distance/cancelled", test_cancelled);
  return g_test_run ();
}
