/* The best linear denoiser of an equation that is not linear, from simulated instances.
 *
 * Every mode k, of the basis that all fields share, has a vector x_k of its amplitudes in all
 * frames of all fields.  Its mean mu_k is not zero where a force drives it; its covariance C_k is
 * pooled over modes of the same wave numbers up to sign and exchange of axes.  Modes of different
 * waves are taken for independent, as they are but for the force's small part in it:
 *   D_k = mu_k + C_k (C_k + sigma^2 I)^-1 (x_k - mu_k)
 *
 * Shapes:  latents [n_frames of all fields, modes].
 * Source:  src/DESIGN.md, "Priors and denoisers".
 * Threads: immutable, any number at once. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdFramesPrior PisdFramesPrior;

/* A second of one core: PISD_FRAMES_PRIOR_DRAWS instances.  n_threads as in pisd_parallel();
 * the bits do not depend on it.
 * Errors: PISD_ERROR_CANCELLED; PISD_ERROR_UNKNOWN where the fields have different bases. */
#define PISD_FRAMES_PRIOR_DRAWS 96
PisdFramesPrior *pisd_frames_prior_new (const PisdRepresentation *representation,
                                        guint n_threads,
                                        PisdCancel *cancel,
                                        GError **error);
void pisd_frames_prior_free (PisdFramesPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFramesPrior, pisd_frames_prior_free)

/* Whether it is the one of such a representation: same equation, modes and scales. */
gboolean pisd_frames_prior_fits (const PisdFramesPrior *prior,
                                 const PisdRepresentation *representation);
/* [n] of the latent's mean. */
const double *pisd_frames_prior_get_mean (const PisdFramesPrior *prior);
/* What the denoiser is made of, for somebody who makes it elsewhere: the class of each mode of a
 * frame, and C of each class.
 * Shapes: mode_class: [modes]; covariance: [classes, n_frames, n_frames]. */
guint pisd_frames_prior_count_classes (const PisdFramesPrior *prior);
guint pisd_frames_prior_count_frames (const PisdFramesPrior *prior);
void pisd_frames_prior_fill_tables (const PisdFramesPrior *prior,
                                    double *mode_class,
                                    double *covariance);
/* m = C (C + sigma^2 I)^-1 x for all modes, the denoiser's Jacobian; m may be x.
 * Shapes: x, m: [n]; scratch: [2, n]. */
void pisd_frames_prior_shrink (const PisdFramesPrior *prior,
                               double sigma,
                               const double *x,
                               double *m,
                               double *scratch);

G_END_DECLS
