/* Where a box of coefficients is not zero, and products with matrices that skip the zeros.
 *
 * The support is a low block x block square and, along both axes, strips at most `width` modes wide
 * that reach to `box`.  A square mode set has block = box and no strips.  With a block of 38,
 * strips of 4 and a box of 128 a product costs a quarter of the dense one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint box, block, width;
} PisdSupport;

/* out = P X Q'.  P: [m, box], Q: [q, box], X: [box, box], out: [m, q]; scratch:
 * [pisd_support_get_scratch]. */
void pisd_support_multiply (const PisdSupport *support,
                            const double *p,
                            guint m,
                            const double *q_matrix,
                            guint q,
                            const double *x,
                            double *out,
                            double *scratch);
/* X = P' Y Q on the support; entries outside it are left as they are.  Y: [m, q]. */
void pisd_support_multiply_adjoint (const PisdSupport *support,
                                    const double *p,
                                    guint m,
                                    const double *q_matrix,
                                    guint q,
                                    const double *y,
                                    double *x,
                                    double *scratch);
/* out[s] = row line[s] of P, X, row column[s] of Q, for s < n: a field at n places on m lines.
 * P: [m, box]. */
void pisd_support_multiply_rows (const PisdSupport *support,
                                 const double *p,
                                 guint m,
                                 const double *q_matrix,
                                 const guint *line,
                                 const guint *column,
                                 guint n,
                                 const double *x,
                                 double *out,
                                 double *scratch);
/* X = sum_s y[s] (row line[s] of P)' (row column[s] of Q) on the support: the adjoint of the
 * former. */
void pisd_support_multiply_rows_adjoint (const PisdSupport *support,
                                         const double *p,
                                         guint m,
                                         const double *q_matrix,
                                         const guint *line,
                                         const guint *column,
                                         guint n,
                                         const double *y,
                                         double *x,
                                         double *scratch);
/* Doubles of scratch space that any of these needs for matrices of m and q rows (products row by
 * row: m lines, q = m). */
gsize pisd_support_get_scratch (const PisdSupport *support, guint m, guint q);

G_END_DECLS
