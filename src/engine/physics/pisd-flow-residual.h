/* What is left of the equation of vorticity between the frames of a flow.
 *
 *   r_n = (w_{n+1} - exp (z) w_n) / h
 *         + integral over 0 <= s <= 1 of exp (z (1 - s)) (N (s) - f) ds,   z = -nu |k|^2 h,
 *
 * n counts frames, h is the time between two.  Viscosity and force are exact; N = v . grad w is the
 * polynomial through the four frames around the interval (the first or last four at the ends).  So
 * r is the equation as a rate, averaged over the time between two frames, with an error of order
 * h^4 that `pisd sample` prints of the truth: true flows leave some 5e-4 of w (0).
 *
 * Shapes:  w [n_frames, side, side], r [n_frames - 1, side, side]: boxes of real modes of
 *          PISD_BASIS_PERIODIC, orthonormal on the benchmark's nodes, wave numbers up to `reach`.
 * Threads: one a thread (scratch inside).
 * Source:  Cox and Matthews, Exponential time differencing for stiff systems (2002), as a residual;
 *          arXiv 2602.09708, the loss of the equation. */
#pragma once

#include "pisd-vorticity.h"

G_BEGIN_DECLS

typedef struct _PisdFlowResidual PisdFlowResidual;

/* Of the shape all but size and steps; four frames at least. */
PisdFlowResidual *pisd_flow_residual_new (const PisdVorticityShape *shape, guint reach);
void pisd_flow_residual_free (PisdFlowResidual *residual); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFlowResidual, pisd_flow_residual_free)

/* Modes along an axis: 2 reach + 1. */
guint pisd_flow_residual_get_side (const PisdFlowResidual *residual);
void pisd_flow_residual_apply (PisdFlowResidual *residual, const double *w, double *r);
/* g = (d r / d w)' q at the w that was applied last.  g: [n_frames, side, side], may not be q. */
void pisd_flow_residual_vjp (PisdFlowResidual *residual, const double *q, double *g);

G_END_DECLS
