/* Evenly spaced streamlines of a periodic plane velocity, and short ones from even places.
 *
 * A line runs both ways from its seed until it comes too near to another one, back to its
 * beginning, or to where nothing moves.  Seeds lie beside the lines that there are, one spacing
 * away, the first one where the flow is fastest; so the same velocity always has the same lines.
 *
 * Units:  the period is 1; node i lies at i / n.  Points of a line follow each other without a
 *         jump, so that they leave the unit square.
 * Shapes: z [n, n], z = u + i v, u along x and v along y.
 * Source: Jobard and Lefer, Creating evenly-spaced streamlines of arbitrary density (1997). */
#pragma once

#include "pisd-plane.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} PisdPoint;

typedef struct
{
  guint n_lines;
  guint *first; /* [n_lines + 1] line k has points first[k] .. first[k + 1] - 1, downstream */
  PisdPoint *points;
} PisdStreamlines;

/* spacing: between two lines, 1/256 .. 1/4. */
PisdStreamlines *pisd_streamlines_new (guint n, const PisdComplex *z, double spacing);
/* Lines as long as the speed says, `spacing` for the largest one, through places that far from
 * each other, the same ones for every velocity: for moving pictures, in which the others jump. */
PisdStreamlines *pisd_streamlines_new_short (guint n, const PisdComplex *z, double spacing);
void pisd_streamlines_free (PisdStreamlines *lines); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdStreamlines, pisd_streamlines_free)

G_END_DECLS
