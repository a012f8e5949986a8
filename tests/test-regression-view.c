/* Where a network's function is looked at, with polynomials and networks whose values are known. */
#include "pisd-regression-view.h"

#include "pisd-test.h"

static PisdRegressionPlan *
make (const char *target, const char *widths)
{
  PisdRegressionPlan *plan = pisd_regression_plan_new (target, PISD_DESCENT_ADAM, NULL);

  g_assert_true (pisd_regression_plan_set_widths (plan, widths, NULL));
  return plan;
}

/* One variable: x^3 - x at equal distances from -1 to 1. */
static void
test_line (void)
{
  g_autoptr (PisdRegressionPlan) plan = make ("x^3 - x", "1-1");
  g_autoptr (PisdRegressionView) view = pisd_regression_view_new (plan);
  const double *places = pisd_regression_view_get_places (view);
  const double *target = pisd_regression_view_get_target (view);
  const guint n = pisd_regression_view_get_n (view);

  g_assert_false (pisd_regression_view_is_grid (view));
  g_assert_cmpuint (pisd_regression_view_get_side (view), ==, n);
  g_assert_cmpfloat (places[0], ==, -1.0);
  g_assert_cmpfloat (places[n - 1], ==, 1.0);
  for (guint i = 0; i < n; i++)
    {
      test_assert_close (places[i], -1.0 + 2.0 * i / (n - 1.0), 1e-15);
      test_assert_close (target[i], places[i] * places[i] * places[i] - places[i], 1e-14);
    }
}

/* Two variables: x along a row, y from row to row, growing downwards. */
static void
test_grid (void)
{
  g_autoptr (PisdRegressionPlan) plan = make ("x^3 - 2y", "2-1");
  g_autoptr (PisdRegressionView) view = pisd_regression_view_new (plan);
  const double *places = pisd_regression_view_get_places (view);
  const double *target = pisd_regression_view_get_target (view);
  const guint side = pisd_regression_view_get_side (view), n = side * side;
  const double parameters[3] = { 3.0, -5.0, 0.25 };
  g_autofree double *values = g_new (double, n);

  g_assert_true (pisd_regression_view_is_grid (view));
  g_assert_cmpuint (pisd_regression_view_get_n (view), ==, n);
  pisd_regression_view_evaluate (view, PISD_ACTIVATION_IDENTITY, parameters, values);
  for (guint i = 0; i < n; i++)
    {
      const double x = places[i % side], y = places[i / side];

      test_assert_close (target[i], x * x * x - 2.0 * y, 1e-14);
      test_assert_close (values[i], 3.0 * x - 5.0 * y + 0.25, 1e-14);
    }
}

/* Three variables: the diagonal. */
static void
test_diagonal (void)
{
  g_autoptr (PisdRegressionPlan) plan = make ("x + 10y + 100z", "3-1");
  g_autoptr (PisdRegressionView) view = pisd_regression_view_new (plan);
  const double *places = pisd_regression_view_get_places (view);

  g_assert_false (pisd_regression_view_is_grid (view));
  for (guint i = 0; i < pisd_regression_view_get_n (view); i++)
    test_assert_close (pisd_regression_view_get_target (view)[i], 111.0 * places[i], 1e-12);
}

/* w_2 f (w_1 x + b_1) + b_2 of two functions f by turns. */
static void
test_activations (void)
{
  g_autoptr (PisdRegressionPlan) plan = make ("x", "1-1-1");
  g_autoptr (PisdRegressionView) view = pisd_regression_view_new (plan);
  const double *places = pisd_regression_view_get_places (view);
  const guint n = pisd_regression_view_get_n (view);
  const double parameters[4] = { 2.0, 0.5, -3.0, 1.0 };
  g_autofree double *values = g_new (double, n);

  for (guint round = 0; round < 4; round++)
    {
      const gboolean is_tanh = round % 2 == 0;

      pisd_regression_view_evaluate (view, is_tanh ? PISD_ACTIVATION_TANH : PISD_ACTIVATION_RELU,
                                     parameters, values);
      for (guint i = 0; i < n; i++)
        {
          const double z = 2.0 * places[i] + 0.5;

          test_assert_close (values[i], 1.0 - 3.0 * (is_tanh ? tanh (z) : MAX (z, 0.0)), 1e-12);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/regression-view/line", test_line);
  g_test_add_func ("/lab/regression-view/grid", test_grid);
  g_test_add_func ("/lab/regression-view/diagonal", test_diagonal);
  g_test_add_func ("/lab/regression-view/activations", test_activations);
  return g_test_run ();
}
