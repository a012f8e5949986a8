/* How well a network denoises fields that it was not trained on, beside the best linear denoiser.
 *
 * The same fields and noise for every training of a problem: mean squared errors of latents, by
 * family and noise level.
 *
 * Threads: one at a time; it works on the crew's. */
#pragma once

#include "pisd-training-crew.h"

G_BEGIN_DECLS

#define PISD_VALIDATION_N_LEVELS 5

typedef struct
{
  PisdFamily family;
  double sigma;
  double network;  /* of the network, told the family */
  double diagonal; /* of its family's linear denoiser, which is what the network adds to */
  double linear;   /* of the best linear denoiser that is known */
} PisdValidationRow;

typedef struct _PisdValidation PisdValidation;

/* Plan and crew are borrowed; n_fields: a family, a multiple of the crew's batch.  n_draws: that
 * the best linear denoiser of sources is fitted to, where that is not the family's own one (0:
 * never).  NULL: cancelled. */
PisdValidation *pisd_validation_new (const PisdTrainingPlan *plan,
                                     PisdTrainingCrew *crew,
                                     guint batch,
                                     guint n_fields,
                                     guint n_draws,
                                     PisdCancel *cancel);
void pisd_validation_free (PisdValidation *validation); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdValidation, pisd_validation_free)

guint pisd_validation_get_n_rows (const PisdValidation *validation);
/* With the parameters that the crew has.  rows: [n_rows], by family, then level.  FALSE:
 * cancelled. */
gboolean pisd_validation_measure (PisdValidation *validation,
                                  PisdCancel *cancel,
                                  PisdValidationRow *rows);

G_END_DECLS
