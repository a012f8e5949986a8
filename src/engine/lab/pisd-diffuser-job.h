/* A training of the diffusion lab on a thread of its own, which goes on, rests or makes single
 * steps, and shows what it has come to in frames that never change.
 *
 * Threads: any; counted references.  The thread ends soon after a stop, between two steps or blocks
 *          of a measurement. */
#pragma once

#include "pisd-diffuser-frame.h"
#include "pisd-diffuser-report.h"
#include "pisd-diffuser-sampling.h"

G_BEGIN_DECLS

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
/* Never goes on; it is idle once its thread has left what it was at. */
void pisd_diffuser_job_stop (PisdDiffuserJob *job);
/* Has nothing to do now: rests, has made all steps, has failed, or was stopped. */
gboolean pisd_diffuser_job_is_idle (PisdDiffuserJob *job);
/* Has shown its last step: all are made, or it has failed. */
gboolean pisd_diffuser_job_is_through (PisdDiffuserJob *job);

/* The newest frame, a reference of its own; NULL: none yet. */
PisdDiffuserFrame *pisd_diffuser_job_get_frame (PisdDiffuserJob *job);

/* Once there is a frame: borrowed, constant but for what steps change. */
const PisdDiffuserTraining *pisd_diffuser_job_get_training (PisdDiffuserJob *job);
const PisdLabData *pisd_diffuser_job_get_data (PisdDiffuserJob *job);

G_END_DECLS
