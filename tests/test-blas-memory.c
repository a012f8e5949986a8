/* OpenBLAS's buffers go back to the system, and products are the same afterwards. */

#include <cblas.h>
#include <string.h>

#include "pisd-blas-memory.h"
#include "pisd-memory.h"

#define N 512

static void
multiply (const double *a, double *c)
{
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, N, N, N, 1.0, a, N, a, N, 0.0, c, N);
}

static void
test_trim (void)
{
  double *a = pisd_memory_new (N * N), *c = pisd_memory_new (N * N), *d = pisd_memory_new (N * N);

  for (guint k = 0; k < N * N; k++)
    a[k] = (double) (k * 2654435761u % 1000) / 1000;
  multiply (a, c);
  g_assert_cmpuint (pisd_blas_memory_trim (), >=, 1024 * 1024);
  g_assert_cmpuint (pisd_blas_memory_trim (), ==, 0);
  multiply (a, d);
  g_assert_cmpmem (c, N * N * sizeof *c, d, N * N * sizeof *d);
  pisd_memory_free (a);
  pisd_memory_free (c);
  pisd_memory_free (d);
}

/* Whoever multiplies at that moment keeps what it has. */
static gpointer
multiply_often (gpointer data)
{
  double *a = data, *c = pisd_memory_new (N * N), *d = pisd_memory_new (N * N);

  multiply (a, c);
  for (guint k = 0; k < 20; k++)
    {
      multiply (a, d);
      g_assert_true (memcmp (c, d, N * N * sizeof *c) == 0);
    }
  pisd_memory_free (c);
  pisd_memory_free (d);
  return NULL;
}

static void
test_meanwhile (void)
{
  double *a = pisd_memory_new (N * N);
  GThread *threads[3];

  for (guint k = 0; k < N * N; k++)
    a[k] = (double) (k * 2654435761u % 1000) / 1000;
  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    threads[t] = g_thread_new ("products", multiply_often, a);
  for (guint k = 0; k < 200; k++)
    {
      pisd_blas_memory_trim ();
      g_usleep (200);
    }
  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    g_thread_join (threads[t]);
  pisd_memory_free (a);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/blas-memory/trim", test_trim);
  g_test_add_func ("/maths/blas-memory/meanwhile", test_meanwhile);
  return g_test_run ();
}
