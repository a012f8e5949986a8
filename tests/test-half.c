/* Half precision: every half, every place between two of them. */
#include "pisd-half.h"

#include <math.h>
#include <string.h>

#define N_HALVES 65536
#define INFINITE 0x7c00u

static gboolean
is_nan (guint half)
{
  return (half & 0x7fffu) > INFINITE;
}

/* The definition: (-1)^s 2^(e - 15) (1 + f / 1024), and 2^-14 f / 1024 where e is 0. */
static double
define (guint half)
{
  int exponent = (half >> 10) & 31;
  double fraction = half & 1023;
  double size = exponent == 0 ? ldexp (fraction, -24) : ldexp (1024.0 + fraction, exponent - 25);

  return half & 0x8000u ? -size : size;
}

static void
test_to_float (void)
{
  for (guint half = 0; half < N_HALVES; half++)
    {
      float got = pisd_half_to_float (half);

      if (is_nan (half))
        g_assert_true (isnan (got));
      else if ((half & INFINITE) == INFINITE)
        g_assert_true (isinf (got) && (signbit (got) != 0) == (half >> 15));
      else if (got != define (half) || (signbit (got) != 0) != (half >> 15))
        g_error ("half %u: got %g, expected %g", half, (double) got, define (half));
    }
}

static void
test_round_trip (void)
{
  for (guint half = 0; half < N_HALVES; half++)
    {
      guint got = pisd_half_from_float (pisd_half_to_float (half));

      if (is_nan (half) ? !is_nan (got) : got != half)
        g_error ("half %u: got %u", half, got);
    }
}

/* Between a half and the next one away from zero: the middle goes to the even one, what is less to
 * the smaller one, what is more to the larger one. */
static void
test_rounding (void)
{
  for (guint sign = 0; sign < N_HALVES; sign += 0x8000u)
    for (guint half = 0; half < INFINITE; half++)
      {
        float low = fabs (define (half)), high = fabs (define (half + 1));
        float middle = 0.5f * (low + high);
        float way = sign != 0 ? -1.0f : 1.0f;

        g_assert_cmpuint (pisd_half_from_float (way * nextafterf (middle, 0.0f)), ==, sign | half);
        g_assert_cmpuint (pisd_half_from_float (way * middle), ==, sign | (half + (half & 1)));
        g_assert_cmpuint (pisd_half_from_float (way * nextafterf (middle, INFINITY)), ==,
                          sign | (half + 1));
      }
}

static void
test_limits (void)
{
  g_assert_cmpuint (pisd_half_from_float (1e-45f), ==, 0);
  g_assert_cmpuint (pisd_half_from_float (-1e-45f), ==, 0x8000u);
  g_assert_cmpuint (pisd_half_from_float (3e38f), ==, INFINITE);
  g_assert_cmpuint (pisd_half_from_float (-INFINITY), ==, 0x8000u | INFINITE);
  g_assert_true (is_nan (pisd_half_from_float (NAN)));
  g_assert_cmpfloat (pisd_half_brain_to_float (0xc0a0u), ==, -5.0f);
  g_assert_true (isinf (pisd_half_brain_to_float (0x7f80u)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/half/to-float", test_to_float);
  g_test_add_func ("/files/half/round-trip", test_round_trip);
  g_test_add_func ("/files/half/rounding", test_rounding);
  g_test_add_func ("/files/half/limits", test_limits);
  return g_test_run ();
}
