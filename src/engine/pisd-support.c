#include "pisd-support.h"

#include <cblas.h>

#define NO CblasNoTrans
#define YES CblasTrans

gsize
pisd_support_get_scratch (const PisdSupport *s, guint m, guint q)
{
  return (gsize) m * s->box + (gsize) s->width * MAX (m, q);
}

/* half = P X, for the first `block` columns: [m, block]. */
static void
multiply_left (const PisdSupport *s, const double *p, guint m, const double *x, double *half)
{
  guint n = s->box, b = s->block;

  cblas_dgemm (CblasRowMajor, NO, NO, m, b, b, 1.0, p, n, x, n, 0.0, half, b);
  if (b < n)
    cblas_dgemm (CblasRowMajor, NO, NO, m, s->width, n - b, 1.0, p + b, n, x + (gsize) b * n, n,
                 1.0, half, b);
}

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

void
pisd_support_multiply_rows (const PisdSupport *s,
                            const double *p,
                            const double *q_matrix,
                            guint m,
                            const double *x,
                            double *out,
                            double *scratch)
{
  guint n = s->box, b = s->block;

  multiply_left (s, p, m, x, scratch);
  for (guint i = 0; i < m; i++)
    out[i] = cblas_ddot (b, scratch + (gsize) i * b, 1, q_matrix + (gsize) i * n, 1);
  if (b == n)
    return;
  cblas_dgemm (CblasRowMajor, NO, NO, m, n - b, s->width, 1.0, p, n, x + b, n, 0.0, scratch, n - b);
  for (guint i = 0; i < m; i++)
    out[i] += cblas_ddot (n - b, scratch + (gsize) i * (n - b), 1, q_matrix + (gsize) i * n + b, 1);
}

void
pisd_support_multiply_rows_adjoint (const PisdSupport *s,
                                    const double *p,
                                    const double *q_matrix,
                                    guint m,
                                    const double *y,
                                    double *x,
                                    double *scratch)
{
  guint n = s->box, b = s->block, w = s->width;

  for (guint i = 0; i < m; i++)
    for (guint k = 0; k < n; k++)
      scratch[(gsize) i * n + k] = y[i] * q_matrix[(gsize) i * n + k];
  cblas_dgemm (CblasRowMajor, YES, NO, b, b, m, 1.0, p, n, scratch, n, 0.0, x, n);
  if (b == n)
    return;
  cblas_dgemm (CblasRowMajor, YES, NO, n - b, w, m, 1.0, p + b, n, scratch, n, 0.0,
               x + (gsize) b * n, n);
  cblas_dgemm (CblasRowMajor, YES, NO, w, n - b, m, 1.0, p, n, scratch + b, n, 0.0, x + b, n);
}
