/* A few orthonormal directions v_k as the latent space of latent diffusion.
 *
 *   z_k = v_k' (x - mean) / sd_k,  x = mean + sum over kept k of sd_k z_k v_k
 *
 * components   principal ones, in which samples differ most: v_k and sd_k^2 are eigenvectors and
 *              eigenvalues of their covariance, largest first; mean is that of the samples
 * cosine       the modes (ky, kx) of lowest frequency ky^2 + kx^2 of an image's orthonormal DCT-II
 *              (pisd-basis.h), sd_k as the samples have it; mean is what these modes hold of the
 *              samples' mean, so that decoding what was encoded leaves the low frequencies of x
 *
 * Shapes:  samples [n, d], latents [n, n_kept]; an image is [side, side].
 * Threads: constant once they are made: any. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_LATENT_COMPONENTS,
  PISD_LATENT_COSINE,
  PISD_N_LATENTS
} PisdLatent;

/* "components", "cosine" */
const char *pisd_latent_get_name (PisdLatent id);

typedef struct
{
  PisdLatent id;
  guint d, n_kept;
  double *mean;    /* [d] */
  double *vectors; /* [n_kept, d] */
  double *sd;      /* [n_kept] */
  double share;    /* of the whole variance, by those kept */
} PisdComponents;

/* n_kept <= d, which for cosine modes is a square, of a side of at most PISD_GRID; NULL where
 * cancelled. */
PisdComponents *pisd_components_new (PisdLatent id,
                                     guint d,
                                     gsize n,
                                     const double *samples,
                                     guint n_kept,
                                     guint n_threads,
                                     PisdCancel *cancel);
void pisd_components_free (PisdComponents *components); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdComponents, pisd_components_free)

void pisd_components_encode (const PisdComponents *components, gsize n, const double *x, double *z);
void pisd_components_decode (const PisdComponents *components, gsize n, const double *z, double *x);

G_END_DECLS
