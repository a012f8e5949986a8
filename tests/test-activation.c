/* Activations: values against closed forms in extended precision, slopes against differences. */
#include "pisd-activation.h"

#include "pisd-error.h"
#include "pisd-test.h"

#define N 4001

static long double
sigmoid (long double x)
{
  return 1.0L / (1.0L + expl (-x));
}

/* By the formulas of the header. */
static long double
expect (PisdActivation activation, long double x)
{
  switch (activation)
    {
    case PISD_ACTIVATION_LOGISTIC:
      return sigmoid (x);
    case PISD_ACTIVATION_TANH:
      return tanhl (x);
    case PISD_ACTIVATION_SOFTPLUS:
      return x > 100.0L ? x : log1pl (expl (x));
    case PISD_ACTIVATION_GELU:
      return x * erfcl (-x / sqrtl (2.0L)) / 2.0L;
    case PISD_ACTIVATION_SWISH:
      return x * sigmoid (x);
    case PISD_ACTIVATION_ELU:
      return x < 0.0L ? expm1l (x) : x;
    case PISD_ACTIVATION_RELU:
      return x < 0.0L ? 0.0L : x;
    default:
      return x;
    }
}

static void
fill (double *x, double limit)
{
  for (guint i = 0; i < N; i++)
    x[i] = limit * (2.0 * i / (N - 1.0) - 1.0);
}

/* Within a few units of the last place of max (1, |x|), on both loops of a kernel. */
static void
test_values (void)
{
  double x[N], y[N], again[N], slope[N];

  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    for (double limit = 1.0; limit < 1e4; limit *= 30.0)
      {
        fill (x, limit);
        pisd_activation_get_traits (a)->apply (N, x, y, NULL);
        memcpy (again, x, sizeof x);
        pisd_activation_get_traits (a)->apply (N, again, again, slope);
        for (guint i = 0; i < N; i++)
          {
            double scale = 2e-15 * MAX (1.0, fabs (x[i]));

            test_assert_close (y[i], expect (a, x[i]), scale);
            test_assert_close (again[i], y[i], scale);
          }
      }
}

/* Central differences of the exact function in extended precision err by 1e-10 here. */
static void
test_slopes (void)
{
  const long double h = 1e-5L;
  double x[N], y[N], slope[N];

  fill (x, 20.0);
  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    {
      pisd_activation_get_traits (a)->apply (N, x, y, slope);
      for (guint i = 0; i < N; i++)
        if (x[i] != 0.0 || pisd_activation_get_traits (a)->differentiable)
          test_assert_close (slope[i], (expect (a, x[i] + h) - expect (a, x[i] - h)) / (2.0L * h),
                             a == PISD_ACTIVATION_ELU && x[i] == 0.0 ? 1e-5 : 3e-10);
    }
}

/* Where e^x overflows there are limits, not NaN. */
static void
test_far (void)
{
  const double x[2] = { -1e5, 1e5 };
  double y[2], slope[2];

  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    {
      pisd_activation_get_traits (a)->apply (2, x, y, slope);
      for (guint i = 0; i < 2; i++)
        {
          g_assert_true (isfinite (y[i]) && isfinite (slope[i]));
          test_assert_close (y[i], expect (a, x[i]), 1e-10);
        }
    }
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  PisdActivation activation;

  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    {
      g_assert_true (
          pisd_activation_parse (pisd_activation_get_traits (a)->name, &activation, NULL));
      g_assert_cmpuint (activation, ==, a);
    }
  g_assert_false (pisd_activation_parse ("sine", &activation, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "\"sine\""));
  g_assert_nonnull (strstr (error->message, "softplus"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learning/activation/values", test_values);
  g_test_add_func ("/learning/activation/slopes", test_slopes);
  g_test_add_func ("/learning/activation/far", test_far);
  g_test_add_func ("/learning/activation/names", test_names);
  return g_test_run ();
}
