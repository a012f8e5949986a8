#include "pisd-schedule.h"

#include "pisd-test.h"

static void
test_levels (void)
{
  double sigma[19];

  pisd_schedule_fill (18, 0.002, 80.0, 7.0, sigma);
  test_assert_close (sigma[0], 80.0, 1e-12);
  test_assert_close (sigma[17], 0.002, 1e-16);
  g_assert_cmpfloat (sigma[18], ==, 0.0);
  /* Karras et al., table of the 18-step schedule. */
  test_assert_close (sigma[1], 57.58598, 1e-4);
  for (guint i = 0; i < 18; i++)
    g_assert_cmpfloat (sigma[i], >, sigma[i + 1]);
}

static void
test_one_step (void)
{
  double sigma[2];

  pisd_schedule_fill (1, 0.002, 80.0, 7.0, sigma);
  test_assert_close (sigma[0], 80.0, 1e-12);
  g_assert_cmpfloat (sigma[1], ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/schedule/levels", test_levels);
  g_test_add_func ("/engine/schedule/one-step", test_one_step);
  return g_test_run ();
}
