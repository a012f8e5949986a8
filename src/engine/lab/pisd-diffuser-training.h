/* Training of a denoising network, step by step: a batch of samples that nobody has seen before, a
 * time and noise for each, Adam (pisd-optimizer.h), and a running mean of the parameters that
 * sampling uses.
 *
 * A batch is worked on in fixed parts (pisd-diffuser-part.h, which says what the loss is), whose
 * gradients are added in their order: the bits depend on the seed alone.
 *
 * Threads: one at a time; a step works on n_threads (0: as many as the machine has cores, or one
 *          where the step is short). */
#pragma once

#include "pisd-components.h"
#include "pisd-diffuser-plan.h"

G_BEGIN_DECLS

/* Loss per time is kept in so many stretches of equal length. */
#define PISD_DIFFUSER_N_STRETCHES 20

typedef struct _PisdDiffuserTraining PisdDiffuserTraining;

/* plan: copied, one that pisd_diffuser_plan_check() takes; data: borrowed; cancel: kept by
 * reference.  NULL where cancelled. */
PisdDiffuserTraining *pisd_diffuser_training_new (const PisdDiffuserPlan *plan,
                                                  const PisdLabData *data,
                                                  guint n_threads,
                                                  PisdCancel *cancel);
void pisd_diffuser_training_free (PisdDiffuserTraining *training); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuserTraining, pisd_diffuser_training_free)

/* One step; returns its loss, without what the bound adds.  NaN: the step is not made, and all
 * stays as it was, because it is cancelled or because loss or gradient are no finite numbers. */
double pisd_diffuser_training_step (PisdDiffuserTraining *training, guint n_threads);
/* What the rate would be at first, from the next step on. */
void pisd_diffuser_training_set_rate (PisdDiffuserTraining *training, double rate);

guint64 pisd_diffuser_training_get_n_steps (const PisdDiffuserTraining *training);
const PisdDiffuser *pisd_diffuser_training_get_diffuser (const PisdDiffuserTraining *training);
const PisdComponents *pisd_diffuser_training_get_components (
    const PisdDiffuserTraining *training); /* NULL: none */
/* The running mean: [n_parameters], borrowed until the next step. */
const double *pisd_diffuser_training_get_average (const PisdDiffuserTraining *training);
/* Mean unweighted losses of late, by time: [PISD_DIFFUSER_N_STRETCHES]; NaN: none yet. */
void pisd_diffuser_training_get_losses (const PisdDiffuserTraining *training, double *losses);

/* Samples of the data as the network has them, [n, dimension of the diffuser]; labels as in
 * pisd_lab_data_draw(). */
void pisd_diffuser_training_draw (const PisdDiffuserTraining *training,
                                  guint64 first,
                                  gsize n,
                                  double *x,
                                  guint *labels);
/* Back from the network's samples to those of the data. */
void pisd_diffuser_training_decode (const PisdDiffuserTraining *training,
                                    gsize n,
                                    const double *z,
                                    double *x);

G_END_DECLS
