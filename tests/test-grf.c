#include "pisd-grf.h"

#include "pisd-test.h"

#define S PISD_GRID

/* S times the scale is tau / (pi^2 |k|^2 + tau^2) with tau = 3; the mean has none. */
static void
test_scale (void)
{
  g_assert_cmpfloat (pisd_grf_scale (0, 0), ==, 0.0);
  for (guint ky = 0; ky < S; ky += 9)
    for (guint kx = 1; kx < S; kx += 7)
      test_assert_close (pisd_grf_scale (ky, kx) * (G_PI * G_PI * (ky * ky + kx * kx) + 9.0),
                         3.0 * S, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/grf/scale", test_scale);
  return g_test_run ();
}
