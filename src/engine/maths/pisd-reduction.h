/* The tridiagonal form of a symmetric matrix, A = Q T Q', as dsytrd makes it, in panels between
 * which a request to stop is heard.
 *
 * Up to order 1024 it is dsytrd itself.  Above it, panels of columns are reduced (dlatrd), and the
 * rest of the matrix is updated in blocks on several threads.
 * Source: Dongarra, Sorensen and Hammarling, J. Comput. Appl. Math. 27 (1989).
 * Threads: as in pisd_parallel(); the bits do not depend on their number. */
#pragma once

#include "pisd-parallel.h"

G_BEGIN_DECLS

/* matrix: [n, n] row-major, of which the lower triangle is read; it becomes the reflectors for
 * dormtr ("U"), with tau: [n - 1].  diagonal: [n]; beside: [n - 1].  FALSE: cancelled. */
gboolean pisd_reduction_make_tridiagonal (guint n,
                                          double *matrix,
                                          double *diagonal,
                                          double *beside,
                                          double *tau,
                                          guint n_threads,
                                          PisdCancel *cancel);

G_END_DECLS
