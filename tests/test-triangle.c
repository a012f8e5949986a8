#include "pisd-triangle.h"

#include "pisd-test.h"

/* Entry of a positive definite matrix: D + b b' + c c'. */
static double
entry (guint i, guint j)
{
  double b = cos (0.3 * i) * cos (0.3 * j), c = sin (0.011 * i + 0.2) * sin (0.011 * j + 0.2);

  return b + 3.0 * c + (i == j ? 2.0 + 0.001 * i : 0.0);
}

/* NaN where nothing is to be read. */
static PisdTriangle *
triangle_new (guint n)
{
  PisdTriangle *t = pisd_triangle_new (n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < pisd_triangle_stride (t, i); j++)
      pisd_triangle_row (t, i)[j] = j <= i ? entry (i, j) : 0.0;
  return t;
}

/* y = A x */
static double *
multiply (guint n, const double *x)
{
  double *y = g_new0 (double, n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      y[i] += entry (i, j) * x[j];
  return y;
}

static const guint sizes[] = { 1, 40, 1024, 1025, 2100 };

/* (L L')^-1 A x = x on one tile, a row beyond it, and several; the bits of one thread and of three
 * are the same. */
static void
test_solve (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      const guint n = sizes[k];
      g_autoptr (PisdTriangle) l = triangle_new (n), other = triangle_new (n);
      g_autofree double *x = test_random (n, 1);
      g_autofree double *y = multiply (n, x);

      g_assert_cmpuint (pisd_triangle_get_n (l), ==, n);
      test_assert_close (pisd_triangle_get (l, 0, n - 1), entry (n - 1, 0), 0.0);
      g_assert_cmpint (pisd_triangle_cholesky (l, 1, NULL), ==, PISD_TRIANGLE_FACTORED);
      g_assert_cmpint (pisd_triangle_cholesky (other, 3, NULL), ==, PISD_TRIANGLE_FACTORED);
      for (guint i = 0; i < n; i++)
        g_assert_cmpmem (pisd_triangle_row (l, i), sizeof (double) * (i + 1),
                         pisd_triangle_row (other, i), sizeof (double) * (i + 1));
      pisd_triangle_solve (l, y, NULL);
      pisd_triangle_solve_transposed (l, y, NULL);
      for (guint i = 0; i < n; i++)
        test_assert_close (y[i], x[i], 1e-10);
    }
}

/* Columns and rows of an array are what single vectors are. */
static void
test_many (void)
{
  enum
  {
    n = 1100,
    m = 3
  };
  g_autoptr (PisdTriangle) l = triangle_new (n);
  g_autofree double *x = test_random (n * m, 2);
  g_autofree double *columns = g_memdup2 (x, sizeof (double) * n * m);
  g_autofree double *rows = g_memdup2 (x, sizeof (double) * n * m);
  g_autofree double *expected = g_new (double, n);

  g_assert_cmpint (pisd_triangle_cholesky (l, 2, NULL), ==, PISD_TRIANGLE_FACTORED);
  g_assert_true (pisd_triangle_solve_columns (l, m, m, columns, NULL));
  g_assert_true (pisd_triangle_divide_transposed (l, m, n, n, rows, NULL));
  for (guint k = 0; k < m; k++)
    {
      for (guint i = 0; i < n; i++)
        expected[i] = x[i * m + k];
      pisd_triangle_solve (l, expected, NULL);
      for (guint i = 0; i < n; i++)
        test_assert_close (columns[i * m + k], expected[i], 1e-11);
      memcpy (expected, x + k * n, sizeof (double) * n);
      pisd_triangle_solve (l, expected, NULL);
      for (guint i = 0; i < n; i++)
        test_assert_close (rows[k * n + i], expected[i], 1e-11);
    }
  memcpy (rows, x, sizeof (double) * n * m);
  g_assert_true (pisd_triangle_divide (l, m, n, n, rows, NULL));
  for (guint k = 0; k < m; k++)
    {
      memcpy (expected, x + k * n, sizeof (double) * n);
      pisd_triangle_solve_transposed (l, expected, NULL);
      for (guint i = 0; i < n; i++)
        test_assert_close (rows[k * n + i], expected[i], 1e-11);
    }
}

static void
test_indefinite (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autoptr (PisdTriangle) l = triangle_new (sizes[k]);

      pisd_triangle_row (l, sizes[k] - 1)[sizes[k] - 1] = -1.0;
      g_assert_cmpint (pisd_triangle_cholesky (l, 1, NULL), ==, PISD_TRIANGLE_INDEFINITE);
    }
}

/* A request to stop that is there already is heard at once. */
static void
test_cancelled (void)
{
  g_autoptr (PisdTriangle) l = triangle_new (40);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  double x[40] = { 0.0 };

  pisd_cancel_trigger (cancel);
  g_assert_cmpint (pisd_triangle_cholesky (l, 1, cancel), ==, PISD_TRIANGLE_CANCELLED);
  g_assert_false (pisd_triangle_solve_columns (l, 1, 1, x, cancel));
  g_assert_false (pisd_triangle_divide (l, 1, 40, 40, x, cancel));
  g_assert_false (pisd_triangle_divide_transposed (l, 1, 40, 40, x, cancel));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/triangle/solve", test_solve);
  g_test_add_func ("/engine/triangle/many", test_many);
  g_test_add_func ("/engine/triangle/indefinite", test_indefinite);
  g_test_add_func ("/engine/triangle/cancelled", test_cancelled);
  return g_test_run ();
}
