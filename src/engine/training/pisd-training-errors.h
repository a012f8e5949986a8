/* How good a network is, mode by mode: what second-order guidance makes its covariance of.
 *
 * Over fields that nobody trains on, at PISD_TRAINING_ERRORS_N_LEVELS noise levels 0.01 2^k: the
 * mean squared error of the network over that of the label's linear denoiser, averaged over both
 * orders of the axes.  "Any" is asked about fields of every family in turn.
 *
 * Threads: one at a time; it works on the crew's. */
#pragma once

#include "pisd-training-crew.h"
#include "pisd-weights.h"

G_BEGIN_DECLS

#define PISD_TRAINING_ERRORS_N_LEVELS 12

/* For latents of field 0 alone.  With the parameters that the crew has; n_fields: a label, a
 * multiple of the crew's batch.  FALSE: cancelled, and nothing is set. */
gboolean pisd_training_errors_measure (const PisdTrainingPlan *plan,
                                       PisdTrainingCrew *crew,
                                       guint batch,
                                       guint n_fields,
                                       PisdCancel *cancel,
                                       PisdWeights *weights);

G_END_DECLS
