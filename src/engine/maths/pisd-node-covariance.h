/* Covariance between grid nodes of a field of independent cosine modes, four look-ups a pair.
 *
 * Products of cosines are sums of cosines,
 *   phi_j (i) phi_j (i') = (w_j / S) (cos (pi j (i - i') / S) + cos (pi j (i + i' + 1) / S)),
 * with w_0 = 1/2, else 1, so one table of S + 1 by S + 1 arguments holds every pair of S * S nodes.
 *
 * Threads: immutable. */
#pragma once

#include "pisd-modes.h"

G_BEGIN_DECLS

typedef struct _PisdNodeCovariance PisdNodeCovariance;

/* scale: [modes] standard deviations of the orthonormal coefficients; nothing is kept of the
 * arguments. */
PisdNodeCovariance *pisd_node_covariance_new (const PisdModes *modes, const double *scale);
void pisd_node_covariance_free (PisdNodeCovariance *covariance); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNodeCovariance, pisd_node_covariance_free)

/* Nodes are numbered y * PISD_GRID + x. */
double pisd_node_covariance_get (const PisdNodeCovariance *covariance, guint node, guint other);

G_END_DECLS
