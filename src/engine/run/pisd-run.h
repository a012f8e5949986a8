/* One whole run, blocking: instance and sensors in, samples and numbers out. */
#pragma once

#include "pisd-branch.h"
#include "pisd-job.h"
#include "pisd-result.h"
#include "pisd-run-cache.h"

G_BEGIN_DECLS

/* For tests, and whoever makes one run only: runs the scenario (not kept, not changed).  `channel`
 * (nullable) shows sample 0, step by step, and the finished samples; it holds, stops and re-weights
 * all of them, and is cancelled when the run fails or `progress` stops it.  Samples are computed on
 * `n_threads` threads (0: as many as the machine has cores); the bits do not depend on it.
 *
 * Errors: what pisd_settings_check() reports, PISD_ERROR_NUMERIC (what, step, term),
 * PISD_ERROR_CANCELLED where it was stopped before the first step, PISD_ERROR_LIMIT where the exact
 * posterior of so many sensors does not fit into memory. */
PisdResult *pisd_run (const PisdScenario *scenario,
                      PisdChannel *channel,
                      guint n_threads,
                      PisdProgress progress,
                      gpointer data,
                      GError **error);
/* The same for one run after another, as both programs make them: what `cache` holds is used where
 * it fits the scenario, else replaced by what was made instead, also where the run is stopped while
 * it samples.  The bits do not depend on it.  Not from two threads at once. */
PisdResult *pisd_run_again (const PisdScenario *scenario,
                            PisdChannel *channel,
                            guint n_threads,
                            PisdProgress progress,
                            gpointer data,
                            PisdRunCache *cache,
                            GError **error);
/* The same, from a step of another run on (NULL: from the beginning); its frames up to there come
 * first.  Errors: those of pisd_branch_check() too. */
PisdResult *pisd_run_branch (const PisdScenario *scenario,
                             const PisdBranch *branch,
                             PisdChannel *channel,
                             guint n_threads,
                             PisdProgress progress,
                             gpointer data,
                             PisdRunCache *cache,
                             GError **error);

G_END_DECLS
