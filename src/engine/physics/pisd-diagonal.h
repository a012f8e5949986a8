/* A plan for linear equations that are diagonal in the basis of their solution.
 *
 *   lambda_k u_k = <basis_k, a>:   solve   u = B diag (1 / lambda) B' a
 *                                  residual r = B diag (lambda) B' u - a
 *
 * B holds all modes of field 1's basis.  solve() takes the eigenvalues of the finite
 * differences, as the benchmark's solver does; residual() those that are asked for.
 *
 * Shapes:  fields [PISD_GRID, PISD_GRID].
 * Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-operator.h"

G_BEGIN_DECLS

typedef struct _PisdDiagonal PisdDiagonal;

/* `row` must offer a linear map. */
PisdDiagonal *pisd_diagonal_new (const PisdOperator *row, const double *constants);
void pisd_diagonal_free (PisdDiagonal *diagonal); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiagonal, pisd_diagonal_free)

void pisd_diagonal_solve (PisdDiagonal *diagonal, const PisdField *a, PisdField *u);
void pisd_diagonal_residual (PisdDiagonal *diagonal,
                             PisdDiscretisation discretisation,
                             const PisdField *a,
                             const PisdField *u,
                             PisdField *r);
/* gradient = B diag (lambda) B' v, the part of u; that of a is -v. */
void pisd_diagonal_residual_vjp (PisdDiagonal *diagonal,
                                 PisdDiscretisation discretisation,
                                 const PisdField *v,
                                 PisdField *gradient_u);

G_END_DECLS
