/* An estimate of a flow's beginning, or a draw of it, corrected by the flow itself, where factors
 * know the flow through a linearisation:
 *
 *   z <- z0 + [H T]' G^-1 (y + e - F (z) + [H T] (z - z0))
 *
 * on the rows that all draws share.  With z0 and e drawn from their priors it ends near the
 * minimiser of |z - z0|^2 + |y + e - F (z)|^2 / R, which bends the posterior where the flow is
 * not linear; with z0 = 0 and e = 0 near the mode.  A step that makes that sum larger is halved,
 * and what is too fast to be solved counts as infinitely large, so that the estimate is never
 * worse than what it began with.
 *
 * Shapes:  z [all modes of the factors], e [n].
 * Threads: one a thread; the factors are borrowed.
 * Source:  Oliver, He and Reynolds (1996), randomised maximum likelihood. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

typedef struct _PisdCorrection PisdCorrection;

/* Factors of a linearisation, prepared for means. */
PisdCorrection *pisd_correction_new (const PisdFactors *factors);
void pisd_correction_free (PisdCorrection *correction); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdCorrection, pisd_correction_free)

/* prior: z0, NULL for 0; noise: e, NULL for 0; z: what to begin with, and the result; n_most: of
 * steps.  FALSE: cancelled. */
gboolean pisd_correction_run (PisdCorrection *correction,
                              const double *prior,
                              const double *noise,
                              guint n_most,
                              PisdCancel *cancel,
                              double *z);

/* Root mean square of y + e - F (z) at the newest result, in standard deviations of R. */
double pisd_correction_get_misfit (const PisdCorrection *correction);

G_END_DECLS
