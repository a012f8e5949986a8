/* Entries of the readings' covariance with sites on later frames of a flow: products of rows within
 * the box of modes that the linearisation knows of.  For pisd-covariance.c alone.
 *
 * Threads: as in pisd_parallel(); the bits do not depend on their number.
 * Errors: FALSE where cancelled. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* Sites that come before those. */
guint pisd_covariance_count_first (const PisdFactors *f);
/* Their rows of f->a and f->e, which are zero. */
gboolean pisd_covariance_fill_later_whole (const PisdFactors *f,
                                           guint n_threads,
                                           PisdCancel *cancel);
/* Their rows of a triangle of sums over `modes`, and their variance over all modes in f->prior. */
gboolean pisd_covariance_fill_later_triangle (const PisdFactors *f,
                                              const PisdModes *modes,
                                              const double *scale,
                                              PisdTriangle *out,
                                              guint n_threads,
                                              PisdCancel *cancel);

G_END_DECLS
