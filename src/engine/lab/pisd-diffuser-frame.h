/* What a training of the diffusion lab has come to.
 * All its numbers are finite, but those of times that no sample has had: those are NaN.
 *
 * Threads: a frame never changes once it is shown: any; counted references. */
#pragma once

#include <stdatomic.h>

#include "pisd-diffuser-training.h"

G_BEGIN_DECLS

/* Most points of the loss's curve, and measurements. */
#define PISD_DIFFUSER_MOST_LOSSES 400
#define PISD_DIFFUSER_MOST_MEASURES 12
/* Samples of a measurement. */
#define PISD_DIFFUSER_N_PREVIEW 256

typedef struct
{
  double step;
  double samples; /* energy distance of samples to fresh data */
  double bits;    /* the variational bound per dimension, with the learned variance or the larger */
} PisdDiffuserMeasure;

typedef struct
{
  atomic_uint references;
  guint64 n_steps;
  double *parameters; /* the running mean */
  guint n_losses;     /* means over equal stretches, and the steps in the middle of each */
  double loss_steps[PISD_DIFFUSER_MOST_LOSSES], losses[PISD_DIFFUSER_MOST_LOSSES];
  double by_time[PISD_DIFFUSER_N_STRETCHES];
  guint n_measures;
  PisdDiffuserMeasure measures[PISD_DIFFUSER_MOST_MEASURES];
  double fresh;    /* energy distance of two fresh sets of that size */
  double *preview; /* [PISD_DIFFUSER_N_PREVIEW, dimension of the data]; NULL: none yet */
  char *failure;   /* why the training makes no more steps (pisd-divergence.h); NULL: it may */
} PisdDiffuserFrame;

/* A copy of what has been noted, with what the training has come to; n_preview: numbers. */
PisdDiffuserFrame *pisd_diffuser_frame_new (const PisdDiffuserFrame *noted,
                                            const PisdDiffuserTraining *training,
                                            gsize n_preview);
void pisd_diffuser_frame_unref (PisdDiffuserFrame *frame); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuserFrame, pisd_diffuser_frame_unref)

G_END_DECLS
