/* Which part of a field is seen: a square that grows and shrinks about a place and stays inside.
 *
 * Units: the field is the unit square. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

/* The smallest part that is shown: 8 of 128 nodes. */
#define EXPLORER_ZOOM_LEAST (1.0 / 16.0)

/* Times as large; what is at (x, y) stays where it is seen.  All of the field is a window with
 * side 0. */
void explorer_zoom_by (PisdWindow *window, double factor, double x, double y);
/* By so much, as far as there is something beyond. */
void explorer_zoom_move (PisdWindow *window, double dx, double dy);
/* No further than needed for the square of that half side around (x, y) to be seen. */
void explorer_zoom_reveal (PisdWindow *window, double x, double y, double half);

G_END_DECLS
