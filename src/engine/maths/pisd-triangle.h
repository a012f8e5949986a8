/* The lower triangle of a symmetric matrix, or its Cholesky factor, stored in half the room.
 *
 * Rows come in tiles of 1024, and a tile's rows are as long as its last one reaches: up to that
 * order a triangle is one whole row-major matrix, and one call of BLAS or LAPACK does the work;
 * above it, work is done tile by tile, on several threads.
 * Threads: one writes, several may read.  The bits do not depend on n_threads, which is as in
 * pisd_parallel().
 * Errors: cancelled where a function says FALSE. */
#pragma once

#include "pisd-parallel.h"

G_BEGIN_DECLS

#define PISD_TRIANGLE_TILE 1024

typedef struct _PisdTriangle PisdTriangle;

typedef enum
{
  PISD_TRIANGLE_FACTORED,
  PISD_TRIANGLE_INDEFINITE, /* it is half overwritten then, as where it is cancelled */
  PISD_TRIANGLE_CANCELLED
} PisdTriangleStatus;

/* Not initialised. */
PisdTriangle *pisd_triangle_new (guint n);
void pisd_triangle_free (PisdTriangle *triangle); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTriangle, pisd_triangle_free)

guint pisd_triangle_get_n (const PisdTriangle *triangle);
/* Numbers that a triangle of order n holds. */
gsize pisd_triangle_count (guint n);
/* Row i: entries 0 ... i, of which those up to the tile's end may be overwritten. */
double *pisd_triangle_row (const PisdTriangle *triangle, guint i);
/* How far the rows of row i's tile lie apart. */
guint pisd_triangle_stride (const PisdTriangle *triangle, guint i);
/* M_ii += value. */
void pisd_triangle_add_to_diagonal (PisdTriangle *triangle, double value);
/* For tests: entry (i, j) of the symmetric matrix. */
double pisd_triangle_get (const PisdTriangle *triangle, guint i, guint j);

/* The triangle of A becomes L of A = L L'. */
PisdTriangleStatus pisd_triangle_cholesky (PisdTriangle *triangle,
                                           guint n_threads,
                                           PisdCancel *cancel);

/* x = L^-1 x, x = L^-T x: [n]. */
gboolean pisd_triangle_solve (const PisdTriangle *l, double *x, PisdCancel *cancel);
gboolean pisd_triangle_solve_transposed (const PisdTriangle *l, double *x, PisdCancel *cancel);
/* C = L^-1 C.  C: [n, n_columns] of rows `stride` apart; on the calling thread. */
gboolean pisd_triangle_solve_columns (const PisdTriangle *l,
                                      guint n_columns,
                                      gsize stride,
                                      double *c,
                                      PisdCancel *cancel);

/* Rows X = X L^-1, X = X L^-T, of which the first `reach` columns alone, the leading triangle's.
 * X: [n_rows, reach] of rows `stride` apart; on the calling thread. */
gboolean pisd_triangle_divide (const PisdTriangle *l,
                               guint n_rows,
                               guint reach,
                               gsize stride,
                               double *x,
                               PisdCancel *cancel);
gboolean pisd_triangle_divide_transposed (const PisdTriangle *l,
                                          guint n_rows,
                                          guint reach,
                                          gsize stride,
                                          double *x,
                                          PisdCancel *cancel);

G_END_DECLS
