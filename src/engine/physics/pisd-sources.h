/* Random sources of the elliptic equations: what draws a family's fields, and the Gaussians of the
 * families.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID]; modes are those of PISD_BASIS_COSINE. */
#pragma once

#include "pisd-family.h"

G_BEGIN_DECLS

/* pisd_source_scale(), pisd_family_get_mean_sd() and pisd_family_sample(). */
extern const PisdRandomOps pisd_sources_random;

/* Standard deviation of the orthonormal mode (ky, kx) under that prior; of PISD_FAMILY_ANY the root
 * mean square over the families. */
double pisd_source_scale (guint ky, guint kx, const PisdSourcePrior *prior);
/* What the law's numbers do to it; of the mean's they do nothing, whatever stands here. */
void pisd_source_fill_slopes (guint ky,
                              guint kx,
                              const PisdSourcePrior *prior,
                              double slopes[PISD_N_SLOPES]);
/* Standard deviation of the mean of the family's fields, in thousandths: 0 for the Gaussian random
 * field. */
double pisd_family_get_mean_sd (PisdFamily family);
/* A source of that family, not PISD_FAMILY_ANY.  out: [PISD_GRID, PISD_GRID]. */
void pisd_family_sample (PisdFamily family, guint64 seed, PisdField *out);

G_END_DECLS
