/* The most probable beginning of a flow given readings of any of its frames, by Gauss-Newton.
 *
 *   y = F (w0) + e, w0 = s z under the prior, J the rows of the adjoint at the present w0, H = J s:
 *   z <- H' (H H' + T T' + E)^-1 (y - F (w0) + H z)
 *
 * Every step is the closed form of a linear problem.  Coarse grids with noise added to the readings
 * come first: at that noise only low modes matter, and the linearisation is good from afar.
 * Readings of frame 0 need no solver: all modes reach them, kept ones by H and the others by T,
 * whose mean is part of the mode.
 *
 * Shapes:  sites [n]; modes are boxes of PISD_BASIS_PERIODIC, kept ones of the level's side, all of
 *          them [PISD_NEWTON_SIDE, PISD_NEWTON_SIDE].
 * Threads: one makes steps; n_threads as in pisd_parallel(), the bits do not depend on it.
 * Errors:  those of pisd_vorticity_path_solve(); PISD_ERROR_NUMERIC where the readings' covariance
 *          is not positive.  The mode is then that of the step before.
 * Source:  Tarantola, Inverse Problem Theory (2005), section 3.2.3, in the space of the
 *          readings. */
#pragma once

#include "pisd-field.h"
#include "pisd-vorticity.h"

G_BEGIN_DECLS

/* All real modes but the last cosine, which a grid of PISD_GRID nodes cannot tell from others. */
#define PISD_NEWTON_SIDE (PISD_GRID - 1)

typedef struct
{
  guint frame;
  double y, x, value, variance;
} PisdNewtonSite;

/* One step: on which grid, with how many steps of time from frame to frame, and noise added to
 * every reading, as a part of the readings' standard deviation. */
typedef struct
{
  guint size, steps;
  double noise;
} PisdNewtonLevel;

typedef struct _PisdNewton PisdNewton;

/* `shape`: its size and steps are those of each level.  Sites are copied; n is 1 at least. */
PisdNewton *pisd_newton_new (const PisdVorticityShape *shape,
                             const PisdNewtonSite *sites,
                             guint n_sites);
void pisd_newton_free (PisdNewton *newton); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNewton, pisd_newton_free)

/* The steps that end at the converged mode. */
const PisdNewtonLevel *pisd_newton_get_levels (const PisdNewton *newton, guint *n_levels);
gboolean pisd_newton_step (PisdNewton *newton,
                           const PisdNewtonLevel *level,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error);
/* All modes of w0 so far, zeros before the first step; borrowed. */
const double *pisd_newton_get_mode (const PisdNewton *newton);
/* Root mean square of y - F (w0) before the newest step, as a part of the readings' standard
 * deviation. */
double pisd_newton_get_misfit (const PisdNewton *newton);
/* A draw (seed, lane) of w0 from the posterior linearised at the newest step: a prior draw and its
 * readings, corrected (Matheron's rule).  With corrections the draw's own solution takes the place
 * of the linear one, on the same rows: the minimiser of |z - z0|^2 + |y + e - F (w0)|^2 / E, which
 * bends the posterior where the flow is not linear.  Several threads may draw at once.
 * w: [PISD_NEWTON_SIDE, PISD_NEWTON_SIDE].
 * Source: Oliver, He and Reynolds (1996), randomised maximum likelihood. */
gboolean pisd_newton_sample (const PisdNewton *newton,
                             guint64 seed,
                             guint lane,
                             guint n_corrections,
                             PisdCancel *cancel,
                             double *w,
                             GError **error);

G_END_DECLS
