/* The runs of a group: several activations, several seeds each, alike in all else.
 *
 * Errors:  PISD_ERROR_LIMIT: more runs than a group holds.
 * Threads: one at a time. */
#pragma once

#include "pisd-regression-group.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_groups; /* activations */
  PisdActivation activations[PISD_N_ACTIVATIONS];
  guint n_runs, n_seeds;
  PisdRegressionPlan *plans[PISD_GROUP_MAX_RUNS]; /* run k: activation k / n_seeds */
  guint groups[PISD_GROUP_MAX_RUNS];
  char *names[PISD_GROUP_MAX_RUNS]; /* "gelu-3": activation and seed */
} PisdRegressionRuns;

/* Seeds plan->seed, plan->seed + 1, ...; plan: copied. */
PisdRegressionRuns *pisd_regression_runs_new (const PisdRegressionPlan *plan,
                                              guint n_activations,
                                              const PisdActivation *activations,
                                              guint n_seeds,
                                              GError **error);
void pisd_regression_runs_free (PisdRegressionRuns *runs); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRegressionRuns, pisd_regression_runs_free)

/* "p1 · 1-10-20-10-1 · Adam, rate 0.005, batch 100 · 3 seeds" */
char *pisd_regression_runs_dup_caption (const PisdRegressionRuns *runs);

G_END_DECLS
