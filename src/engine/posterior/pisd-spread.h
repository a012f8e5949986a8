/* How uncertain the exact posterior is at every node.
 *
 * Variance of the prior less what the readings explain, |L^-1 c|^2 with c the covariance of the node with the readings.
 * Source: DESIGN section 5.  Threads: as many as given; the bits do not depend on it. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* Standard deviations of a and u: [PISD_GRID, PISD_GRID]; either may be NULL.  Some 0.5 s for 500 sensors. */
void pisd_spread_compute (const PisdFactors *factors,
                          guint n_threads,
                          PisdField *a_sd,
                          PisdField *u_sd);

G_END_DECLS
