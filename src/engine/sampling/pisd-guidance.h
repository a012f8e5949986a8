/* How first-order guidance steers a step: one row a method, how its loss is weighted and applied.
 *
 *   dps    x' -= sum zeta grad L, weights in two phases
 *   pisd   Adam on sum zeta grad L, with a step size that depends on a mode's frequency
 * Rows of methods without a gradient weigh nothing and apply nothing.
 *
 * Source:  Chung et al. 2023 (dps, as in DiffusionPDE's code); arXiv 2602.09708 (pisd).
 * Threads: one a thread. */
#pragma once

#include "pisd-loss.h"
#include "pisd-optimizer.h"

G_BEGIN_DECLS

typedef struct _PisdGuidance PisdGuidance;

PisdGuidance *pisd_guidance_new (PisdGuidanceId id, const PisdRepresentation *representation);
void pisd_guidance_free (PisdGuidance *guidance); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdGuidance, pisd_guidance_free)

PisdLossForm pisd_guidance_get_loss_form (const PisdGuidance *guidance);
/* Whether the method wants a gradient at all. */
gboolean pisd_guidance_uses_gradient (const PisdGuidance *guidance);
/* Weights in force in step `step` of n_steps: zeta as the method has it then, times its course at
 * the fraction step / n_steps of the run. */
void pisd_guidance_get_weights (const PisdGuidance *guidance,
                                const PisdGuidanceParameters *parameters,
                                guint step,
                                guint n_steps,
                                double zeta[PISD_N_TERMS]);
/* Whether what a step adds depends on the gradients of all steps before, too. */
gboolean pisd_guidance_remembers (const PisdGuidance *guidance);
/* moments: [2 n + 2], all that it remembers, where it does; as they are now, and back. */
void pisd_guidance_get_moments (const PisdGuidance *guidance, double *moments);
void pisd_guidance_set_moments (PisdGuidance *guidance, const double *moments);
/* The step size of a mode of that frequency, |k| of its zero-based indices; NaN where the method
 * has none. */
double pisd_guidance_get_rate (const PisdGuidance *guidance,
                               const PisdGuidanceParameters *parameters,
                               double frequency);
/* gradient: [n] of the weighted loss with respect to the state; x_next: [n], changed in place. */
void pisd_guidance_apply (PisdGuidance *guidance,
                          const PisdGuidanceParameters *parameters,
                          const double *gradient,
                          double *x_next);

G_END_DECLS
