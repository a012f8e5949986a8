/* Second-order guidance: the denoised estimate conditioned on readings and equation,
 *   m* = m + C H' (H C H' + E)^-1 (y - H m),   C = Cov[z | x].
 *
 * One row of a table for each way to get there:
 *   closed form   decoupled space, Gaussian or isotropic covariance: pisd-conditioning.h
 *   systems       the same with a learned prior, a factored system every noise level:
 *                 pisd-systems.h
 *   products      everything else, by conjugate gradients on H C H' + E with products alone:
 *                 C v = c v (isotropic) or C v = sigma^2 J v with the denoiser's Jacobian J,
 *                 the exact covariance for the Gaussian prior; `gaussian` takes that of the
 *                 linear denoiser, `jacobian` the prior's own.
 * The rows of H are the sensors and, where neither space nor covariance obeys the equation, one
 * row z_u - R z_a = 0 a mode of u with noise pde_sd (hard: pde_sd = 0).  E holds the readings'
 * noise and the variance of the discarded modes, which the joint space must take for independent
 * noise.
 *
 * Source:  src/DESIGN.md, "Second order"; Song et al. 2023 (isotropic).
 * Threads: one a thread. */
#pragma once

#include "pisd-conditioning.h"
#include "pisd-denoiser.h"

G_BEGIN_DECLS

typedef struct _PisdSecondOrder PisdSecondOrder;

/* Representation and denoiser borrowed; `conditioning` borrowed, NULL where none is needed, with
 * the systems of the run's noise levels where these are. */
PisdSecondOrder *pisd_second_order_new (PisdRepresentation *representation,
                                        PisdDenoiser *denoiser,
                                        const PisdSettings *settings,
                                        const PisdSensors *sensors,
                                        PisdConditioning *conditioning);
void pisd_second_order_free (PisdSecondOrder *second_order); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSecondOrder, pisd_second_order_free)

/* m: [n], D (x, sigma) on entry, m* on return.  FALSE: cancelled, and m is as it was. */
gboolean pisd_second_order_correct (PisdSecondOrder *second_order,
                                    double sigma,
                                    const double *x,
                                    double *m);
/* Whether the term has rows: sensors of a field, or the equation's where they are asked for. */
gboolean pisd_second_order_has_term (const PisdSecondOrder *second_order, PisdTerm term);
/* What the misfits of such a term alone, at the estimate m, add to it: over all terms the
 * correction.  pull: [n].  FALSE: cancelled. */
gboolean pisd_second_order_pull (PisdSecondOrder *second_order,
                                 double sigma,
                                 const double *x,
                                 const double *m,
                                 PisdTerm term,
                                 double *pull);

G_END_DECLS
