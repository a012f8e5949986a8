/* One whole run, blocking: instance and sensors in, samples and figures out. */
#pragma once

#include "pisd-channel.h"
#include "pisd-conditioning.h"
#include "pisd-denoiser.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Everything a report or a view needs of a finished (or stopped) run.  Immutable, counted
 * references. */
typedef struct
{
  PisdSettings settings;
  guint n_fields;
  guint n_samples;
  guint n_finished; /* as many, or 0 where a stopped run has finished none */
  gboolean
      complete; /* FALSE: stopped; the fields are those of the finished samples, without any of them sample 0's last
                        denoised estimate */
  PisdField *mean[PISD_MAX_FIELDS];
  PisdField *sd[PISD_MAX_FIELDS];   /* over the samples, divisor M - 1; NaN for one sample */
  double *samples[PISD_MAX_FIELDS]; /* [n_samples, PISD_GRID, PISD_GRID] */
  guint n_steps;                    /* steps done */
  guint n_evaluations;              /* denoiser evaluations of one sample */
  double (*losses)[PISD_N_TERMS];   /* [n_steps], of sample 0 */
  double setup_seconds, seconds;    /* before the first step, and in all */
  /* |residual| / |source| over the interior: of the mean, and of the truth (NaN if unknown). */
  double residual_fd, residual_spectral;
  double truth_residual_fd, truth_residual_spectral;
  double errors[PISD_MAX_FIELDS]; /* of the mean against the truth; NaN if unknown */

  /*< private >*/
  gint ref_count;
} PisdResult;

PisdResult *pisd_result_ref (PisdResult *result);
void pisd_result_unref (PisdResult *result); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdResult, pisd_result_unref)

/* Called between steps from the calling thread: steps done of all samples' steps; FALSE stops the
 * run. */
typedef gboolean (*PisdProgress) (guint64 done, guint64 total, gpointer data);

/* Runs the scenario (not kept, not changed).  `channel` (nullable) shows sample 0, step by step, and the finished
 * samples; it holds, stops and re-weights all of them, and is cancelled when the run fails or `progress` stops it.
 * Samples are computed on `n_threads` threads (0: as many as the machine has cores); the bits do
 * not depend on it. Errors: whatever the settings' check reports, PISD_ERROR_NUMERIC (what, step,
 * term), PISD_ERROR_CANCELLED when stopped before the first step. */
PisdResult *pisd_run (const PisdScenario *scenario,
                      PisdChannel *channel,
                      guint n_threads,
                      PisdProgress progress,
                      gpointer data,
                      GError **error);
/* What one run can leave to the next: zero to begin with, contents private. */
typedef struct
{
  PisdPrior *prior;
  PisdConditioning *conditioning;
} PisdRunCache;

void pisd_run_cache_clear (PisdRunCache *cache);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdRunCache, pisd_run_cache_clear)

/* The same for one run after another: what `cache` holds is used where it fits the scenario, else replaced by what was
 * made instead, also where the run is stopped.  The bits do not depend on it.  Not from two threads at once. */
PisdResult *pisd_run_again (const PisdScenario *scenario,
                            PisdChannel *channel,
                            guint n_threads,
                            PisdProgress progress,
                            gpointer data,
                            PisdRunCache *cache,
                            GError **error);

G_END_DECLS
