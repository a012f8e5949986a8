/* Random fields with edges and with bumps, which are not Gaussian.
 *
 *   inclusions  1 to 6 ellipses or rectangles of constant value +-(0.5 to 2) on zero, rotated, with
 *               half-widths of 0.05 to 0.25; a later one covers an earlier one
 *   blobs       the sum of 1 to 8 bumps h exp (-d^2 / 2 sd^2), h = +-(0.5 to 2), sd 0.03 to 0.11
 *
 * Centres are anywhere in the square; every number is uniform between its limits.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID]. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

void pisd_inclusions_sample (guint64 seed, PisdField *out);
void pisd_blobs_sample (guint64 seed, PisdField *out);

G_END_DECLS
