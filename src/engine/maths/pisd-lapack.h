/* The factorisations that the engine needs of LAPACK, for row-major matrices. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Eigenvalues (ascending up to rounding, [n]) of a symmetric matrix [n, n], of which the lower triangle is read; its rows become
 * the orthonormal eigenvectors.  Tridiagonal form (dsytrd), divide and conquer (pisd_tridiagonal_eigen()), and back in
 * blocks on several threads (dormtr); the bits do not depend on n_threads, which is as in pisd_parallel(). */
void pisd_lapack_eigen (guint n, double *matrix, double *eigenvalues, guint n_threads);

/* The lower triangle becomes L of matrix = L L' (dpotrf); only the lower triangle is read, the
 * upper one is left as it is.  FALSE if the matrix is not positive definite: it is then half
 * overwritten. */
gboolean pisd_lapack_cholesky (guint n, double *matrix);

/* The lower triangle of L^-1 A L^-T, A symmetric, in place; lower triangles are read, what is above is overwritten.
 * What dsygst does, in blocks of rows on several threads. */
void pisd_lapack_whiten (guint n, const double *l, double *a, guint n_threads);
/* matrix = matrix L^-1 for a lower Cholesky factor; both [n, n]. */
void pisd_lapack_divide (guint n, const double *l, double *matrix, guint n_threads);

G_END_DECLS
