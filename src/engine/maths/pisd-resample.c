#include "pisd-resample.h"

#include <cblas.h>
#include <math.h>

#define S PISD_GRID
/* Below this the quotient of sines is its limit. */
#define TINY 1e-13

/* sum over j = 1 ... m of cos (j t) = sin ((m + 1/2) t) / (2 sin (t / 2)) - 1/2 */
static double
sum_cosines (guint m, double t)
{
  const double half = sin (t / 2);

  return fabs (half) < TINY ? m : sin ((m + 0.5) * t) / (2 * half) - 0.5;
}

/* Products of two cosines, or of two sines, are cosines of the difference and of the sum of their
 * angles; of a periodic field the last mode of an even number of nodes is a cosine alone. */
static double
weigh (PisdBasis basis, guint n, double x, guint p)
{
  double s, t;

  switch (basis)
    {
    case PISD_BASIS_COSINE:
      s = G_PI * ((n - 1) * x + 0.5) / n;
      t = G_PI * (p + 0.5) / n;
      return (1 + sum_cosines (n - 1, s - t) + sum_cosines (n - 1, s + t)) / n;
    case PISD_BASIS_SINE:
      s = G_PI * x;
      t = G_PI * p / (n - 1);
      return (sum_cosines (n - 2, s - t) - sum_cosines (n - 2, s + t)) / (n - 1);
    default:
      t = 2 * G_PI * (x - (double) p / n);
      return (1 + 2 * sum_cosines ((n - 1) / 2, t) + (n % 2 == 0 ? cos (n / 2 * t) : 0)) / n;
    }
}

void
pisd_resample (PisdBasis basis, guint n, const double *in, PisdField *out)
{
  g_autofree double *weights = NULL;
  g_autofree double *rows = NULL;

  g_return_if_fail (n >= 2 && out->ny == S && out->nx == S);

  weights = g_new (double, (gsize) S *n);
  rows = g_new (double, (gsize) S *n);
  for (guint i = 0; i < S; i++)
    for (guint p = 0; p < n; p++)
      weights[i * n + p] = weigh (basis, n, pisd_basis_get_node (basis, i), p);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, S, n, n, 1, weights, n, in, n, 0, rows,
               n);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, S, S, n, 1, rows, n, weights, n, 0,
               out->data, S);
}
