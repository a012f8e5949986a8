/* The Gaussian prior, and the noise, that make readings likeliest.
 *
 * Amplitude, tau and alpha, mean-sd and noise-sd maximise the log evidence, to which a weak prior
 * of theirs is added, so that a few readings do not run away: log amplitude is normal around the
 * amplitude that gives the readings the scale that they have, with a standard deviation of 3, log
 * tau around log 3 with 1.5, alpha around 2 with 1, log mean-sd around 0 with 2, and log noise-sd
 * around a hundredth of the readings' root mean square with 2.5.  What the readings say so little
 * of that the weak prior's standard deviation is hardly made smaller stays what it was before.
 * Standard errors come from the curvature at the maximum, the weak prior's included.
 *
 * Threads: any; works on n_threads as in pisd_parallel().
 * Errors:  those of PisdEvidence.
 * Source:  the maximiser is SLSQP of NLopt. */
#pragma once

#include "pisd-evidence.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_FITTED,    /* from the readings */
  PISD_UNTOLD,    /* the readings do not tell it: it stayed what it was */
  PISD_NOT_FITTED /* the prior has no such number */
} PisdFitted;

typedef struct
{
  PisdFitted kind[PISD_N_HYPERS];
  double before[PISD_N_HYPERS], after[PISD_N_HYPERS];
  double error[PISD_N_HYPERS]; /* standard error of those fitted: of alpha, and of the logarithms of
                                  the others, which is a share of them */
  double correlation; /* of the errors of log amplitude and log tau; NaN: not both are fitted */
  PisdEvidenceValue evidence_before, evidence_after;
  guint n_sites, n_used; /* readings at distinct places, and those of them that were looked at */
  guint n_evaluations;
} PisdPriorFit;

/* Begins at what the scenario's settings say. */
gboolean pisd_prior_fit_compute (const PisdScenario *scenario,
                                 guint n_threads,
                                 PisdCancel *cancel,
                                 PisdPriorFit *fit,
                                 GError **error);
/* The settings with what was fitted. */
void pisd_prior_fit_apply (const PisdPriorFit *fit, PisdSettings *settings);

G_END_DECLS
