/* Whether a training of the diffusion lab goes to pieces: its loss is no number any more, or has
 * been ten times that of a network that says nothing for a while.
 *
 *   r_k = r_(k-1) + (min (loss_k / nothing, 20) - r_(k-1)) / 50,   r_0 = 1,   diverges where
 *   r_k > 10
 *
 * A step counts as 20 times at most, so that one that goes far astray decides nothing.
 * Samples, noise and velocity have variance 1, so that the loss of a network that says 0 is the
 * mean weight over all times.
 *
 * Threads: one at a time. */
#pragma once

#include "pisd-diffuser-plan.h"

G_BEGIN_DECLS

typedef struct
{
  double nothing; /* the loss of a network that says 0 */
  double ratio;   /* r */
} PisdDivergence;

void pisd_divergence_init (PisdDivergence *divergence, const PisdDiffuserPlan *plan);
/* Takes the loss of a step, counted from 1; what is wrong and what to try, in the user's language;
 * NULL: nothing. */
char *pisd_divergence_note (PisdDivergence *divergence, guint64 step, double loss);

G_END_DECLS
