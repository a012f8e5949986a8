#include "pisd-lapack.h"

#include "pisd-test.h"

#define N 40

static double *
spd_matrix (void)
{
  g_autofree double *b = test_random (N * N, 1);
  double *a = g_new0 (double, N *N);

  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      {
        for (guint k = 0; k < N; k++)
          a[i * N + j] += b[i * N + k] * b[j * N + k];
        a[i * N + j] += i == j;
      }
  return a;
}

/* Rows are orthonormal and A v = lambda v. */
static void
test_eigen (void)
{
  g_autofree double *a = spd_matrix ();
  g_autofree double *v = g_memdup2 (a, N * N * sizeof (double));
  double values[N];

  pisd_lapack_eigen (N, v, values, 2, NULL);
  for (guint e = 0; e < N; e++)
    {
      g_assert_true (e == 0 || values[e] >= values[e - 1]);
      for (guint i = 0; i < N; i++)
        test_assert_close (test_dot (a + i * N, v + e * N, N), values[e] * v[e * N + i], 1e-10);
      for (guint f = 0; f < N; f++)
        test_assert_close (test_dot (v + f * N, v + e * N, N), e == f, 1e-12);
    }
}

/* Small ones, halves of different methods, several blocks; dense, or of two blocks that nothing joins: A V' = V' diag, the
 * vectors orthonormal, and the bits those of one thread. */
static void
test_eigen_sizes (void)
{
  static const guint sizes[] = { 1, 2, 3, 33, 60, 300 };

  for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
    {
      const guint n = sizes[k / 2], size = n * n * sizeof (double);
      g_autofree double *a = test_random (n * n, k);
      g_autofree double *v = NULL, *other = NULL;
      g_autofree double *values = g_new (double, n);
      g_autofree double *other_values = g_new (double, n);

      for (guint i = 0; i < n; i++)
        for (guint j = 0; j <= i; j++)
          {
            gboolean apart = k % 2 == 1 && j < n / 2 && i >= n / 2;

            a[i * n + j] = a[j * n + i] = apart ? 0.0 : a[i * n + j];
          }
      v = g_memdup2 (a, size);
      other = g_memdup2 (a, size);
      pisd_lapack_eigen (n, v, values, 1, NULL);
      pisd_lapack_eigen (n, other, other_values, 3, NULL);
      g_assert_cmpmem (v, size, other, size);
      for (guint e = 0; e < n; e++)
        {
          test_assert_close (values[e], other_values[e], 0.0);
          for (guint i = 0; i < n; i++)
            test_assert_close (test_dot (a + i * n, v + e * n, n), values[e] * v[e * n + i], 1e-11);
          for (guint f = 0; f <= e; f++)
            test_assert_close (test_dot (v + f * n, v + e * n, n), e == f, 1e-12);
        }
    }
}

/* More rows than one panel's method takes: panels, and leaves of leaves.  A few eigenvectors are
 * looked at in full. */
static void
test_eigen_large (void)
{
  enum
  {
    n = 1100
  };
  g_autofree double *a = test_random (n * n, 5);
  g_autofree double *v = NULL, *other = NULL;
  g_autofree double *values = g_new (double, n);
  double trace = 0.0, sum = 0.0;

  for (guint i = 0; i < n; i++)
    {
      trace += a[i * n + i];
      for (guint j = 0; j < i; j++)
        a[j * n + i] = a[i * n + j];
    }
  v = g_memdup2 (a, sizeof (double) * n * n);
  other = g_memdup2 (a, sizeof (double) * n * n);
  g_assert_true (pisd_lapack_eigen (n, v, values, 1, NULL));
  g_assert_true (pisd_lapack_eigen (n, other, values, 3, NULL));
  g_assert_cmpmem (v, sizeof (double) * n * n, other, sizeof (double) * n * n);
  for (guint e = 0; e < n; e++)
    sum += values[e];
  test_assert_close (sum, trace, 1e-9);
  for (guint e = 0; e < n; e += 97)
    {
      for (guint i = 0; i < n; i++)
        test_assert_close (test_dot (a + i * n, v + e * n, n), values[e] * v[e * n + i], 1e-10);
      for (guint f = 0; f < n; f++)
        test_assert_close (test_dot (v + f * n, v + e * n, n), e == f, 1e-12);
    }
}

/* R'R = A'A, and what Q' makes of another column has the products with A's that it had. */
static void
test_triangularize (void)
{
  enum
  {
    m = 300,
    n = 150
  };
  g_autofree double *a = test_random (m * (n + 1), 6);
  g_autofree double *r = g_memdup2 (a, sizeof (double) * m * (n + 1));

  g_assert_true (pisd_lapack_triangularize (m, n, 1, r, 2, NULL));
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= n; j++)
      test_assert_close (test_dot (r + i * m, r + j * m, MIN (i, j) + 1),
                         test_dot (a + i * m, a + j * m, m), 1e-11);
}

/* L^-1 A L^-T on the lower triangle, whatever stands above it, and B L^-1; 130 rows are three blocks. */
static void
test_whiten (void)
{
  enum
  {
    n = 130
  };
  g_autofree double *l = test_random (n * n, 3);
  g_autofree double *b = test_random (n * n, 4);
  g_autofree double *a = g_new (double, n *n);
  g_autofree double *divided = g_memdup2 (b, sizeof (double) * n * n);
  g_autoptr (PisdTriangle) factor = NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      l[i * n + j] = j > i ? NAN : i == j ? 1.0 + 0.1 * i : 0.02 * l[i * n + j];
  /* A = L M L' of a symmetric M = B + B' */
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        a[i * n + j] = j > i ? NAN : 0.0;
        for (guint k = 0; k <= i && j <= i; k++)
          for (guint m = 0; m <= j; m++)
            a[i * n + j] += l[i * n + k] * (b[k * n + m] + b[m * n + k]) * l[j * n + m];
      }
  factor = pisd_triangle_new (n);
  memcpy (pisd_triangle_row (factor, 0), l, sizeof (double) * n * n);
  pisd_lapack_whiten (factor, a, 2, NULL);
  pisd_lapack_divide (factor, divided, 2, NULL);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double sum = 0.0;

        for (guint k = j; k < n; k++)
          sum += divided[i * n + k] * l[k * n + j];
        test_assert_close (sum, b[i * n + j], 1e-11);
        if (j <= i)
          test_assert_close (a[i * n + j], b[i * n + j] + b[j * n + i], 1e-11);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/lapack/eigen", test_eigen);
  g_test_add_func ("/engine/lapack/eigen-sizes", test_eigen_sizes);
  g_test_add_func ("/engine/lapack/eigen-large", test_eigen_large);
  g_test_add_func ("/engine/lapack/triangularize", test_triangularize);
  g_test_add_func ("/engine/lapack/whiten", test_whiten);
  return g_test_run ();
}
