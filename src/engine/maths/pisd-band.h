/* What samples of a curve have in common, value by value: their mean, and where most of them lie.
 *
 * The quantile q of n sorted values is the one at place q (n - 1), between two of them in
 * proportion. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Shapes: samples [n_samples, n], n_samples >= 1; mean, low (10 %), high (90 %): [n]. */
void pisd_band_compute (guint n_samples,
                        guint n,
                        const double *samples,
                        double *mean,
                        double *low,
                        double *high);

G_END_DECLS
