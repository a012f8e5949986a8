/* Eigenvectors of a symmetric tridiagonal matrix by divide and conquer, on several threads.
 *
 * Halves of at most 512 rows, or their halves, are conquered side by side (dstedc).  To join two,
 * LAPACK deflates (dlaed2), and the secular equation's roots (dlaed4), its eigenvectors and their
 * products with the halves' are made in blocks of columns, which dlaed3 does on one thread.
 *
 * Threads: as in pisd_parallel(); the bits do not depend on their number.
 * Source:  Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995). */
#pragma once

#include "pisd-parallel.h"

G_BEGIN_DECLS

/* diagonal: [n], becomes the eigenvalues; beside: [n - 1], is overwritten; vectors: [n, n], row i
 * becomes the orthonormal eigenvector of diagonal[i]; order: [n], that of the eigenvalues from the
 * least one up.  n >= 2.  FALSE: cancelled, and all of them are half done. */
gboolean pisd_tridiagonal_eigen (guint n,
                                 double *diagonal,
                                 double *beside,
                                 double *vectors,
                                 int *order,
                                 guint n_threads,
                                 PisdCancel *cancel);

G_END_DECLS
