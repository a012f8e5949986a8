/* Adam with a step size that depends on a mode's frequency, or with one for all.
 *
 *   x -= rate (|k|) Mhat / (sqrt (Vhat) + 1e-8)
 *   rate (|k|) = low (r + (1 - r) / (1 + exp ((|k| - cutoff) / 10))),  r = high / low
 *
 * Mhat and Vhat are the bias-corrected moments of the gradient, |k| comes from zero-based indices.
 *
 * Threads: one a thread.
 * Source:  Kingma and Ba 2015; the frequency weight is arXiv 2602.09708's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdOptimizer PisdOptimizer;

/* frequency: [n] |k| of every entry (copied); NULL: 0 for all. */
PisdOptimizer *pisd_optimizer_new (gsize n, const double *frequency);
void pisd_optimizer_free (PisdOptimizer *optimizer); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdOptimizer, pisd_optimizer_free)

void pisd_optimizer_set_rates (PisdOptimizer *optimizer, double low, double high, double cutoff);
/* The same for all frequencies. */
void pisd_optimizer_set_rate (PisdOptimizer *optimizer, double rate);
/* rate (|k|) of these. */
double pisd_optimizer_get_rate (double low, double high, double cutoff, double frequency);
/* gradient, x: [n]; x is updated in place.  A zero gradient history leaves x as it is. */
void pisd_optimizer_step (PisdOptimizer *optimizer,
                          double beta1,
                          double beta2,
                          const double *gradient,
                          double *x);
/* moments: [2 n + 2], all that its steps depend on but for rates and betas; as they are now, and
 * back. */
void pisd_optimizer_get_moments (const PisdOptimizer *optimizer, double *moments);
void pisd_optimizer_set_moments (PisdOptimizer *optimizer, const double *moments);

G_END_DECLS
