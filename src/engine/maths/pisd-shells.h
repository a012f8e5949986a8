/* The power of a field by wave number: its modes' squares, gathered in shells around the origin.
 *
 *   P_k = 1/S^2 sum over k - 1/2 <= |q| < k + 1/2 of c_q^2,   |q|^2 = q_x^2 + q_y^2
 *
 * The basis is orthonormal, so that the sum over all shells, k = 0 included, is the field's mean
 * square over the nodes (Parseval); of a sine field only where it vanishes on the boundary.
 *
 * Shapes:  grid [PISD_GRID, PISD_GRID]; power [pisd_shells_get_n()], of k = 0, 1, ...
 * Units:   wave numbers as pisd_basis_get_wave_number() counts them.
 * Threads: scratch space inside, one a thread. */
#pragma once

#include "pisd-basis.h"

G_BEGIN_DECLS

typedef struct _PisdShells PisdShells;

PisdShells *pisd_shells_new (PisdBasis basis);
void pisd_shells_free (PisdShells *shells); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdShells, pisd_shells_free)

PisdBasis pisd_shells_get_basis (const PisdShells *shells);
guint pisd_shells_get_n (const PisdShells *shells);
void pisd_shells_compute (PisdShells *shells, const double *grid, double *power);

G_END_DECLS
