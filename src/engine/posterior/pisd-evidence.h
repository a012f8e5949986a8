/* How likely a set of readings is under a Gaussian prior, and which numbers of the prior make it
 * likelier.
 *
 *   log p (y) = -1/2 (y' G^-1 y + log det G + n log 2 pi),  G = sum_k s_k^2 h_k h_k' + R
 *
 * with s_k the prior's standard deviation of mode k, all modes of the grid, h_k what the sites read
 * of it, and R the readings' noise with the jitter of PisdFactors.  With q = G^-1 y the slope by a
 * number of which s_k depends is
 *
 *   1/2 tr ((q q' - G^-1) dG) = sum_k (d log s_k) s_k^2 ((h_k' q)^2 - h_k' G^-1 h_k).
 *
 * Among nodes of the source dG is a table, like G, and an evaluation takes some 30 ms for 500
 * readings; sites elsewhere are rows of modes, and take ten times as long.  Of more readings than
 * PISD_EVIDENCE_NODES, or where some are not on nodes PISD_EVIDENCE_ROWS, so many are used, chosen
 * at random and always the same ones.  Readings at one place count as one.
 *
 * Threads: one a thread (scratch inside); works on n_threads as in pisd_parallel(), and the bits do
 *          not depend on them.
 * Source:  C. E. Rasmussen and C. K. I. Williams, Gaussian processes for machine learning (2006),
 *          section 5.4.1. */
#pragma once

#include "pisd-hyper.h"
#include "pisd-sites.h"

G_BEGIN_DECLS

#define PISD_EVIDENCE_NODES 1000
#define PISD_EVIDENCE_ROWS 500

typedef struct
{
  double log_evidence;
  double ratio;                 /* sqrt (y' G^-1 y / n): 1 on average where the prior is right */
  double slopes[PISD_N_HYPERS]; /* of the log evidence; 0 where they were not asked for */
} PisdEvidenceValue;

typedef struct _PisdEvidence PisdEvidence;

/* Of the scenario's readings; equation and sensors are read.  from: of the same readings under
 * another prior, so that the way to a flow's mode is short; NULL: none.  most: of the readings that
 * are used where some are not on nodes; 0: as many as above.
 * Errors: PISD_ERROR_RANGE where there are no readings, or the prior is learned, under which they
 *         are not Gaussian; of a flow those of PisdNewton, CANCELLED among them. */
PisdEvidence *pisd_evidence_new (const PisdEvidence *from,
                                 const PisdScenario *scenario,
                                 guint most,
                                 guint n_threads,
                                 PisdCancel *cancel,
                                 GError **error);
void pisd_evidence_free (PisdEvidence *evidence); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdEvidence, pisd_evidence_free)

/* Whether readings are those of a flow at a mode, which is another one under another prior. */
gboolean pisd_evidence_is_linearised (const PisdEvidence *evidence);

/* Whether two scenarios have the same readings, equation and prior, and with them all that evidence
 * tells; method, weights and truth have no part in it. */
gboolean pisd_evidence_is_same (const PisdScenario *a, const PisdScenario *b);

/* Readings at distinct places, those of them that are used, and the root mean square of these. */
guint pisd_evidence_get_n_sites (const PisdEvidence *evidence);
guint pisd_evidence_get_n_used (const PisdEvidence *evidence);
double pisd_evidence_get_rms (const PisdEvidence *evidence);
/* Whether an evaluation takes ten times as long, because some are not on nodes of the source. */
gboolean pisd_evidence_is_slow (const PisdEvidence *evidence);

/* Under the Gaussian prior and the noise of these settings, which choose the same equation.
 * Errors: PISD_ERROR_CANCELLED; PISD_ERROR_NUMERIC where the covariance is no number. */
gboolean pisd_evidence_evaluate (PisdEvidence *evidence,
                                 const PisdSettings *settings,
                                 gboolean with_slopes,
                                 PisdCancel *cancel,
                                 PisdEvidenceValue *value,
                                 GError **error);

G_END_DECLS
