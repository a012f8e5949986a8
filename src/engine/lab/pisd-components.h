/* Principal components: the few directions in which samples differ most, as the latent space of
 * latent diffusion.
 *
 *   z_k = v_k' (x - mean) / sd_k,  x = mean + sum over kept k of sd_k z_k v_k
 *
 * with v_k, sd_k^2 the eigenvectors and eigenvalues of the samples' covariance, largest first.
 *
 * Shapes:  samples [n, d], latents [n, n_kept].
 * Threads: constant once they are made: any. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

typedef struct
{
  guint d, n_kept;
  double *mean;    /* [d] */
  double *vectors; /* [n_kept, d] */
  double *sd;      /* [n_kept] */
  double share;    /* of the whole variance, by the components kept */
} PisdComponents;

/* n_kept <= d; NULL where cancelled. */
PisdComponents *pisd_components_new (guint d,
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
