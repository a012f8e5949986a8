/* A prior made ready, and its denoiser D(x, sigma) = E[z | x], x = z + sigma n, with the
 * transpose of its Jacobian.
 *
 * One row of a table a prior: how it is made ready and what denoises.  `gaussian` is exact and
 * linear,
 *   D = B (sigma^2 I + B'B)^-1 B' x   with z = B xi in the joint space,
 *   D = x / (1 + sigma^2)             in the decoupled space, and the like where the latent's
 *                                     scales are those of another family (pisd-diagonal-prior.h);
 * of an equation that is not linear the joint one is the best linear denoiser of its frames
 * (pisd-frames-prior.h).
 * `learned` adds a network's correction to that (pisd-learned-prior.h).
 * `socket` is whatever another process says (pisd-socket-prior.h).
 *
 * Source: src/DESIGN.md, "Priors and denoisers".
 * Threads: a denoiser has scratch space, one a thread; the prior behind it is immutable and
 * shared. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

/* What denoisers share: costly to make, immutable, counted references. */
typedef struct _PisdPrior PisdPrior;

/* Seconds where it has tables to make: see pisd-gaussian-prior.h and pisd-frames-prior.h.
 * n_threads as in pisd_parallel().
 * Errors: PISD_ERROR_CANCELLED; those of pisd_frames_prior_new() and pisd_learned_prior_new(). */
PisdPrior *pisd_prior_new (PisdPriorId id,
                           const PisdRepresentation *representation,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error);
/* What priors other than the Gaussian one are told beside their representation. */
typedef struct
{
  const char *weights; /* path of a file of pisd-weights.h; NULL: what comes with the program */
  double class_weight; /* w of pisd-learned-prior.h, 1: the label alone */
  const char *socket;  /* name of another process's socket; NULL: none */
  double seconds;      /* how long an answer of it may take */
} PisdLearned;

gboolean pisd_learned_equal (const PisdLearned *a, const PisdLearned *b);
/* The same with that; NULL: the program's own weights and 1. */
PisdPrior *pisd_prior_new_weighted (PisdPriorId id,
                                    const PisdLearned *learned,
                                    const PisdRepresentation *representation,
                                    guint n_threads,
                                    PisdCancel *cancel,
                                    GError **error);
/* What it was made with; texts are borrowed. */
PisdLearned pisd_prior_get_learned (const PisdPrior *prior);
/* Whether it is that prior, ready for such a representation. */
gboolean pisd_prior_fits (const PisdPrior *prior,
                          PisdPriorId id,
                          const PisdRepresentation *representation);
/* Variances of a decoupled latent's modes given a state of noise sigma, in units of the deviations
 * under the prior of the representation that the prior was made for: c [n].  Of a learned prior
 * alone. */
void pisd_prior_fill_variances (const PisdPrior *prior,
                                const PisdRepresentation *representation,
                                PisdCovarianceId covariance,
                                double sigma,
                                double *c);
PisdPrior *pisd_prior_ref (PisdPrior *prior);
void pisd_prior_unref (PisdPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPrior, pisd_prior_unref)

typedef struct _PisdDenoiser PisdDenoiser;

/* The prior's own denoiser.  Representation borrowed (its scratch is used), prior kept by
 * reference; it has to fit. */
PisdDenoiser *pisd_denoiser_new (PisdPrior *prior, PisdRepresentation *representation);
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
/* A denoiser of another process may have to wait, and may fail; others do neither. */

/* Whether what has failed is to be tried again, `waited` microseconds after it failed for the first
 * time; may block. */
typedef gboolean (*PisdBear) (const GError *failure, gint64 waited, gpointer data);
/* What is waited for says nothing, and may yet answer. */
typedef void (*PisdSlow) (const GError *notice, gpointer data);

typedef struct
{
  PisdCancel *cancel; /* borrowed; NULL: nobody stops it */
  PisdBear bear;      /* NULL: never */
  PisdSlow slow;      /* NULL: nobody is told */
  double slow_after;  /* s */
  gpointer data;
} PisdDenoiserWatch;

void pisd_denoiser_watch (PisdDenoiser *denoiser, const PisdDenoiserWatch *watch);
/* Why the estimates since the last call were not made, the stop among the reasons; owned, NULL:
 * they were.  What such a call was to fill is as it was. */
GError *pisd_denoiser_take_failure (PisdDenoiser *denoiser);

/* The same of the linear denoiser that a learned one adds to; of others their own. */
void pisd_denoiser_linear_vjp (PisdDenoiser *denoiser, double sigma, const double *v, double *out);

G_END_DECLS
