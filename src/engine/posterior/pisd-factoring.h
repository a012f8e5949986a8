/* How the parts of a set's factors are made: covariances, then G = L L', then the whitened E and
 * its eigenvectors or the axes, and E's own factor.  For pisd-factors.c alone.
 *
 * Errors:  FALSE where cancelled or where they are no numbers; what is half done is not kept.
 * Threads: as in pisd_parallel(); the bits do not depend on their number.
 * Source:  src/DESIGN.md, "Second order". */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* Who computes: the threads, and whether they are to stop. */
typedef struct
{
  guint n_threads;
  PisdCancel *cancel;
} PisdEffort;

/* What every use begins with: the covariances of a small set and its factor of G; the entries of a
 * large one where they are kept for the next.  `from` (nullable) has some of them already. */
gboolean pisd_factoring_fill (PisdFactors *factors,
                              const PisdFactors *from,
                              PisdFactorsUses uses,
                              PisdEffort effort);
/* What these uses need, and is not there. */
gboolean pisd_factoring_make (PisdFactors *factors, PisdFactorsUses uses, PisdEffort effort);

G_END_DECLS
