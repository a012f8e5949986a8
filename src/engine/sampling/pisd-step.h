/* How a state gets from one noise level to the next, but for what guidance adds:
 *
 *   x' = alpha x + beta D + gamma n
 *
 * One row of a table a sampler; of two stages it is the predictor.
 *
 * Source:  as in pisd-sampler.h.
 * Threads: any. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  double alpha, beta, gamma;
} PisdStep;

/* From `sigma`, after churn, to `next`.  eta: of samplers that use it. */
void pisd_step_fill (PisdSamplerId sampler, double eta, double sigma, double next, PisdStep *step);

G_END_DECLS
