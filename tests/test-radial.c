/* Power by wave number of a frame, and the band of the samples. */
#include "pisd-radial.h"

#include "pisd-test.h"

/* Sample k of a frame is the constant k + 1, whose power at k = 0 is (k + 1)^2; the other frames do
 * not count. */
static void
test_band (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_NAVIER_STOKES, PISD_MODES_SQUARE, 8);
  g_autoptr (PisdShells) shells = pisd_shells_new (PISD_BASIS_PERIODIC);
  const guint n = pisd_shells_get_n (shells);
  g_autofree double *low = g_new (double, n), *high = g_new (double, n), *power = NULL;
  g_autoptr (PisdResult) result = NULL;
  PisdField field;

  settings.samples = 11;
  result = pisd_result_new (&settings, NULL);
  for (guint k = 0; k < 11; k++)
    for (guint node = 0; node < PISD_GRID * PISD_GRID; node++)
      pisd_result_get_sample (result, 1, k)[2 * PISD_GRID * PISD_GRID + node] = k + 1.0;
  result->n_finished = 1;
  g_assert_false (pisd_radial_fill_band (shells, result, 1, 2, low, high));
  result->n_finished = 11;
  g_assert_true (pisd_radial_fill_band (shells, result, 1, 2, low, high));
  g_assert_cmpfloat_with_epsilon (low[0], 4.0, 1e-10);
  g_assert_cmpfloat_with_epsilon (high[0], 100.0, 1e-10);
  g_assert_cmpfloat_with_epsilon (high[1], 0.0, 1e-20);
  field = (PisdField){ 3 * PISD_GRID, PISD_GRID, pisd_result_get_sample (result, 1, 5) };
  power = pisd_radial_new_power (shells, &field, 2);
  g_assert_cmpfloat_with_epsilon (power[0], 36.0, 1e-10);
  g_assert_null (pisd_radial_new_power (shells, NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/radial/band", test_band);
  return g_test_run ();
}
