/* The benchmark's Gaussian random field, and others of its kind.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID].
 * Source: arXiv 2602.09708, the benchmark's prior N (0, tau^2 (-lap + tau^2)^-2), tau = 3. */
#pragma once

#include "pisd-family.h"

G_BEGIN_DECLS

/* Standard deviation of the orthonormal cosine coefficient (ky, kx) of the Gaussian random field; 0
 * for the mean. */
double pisd_grf_scale (guint ky, guint kx);

void pisd_grf_sample (guint64 seed, PisdField *out);

/* The same of another law,
 *
 *   s = S amplitude tau^(alpha - 1) (pi^2 (ky^2 + kx^2) + tau^2)^(-alpha / 2),
 *
 * and to the last bit those above for the benchmark's. */
double pisd_grf_law_scale (const PisdLaw *law, guint ky, guint kx);
/* With q = pi^2 (ky^2 + kx^2) + tau^2, of tau (alpha - 1) - alpha tau^2 / q, and of alpha
 * log tau - 1/2 log q. */
void pisd_grf_law_fill_slopes (const PisdLaw *law,
                               guint ky,
                               guint kx,
                               double slopes[PISD_N_SLOPES]);
/* Fields of the same seed and different laws have the same phases: their modes are the same normal
 * numbers in other scales.  The benchmark's law too is drawn from the stream of laws. */
void pisd_grf_law_sample (const PisdLaw *law, guint64 seed, PisdField *out);

G_END_DECLS
