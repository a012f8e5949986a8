/* A Gaussian prior of the decoupled latent whose modes are independent with standard deviations of
 * their own: that of one family in latents whose scales are another's, as those of a network are.
 *
 * Threads: immutable, any number at once.
 * Source:  src/DESIGN.md, "Priors and denoisers". */
#pragma once

#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdDiagonalPrior PisdDiagonalPrior;

/* NULL where the scales are the prior's own, and all modes unit normals. */
PisdDiagonalPrior *pisd_diagonal_prior_new (const PisdRepresentation *representation);
void pisd_diagonal_prior_free (PisdDiagonalPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiagonalPrior, pisd_diagonal_prior_free)

/* Whether it is the one of such a representation; of NULL, whether there unit normals are. */
gboolean pisd_diagonal_prior_fits (const PisdDiagonalPrior *prior,
                                   const PisdRepresentation *representation);
/* m_i = r_i^2 / (r_i^2 + sigma^2) x_i, sigma > 0; m may be x. */
void pisd_diagonal_prior_denoise (const PisdDiagonalPrior *prior,
                                  double sigma,
                                  const double *x,
                                  double *m);

G_END_DECLS
