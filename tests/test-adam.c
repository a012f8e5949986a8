/* Adam for a network's parameters: its first steps by hand, and where it ends. */
#include "pisd-adam.h"

#include "pisd-test.h"

/* The first step goes by the rate against the gradient's sign, whatever its size; the mean follows
 * by 1 - 2/11. */
static void
test_first_step (void)
{
  static const float parameters[] = { 1.0f, 2.0f, 3.0f };
  static const float gradient[] = { 1e-3f, -0.5f, 0.0f };
  g_autoptr (PisdAdam) adam = pisd_adam_new (3, parameters);

  test_assert_close (pisd_adam_step (adam, gradient, 0.1, 1.0, 0.999), sqrt (0.25 + 1e-6), 1e-7);
  test_assert_close (adam->parameters[0], 0.9, 1e-5);
  test_assert_close (adam->parameters[1], 2.1, 1e-6);
  test_assert_close (adam->parameters[2], 3.0, 0.0);
  test_assert_close (adam->average[0], 1.0 - 0.1 * 9.0 / 11.0, 1e-5);
  g_assert_cmpuint (adam->n_steps, ==, 1);
}

/* Two steps against the formula in double precision. */
static void
test_second_step (void)
{
  const float start = 1.0f, first = 0.2f, second = -0.6f;
  g_autoptr (PisdAdam) adam = pisd_adam_new (1, &start);
  double m = 0.1 * 0.2 * 0.9 + 0.1 * -0.6, v = 0.01 * 0.04 * 0.99 + 0.01 * 0.36;
  double expected = 1.0 - 0.1 - 0.05 * (m / (1.0 - 0.81)) / sqrt (v / (1.0 - 0.9801));

  pisd_adam_step (adam, &first, 0.1, 1.0, 0.999);
  pisd_adam_step (adam, &second, 0.05, 1.0, 0.999);
  test_assert_close (adam->parameters[0], expected, 1e-6);
}

/* A gradient of norm 10 counts as one of norm 1. */
static void
test_limit (void)
{
  static const float zero[] = { 0.0f, 0.0f };
  static const float gradient[] = { 6.0f, 8.0f };
  g_autoptr (PisdAdam) adam = pisd_adam_new (2, zero);

  test_assert_close (pisd_adam_step (adam, gradient, 0.1, 1.0, 0.999), 10.0, 1e-6);
  test_assert_close (adam->mean[0], 0.1 * 0.6, 1e-7);
  test_assert_close (adam->square[1], 0.01 * 0.64, 1e-7);
}

/* It finds the least of a badly scaled square. */
static void
test_least (void)
{
  static const float start[] = { 5.0f, -3.0f };
  g_autoptr (PisdAdam) adam = pisd_adam_new (2, start);

  for (guint step = 0; step < 2000; step++)
    {
      float gradient[] = { 100.0f * (adam->parameters[0] - 1.0f), adam->parameters[1] - 2.0f };

      pisd_adam_step (adam, gradient, 0.02 * (1.0 - step / 2000.0), 1e9, 0.99);
    }
  test_assert_close (adam->average[0], 1.0, 1e-2);
  test_assert_close (adam->average[1], 2.0, 1e-2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/adam/first-step", test_first_step);
  g_test_add_func ("/training/adam/second-step", test_second_step);
  g_test_add_func ("/training/adam/limit", test_limit);
  g_test_add_func ("/training/adam/least", test_least);
  return g_test_run ();
}
