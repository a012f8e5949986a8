/* How good an ensemble is as a forecast of the truth: proper scores, which are smallest on average
 * for samples of the truth's own distribution, so that spread and centre count in one number.
 *
 *   CRPS at a node  1/M sum_i |x_i - y|     - 1/(M (M - 1)) sum_{i<j} |x_i - x_j|
 *   energy score    1/M sum_i |X_i - Y|_2   - 1/(M (M - 1)) sum_{i<j} |X_i - X_j|_2
 *
 * With M - 1 in place of M they are unbiased: an ensemble's expected score is that of the
 * distribution it was drawn from, however few samples there are.
 *
 * Shapes: samples [n_samples, stride], of which the first values of each are in the truth's shape.
 * Units:  both relative to the truth: the mean CRPS over the nodes in units of the truth's root
 *         mean square, the energy score in units of its norm, so that the energy score of samples
 *         that are all 0 is 1.
 * Source: Gneiting & Raftery, Strictly Proper Scoring Rules, Prediction, and Estimation (2007), 4.2
 *         and 4.3; Ferro, Fair scores for ensemble forecasts (2014), for M - 1. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

/* So many samples are all held against one another; of more than that each against as many of
 * those that follow it as leave the energy score unbiased and the work bounded. */
#define PISD_SCORES_PAIRED 100

typedef struct
{
  double crps, energy;
} PisdScores;

/* The first of the two alone, for which samples are not held against one another.  NaN for a single
 * sample, and where the truth is zero. */
double pisd_scores_get_crps (const PisdField *truth,
                             const double *samples,
                             guint n_samples,
                             gsize stride);
/* NaN likewise. */
PisdScores pisd_scores (const PisdField *truth,
                        const double *samples,
                        guint n_samples,
                        gsize stride);

G_END_DECLS
