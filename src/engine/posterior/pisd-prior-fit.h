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
 * Of a flow whose later frames are read the log evidence is Laplace's: that of the readings as they
 * are seen from the mode.  The maximum under one linearisation leads to another mode and another
 * linearisation, and so on until the numbers move by less than a fiftieth; a step after which the
 * log evidence is smaller by half a unit or more is halved.  Where they stay, the slopes that
 * Fisher's identity says are zero: there expectation and maximisation with the linearised posterior
 * would stay, too, which need many more steps.
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
  guint n_evaluations, n_linearised;
} PisdPriorFit;

/* Hears on the computing thread how often a flow has been linearised anew so far: five times or so
 * are enough, each of some seconds. */
typedef void (*PisdPriorFitFunc) (guint n_linearised, gpointer data);

/* Begins at what the scenario's settings say.  func: may be NULL. */
gboolean pisd_prior_fit_compute (const PisdScenario *scenario,
                                 guint n_threads,
                                 PisdPriorFitFunc func,
                                 gpointer data,
                                 PisdCancel *cancel,
                                 PisdPriorFit *fit,
                                 GError **error);
/* The settings with what was fitted. */
void pisd_prior_fit_apply (const PisdPriorFit *fit, PisdSettings *settings);

G_END_DECLS
