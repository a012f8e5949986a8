/* A real periodic field by half of its complex amplitudes, and by its real modes.
 *
 *   f (x) = sum over |ky|, |kx| <= reach of F (ky, kx) exp (2 pi i (ky y + kx x)),
 *   F (-k) = conj F (k)
 *
 * Only kx >= 0 is stored.  The real modes are those of PISD_BASIS_PERIODIC with PISD_GRID nodes,
 * whatever the reach: the map between the two is unitary up to the factor PISD_GRID, where a mode
 * with kx > 0 stands for two of the whole plane.
 *
 * Shapes:  half planes [2 reach + 1, reach + 1], row ky + reach, column kx; boxes of real modes
 *          [2 reach + 1, 2 reach + 1]. */
#pragma once

#include "pisd-plane.h"

G_BEGIN_DECLS

guint pisd_half_plane_get_n (guint reach);
/* Where mode (ky, kx) stands, kx >= 0. */
guint pisd_half_plane_index (guint reach, int ky, guint kx);

void pisd_half_plane_from_box (guint reach, const double *box, PisdComplex *half);
void pisd_half_plane_to_box (guint reach, const PisdComplex *half, double *box);

/* The low modes of a box of one side in one of another: what both have, zeros elsewhere.  It is the
 * trigonometric interpolant on another grid. */
void pisd_periodic_resize (guint side, const double *box, guint other_side, double *other);

G_END_DECLS
