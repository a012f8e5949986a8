/* The learned prior: what a network adds to the linear denoiser of a family,
 *
 *   D_label (x, sigma) = D_linear (x, sigma) + c_out F (c_in x, sigma, label)
 *   c_in = 1 / sqrt (sigma^2 + 1),  c_out = sigma c_in
 *   D = D_any + w (D_label - D_any)
 *
 * F works on the whitened grids of the latent.  The label is the family of the representation's
 * prior, and w the weight of the class: 1 leaves the label's own denoiser, 0 that of any family,
 * and only between and beyond these are both evaluated, in one pass.  Each label has the linear
 * denoiser of its own family, where the equation has several.
 *
 * Shapes:  x, m, v, out: [n] latents.
 * Source:  src/DESIGN.md, "The learned prior"; Karras et al. 2022 (arXiv 2206.00364) for the
 *          factors; Ho and Salimans 2022 (arXiv 2207.12598) for w, which is 1 plus theirs.
 * Threads: PisdLearnedPrior is immutable and shared; PisdLearnedPart is one a thread. */
#pragma once

#include "pisd-denoiser.h"

G_BEGIN_DECLS

typedef struct _PisdLearnedPrior PisdLearnedPrior;

/* Makes the linear denoisers ready as well; n_threads and cancel are for them.
 * Errors: PISD_ERROR_UNKNOWN where there are no weights or where they do not know the family;
 *         those of pisd_weights_load_from(), pisd_weights_check(), pisd_whitening_new() and
 *         pisd_prior_new(). */
PisdLearnedPrior *pisd_learned_prior_new (const PisdLearned *learned,
                                          const PisdRepresentation *representation,
                                          guint n_threads,
                                          PisdCancel *cancel,
                                          GError **error);
void pisd_learned_prior_free (PisdLearnedPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLearnedPrior, pisd_learned_prior_free)
gboolean pisd_learned_prior_fits (const PisdLearnedPrior *prior,
                                  const PisdRepresentation *representation);

/* Variances of a decoupled latent's modes given a state of noise sigma, in units of the deviations
 * r (to the latent's scales) under the prior; of the label itself, or of any family where the class
 * has no weight, whose own deviations the formula then has:
 *   gaussian   (1 + W (1 - q)) sigma^2 / (r^2 + sigma^2), the family's Gaussian, widened where the
 *              network's errors are q < 1 times those of the linear denoiser
 *              (pisd-error-table.h), as states that readings have moved are not those
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
                                        PisdRepresentation *representation);
void pisd_learned_part_free (PisdLearnedPart *part); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLearnedPart, pisd_learned_part_free)

/* m = D (x, sigma); m may be x. */
void pisd_learned_part_denoise (PisdLearnedPart *part, double sigma, const double *x, double *m);
/* out = (dD/dx at x)' v; out may be v. */
void pisd_learned_part_vjp (PisdLearnedPart *part,
                            double sigma,
                            const double *x,
                            const double *v,
                            double *out);
/* The linear denoiser that the first term's network adds to: that of the label itself, or of any
 * family where the class has no weight; borrowed. */
PisdDenoiser *pisd_learned_part_get_linear (const PisdLearnedPart *part);

G_END_DECLS
