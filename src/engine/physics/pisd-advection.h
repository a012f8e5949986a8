/* How vorticity is carried along by the flow that it makes, on the periodic unit square.
 *
 *   velocity v = (psi_y, -psi_x), -lap psi = w, as one complex field z = u + i v
 *   N (w) = P (v . grad w) = P (1/2 Im D^2 z^2), D = d/dx - i d/dy
 *
 * P keeps |ky|, |kx| <= reach < size / 3.  What z^2 aliases then falls outside, so v . grad w and
 * its form by products of velocities are the same to rounding, and N needs two complex transforms,
 * of z and of z^2, as do its tangent and its adjoint.
 *
 * Shapes:  vorticity by its half plane (pisd-half-plane.h) of the reach; z [size, size] at nodes.
 * Threads: immutable; z and scratch are the caller's planes of size [size, size].
 * Source:  Basdevant, Journal of Computational Physics 50 (1983) 209: fewest transforms;
 *          arXiv 2602.09708, the benchmark's Navier-Stokes equation. */
#pragma once

#include "pisd-half-plane.h"

G_BEGIN_DECLS

typedef struct _PisdAdvection PisdAdvection;

/* size: even, 8 at least. */
PisdAdvection *pisd_advection_new (guint size);
void pisd_advection_free (PisdAdvection *advection); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdAdvection, pisd_advection_free)

/* Largest wave number along an axis of a grid of that size. */
guint pisd_advection_reach_of (guint size);
guint pisd_advection_get_reach (const PisdAdvection *advection);
/* n planes of zeros; free with pisd_plane_free_values(). */
PisdComplex *pisd_advection_new_values (const PisdAdvection *advection, guint n);

/* z of w.  */
void pisd_advection_get_velocity (const PisdAdvection *advection,
                                  const PisdComplex *w,
                                  PisdComplex *z);
/* n = N (w) of the w whose velocity is z.  Returns the largest speed squared at nodes, NaN where
 * one is not a number. */
double pisd_advection_apply (const PisdAdvection *advection,
                             const PisdComplex *z,
                             PisdComplex *scratch,
                             PisdComplex *n);
/* n = N' (w) d. */
void pisd_advection_apply_tangent (const PisdAdvection *advection,
                                   const PisdComplex *z,
                                   const PisdComplex *d,
                                   PisdComplex *scratch,
                                   PisdComplex *n);
/* n = N' (w)* p, the adjoint in the mean square over the unit square. */
void pisd_advection_apply_adjoint (const PisdAdvection *advection,
                                   const PisdComplex *z,
                                   const PisdComplex *p,
                                   PisdComplex *scratch,
                                   PisdComplex *n);

G_END_DECLS
