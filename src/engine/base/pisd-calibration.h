/* Whether a spread tells the error as it is: errors in units of the spread.
 *
 * Shapes: truth, mean, sd and standardized have the same shape.
 * Units:  1 for a spread that is right, above it the spread is too small. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

/* Fewer samples leave the mean square of the standardised errors infinite. */
#define PISD_CALIBRATION_LEAST 4

/* Root mean square over the nodes of (truth - mean) / sd, divided by what it is on average for
 * samples of the true posterior.  `n_samples`: those that mean and sd (divisor M - 1) were computed
 * from, 0 where they are the distribution's own.  Nodes whose spread is less than 1e-4 of the
 * largest have been measured and do not count.  NaN for 1, 2 or 3 samples, and where no node
 * counts.  `standardized`, NULL or a field that receives (truth - mean) / sd, is NaN at nodes that
 * do not count. */
double pisd_calibration (const PisdField *truth,
                         const PisdField *mean,
                         const PisdField *sd,
                         guint n_samples,
                         PisdField *standardized);

G_END_DECLS
