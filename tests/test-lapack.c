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

  pisd_lapack_eigen (N, v, values);
  for (guint e = 0; e < N; e++)
    {
      g_assert_true (e == 0 || values[e] >= values[e - 1]);
      for (guint i = 0; i < N; i++)
        test_assert_close (test_dot (a + i * N, v + e * N, N), values[e] * v[e * N + i], 1e-10);
      for (guint f = 0; f < N; f++)
        test_assert_close (test_dot (v + f * N, v + e * N, N), e == f, 1e-12);
    }
}

static void
test_cholesky (void)
{
  g_autofree double *a = spd_matrix ();
  g_autofree double *l = g_memdup2 (a, N * N * sizeof (double));

  for (guint i = 0; i < N; i++)
    for (guint j = i + 1; j < N; j++)
      l[i * N + j] = NAN;
  g_assert_true (pisd_lapack_cholesky (N, l));
  for (guint i = 0; i < N; i++)
    for (guint j = 0; j <= i; j++)
      test_assert_close (test_dot (l + i * N, l + j * N, j + 1), a[i * N + j], 1e-10);
  a[0] = -1.0;
  g_assert_false (pisd_lapack_cholesky (N, a));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/lapack/eigen", test_eigen);
  g_test_add_func ("/engine/lapack/cholesky", test_cholesky);
  return g_test_run ();
}
