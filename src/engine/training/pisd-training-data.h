/* Latents that a network is trained on and held against, made when they are asked for.
 *
 * Every one has an address, (set, index), and is computed from it alone: a training that goes on
 * needs no more than the number of its next step.
 *
 * Threads: one a thread.
 * Source:  src/DESIGN.md, "The learned prior". */
#pragma once

#include "pisd-flow-pool.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_DATA_TRAINING,   /* by the plan's seed */
  PISD_DATA_VALIDATION, /* the same for every training */
  PISD_DATA_REFERENCE,  /* what the best linear denoiser is fitted to */
  PISD_DATA_ERRORS      /* what a network's errors, mode by mode, are measured on */
} PisdDataSet;

typedef struct _PisdTrainingData PisdTrainingData;

/* seed: of the training set.  The representation is borrowed, scratch and all, and so is the pool,
 * from which flows of the training set are taken, moved by the equation's symmetries. */
PisdTrainingData *pisd_training_data_new (PisdRepresentation *representation,
                                          guint64 seed,
                                          PisdFlowPool *pool);
void pisd_training_data_free (PisdTrainingData *data); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrainingData, pisd_training_data_free)

/* The latent of a random instance of that family; z: [n]. */
void pisd_training_data_draw (PisdTrainingData *data,
                              PisdDataSet set,
                              PisdFamily family,
                              guint64 index,
                              double *z);

G_END_DECLS
