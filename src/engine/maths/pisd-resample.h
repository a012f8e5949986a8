/* A field of another grid on the nodes of this program's: the sum of all the modes that its own
 * nodes have, evaluated where ours lie.
 *
 * Formula  out = W in W', W_ip = sum over j of phi_j (x_i) phi_j (x_p), with the orthonormal modes
 *          of pisd-basis.h on n nodes; x_i are ours, x_p those of the field
 * Shapes   in [n, n], nodes as pisd_basis_get_node() has them for n; out [PISD_GRID, PISD_GRID] */
#pragma once

#include "pisd-basis.h"
#include "pisd-field.h"

G_BEGIN_DECLS

void pisd_resample (PisdBasis basis, guint n, const double *in, PisdField *out);

G_END_DECLS
