/* The training of a network: steps of gradient descent on data that are made on the way.
 *
 * What a step does depends on the plan and its own number alone, neither on the number of threads
 * nor on what was interrupted before it: randomness has an address, and the parts of a gradient
 * are added in one order.  A state that is saved and restored goes on bit for bit.
 *
 * File     safetensors, F32: parameters, their running mean, Adam's moments; metadata: the plan
 * Errors:  PISD_ERROR_CANCELLED; of files as in pisd-safetensors.h, and PISD_ERROR_FORMAT where
 *          they belong to another plan.
 * Threads: one at a time; it works on several of its own.
 * Source:  src/DESIGN.md, "The learned prior". */
#pragma once

#include "pisd-adam.h"
#include "pisd-validation.h"
#include "pisd-weights.h"

G_BEGIN_DECLS

typedef struct _PisdTraining PisdTraining;

/* The plan is complete; it is copied.  n_threads: 0: as many as the machine has cores. */
PisdTraining *pisd_training_new (const PisdTrainingPlan *plan,
                                 guint n_threads,
                                 PisdCancel *cancel,
                                 GError **error);
void pisd_training_free (PisdTraining *training); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTraining, pisd_training_free)

const PisdTrainingPlan *pisd_training_get_plan (const PisdTraining *training);
/* Once it is known, or another one than a restored state had. */
void pisd_training_set_n_steps (PisdTraining *training, guint64 n_steps);
guint64 pisd_training_get_step (const PisdTraining *training); /* steps done */
/* Parameters, running mean and moments; borrowed. */
const PisdAdam *pisd_training_get_state (const PisdTraining *training);

/* What a step found. */
typedef struct
{
  double loss; /* averaged over fields and modes; 1 for a network that does nothing, about */
  double norm; /* of the gradient */
  double rate;
} PisdTrainingReport;

/* One step; FALSE: cancelled, and nothing has changed. */
gboolean pisd_training_step (PisdTraining *training,
                             PisdCancel *cancel,
                             PisdTrainingReport *report);

/* A validation of this training's latents, which borrows it: see pisd_validation_new(). */
PisdValidation *pisd_training_new_validation (PisdTraining *training,
                                              guint n_fields,
                                              guint n_draws,
                                              PisdCancel *cancel);
/* Measures the running mean of the parameters. */
gboolean pisd_training_validate (PisdTraining *training,
                                 PisdValidation *validation,
                                 PisdCancel *cancel,
                                 PisdValidationRow *rows);

/* Begins with these instead: [n_parameters], of the plan's shape, and with what was measured of
 * them; errors: copied, or NULL. */
void pisd_training_set_parameters (PisdTraining *training,
                                   const float *parameters,
                                   const PisdErrorTable *errors);
/* Measures the running mean of the parameters mode by mode; validations know the gains from then
 * on, and weights have the table, until the next step.  n_fields: a label, rounded up to whole
 * parts.  FALSE: cancelled, and nothing has changed. */
gboolean pisd_training_measure_errors (PisdTraining *training, guint n_fields, PisdCancel *cancel);
/* NULL: nothing was measured of the parameters as they are. */
const PisdErrorTable *pisd_training_get_errors (const PisdTraining *training);

gboolean pisd_training_save (const PisdTraining *training, const char *path, GError **error);
gboolean pisd_training_restore_from (PisdTraining *training, PisdInput *input, GError **error);
/* The running mean of the parameters, with plan, steps and version described. */
PisdWeights *pisd_training_dup_weights (const PisdTraining *training);

G_END_DECLS
