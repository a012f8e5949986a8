/* How uncertain the exact posterior is at every node.
 *
 * The variance of the prior less what the readings explain, |L^-1 c|^2, with c the covariance
 * of the node with the readings.  Nodes of large sets of readings are taken in parts, so that
 * the covariances of each part take at most 256 MB a field.
 *
 * Errors:  those of pisd_factors_prepare().
 * Threads: as in pisd_parallel(); the bits do not depend on their number.
 * Source:  src/DESIGN.md, "Second order". */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* Standard deviations of a and u: [PISD_GRID, PISD_GRID]; either may be NULL, and u is where the
 * equation is not linear.  Some 0.5 s for 500 sensors.  Where it fails their contents are
 * undefined. */
gboolean pisd_spread_compute (PisdFactors *factors,
                              guint n_threads,
                              PisdCancel *cancel,
                              PisdField *a_sd,
                              PisdField *u_sd,
                              GError **error);
/* Numbers that are allocated for it beside the factors. */
gsize pisd_spread_count (guint n_readings);

G_END_DECLS
