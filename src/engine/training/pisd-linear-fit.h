/* The best linear denoiser of a family of sources, with the full covariance of their modes, fitted
 * to many of them: what a learned one has to beat.
 *
 *   D = C (C + sigma^2 I)^-1 x
 *
 * Families are as they are however the unit square is flipped or its axes exchanged, and whatever
 * the sign.  So there is no mean, modes of different parity on either axis are uncorrelated, and
 * every field counts twice.
 *
 * Shapes:  latents of the decoupled space, [n], in the cosine basis.
 * Threads: as in pisd_parallel(); immutable once it is made. */
#pragma once

#include "pisd-training-crew.h"

G_BEGIN_DECLS

typedef struct _PisdLinearFit PisdLinearFit;

/* NULL: cancelled.  modes: of the latent, borrowed. */
PisdLinearFit *pisd_linear_fit_new (PisdTrainingCrew *crew,
                                    const PisdModes *modes,
                                    PisdFamily family,
                                    guint n_draws,
                                    PisdCancel *cancel);
void pisd_linear_fit_free (PisdLinearFit *fit); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLinearFit, pisd_linear_fit_free)

/* m = D (x, sigma); x, m: [n]. */
void pisd_linear_fit_denoise (const PisdLinearFit *fit, double sigma, const double *x, double *m);

G_END_DECLS
