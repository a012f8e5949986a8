/* A plan for one equation with its constants: solves it, and says what is left of it.
 *
 * Shapes:  fields [n_frames, PISD_GRID, PISD_GRID], one a field of the equation, in its order; r in
 *          the shape of the last one.
 * Threads: one a thread (scratch inside). */
#pragma once

#include "pisd-operator.h"

G_BEGIN_DECLS

typedef struct _PisdSolver PisdSolver;

/* The equation must have been checked. */
PisdSolver *pisd_solver_new (const PisdEquation *equation);
void pisd_solver_free (PisdSolver *solver); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSolver, pisd_solver_free)

/* Makes a pair from a source: field 0 gets its boundary rule, the others are solved for. */
void pisd_solver_complete (PisdSolver *solver, PisdField *const *fields);
/* The same, for a source that may take long.  FALSE: cancelled, and the other fields mean nothing.
 */
gboolean pisd_solver_try_complete (PisdSolver *solver,
                                   PisdField *const *fields,
                                   PisdCancel *cancel);

/* The same roughly, for pictures of running steps: where the equation's own solver takes long, a
 * coarse one. */
void pisd_solver_sketch (PisdSolver *solver, PisdField *const *fields);
/* gradients[0] = (d / d field 0)' of the others at the newest sketch. */
void pisd_solver_sketch_vjp (PisdSolver *solver, PisdField *const *gradients);

/* r = what is left of the equation, 0 on nodes where it does not hold. */
void pisd_solver_residual (PisdSolver *solver,
                           PisdDiscretisation discretisation,
                           PisdField *const *fields,
                           PisdField *r);
/* gradients[f] = (d r / d fields[f])' v. */
void pisd_solver_residual_vjp (PisdSolver *solver,
                               PisdDiscretisation discretisation,
                               PisdField *const *fields,
                               const PisdField *v,
                               PisdField *const *gradients);
/* |r| / |field 0|, root mean squares over frames and nodes where the equation holds; NaN for a zero
 * source, and by differences for an equation that is spectral. */
double pisd_solver_relative_residual (PisdSolver *solver,
                                      PisdDiscretisation discretisation,
                                      PisdField *const *fields);

G_END_DECLS
