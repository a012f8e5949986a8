/* The learned prior: what a network adds to the linear denoiser of a family,
 *
 *   D (x, sigma) = D_linear (x, sigma) + c_out F (c_in x, sigma, label)
 *   c_in = 1 / sqrt (sigma^2 + 1),  c_out = sigma c_in
 *
 * F works on the whitened grids of the latent.  The label is the family of the representation's
 * prior, or "any".
 *
 * Shapes:  x, m, v, out: [n] latents.
 * Source:  src/DESIGN.md, "The network"; Karras et al. 2022 (arXiv 2206.00364) for the factors.
 * Threads: PisdLearnedPrior is immutable and shared; PisdLearnedPart is one a thread. */
#pragma once

#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdLearnedPrior PisdLearnedPrior;

/* weights: path of a file of pisd-weights.h, NULL: those that come with the program.
 * Errors: PISD_ERROR_UNKNOWN where there is none or where it does not know the family;
 *         those of pisd_weights_load_from(), pisd_weights_check() and pisd_whitening_new(). */
PisdLearnedPrior *pisd_learned_prior_new (const char *weights,
                                          const PisdRepresentation *representation,
                                          GError **error);
void pisd_learned_prior_free (PisdLearnedPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLearnedPrior, pisd_learned_prior_free)

/* Variances of a decoupled latent's modes given a state of noise sigma, in units of the deviations r
 * (to the latent's scales) under the prior:
 *   gaussian   q sigma^2 / (r^2 + sigma^2), the family's Gaussian times the network's measured ratio
 *              of errors q (pisd-weights.h)
 *   isotropic  sigma^2 / (1 + sigma^2) / r^2, that of all families
 * c: [n]. */
void pisd_learned_prior_fill_variances (const PisdLearnedPrior *prior,
                                        const PisdRepresentation *representation,
                                        PisdCovarianceId covariance,
                                        double sigma,
                                        double *c);

typedef struct _PisdLearnedPart PisdLearnedPart;

/* One thread's network; prior and representation borrowed. */
PisdLearnedPart *pisd_learned_part_new (const PisdLearnedPrior *prior,
                                        const PisdRepresentation *representation);
void pisd_learned_part_free (PisdLearnedPart *part); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLearnedPart, pisd_learned_part_free)

/* m += c_out F (c_in x, sigma, label); m may not be x. */
void pisd_learned_part_add (PisdLearnedPart *part, double sigma, const double *x, double *m);
/* out += (d (c_out F) / dx at x)' v; out may not be v. */
void pisd_learned_part_add_vjp (PisdLearnedPart *part,
                                double sigma,
                                const double *x,
                                const double *v,
                                double *out);

G_END_DECLS
