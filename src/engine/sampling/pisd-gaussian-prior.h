/* The costly part of the Gaussian prior of the joint latent z = B xi, B = [S; R S], xi unit
 * normals: the eigenvectors of B'B = S (I + R'R) S, which parity splits into four blocks.  S is
 * diagonal: the prior's standard deviations of the source's modes over the scales, 1 where the
 * scales are its own.
 *
 * Source: src/DESIGN.md, "Priors and denoisers".
 * Threads: immutable, any number at once. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdGaussianPrior PisdGaussianPrior;

/* 0.1 to 0.2 s at K = 44 on one core, a few seconds at K = 64.  n_threads as in pisd_parallel();
 * NULL: cancelled. */
PisdGaussianPrior *pisd_gaussian_prior_new (const PisdRepresentation *representation,
                                            guint n_threads,
                                            PisdCancel *cancel);
void pisd_gaussian_prior_free (PisdGaussianPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdGaussianPrior, pisd_gaussian_prior_free)

/* Whether it is the one of such a representation: same problem, modes, scales and prior. */
gboolean pisd_gaussian_prior_fits (const PisdGaussianPrior *prior,
                                   const PisdRepresentation *representation);
/* xi := S (sigma^2 I + B'B)^-1 S xi.
 * Shapes: xi: [n_a]; scratch: [2, n_a]. */
void pisd_gaussian_prior_shrink (const PisdGaussianPrior *prior,
                                 double sigma,
                                 double *xi,
                                 double *scratch);

G_END_DECLS
