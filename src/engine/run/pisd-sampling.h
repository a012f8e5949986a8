/* The samples of a scenario, one a piece of a job: trajectories step by step, or draws from the
 * posterior itself.
 *
 * Threads: pisd_sampling_run() from one thread; the bits do not depend on how many it uses. */
#pragma once

#include "pisd-branch.h"
#include "pisd-job.h"
#include "pisd-result.h"
#include "pisd-run-cache.h"

G_BEGIN_DECLS

/* Fills the result's samples, and of sample 0 losses and numbers of steps.  The channel of the
 * job sees sample 0 step by step, and the finished ones.  `representation`: the scenario's;
 * `cache`: filled for it; `branch`: where the one sample begins, NULL: at the highest noise level.
 * `cancel`: looked at where the end of a sample takes long; a sample whose end was stopped is not
 * finished.
 * Errors: PISD_ERROR_NUMERIC (step, sample, term). */
gboolean pisd_sampling_run (PisdJob *job,
                            const PisdScenario *scenario,
                            const PisdBranch *branch,
                            const PisdRepresentation *representation,
                            const PisdRunCache *cache,
                            guint n_threads,
                            PisdCancel *cancel,
                            PisdResult *result,
                            GError **error);

G_END_DECLS
