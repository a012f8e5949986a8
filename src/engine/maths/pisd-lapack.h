/* The factorisations that the engine needs of LAPACK, on several threads, in blocks between which a
 * request to stop is heard.
 *
 * Threads: as in pisd_parallel(); the bits do not depend on their number.
 * Errors: FALSE where cancelled; what was to be overwritten is half done then. */
#pragma once

#include "pisd-triangle.h"

G_BEGIN_DECLS

/* Eigenvalues (ascending up to rounding, [n]) of a symmetric matrix [n, n], row-major, of which the
 * lower triangle is read; its rows become the orthonormal eigenvectors.  Tridiagonal form
 * (pisd-reduction.h), divide and conquer (pisd-tridiagonal.h), and back (dormtr). */
gboolean pisd_lapack_eigen (guint n,
                            double *matrix,
                            double *eigenvalues,
                            guint n_threads,
                            PisdCancel *cancel);

/* Column-major [m, n + n_more]: of the first n columns A = Q R the upper triangle becomes R, below
 * which reflectors are left; the others become Q' times what they were.  m >= n. */
gboolean pisd_lapack_triangularize (guint m,
                                    guint n,
                                    guint n_more,
                                    double *columns,
                                    guint n_threads,
                                    PisdCancel *cancel);

/* The lower triangle of L^-1 A L^-T in place, A symmetric; its lower triangle is read, what is
 * above it is overwritten.  a: [n, n] row-major. */
gboolean pisd_lapack_whiten (const PisdTriangle *l, double *a, guint n_threads, PisdCancel *cancel);
/* matrix = matrix L^-1: [n, n] row-major. */
gboolean pisd_lapack_divide (const PisdTriangle *l,
                             double *matrix,
                             guint n_threads,
                             PisdCancel *cancel);

G_END_DECLS
