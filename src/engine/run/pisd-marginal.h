/* One node of a field: what samples say of it, beside what the exact Gaussian posterior says.
 *
 * A histogram of the samples' values over equal intervals, of which the samples' own range has
 * ceil (1.5 sqrt n) and what is shown 8 to 48, and the number of samples that the Gaussian would
 * have around every place, in an interval as wide:
 *
 *   e (x) = n (Phi ((x + w/2 - mean) / sd) - Phi ((x - w/2 - mean) / sd))
 *
 * so that both are compared with one another, whatever the width w, and where the spread is zero.
 *
 * Threads: immutable. */
#pragma once

#include "pisd-result.h"

G_BEGIN_DECLS

/* What is marked and compared at the node; NaN: not known. */
typedef struct
{
  double truth, estimate;
  double exact_mean, exact_sd;
  double scale; /* size of the field: a hundredth of it is the least width that is shown */
} PisdMarginalBeside;

typedef struct
{
  guint n;         /* samples, 0: none; those that are no numbers are left out */
  double *values;  /* [n] ascending; NULL: of many nodes, they are only counted */
  double mean, sd; /* of the samples, divisor n - 1; NaN: too few */
  PisdMarginalBeside beside;
  double low, high; /* what is shown: all samples, the truth, three deviations of the Gaussian */
  guint n_bins;
  guint *counts;  /* [n_bins] */
  guint n_beyond; /* of those in the outermost bins: how many lie outside what is shown */
} PisdMarginal;

/* What is shown of standardised errors, to either side. */
#define PISD_MARGINAL_STANDARDIZED 5.0

/* Values [n], of which the finite ones are copied. */
PisdMarginal *pisd_marginal_new (guint n, const double *values, const PisdMarginalBeside *beside);
/* Of the finished samples of a result, at node (i, j) of a frame of a field. */
PisdMarginal *pisd_marginal_new_from_result (const PisdResult *result,
                                             guint field,
                                             guint frame,
                                             guint i,
                                             guint j,
                                             const PisdMarginalBeside *beside);
/* Standardised errors [n], which pisd_calibration() gives, of nodes of a field, between -5 and 5
 * beside the unit Gaussian; NaN where a node does not count.  Those beyond are in the outermost
 * bins.  `standardized` is not kept. */
PisdMarginal *pisd_marginal_new_standardized (gsize n, const double *standardized);
void pisd_marginal_free (PisdMarginal *marginal); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdMarginal, pisd_marginal_free)

double pisd_marginal_get_width (const PisdMarginal *marginal); /* w */
/* The interval that holds x, of those there are; what lies beyond is in the outermost ones. */
guint pisd_marginal_find_bin (const PisdMarginal *marginal, double x);
/* e (x); NaN where the exact posterior is not known. */
double pisd_marginal_get_expected (const PisdMarginal *marginal, double x);

G_END_DECLS
