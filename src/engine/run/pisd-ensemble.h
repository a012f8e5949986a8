/* What the finished samples of a run say so far.
 *
 * Threads: one at a time while it changes. */
#pragma once

#include "pisd-result.h"

G_BEGIN_DECLS

/* The samples of a run that are finished: their running mean and spread.  Immutable once it is
 * published. */
typedef struct
{
  guint n;
  guint n_fields;
  PisdField *mean[PISD_MAX_FIELDS];
  PisdField *sd[PISD_MAX_FIELDS]; /* divisor n - 1; NaN for n = 1 */
} PisdEnsemble;

PisdEnsemble *pisd_ensemble_new (PisdProblemId problem); /* fields zero, n = 0 */
void pisd_ensemble_free (PisdEnsemble *ensemble);        /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdEnsemble, pisd_ensemble_free)

/* For the run: sums of squared deviations stand in `sd` while samples are added. */

/* One more sample of a result. */
void pisd_ensemble_add (PisdEnsemble *sums, const PisdResult *result, guint sample);
/* Mean and spread of what was added, of the problem whose sums these are; owned. */
PisdEnsemble *pisd_ensemble_new_spread (const PisdEnsemble *sums, PisdProblemId problem);

G_END_DECLS
