/* The two factorisations that the engine needs of LAPACK, for row-major matrices. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Eigenvalues (ascending, [n]) of a symmetric matrix [n, n]; its rows become the orthonormal
 * eigenvectors.  Divide and conquer (dsyevd). */
void pisd_lapack_eigen (guint n, double *matrix, double *eigenvalues);

/* The lower triangle becomes L of matrix = L L' (dpotrf); only the lower triangle is read, the
 * upper one is left as it is.  FALSE if the matrix is not positive definite: it is then half
 * overwritten. */
gboolean pisd_lapack_cholesky (guint n, double *matrix);

G_END_DECLS
