/* Planned transforms between the low modes of a complex periodic field and its nodes.
 *
 *   f (x) = sum over |ky|, |kx| <= reach of F (k) exp (2 pi i (ky y + kx x)),  x = node / size
 *
 * Only the rows of the plane that hold low modes are transformed along x, which saves a sixth of a
 * whole transform.  Two real fields travel as one complex one.
 *
 * Shapes:  planes [size, size]; mode (ky, kx) stands at row ky and column kx, both modulo size.
 * Threads: immutable, planes are the caller's.
 * Source:  FFTW's DFT of dimension 1, planned with FFTW_ESTIMATE, which gives the same bits in
 *          every run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Laid out as FFTW's and C's complex numbers. */
typedef struct
{
  double re, im;
} PisdComplex;

typedef struct _PisdPlane PisdPlane;

/* size: even, so that every row is aligned for the transforms; reach: largest wave number along an
 * axis, below size / 2. */
PisdPlane *pisd_plane_new (guint size, guint reach);
void pisd_plane_free (PisdPlane *plane); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPlane, pisd_plane_free)

/* n planes of zeros.  Free with pisd_plane_free_values(). */
PisdComplex *pisd_plane_new_values (const PisdPlane *plane, guint n);
void pisd_plane_free_values (PisdComplex *values); /* NULL is fine */

/* In place; modes beyond the reach are taken as zero, whatever stands there. */
void pisd_plane_to_nodes (const PisdPlane *plane, PisdComplex *values);
/* In place, the low modes of size^2 F; what stands at the others afterwards means nothing. */
void pisd_plane_to_modes (const PisdPlane *plane, PisdComplex *values);

G_END_DECLS
