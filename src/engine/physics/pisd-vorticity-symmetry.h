/* The symmetries of the benchmark's forced flow: what makes of one solution another one.
 *
 * The force f depends on x + y alone, is even about x + y = 1/8 and changes its sign where x + y
 * grows by 1/2.  So w (x, y, t) may become
 *
 *   w (x + s, y - s)          for any s: x + y stays
 *   w (1/8 - x, 1/8 - y)      half a turn: x + y becomes 1/4 - (x + y)
 *   - w (y + 1/2, x)          a reflection turns the sign of a vorticity, the shift that of f
 *
 * and products of these.  The random flows at the beginning are as likely afterwards as before.
 *
 * Shapes:  modes [side, side] of the periodic basis with an odd side, so that cosines have their
 *          sines.
 * Source:  derived here; the force is that of pisd-vorticity.h. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double shift; /* s */
  gboolean is_turned, is_reflected;
} PisdVorticitySymmetry;

/* In place. */
void pisd_vorticity_symmetry_apply (const PisdVorticitySymmetry *symmetry,
                                    guint side,
                                    double *modes);

G_END_DECLS
