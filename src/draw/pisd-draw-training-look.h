/* All that is drawn of the runs of a group, brought up to date from their logs: courses, and what
 * the networks have learned, as a function on a line or as panels on a grid.
 *
 * Threads: one at a time. */
#pragma once

#include "pisd-draw-training-figure.h"
#include "pisd-regression-runs.h"

G_BEGIN_DECLS

typedef struct _PisdTrainingLook PisdTrainingLook;

/* runs: borrowed. */
PisdTrainingLook *pisd_training_look_new (const PisdRegressionRuns *runs);
void pisd_training_look_free (PisdTrainingLook *look); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrainingLook, pisd_training_look_free)

/* The run whose layers, laws, direction and panels are shown. */
void pisd_training_look_watch (PisdTrainingLook *look, guint run);
void pisd_training_look_set_logarithmic (PisdTrainingLook *look, gboolean logarithmic);
/* flags: [n], copied: where the rate was changed. */
void pisd_training_look_set_flags (PisdTrainingLook *look, guint n, const double *flags);
/* logs: [n_runs], borrowed until the next update.  Evaluates the networks at their newest
 * snapshots. */
void pisd_training_look_update (PisdTrainingLook *look, const PisdRegressionLog *const *logs);

/* Borrowed; what they hold changes with the next update. */
const PisdTrainingCourses *pisd_training_look_get_courses (const PisdTrainingLook *look);
/* NULL: on a grid. */
const PisdTrainingFunction *pisd_training_look_get_function (const PisdTrainingLook *look);
/* [PISD_TRAINING_PANELS]; NULL: on a line. */
const PisdPanel *pisd_training_look_get_panels (const PisdTrainingLook *look);

G_END_DECLS
