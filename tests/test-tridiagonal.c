#include "pisd-tridiagonal.h"

#include <string.h>

#include "pisd-test.h"

typedef struct
{
  guint n;
  double *diagonal, *beside; /* of the matrix */
  double *values, *vectors;
  int *order;
} Problem;

static void
problem_clear (Problem *p)
{
  g_free (p->diagonal);
  g_free (p->beside);
  g_free (p->values);
  g_free (p->vectors);
  g_free (p->order);
}

static void
problem_init (Problem *p, guint n)
{
  *p = (Problem){ n,
                  g_new0 (double, n),
                  g_new0 (double, n),
                  g_new0 (double, n),
                  g_new0 (double, (gsize) n *n),
                  g_new0 (int, n) };
}

static void
solve (Problem *p, guint n_threads)
{
  g_autofree double *beside = g_memdup2 (p->beside, sizeof (double) * p->n);

  memcpy (p->values, p->diagonal, sizeof (double) * p->n);
  g_assert_true (
      pisd_tridiagonal_eigen (p->n, p->values, beside, p->vectors, p->order, n_threads, NULL));
}

/* T v = lambda v and V V' = 1 within `tolerance`, and the order ascends over all of them. */
static void
check (const Problem *p, double tolerance)
{
  g_autofree guint8 *seen = g_new0 (guint8, p->n);

  for (guint i = 0; i < p->n; i++)
    {
      const double *v = p->vectors + (gsize) i * p->n;
      double off = 0.0;

      for (guint k = 0; k < p->n; k++)
        {
          double t = (p->diagonal[k] - p->values[i]) * v[k];

          t += k > 0 ? p->beside[k - 1] * v[k - 1] : 0.0;
          t += k + 1 < p->n ? p->beside[k] * v[k + 1] : 0.0;
          off = fmax (off, fabs (t));
        }
      test_assert_below (off, tolerance);
      for (guint j = 0; j <= i; j++)
        test_assert_close (test_dot (v, p->vectors + (gsize) j * p->n, p->n), i == j, tolerance);
      seen[p->order[i]] = TRUE;
      if (i > 0)
        g_assert_cmpfloat (p->values[p->order[i]], >=, p->values[p->order[i - 1]]);
    }
  for (guint i = 0; i < p->n; i++)
    g_assert_true (seen[i]);
}

/* The second difference: lambda_k = 2 - 2 cos (k pi / (n + 1)). */
static void
test_closed_form (void)
{
  static const guint sizes[] = { 2, 3, 17, 60, 150 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Problem p;

      problem_init (&p, sizes[s]);
      for (guint i = 0; i < p.n; i++)
        {
          p.diagonal[i] = 2.0;
          p.beside[i] = -1.0;
        }
      solve (&p, 2);
      check (&p, 1e-13);
      for (guint k = 0; k < p.n; k++)
        test_assert_close (p.values[p.order[k]], 2.0 - 2.0 * cos ((k + 1) * G_PI / (p.n + 1)),
                           1e-13);
      problem_clear (&p);
    }
}

/* Random entries; entries over ten orders of magnitude; pairs of eigenvalues closer than rounding
 * (Wilkinson's matrix); halves that do not touch; equal ones all over. */
static void
fill_case (Problem *p, guint which)
{
  g_autofree double *d = test_random (p->n, 1);
  g_autofree double *e = test_random (p->n, 2);

  for (guint i = 0; i < p->n; i++)
    {
      double graded = pow (10.0, -10.0 * i / p->n);

      p->diagonal[i] = which == 0   ? d[i]
                       : which == 1 ? d[i] * graded
                       : which == 2 ? fabs (0.5 * (p->n - 1) - i)
                       : which == 3 ? d[i]
                                    : 1.0;
      p->beside[i] = which == 0   ? e[i]
                     : which == 1 ? e[i] * graded
                     : which == 2 ? 1.0
                     : which == 3 ? (i == p->n / 2 - 1 ? 0.0 : e[i])
                                  : 0.0;
    }
}

static void
test_cases (void)
{
  for (guint which = 0; which < 5; which++)
    {
      Problem p;

      problem_init (&p, 101);
      fill_case (&p, which);
      solve (&p, 2);
      check (&p, which == 2 ? 1e-12 : 1e-13);
      problem_clear (&p);
    }
}

/* The bits do not depend on the number of threads. */
static void
test_same_bits (void)
{
  Problem one, many;

  problem_init (&one, 150);
  problem_init (&many, 150);
  fill_case (&one, 0);
  fill_case (&many, 0);
  solve (&one, 1);
  solve (&many, 4);
  g_assert_cmpmem (one.values, 150 * sizeof (double), many.values, 150 * sizeof (double));
  g_assert_cmpmem (one.vectors, 150 * 150 * sizeof (double), many.vectors,
                   150 * 150 * sizeof (double));
  g_assert_cmpmem (one.order, 150 * sizeof (int), many.order, 150 * sizeof (int));
  problem_clear (&one);
  problem_clear (&many);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/tridiagonal/closed-form", test_closed_form);
  g_test_add_func ("/maths/tridiagonal/cases", test_cases);
  g_test_add_func ("/maths/tridiagonal/same-bits", test_same_bits);
  return g_test_run ();
}
