/* The benchmark's random vorticity at the beginning: Gaussian, periodic, without a mean.
 *
 *   covariance 2 tau^3 (-lap + tau^2)^-2.5, tau = 7: its root mean square is 0.26
 *
 * Shapes: fields [PISD_GRID, PISD_GRID]; modes are those of PISD_BASIS_PERIODIC, which are
 *         independent.
 * Source: arXiv 2602.09708, the benchmark's Navier-Stokes equation, whose generator takes the real
 *         part of a complex field of this spectrum. */
#pragma once

#include "pisd-family.h"

G_BEGIN_DECLS

/* Standard deviation of the mode with these indices; 0 for the mean. */
double pisd_vorticity_prior_scale (guint ky, guint kx);
/* The same of another law, s^2 = 2 S^2 amplitude^2 tau^(2 alpha - 2)
 * (4 pi^2 (ky^2 + kx^2) + tau^2)^-alpha, and to the last bit that above for the benchmark's. */
double pisd_vorticity_law_scale (const PisdLaw *law, guint ky, guint kx);

void pisd_vorticity_prior_sample (guint64 seed, PisdField *out);

/* For the equation's row: the only family is grf, and there is no mean, whatever its sd.  Fields of
 * one seed and different laws have the same phases, as pisd_grf_law_sample() says. */
extern const PisdRandomOps pisd_vorticity_random;

G_END_DECLS
