/* One thread's part of a training step: a few fields, their loss and its gradient.
 *
 *   D (x, sigma) = D_linear (x, sigma; label) + c_out F (c_in x, sigma, label)
 *   loss = |D - z|^2 / c_out^2 = |F - (z - D_linear) / c_out|^2, averaged over batch and modes
 *   c_in = 1 / sqrt (sigma^2 + 1), c_out = sigma c_in
 *
 * which is EDM's weighting for latents of unit variance.  The labels of some fields are kept from
 * the network, which is told "any" of them.
 *
 * Threads: one a thread.
 * Source:  Karras et al. 2022 (arXiv 2206.00364), table 1; Ho and Salimans 2022 (arXiv 2207.12598)
 *          for the labels. */
#pragma once

#include "pisd-error-table.h"
#include "pisd-training-latents.h"

G_BEGIN_DECLS

typedef struct _PisdTrainingPart PisdTrainingPart;

/* batch: fields at once.  The latents are borrowed. */
PisdTrainingPart *pisd_training_part_new (const PisdTrainingPlan *plan,
                                          const PisdTrainingLatents *latents,
                                          guint batch);
void pisd_training_part_free (PisdTrainingPart *part); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrainingPart, pisd_training_part_free)

void pisd_training_part_load (PisdTrainingPart *part, const float *parameters);
/* The loss of fields number first, first + 1, ... of the training set, and its gradient, both
 * divided by the plan's whole batch.  gradient: [n_parameters], overwritten. */
double pisd_training_part_step (PisdTrainingPart *part, guint64 first, float *gradient);

/* Errors |D - z|^2 / n, summed over the batch, of fields of one family from the validation set with
 * noise of one level, of the network and of its linear denoiser. */
typedef struct
{
  double network, linear;
} PisdErrors;

/* z, x: [batch, n] latents without and with noise. */
PisdErrors pisd_training_part_measure (PisdTrainingPart *part,
                                       guint label,
                                       double sigma,
                                       const double *z,
                                       const double *x);

/* What an error table is made of, mode by mode: [n] sums of F^2, F t and t^2. */
typedef struct
{
  double *network, *both, *linear;
} PisdProducts;

/* Adds those of a batch. */
void pisd_training_part_add_products (PisdTrainingPart *part,
                                      guint label,
                                      double sigma,
                                      const double *z,
                                      const double *x,
                                      const PisdProducts *products);
/* Whose gains pisd_training_part_measure() gives the network; borrowed; NULL: 1. */
void pisd_training_part_set_errors (PisdTrainingPart *part, const PisdErrorTable *errors);

PisdTrainingTools *pisd_training_part_get_tools (PisdTrainingPart *part);

G_END_DECLS
