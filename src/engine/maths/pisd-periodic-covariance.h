/* Covariance of a random periodic field between two places: a function of their distance alone.
 *
 *   c (dy, dx) = sum over ky, kx of v (ky, kx) cos (2 pi ky dy) cos (2 pi kx dx)
 *
 * The real modes are independent, and a cosine and the sine of its wave number have one variance.
 * Between nodes of the grid it is looked up, elsewhere summed.
 *
 * Threads: immutable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdPeriodicCovariance PisdPeriodicCovariance;

/* scale: [side, side] standard deviations of the modes of PISD_BASIS_PERIODIC, side odd; those of
 * the box [kept, kept], kept odd, are left out, but never all of row or column 0: kept = 1 leaves
 * out the mean. */
PisdPeriodicCovariance *pisd_periodic_covariance_new (guint side, const double *scale, guint kept);
void pisd_periodic_covariance_free (PisdPeriodicCovariance *covariance); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPeriodicCovariance, pisd_periodic_covariance_free)

double pisd_periodic_covariance_get (const PisdPeriodicCovariance *covariance,
                                     double dy,
                                     double dx);

G_END_DECLS
