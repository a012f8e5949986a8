/* The exact flow of the conditioned prior: in every direction of posterior mean mu and variance v
 *   x' = mu + sqrt ((v + next^2) / (v + sigma^2)) (x - mu).
 *
 * It never leaves the span of its start and of the readings' rows, so it is followed in
 * coordinates there, or, where the factors go by modes, along the posterior's axes: a step costs
 * a few multiply-adds a coordinate, only looking at it costs products. Where the conditioning has
 * several rungs, the state is always that of the present rung's flow from the start: what ends is
 * the last rung's, as if there were no other.
 * Source: src/DESIGN.md, "Second order"; the flow is the probability-flow equation of arXiv
 * 2206.00364, solved in closed form.
 * Threads: one a thread, as the conditioning, which is borrowed. */
#pragma once

#include "pisd-conditioning.h"

G_BEGIN_DECLS

typedef struct _PisdFlow PisdFlow;

/* x: [kept modes], copied. */
PisdFlow *pisd_flow_new (PisdConditioning *conditioning, const double *x);
void pisd_flow_free (PisdFlow *flow); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFlow, pisd_flow_free)

void pisd_flow_step (PisdFlow *flow, double sigma, double next);
/* x: [kept modes], the state. */
void pisd_flow_get_state (PisdFlow *flow, double *x);
/* m: [kept modes], what pisd_conditioning_correct() makes of the state's denoised estimate
 * x / (1 + sigma^2). */
void pisd_flow_get_estimate (PisdFlow *flow, double sigma, double *m);

G_END_DECLS
