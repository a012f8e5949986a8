#include "pisd-draw-ticks.h"

#include "pisd-test.h"

#include <stdlib.h>

/* Is x one, two or five times a power of ten? */
static gboolean
is_one_two_five (double x)
{
  double mantissa = x / pow (10.0, floor (log10 (x) + 1e-9));

  return fabs (mantissa - 1.0) < 1e-6 || fabs (mantissa - 2.0) < 1e-6
         || fabs (mantissa - 5.0) < 1e-6;
}

/* The number that a label stands for, read back by eye: minus sign, digits, common exponent. */
static double
read_label (const PisdTicks *ticks, guint index)
{
  g_autofree char *label = pisd_ticks_dup_label (ticks, index);
  gboolean negative = g_str_has_prefix (label, "\u2212");

  g_assert_null (strchr (label, '-'));
  return (negative ? -1.0 : 1.0) * g_ascii_strtod (label + (negative ? strlen ("\u2212") : 0), NULL)
         * pow (10.0, ticks->exponent);
}

static void
check_linear (double min, double max, guint n_most)
{
  PisdTicks ticks;
  double step;

  pisd_ticks_init_linear (&ticks, min, max, n_most);
  g_assert_cmpuint (ticks.n, >=, 2);
  g_assert_cmpuint (ticks.n, <=, MAX (n_most, 6));
  step = ticks.values[1] - ticks.values[0];
  if (!is_one_two_five (step))
    g_error ("[%g, %g] in %u: step %g is not 1, 2 or 5 times a power of ten", min, max, n_most,
             step);
  for (guint k = 0; k < ticks.n; k++)
    {
      test_assert_close (ticks.values[k], ticks.values[0] + k * step, 1e-9 * (max - min));
      test_assert_close (fmod (fabs (ticks.values[k]) + 0.5 * step, step), 0.5 * step, 1e-6 * step);
      test_assert_close (read_label (&ticks, k), ticks.values[k], 1e-6 * step);
    }
  /* nothing outside, and no room for another one at either end */
  test_assert_below (min - ticks.values[0], 1e-8 * step);
  test_assert_below (ticks.values[ticks.n - 1] - max, 1e-8 * step);
  test_assert_below (ticks.values[0] - min, step * (1.0 + 1e-8));
  test_assert_below (max - ticks.values[ticks.n - 1], step * (1.0 + 1e-8));
}

static void
test_linear (void)
{
  check_linear (-1.0, 1.0, 5);
  check_linear (0.0, 300.0, 12);
  check_linear (-2.3e-7, 5.1e-8, 6);
  check_linear (1.0e12, 3.7e12, 4);
  check_linear (-0.015, 0.015, 7);
  for (guint k = 0; k < 2000; k++)
    {
      double middle = 2.0 * pisd_rng_uniform (3, PISD_STREAM_TEST, 1, k) - 1.0;
      double size = pow (10.0, 24.0 * pisd_rng_uniform (3, PISD_STREAM_TEST, 2, k) - 12.0);

      check_linear (size * (middle - 1.0), size * (middle + 1.0), 3 + k % 18);
    }
}

static void
test_exponent (void)
{
  static const struct
  {
    double max;
    int exponent;
  } rows[] = { { 1.0, 0 },    { 0.3, 0 },     { 900.0, 0 },   { 9000.0, 0 },
               { 0.004, -3 }, { 2.5e-8, -8 }, { 123456.0, 5 } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      PisdTicks ticks;
      g_autofree char *factor = NULL;

      pisd_ticks_init_linear (&ticks, -rows[k].max, rows[k].max, 6);
      g_assert_cmpint (ticks.exponent, ==, rows[k].exponent);
      factor = pisd_ticks_dup_factor (&ticks);
      g_assert_true ((factor == NULL) == (rows[k].exponent == 0));
    }
}

static void
test_degenerate (void)
{
  PisdTicks ticks;

  pisd_ticks_init_linear (&ticks, 0.25, 0.25, 5);
  g_assert_cmpuint (ticks.n, ==, 1);
  g_assert_cmpfloat (ticks.values[0], ==, 0.25);
  pisd_ticks_init_linear (&ticks, 0.0, 0.0, 5);
  g_assert_cmpuint (ticks.n, ==, 1);
  pisd_ticks_init_linear (&ticks, NAN, 1.0, 5);
  g_assert_cmpuint (ticks.n, ==, 0);
  pisd_ticks_init_linear (&ticks, -INFINITY, 1.0, 5);
  g_assert_cmpuint (ticks.n, ==, 0);
}

/* Zero is written without a sign. */
static void
test_zero (void)
{
  PisdTicks ticks;
  g_autofree char *label = NULL;

  pisd_ticks_init_linear (&ticks, -0.4, 1.0, 4);
  for (guint k = 0; k < ticks.n; k++)
    if (ticks.values[k] == 0.0)
      label = pisd_ticks_dup_label (&ticks, k);
  g_assert_cmpstr (label, ==, "0.0");
}

static void
check_log (double min, double max, guint n_most)
{
  PisdTicks ticks;

  pisd_ticks_init_log (&ticks, min, max, n_most);
  g_assert_cmpuint (ticks.n, >=, 1);
  g_assert_cmpuint (ticks.n, <=, n_most);
  for (guint k = 0; k < ticks.n; k++)
    {
      g_assert_true (is_one_two_five (ticks.values[k]));
      test_assert_below (min, ticks.values[k] * (1.0 + 1e-8));
      test_assert_below (ticks.values[k], max * (1.0 + 1e-8));
      if (k > 0)
        g_assert_cmpfloat (ticks.values[k], >, ticks.values[k - 1]);
    }
}

static void
test_log (void)
{
  PisdTicks ticks;

  pisd_ticks_init_log (&ticks, 1.0, 100.0, 8);
  g_assert_cmpuint (ticks.n, ==, 7); /* 1 2 5 10 20 50 100 */
  pisd_ticks_init_log (&ticks, 1e-4, 1e6, 11);
  g_assert_cmpuint (ticks.n, ==, 11); /* every decade */
  pisd_ticks_init_log (&ticks, 1e-4, 1e6, 6);
  g_assert_cmpuint (ticks.n, ==, 6); /* every second */
  test_assert_close (ticks.values[0], 1e-4, 1e-12);
  for (guint k = 0; k < 500; k++)
    {
      double low = pow (10.0, 20.0 * pisd_rng_uniform (3, PISD_STREAM_TEST, 3, k) - 12.0);

      check_log (low, low * pow (10.0, 1.0 + 14.0 * pisd_rng_uniform (3, PISD_STREAM_TEST, 4, k)),
                 2 + k % 12);
    }
}

static void
test_round (void)
{
  for (guint k = 0; k < 500; k++)
    {
      double x = pow (10.0, 12.0 * pisd_rng_uniform (3, PISD_STREAM_TEST, 5, k) - 6.0);
      double down = pisd_ticks_round_down (x);
      double up = pisd_ticks_round_up (x);

      g_assert_true (is_one_two_five (down) && is_one_two_five (up));
      g_assert_true (down <= x * (1.0 + 1e-8) && x <= up * (1.0 + 1e-8));
      test_assert_below (up / down, 2.5 * (1.0 + 1e-8)); /* neighbours in 1, 2, 5 */
    }
  g_assert_cmpfloat (pisd_ticks_round_up (100.0), ==, 100.0);
  g_assert_cmpfloat (pisd_ticks_round_down (100.0), ==, 100.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/ticks/linear", test_linear);
  g_test_add_func ("/draw/ticks/exponent", test_exponent);
  g_test_add_func ("/draw/ticks/degenerate", test_degenerate);
  g_test_add_func ("/draw/ticks/zero", test_zero);
  g_test_add_func ("/draw/ticks/log", test_log);
  g_test_add_func ("/draw/ticks/round", test_round);
  return g_test_run ();
}
