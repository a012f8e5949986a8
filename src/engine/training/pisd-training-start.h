/* A file that another program can begin a training with: the network's first parameters, and what
 * it adds to.
 *
 * File     safetensors, F32.  Metadata: as weights have them (format PISD_TRAINING_START_FORMAT),
 *          and plan, rate, limit, dropout, ln_sigma_mean, ln_sigma_sd, warm_up, batch and seed of
 *          the plan.  Tensors: the network's own, and, with F frames of K x K modes and 0 where a
 *          latent has no mode,
 *            linear.scale     [F, K, K]                 coefficient = scale z
 *            linear.jacobian  [labels + 1, F, F, K, K]  dD_i / dx_j of the linear denoiser at sigma
 *                                                       = 1, i and j frames of one mode
 *            linear.value     [labels + 1, F, K, K]     D (0) at sigma = 1
 *          from which follow covariance J (I - J)^-1 and mean (I - J)^-1 D (0) of every mode.
 * Errors   PISD_ERROR_RANGE where the linear denoiser mixes modes, as that of the joint space of a
 *          linear equation does; CANCELLED; those of representation and file
 * Source   tools/train_torch.py, which reads it */
#pragma once

#include "pisd-cancel.h"
#include "pisd-training-plan.h"

G_BEGIN_DECLS

#define PISD_TRAINING_START_FORMAT "pisd-start"

/* The plan is complete. */
gboolean pisd_training_start_save (const PisdTrainingPlan *plan,
                                   const char *path,
                                   guint n_threads,
                                   PisdCancel *cancel,
                                   GError **error);

G_END_DECLS
