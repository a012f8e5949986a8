/* What the prior has to allow a scenario's truth, so that the two are of one kind.
 *
 * The prior is that of a family of sources, and a random truth's own family is what it asks for; a
 * truth that is drawn or read is of no family, and the prior stays what it is.
 *
 * The benchmark's random fields have no mean, and its prior no mode for one: it takes a
 * source that has a mean for impossible and spends the readings on explaining it away.  The
 * prior of other sources that have a mean therefore gets that mode, with a standard deviation
 * that is large beside that of the other modes together (0.3 a node).  Priors of the other families
 * have the mean of these.
 * Source: src/DESIGN.md, "The prior's family and mean". */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* From 0.3 to 100 the exact posterior hardly depends on it; first-order methods lose accuracy
 * from 10 on. */
#define PISD_PRIOR_MEAN_SD 1.0

/* The setting prior-family that the truth asks for. */
PisdFamily pisd_prior_choose_family (const PisdScenario *scenario);
/* The setting mean-sd that the truth asks for under that prior: the family's own; under the
 * benchmark's 0 where the truth is not known, of the benchmark's family, or has no mean (less than
 * 1 % of its root mean square), PISD_PRIOR_MEAN_SD otherwise.  Some 3 ms. */
double pisd_prior_choose_mean_sd (const PisdScenario *scenario);
/* After a change of truth or prior: `after` gets the prior-family, or the mean-sd, that is asked
 * for where `before` had what was asked for there; one that somebody chose stays.  Laws that the
 * families do not have become the benchmark's. */
void pisd_prior_follow_family (const PisdScenario *before, PisdScenario *after);
void pisd_prior_follow_mean (const PisdScenario *before, PisdScenario *after);
/* Whether truth and prior are of one family and one law: a random instance under the Gaussian of
 * its own family, and readings without unknown noise.  Then its errors are on average those that the exact posterior expects. */
gboolean pisd_prior_is_of_truth (const PisdScenario *scenario);
/* Whether they are of one kind: that family is Gaussian, the benchmark's.  Only then is the exact
 * posterior mean the best possible estimate. */
gboolean pisd_prior_fits_truth (const PisdScenario *scenario);

G_END_DECLS
