/* Vorticity in time on the periodic unit square, with its tangent and its adjoint.
 *
 *   w_t + v . grad w = nu lap w + f,  f = force (sin 2 pi (x + y) + cos 2 pi (x + y))
 *
 * Crank-Nicolson for the viscous term and second-order Adams-Bashforth for the others, of which the
 * first step is Euler's:
 *
 *   (1 - dt nu lap / 2) w' = (1 + dt nu lap / 2) w + dt (f - 3/2 N (w) + 1/2 N (w before))
 *
 * Of a grid of that size modes up to size / 3 are kept, so that products have no aliases
 * (pisd-advection.h).  A solved path keeps the velocities of all steps, 16 bytes a node and step,
 * which tangent and adjoint need.  Both are those of the discrete steps, exact to rounding.
 *
 * Shapes:  states are boxes of real modes [side, side] of PISD_BASIS_PERIODIC.
 * Units:   the unit square; viscosity, end and times in those of the equation.
 * Threads: a solver is immutable; a path is one thread's while it is solved, then any number read
 *          it.  n_threads as in pisd_parallel(); the bits do not depend on it.
 * Errors:  PISD_ERROR_RANGE where a step moves the flow by more than its smallest eddies allow, and
 *          then how many steps would do; PISD_ERROR_NUMERIC for a start that is no number;
 *          PISD_ERROR_CANCELLED, heard within a step.
 * Source:  arXiv 2602.09708, the benchmark's Navier-Stokes equation. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

typedef struct
{
  guint size;     /* nodes of its grid along an axis: even, 8 at least */
  guint n_frames; /* 2 at least; frame n is that of time end n / (n_frames - 1) */
  guint steps;    /* from one frame to the next */
  double viscosity, end, force;
} PisdVorticityShape;

typedef struct _PisdVorticity PisdVorticity;
typedef struct _PisdVorticityPath PisdVorticityPath;

/* Steps from frame to frame that no flow is too fast for that begins with vorticity of that root
 * mean square, of a shape whose own steps do not count; as many as can be counted where that is
 * more, or no number. */
guint pisd_vorticity_count_steps (const PisdVorticityShape *shape, double size);

PisdVorticity *pisd_vorticity_new (const PisdVorticityShape *shape);
void pisd_vorticity_free (PisdVorticity *solver); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdVorticity, pisd_vorticity_free)

const PisdVorticityShape *pisd_vorticity_get_shape (const PisdVorticity *solver);
/* Modes along an axis. */
guint pisd_vorticity_get_side (const PisdVorticity *solver);

/* Room for a solution; the solver is borrowed. */
PisdVorticityPath *pisd_vorticity_path_new (const PisdVorticity *solver);
/* The same for frames alone: without the velocities there is neither tangent nor adjoint. */
PisdVorticityPath *pisd_vorticity_path_new_frames (const PisdVorticity *solver);
void pisd_vorticity_path_free (PisdVorticityPath *path); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdVorticityPath, pisd_vorticity_path_free)

/* From w0 on.  Where it fails the path is not solved. */
gboolean pisd_vorticity_path_solve (PisdVorticityPath *path,
                                    const double *w0,
                                    PisdCancel *cancel,
                                    GError **error);
/* [side, side], borrowed. */
const double *pisd_vorticity_path_get_frame (const PisdVorticityPath *path, guint frame);

/* Derivative along changes of w0: rows [n_rows, side, side] to frames [n_rows, n_frames, side,
 * side], frame 0 included.  FALSE: cancelled, and what is in `frames` means nothing. */
gboolean pisd_vorticity_path_push_forward (const PisdVorticityPath *path,
                                           guint n_rows,
                                           const double *rows,
                                           double *frames,
                                           guint n_threads,
                                           PisdCancel *cancel);
/* Its adjoint, row by row: of row i, [side, side], cotangent of frame[i], makes that of w0 in
 * place.  FALSE as above. */
gboolean pisd_vorticity_path_pull_back (const PisdVorticityPath *path,
                                        guint n_rows,
                                        const guint *frame,
                                        double *rows,
                                        guint n_threads,
                                        PisdCancel *cancel);
/* The adjoint of all frames together: cotangents [n_frames, side, side] to that of w0, [side,
 * side]. FALSE as above. */
gboolean pisd_vorticity_path_vjp (const PisdVorticityPath *path,
                                  const double *frames,
                                  double *w0,
                                  PisdCancel *cancel);

G_END_DECLS
