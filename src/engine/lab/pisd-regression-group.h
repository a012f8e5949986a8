/* Several runs of the training lab at once, on the threads of a job: watched, held, led step by
 * step, stopped.
 *
 * The runs go on round by round: a piece of the job is the part of one run that leads to the next
 * row of its log.  Each run's bits are those of the run alone, whatever the number of threads and
 * whoever watches.  A run that fails ends; the others go on.
 *
 * Errors:  as of pisd_regression_new().
 * Threads: any; what makes a group also frees it. */
#pragma once

#include "pisd-regression-log.h"

G_BEGIN_DECLS

#define PISD_GROUP_MAX_RUNS 200

typedef struct _PisdRegressionGroup PisdRegressionGroup;

/* plans: [n_runs] (copied), alike but for seed and activation; `n_steps` of each; n_threads: 0: as
 * many as the machine has cores; held: waits for pisd_regression_group_allow(). */
PisdRegressionGroup *pisd_regression_group_new (const PisdRegressionPlan *const *plans,
                                                guint n_runs,
                                                guint64 n_steps,
                                                guint n_threads,
                                                gboolean held,
                                                GError **error);
/* Stops, and waits for a step at most. */
void pisd_regression_group_free (PisdRegressionGroup *group); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRegressionGroup, pisd_regression_group_free)

guint pisd_regression_group_get_n_runs (const PisdRegressionGroup *group);
const PisdRegressionPlan *pisd_regression_group_get_plan (const PisdRegressionGroup *group,
                                                          guint run);
guint64 pisd_regression_group_get_n_steps (const PisdRegressionGroup *group);

/* Rests at the end of the round, or goes on. */
void pisd_regression_group_hold (PisdRegressionGroup *group, gboolean held);
/* While it is held: one round more. */
void pisd_regression_group_allow (PisdRegressionGroup *group);
/* From the next round of each run on. */
void pisd_regression_group_set_rate (PisdRegressionGroup *group, double rate);
/* What is there stays; returns at once. */
void pisd_regression_group_stop (PisdRegressionGroup *group);
/* Waits until all runs are through, but not longer than that many microseconds. */
gboolean pisd_regression_group_wait (PisdRegressionGroup *group, gint64 microseconds);

gboolean pisd_regression_group_is_held (PisdRegressionGroup *group);
gboolean pisd_regression_group_is_through (PisdRegressionGroup *group);
gboolean pisd_regression_group_is_stopped (PisdRegressionGroup *group);
/* Steps done, of all runs. */
guint64 pisd_regression_group_get_done (PisdRegressionGroup *group);
/* A copy, or the same brought up to date. */
PisdRegressionLog *pisd_regression_group_dup_log (PisdRegressionGroup *group, guint run);
void pisd_regression_group_follow (PisdRegressionGroup *group, guint run, PisdRegressionLog *log);
/* Why a run has ended before its time; NULL: it has not. */
char *pisd_regression_group_dup_message (PisdRegressionGroup *group, guint run);

G_END_DECLS
