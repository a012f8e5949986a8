/* The error table of a network: gains and ratios of its errors, mode by mode, over fields that
 * nobody trains on.
 *
 * Noise levels are 0.01 2^k; what is alike under an exchange of axes is averaged over it, where the
 * latent holds field 0 alone.  "Any" is asked about fields of every family in turn.
 *
 * Threads: one at a time; it works on the crew's. */
#pragma once

#include "pisd-training-crew.h"

G_BEGIN_DECLS

#define PISD_TRAINING_ERRORS_N_LEVELS 12

/* With the parameters that the crew has; n_fields: a label, a multiple of the crew's batch.  NULL:
 * cancelled. */
PisdErrorTable *pisd_training_errors_measure (const PisdTrainingPlan *plan,
                                              PisdTrainingCrew *crew,
                                              guint batch,
                                              guint n_fields,
                                              PisdCancel *cancel);

G_END_DECLS
