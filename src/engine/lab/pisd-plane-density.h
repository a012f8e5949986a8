/* Densities in a square of the plane as fields, row 0 at the top: of a mixture in closed form, and
 * of samples that are carried into noise, each of which is a Gaussian then.
 *
 *   p_t (x) = 1/n sum_i N (x; a x_i, b^2 I),  a^2 = abar, b^2 = 1 - abar (+ a little, near t = 0)
 *
 * Units:   the plane from -limit to limit; values lie in the middle of each cell.
 * Threads: any. */
#pragma once

#include "pisd-field.h"
#include "pisd-plane-mixture.h"

G_BEGIN_DECLS

/* x: [n, 2] at time 0. */
void pisd_plane_density_of_samples (gsize n,
                                    const double *x,
                                    double abar,
                                    double rest,
                                    double limit,
                                    PisdField *out);
void pisd_plane_density_of_mixture (const PisdPlaneMixture *mixture,
                                    double abar,
                                    double rest,
                                    double limit,
                                    PisdField *out);
/* The places in the middle of each cell of n x n, the first row at the bottom or at the top:
 * [n, n, 2]. */
void pisd_plane_fill_places (guint n, double limit, gboolean from_top, double *places);

G_END_DECLS
