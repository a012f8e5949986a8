/* Covariance between grid nodes of a field of independent cosine or periodic modes, four look-ups a
 * pair.
 *
 * Products of cosines are sums of cosines.  Of the cosine basis
 *   phi_j (i) phi_j (i') = (w_j / S) (cos (pi j (i - i') / S) + cos (pi j (i + i' + 1) / S)),
 * of the periodic one, + for a cosine of wave number k and - for a sine,
 *   phi (i) phi (i') = (w_j / S) (cos (2 pi k (i - i') / S) +- cos (2 pi k (i + i') / S)),
 * with w = 1/2 for a constant and for the last periodic cosine, else 1.  So tables of
 * S + 1 by S + 1 arguments hold every pair of S * S nodes: one of the cosine basis, whose signs
 * are all the same, and four of the periodic one.
 *
 * Threads: immutable. */
#pragma once

#include "pisd-modes.h"

G_BEGIN_DECLS

typedef struct _PisdNodeCovariance PisdNodeCovariance;

/* PISD_BASIS_COSINE or PISD_BASIS_PERIODIC.  scale: [modes] standard deviations of the orthonormal
 * coefficients; nothing is kept of the arguments. */
PisdNodeCovariance *pisd_node_covariance_new (PisdBasis basis,
                                              const PisdModes *modes,
                                              const double *scale);
void pisd_node_covariance_free (PisdNodeCovariance *covariance); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNodeCovariance, pisd_node_covariance_free)

/* Nodes are numbered y * PISD_GRID + x. */
double pisd_node_covariance_get (const PisdNodeCovariance *covariance, guint node, guint other);

G_END_DECLS
