#include "pisd-periodic-covariance.h"

#include "pisd-basis.h"
#include "pisd-test.h"
#include "pisd-vorticity-prior.h"

#define SIDE 15
#define KEPT 5

/* The sum over modes of products of basis functions at two places, which depends on their distance
 * alone: on nodes, where it is looked up, and between them. */
static void
test_definition (void)
{
  static const double places[][2] = { { 0.0, 0.0 },
                                      { 3.0 / 128.0, 1.0 / 128.0 },
                                      { 0.99, 0.5 },
                                      { 0.123, 0.77 },
                                      { 0.5, 127.0 / 128.0 } };
  double scale[SIDE * SIDE], p[2][SIDE], q[2][SIDE];
  g_autoptr (PisdPeriodicCovariance) covariance = NULL;

  pisd_vorticity_prior_fill_scale (SIDE, scale);
  covariance = pisd_periodic_covariance_new (SIDE, scale, KEPT);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 0; j < G_N_ELEMENTS (places); j++)
      {
        double sum = 0.0;

        for (guint axis = 0; axis < 2; axis++)
          {
            pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, places[i][axis], p[axis]);
            pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, places[j][axis], q[axis]);
          }
        for (guint k = 0; k < SIDE * SIDE; k++)
          if (MAX (k / SIDE, k % SIDE) >= KEPT)
            sum += scale[k] * scale[k] * p[0][k / SIDE] * q[0][k / SIDE] * p[1][k % SIDE]
                   * q[1][k % SIDE];
        test_assert_close (pisd_periodic_covariance_get (covariance, places[i][0] - places[j][0],
                                                         places[i][1] - places[j][1]),
                           sum, 1e-14);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/periodic-covariance/definition", test_definition);
  return g_test_run ();
}
