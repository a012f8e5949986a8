/* The prior of another process: a model behind a local socket says D (x, sigma) and the transpose
 * of its Jacobian, and this program knows nothing else of it.
 *
 * Latents have the scales of the settings' Gaussian prior, which the model is told.
 *
 * Shapes:  x, m, v, out: [n] latents.
 * Threads: PisdSocketPrior is immutable and shared; PisdSocketPart, with a connection of its own,
 *          is one a thread.
 * Source:  src/DESIGN.md, "Models in other processes"; tools/pisd-bridge/PROTOCOL.md. */
#pragma once

#include "pisd-denoiser.h"

G_BEGIN_DECLS

typedef struct _PisdSocketPrior PisdSocketPrior;

/* Asks the model for its name, so that one that is not there is known before the first step.
 * Errors: PISD_ERROR_UNKNOWN where no socket was named; those of pisd_socket_hello_new() and
 *         pisd_socket_link_get_title(). */
PisdSocketPrior *pisd_socket_prior_new (const PisdLearned *learned,
                                        const PisdRepresentation *representation,
                                        guint n_threads,
                                        PisdCancel *cancel,
                                        GError **error);
void pisd_socket_prior_free (PisdSocketPrior *prior); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSocketPrior, pisd_socket_prior_free)
gboolean pisd_socket_prior_fits (const PisdSocketPrior *prior,
                                 const PisdRepresentation *representation);

typedef struct _PisdSocketPart PisdSocketPart;

/* One thread's connection; prior borrowed. */
PisdSocketPart *pisd_socket_part_new (const PisdSocketPrior *prior);
void pisd_socket_part_free (PisdSocketPart *part); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSocketPart, pisd_socket_part_free)

void pisd_socket_part_watch (PisdSocketPart *part, const PisdDenoiserWatch *watch);
/* As pisd_denoiser_take_failure(). */
GError *pisd_socket_part_take_failure (PisdSocketPart *part);

/* m = D (x, sigma); m may be x.  m is as it was where the model does not answer, and so is
 * everything until the failure is taken. */
void pisd_socket_part_denoise (PisdSocketPart *part, double sigma, const double *x, double *m);
/* out = (dD/dx at x)' v; out may be v; the same of failures. */
void pisd_socket_part_vjp (PisdSocketPart *part,
                           double sigma,
                           const double *x,
                           const double *v,
                           double *out);

G_END_DECLS
