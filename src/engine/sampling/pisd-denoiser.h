/* A denoiser D(x, sigma) = E[z | x], x = z + sigma n, and the transpose of its Jacobian.
 *
 * An ops table: `gaussian` is the exact linear denoiser of the joint latent z = B xi, B = [I; R],
 *   D = B (sigma^2 I + B'B)^-1 B' x,
 * through the eigenvectors of B'B = I + R'R, which parity splits into four blocks.  A network is
 * one more row. Source: DESIGN sections 4 to 6. Threads: a denoiser has scratch space, one a
 * thread; the prior behind it is immutable and shared. */
#pragma once

#include "pisd-representation.h"

G_BEGIN_DECLS

/* The expensive part of the Gaussian prior: eigenvectors, counted references, safe to share. */
typedef struct _PisdGaussianPrior PisdGaussianPrior;

/* 0.1 to 0.2 s at K = 44 on one core, a few seconds at K = 64. */
PisdGaussianPrior *pisd_gaussian_prior_new (const PisdRepresentation *representation);
/* Whether it is the one of such a representation: same problem, same modes. */
gboolean pisd_gaussian_prior_fits (const PisdGaussianPrior *prior,
                                   const PisdRepresentation *representation);
PisdGaussianPrior *pisd_gaussian_prior_ref (PisdGaussianPrior *prior);
void pisd_gaussian_prior_unref (PisdGaussianPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdGaussianPrior, pisd_gaussian_prior_unref)

typedef struct _PisdDenoiser PisdDenoiser;

/* Representation borrowed (its scratch is used), prior kept by reference.  In the decoupled space
 * D = x / (1 + sigma^2), and `prior` may be NULL. */
PisdDenoiser *pisd_denoiser_new_gaussian (PisdRepresentation *representation,
                                          PisdGaussianPrior *prior);
void pisd_denoiser_free (PisdDenoiser *denoiser); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDenoiser, pisd_denoiser_free)

/* m = D(x, sigma); x, m: [n], may be the same array. */
void pisd_denoiser_denoise (PisdDenoiser *denoiser, double sigma, const double *x, double *m);
/* out = (dD/dx at x)' v; x, v, out: [n]; out may be v. */
void pisd_denoiser_vjp (PisdDenoiser *denoiser,
                        double sigma,
                        const double *x,
                        const double *v,
                        double *out);

G_END_DECLS
