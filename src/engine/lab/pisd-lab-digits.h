/* Digits 0 to 9 as small grey pictures, drawn from straight lines and arcs of ellipses with a
 * random slant, weight, size and place.
 *
 * Shapes:  pixels [side, side], row 0 at the top.
 * Units:   -1 (paper) to 1 (ink).
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_DIGITS_N_LABELS 10
/* Uniforms in (0, 1) that say how a digit is written. */
#define PISD_DIGITS_N_UNIFORMS 5

/* digit < PISD_DIGITS_N_LABELS. */
void pisd_digits_draw (guint digit,
                       const double uniforms[PISD_DIGITS_N_UNIFORMS],
                       guint side,
                       double *pixels);

G_END_DECLS
