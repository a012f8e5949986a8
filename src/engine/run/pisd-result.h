/* What comes out of a run: samples, their moments, and the numbers that say how good they are. */
#pragma once

#include "pisd-conditioning.h"
#include "pisd-consistency.h"
#include "pisd-scores.h"
#include "pisd-settings.h"
#include "pisd-solver.h"

G_BEGIN_DECLS

/* Everything a report or a view needs of a finished (or stopped) run.  Immutable once
 * it is filled. */
typedef struct
{
  PisdSettings settings;
  guint n_fields;
  guint n_samples;
  guint n_finished;  /* as many, or 0 where a stopped run has finished none */
  gboolean complete; /* FALSE: stopped; without a finished sample the fields are sample 0's last */
  PisdField *mean[PISD_MAX_FIELDS];
  PisdField *sd[PISD_MAX_FIELDS];   /* over the samples, divisor M - 1; NaN for one sample */
  double *samples[PISD_MAX_FIELDS]; /* [n_samples, n_frames, PISD_GRID, PISD_GRID] */
  guint n_steps;                    /* steps done */
  guint n_evaluations;              /* denoiser evaluations of one sample */
  gboolean is_branch;               /* of another run, ... */
  guint branch_step;                /* ... from that step on */
  double (*losses)[PISD_N_TERMS];   /* [n_steps], of sample 0 */
  double setup_seconds, seconds;    /* before the first step, and in all */
  /* |residual| / |source| over the nodes where the equation holds: of the mean, and of the truth
   * (NaN if unknown).  By differences only where the equation is said so; else NaN. */
  double residual_fd, residual_spectral;
  double truth_residual_fd, truth_residual_spectral;
  /* Of the mean's last frame against the truth, and of every frame; NaN if unknown. */
  double errors[PISD_MAX_FIELDS];
  double frame_errors[PISD_MAX_FIELDS][PISD_MAX_FRAMES];
  /* Root mean square of sample 0's latent, 1 for a draw of the prior; NaN: it has none. */
  double deviation;
  PisdConsistency consistency; /* of the readings */
} PisdResult;

/* Sample number `sample` of a field, in its shape; borrowed. */
double *pisd_result_get_sample (const PisdResult *result, guint field, guint sample);

/* What the samples are worth as a forecast of the truth's last frame, as errors are of that one;
 * NaN without a truth. */
PisdScores pisd_result_get_scores (const PisdResult *result,
                                   guint field,
                                   const PisdInstance *truth);
/* The CRPS of those alone. */
double pisd_result_get_crps (const PisdResult *result, guint field, const PisdInstance *truth);
/* Whether there is a spread: that of several samples, or that of the posterior. */
gboolean pisd_result_has_spread (const PisdResult *result);
/* The samples that mean and spread are estimated from, as pisd_calibration() asks; 0 where the
 * method knows both. */
guint pisd_result_count_estimating (const PisdResult *result);
/* Whether their spread, or that of the posterior where the method knows it, tells the error there:
 * pisd_calibration(). */
double pisd_result_get_calibration (const PisdResult *result,
                                    guint field,
                                    const PisdInstance *truth);

void pisd_result_free (PisdResult *result); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdResult, pisd_result_free)

/* For the run that makes it. */

/* Samples zero, moments zero, numbers NaN.  Errors: PISD_ERROR_LIMIT where the samples do not fit
 * into memory, or into one array of a file. */
PisdResult *pisd_result_new (const PisdSettings *settings, GError **error);
/* Finished samples move to the front and are counted; without any, the unfinished sample 0 is
 * what there is.
 * Shapes: finished: [settings.samples]. */
void pisd_result_compact (PisdResult *result, const gboolean *finished);
/* Mean and standard deviation of the samples. */
void pisd_result_fill_moments (PisdResult *result);
/* Mean and spread of the posterior itself, which are known without samples.  FALSE: cancelled, and
 * the mean is as it was. */
gboolean pisd_result_fill_exact_moments (PisdResult *result,
                                         PisdSolver *solver,
                                         PisdConditioning *conditioning,
                                         guint n_threads,
                                         PisdCancel *cancel);
/* Residuals of the mean, and with a truth (nullable) its residuals and the mean's errors. */
void pisd_result_fill_numbers (PisdResult *result, PisdSolver *solver, const PisdInstance *truth);

G_END_DECLS
