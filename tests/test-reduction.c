#include "pisd-reduction.h"

#include <string.h>

#include "pisd-test.h"

/* Below, at and above the order from which panels are used; the last one ends inside a block. */
static const guint sizes[] = { 2, 33, 1040, 1071 };

typedef struct
{
  guint n;
  double *matrix; /* reduced: the reflectors */
  double *diagonal, *beside, *tau;
} Reduced;

static gboolean
reduced_init (Reduced *r, const double *matrix, guint n, guint n_threads, PisdCancel *cancel)
{
  *r = (Reduced){ n, g_memdup2 (matrix, sizeof (double) * n * n), g_new0 (double, n),
                  g_new0 (double, n), g_new0 (double, n) };
  return pisd_reduction_make_tridiagonal (n, r->matrix, r->diagonal, r->beside, r->tau, n_threads,
                                          cancel);
}

static void
reduced_clear (Reduced *r)
{
  g_free (r->matrix);
  g_free (r->diagonal);
  g_free (r->beside);
  g_free (r->tau);
}

static double *
random_symmetric (guint n)
{
  double *matrix = test_random ((gsize) n * n, n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      matrix[(gsize) j * n + i] = matrix[(gsize) i * n + j];
  return matrix;
}

/* x -= tau (v'x) v with v = (row k + 1 up to its entry k, which stands for 1). */
static void
reflect (const Reduced *r, guint k, double *x)
{
  const double *v = r->matrix + (gsize) (k + 1) * r->n;
  double sum = (x[k] + test_dot (v, x, k)) * r->tau[k];

  for (guint i = 0; i < k; i++)
    x[i] -= sum * v[i];
  x[k] -= sum;
}

/* x := Q T Q' x, Q the product of the reflectors, the last one first. */
static void
multiply (const Reduced *r, double *x)
{
  guint n = r->n;
  g_autofree double *y = g_new (double, n);

  for (guint k = n - 1; k-- > 0;)
    reflect (r, k, x);
  for (guint i = 0; i < n; i++)
    {
      y[i] = r->diagonal[i] * x[i];
      y[i] += i > 0 ? r->beside[i - 1] * x[i - 1] : 0.0;
      y[i] += i + 1 < n ? r->beside[i] * x[i + 1] : 0.0;
    }
  for (guint k = 0; k + 1 < n; k++)
    reflect (r, k, y);
  memcpy (x, y, sizeof (double) * n);
}

/* A x = Q T Q' x.  The trace and the sum of squares stay: sum d, sum d^2 + 2 sum e^2. */
static void
test_product (gconstpointer data)
{
  guint n = *(const guint *) data;
  g_autofree double *matrix = random_symmetric (n);
  g_autofree double *x = test_random (n, 1);
  g_autofree double *slow = g_new (double, n);
  double trace = 0.0, squares = test_dot (matrix, matrix, (gsize) n * n);
  Reduced r;

  for (guint i = 0; i < n; i++)
    {
      slow[i] = test_dot (matrix + (gsize) i * n, x, n);
      trace += matrix[(gsize) i * n + i];
    }
  g_assert_true (reduced_init (&r, matrix, n, 2, NULL));
  multiply (&r, x);
  test_assert_below (test_difference (x, slow, n), 1e-13);
  for (guint i = 0; i < n; i++)
    trace -= r.diagonal[i];
  test_assert_close (trace / sqrt (squares), 0.0, 1e-13);
  test_assert_close (
      (test_dot (r.diagonal, r.diagonal, n) + 2.0 * test_dot (r.beside, r.beside, n - 1)) / squares,
      1.0, 1e-13);
  reduced_clear (&r);
}

/* The bits do not depend on the number of threads, and a request to stop is heard. */
static void
test_threads (void)
{
  guint n = sizes[2];
  g_autofree double *matrix = random_symmetric (n);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  Reduced one, many, none;

  g_assert_true (reduced_init (&one, matrix, n, 1, NULL));
  g_assert_true (reduced_init (&many, matrix, n, 4, NULL));
  g_assert_cmpmem (one.diagonal, sizeof (double) * n, many.diagonal, sizeof (double) * n);
  g_assert_cmpmem (one.beside, sizeof (double) * n, many.beside, sizeof (double) * n);
  pisd_cancel_trigger (cancel);
  g_assert_false (reduced_init (&none, matrix, n, 1, cancel));
  reduced_clear (&one);
  reduced_clear (&many);
  reduced_clear (&none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/maths/reduction/product/%u", sizes[i]);

      g_test_add_data_func (path, &sizes[i], test_product);
    }
  g_test_add_func ("/maths/reduction/threads", test_threads);
  return g_test_run ();
}
