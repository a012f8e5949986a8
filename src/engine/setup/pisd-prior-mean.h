/* What the prior has to allow a scenario's truth, so that the two are of one kind.
 *
 * The benchmark's random fields have no mean, and its prior has no mode for one: it takes a
 * source that has a mean for impossible and spends the readings on explaining it away.  The
 * prior of other sources that have a mean therefore gets that mode, with a standard deviation
 * that is large beside that of the other modes together (0.3 a node).
 * Source: src/DESIGN.md, "The prior's mean". */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* From 0.3 to 100 the exact posterior hardly depends on it; first-order methods lose accuracy
 * from 10 on. */
#define PISD_PRIOR_MEAN_SD 1.0

/* The setting mean-sd that the truth asks for: 0 where it is not known, of the benchmark's
 * family, or has no mean (less than 1 % of its root mean square), PISD_PRIOR_MEAN_SD otherwise.
 * Some 3 ms. */
double pisd_prior_choose_mean_sd (const PisdScenario *scenario);
/* After a change of the truth: `after` gets the mean-sd that its truth asks for where `before`
 * had that of its own; one that somebody chose stays. */
void pisd_prior_follow_truth (const PisdScenario *before, PisdScenario *after);
/* Whether truth and prior are of one kind: a random instance of the benchmark's family under
 * the benchmark's prior. Only then is the exact posterior mean the best possible estimate. */
gboolean pisd_prior_fits_truth (const PisdScenario *scenario);

G_END_DECLS
