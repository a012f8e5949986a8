/* The benchmark's Gaussian random field.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID].
 * Source: arXiv 2602.09708, the benchmark's prior N (0, tau^2 (-lap + tau^2)^-2), tau = 3. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

/* Standard deviation of the orthonormal cosine coefficient (ky, kx) of the Gaussian random field; 0
 * for the mean. */
double pisd_grf_scale (guint ky, guint kx);

void pisd_grf_sample (guint64 seed, PisdField *out);

G_END_DECLS
