/* The latents that a plan trains on, and the linear denoiser of each label in them: what all
 * threads of a training share, and one thread's tools made of it.
 *
 * The scales are pooled over the problem's families, so that one network serves all of them; the
 * linear denoiser of a label is that of its own family's Gaussian, of the last label, "any", that
 * of them all.
 *
 * Threads: PisdTrainingLatents is immutable; PisdTrainingTools are one a thread. */
#pragma once

#include "pisd-denoiser.h"
#include "pisd-training-data.h"
#include "pisd-training-plan.h"
#include "pisd-whitening.h"

G_BEGIN_DECLS

typedef struct _PisdTrainingLatents PisdTrainingLatents;

/* The plan is copied.  Errors: PISD_ERROR_CANCELLED, and those of the representation. */
PisdTrainingLatents *pisd_training_latents_new (const PisdTrainingPlan *plan,
                                                guint n_threads,
                                                PisdCancel *cancel,
                                                GError **error);
void pisd_training_latents_free (PisdTrainingLatents *latents); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrainingLatents, pisd_training_latents_free)

/* One thread's; labels run from 0 to PISD_N_FAMILIES at most. */
typedef struct
{
  gsize n; /* of a latent */
  guint n_labels;
  PisdRepresentation *representations[PISD_N_FAMILIES + 1];
  PisdDenoiser *denoisers[PISD_N_FAMILIES + 1];
  PisdTrainingData *data;
  PisdWhitening *whitening;
} PisdTrainingTools;

PisdTrainingTools *pisd_training_tools_new (const PisdTrainingLatents *latents);
void pisd_training_tools_free (PisdTrainingTools *tools); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrainingTools, pisd_training_tools_free)

G_END_DECLS
