/* A training of the diffusion lab on a thread of its own, which goes on, rests or makes single
 * steps, and shows what it has come to in frames that never change.
 *
 * Threads: any; counted references.  The thread ends soon after a stop, between two steps or blocks
 *          of a measurement. */
#pragma once

#include <stdatomic.h>

#include "pisd-diffuser-report.h"
#include "pisd-diffuser-sampling.h"
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

/* What a training has come to. */
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
} PisdDiffuserFrame;

void pisd_diffuser_frame_unref (PisdDiffuserFrame *frame); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuserFrame, pisd_diffuser_frame_unref)

typedef struct _PisdDiffuserJob PisdDiffuserJob;

/* It rests until it is told to run.  drawing: copied, NULL: none; n_steps: at which it ends. */
PisdDiffuserJob *pisd_diffuser_job_new (const PisdDiffuserPlan *plan,
                                        PisdLabDataId data,
                                        const PisdDrawing *drawing,
                                        guint64 n_steps,
                                        guint n_threads);
PisdDiffuserJob *pisd_diffuser_job_ref (PisdDiffuserJob *job);
/* The last one stops it and waits for its thread; NULL is fine. */
void pisd_diffuser_job_unref (PisdDiffuserJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuserJob, pisd_diffuser_job_unref)

void pisd_diffuser_job_run (PisdDiffuserJob *job);
void pisd_diffuser_job_pause (PisdDiffuserJob *job);
/* So many steps more, then it rests. */
void pisd_diffuser_job_step (PisdDiffuserJob *job, guint n);
void pisd_diffuser_job_set_rate (PisdDiffuserJob *job, double rate);
/* Never goes on. */
void pisd_diffuser_job_stop (PisdDiffuserJob *job);
/* Has nothing to do now: rests, or has made all steps. */
gboolean pisd_diffuser_job_is_idle (PisdDiffuserJob *job);
gboolean pisd_diffuser_job_is_through (PisdDiffuserJob *job);

/* The newest frame, a reference of its own; NULL: none yet. */
PisdDiffuserFrame *pisd_diffuser_job_get_frame (PisdDiffuserJob *job);

/* Once there is a frame: borrowed, constant but for what steps change. */
const PisdDiffuserTraining *pisd_diffuser_job_get_training (PisdDiffuserJob *job);
const PisdLabData *pisd_diffuser_job_get_data (PisdDiffuserJob *job);

G_END_DECLS
