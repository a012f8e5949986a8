/* The velocity of a flow, at all nodes, by its vorticity on the periodic unit square.
 *
 *   z = u + i v,  (u, v) = (psi_y, -psi_x),  -lap psi = w - mean of w
 *
 * Derivatives are those of the trigonometric interpolant; the highest wave number of an axis, which
 * has no first derivative at the nodes, is left out.
 *
 * Shapes:  w [PISD_GRID, PISD_GRID], z [PISD_GRID, PISD_GRID].
 * Threads: scratch space inside, one a thread. */
#pragma once

#include "pisd-plane.h"

G_BEGIN_DECLS

typedef struct _PisdVelocity PisdVelocity;

PisdVelocity *pisd_velocity_new (void);
void pisd_velocity_free (PisdVelocity *velocity); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdVelocity, pisd_velocity_free)

/* z of w; borrowed, until the next call. */
const PisdComplex *pisd_velocity_compute (PisdVelocity *velocity, const double *w);

/* Shells of the energy's spectrum: those whose whole circle lies within the grid's modes. */
#define PISD_N_SHELLS (PISD_GRID / 2 - 1)

/* Energy by wave number: energy[k - 1] = sum over k - 1/2 <= |q| < k + 1/2 of |z (q)|^2 / 2, whose
 * sum over all shells is the mean of |v|^2 / 2.  energy: [PISD_N_SHELLS]. */
void pisd_velocity_compute_spectrum (PisdVelocity *velocity, const double *w, double *energy);

G_END_DECLS
