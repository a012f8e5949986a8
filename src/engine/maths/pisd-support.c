#include "pisd-support.h"

#include <cblas.h>
#include <string.h>

/* n = box, b = block, w = width: X is not 0 in X[:b, :b], X[b:, :w] and X[:w, b:] alone. */
#define NO CblasNoTrans
#define YES CblasTrans

/* m n numbers for P X or Y Q, and w max (m, q) for a strip halfway through its product. */
gsize
pisd_support_get_scratch (const PisdSupport *s, guint m, guint q)
{
  return (gsize) m * s->box + (gsize) s->width * MAX (m, q);
}

/* half = P[:, :b] X[:b, :b], to whose first w columns P[:, b:] X[b:, :w] is added: the first b
 * columns of P X, [m, b]. */
static void
multiply_left (const PisdSupport *s, const double *p, guint m, const double *x, double *half)
{
  guint n = s->box, b = s->block;

  cblas_dgemm (CblasRowMajor, NO, NO, m, b, b, 1.0, p, n, x, n, 0.0, half, b);
  if (b < n)
    cblas_dgemm (CblasRowMajor, NO, NO, m, s->width, n - b, 1.0, p + b, n, x + (gsize) b * n, n,
                 1.0, half, b);
}

/* out = (P X)[:, :b] Q[:, :b]' + P[:, :w] (X[:w, b:] Q[:, b:]'), where P X has both parts in its
 * first b columns. */
void
pisd_support_multiply (const PisdSupport *s,
                       const double *p,
                       guint m,
                       const double *q_matrix,
                       guint q,
                       const double *x,
                       double *out,
                       double *scratch)
{
  guint n = s->box, b = s->block, w = s->width;
  double *strip = scratch + (gsize) m * n;

  multiply_left (s, p, m, x, scratch);
  cblas_dgemm (CblasRowMajor, NO, YES, m, q, b, 1.0, scratch, b, q_matrix, n, 0.0, out, q);
  if (b == n)
    return;
  /* The strip along x: X[:w, b:] Q[:, b:]' first, it is thin. */
  cblas_dgemm (CblasRowMajor, NO, YES, w, q, n - b, 1.0, x + b, n, q_matrix + b, n, 0.0, strip, q);
  cblas_dgemm (CblasRowMajor, NO, NO, m, q, w, 1.0, p, n, strip, q, 1.0, out, q);
}

/*   F = (Y Q)[:, :b],  X[:b, :b] = P[:, :b]' F,  X[b:, :w] = P[:, b:]' F[:, :w],
 *   X[:w, b:] = (P[:, :w]' Y) Q[:, b:]: this strip's thin side is multiplied first. */
void
pisd_support_multiply_adjoint (const PisdSupport *s,
                               const double *p,
                               guint m,
                               const double *q_matrix,
                               guint q,
                               const double *y,
                               double *x,
                               double *scratch)
{
  guint n = s->box, b = s->block, w = s->width;
  double *strip = scratch + (gsize) m * n;

  cblas_dgemm (CblasRowMajor, NO, NO, m, b, q, 1.0, y, q, q_matrix, n, 0.0, scratch, b);
  cblas_dgemm (CblasRowMajor, YES, NO, b, b, m, 1.0, p, n, scratch, b, 0.0, x, n);
  if (b == n)
    return;
  cblas_dgemm (CblasRowMajor, YES, NO, n - b, w, m, 1.0, p + b, n, scratch, b, 0.0,
               x + (gsize) b * n, n);
  cblas_dgemm (CblasRowMajor, YES, NO, w, q, m, 1.0, p, n, y, q, 0.0, strip, q);
  cblas_dgemm (CblasRowMajor, NO, NO, w, n - b, q, 1.0, strip, q, q_matrix + b, n, 0.0, x + b, n);
}

/*   out_s = sum_{k<b} (P X)[l_s, k] Q[c_s, k] + sum_{k>=b} (P[:, :w] X[:w, b:])[l_s, k] Q[c_s, k]
 * P X is made once a line, and a place costs one row of it. */
void
pisd_support_multiply_rows (const PisdSupport *s,
                            const double *p,
                            guint m,
                            const double *q_matrix,
                            const guint *line,
                            const guint *column,
                            guint n,
                            const double *x,
                            double *out,
                            double *scratch)
{
  guint side = s->box, b = s->block, rest = side - b;

  multiply_left (s, p, m, x, scratch);
  for (guint i = 0; i < n; i++)
    out[i] =
        cblas_ddot (b, scratch + (gsize) line[i] * b, 1, q_matrix + (gsize) column[i] * side, 1);
  if (rest == 0)
    return;
  cblas_dgemm (CblasRowMajor, NO, NO, m, rest, s->width, 1.0, p, side, x + b, side, 0.0, scratch,
               rest);
  for (guint i = 0; i < n; i++)
    out[i] += cblas_ddot (rest, scratch + (gsize) line[i] * rest, 1,
                          q_matrix + (gsize) column[i] * side + b, 1);
}

/* F[l, :] = sum of y_s Q[c_s, :] over the places of line l, then X = P' F on the support: P is
 * multiplied once a line, however many places it has. */
void
pisd_support_multiply_rows_adjoint (const PisdSupport *s,
                                    const double *p,
                                    guint m,
                                    const double *q_matrix,
                                    const guint *line,
                                    const guint *column,
                                    guint n,
                                    const double *y,
                                    double *x,
                                    double *scratch)
{
  guint side = s->box, b = s->block, w = s->width;

  memset (scratch, 0, sizeof (double) * m * side);
  for (guint i = 0; i < n; i++)
    cblas_daxpy (side, y[i], q_matrix + (gsize) column[i] * side, 1,
                 scratch + (gsize) line[i] * side, 1);
  cblas_dgemm (CblasRowMajor, YES, NO, b, b, m, 1.0, p, side, scratch, side, 0.0, x, side);
  if (b == side)
    return;
  cblas_dgemm (CblasRowMajor, YES, NO, side - b, w, m, 1.0, p + b, side, scratch, side, 0.0,
               x + (gsize) b * side, side);
  cblas_dgemm (CblasRowMajor, YES, NO, w, side - b, m, 1.0, p, side, scratch + b, side, 0.0, x + b,
               side);
}
