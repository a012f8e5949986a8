/* The covariance of readings under the prior, entry by entry: sums over kept or discarded modes.
 *
 * Entries between nodes of a come from a table, entries with other sites from rows of [H T].
 * Sets of up to PISD_COVARIANCE_WHOLE sites have both sums in two whole matrices, A and T T'.
 * Larger ones have triangles in half the room, and the sum over all modes or that over the
 * discarded ones is made when it is needed.
 * Threads: as in pisd_parallel(); the bits do not depend on their number.
 * Errors: FALSE where cancelled. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

#define PISD_COVARIANCE_WHOLE PISD_TRIANGLE_TILE

/* old[i]: index in `from` of site i, or -1; [n].  Returns how many sites are new. */
guint pisd_covariance_match (const PisdFactors *f, const PisdFactors *from, int *old);

/* f->a and f->e (without noise), every entry from the start, or with those that `from` has. */
gboolean pisd_covariance_fill_whole (const PisdFactors *f, guint n_threads, PisdCancel *cancel);
void pisd_covariance_fill_whole_from (const PisdFactors *f,
                                      const PisdFactors *from,
                                      const int *old);

/* Sums over all modes, or over the discarded ones, into a triangle of order n; and the variance of
 * each reading over all modes into f->prior. */
gboolean pisd_covariance_fill_triangle (const PisdFactors *f,
                                        gboolean discarded,
                                        PisdTriangle *out,
                                        guint n_threads,
                                        PisdCancel *cancel);
/* Sums over all modes with those that from->g has. */
gboolean pisd_covariance_fill_triangle_from (const PisdFactors *f,
                                             const PisdFactors *from,
                                             const int *old,
                                             PisdTriangle *out,
                                             PisdCancel *cancel);

G_END_DECLS
