/* The factors behind the posterior of field 0, rung by rung.
 *
 * Where the equation is linear, or nothing later is read of a flow, there is one rung.  Of a flow
 * every rung is the linear problem at the estimate of the rung before (Gauss-Newton):
 *
 *   w <- mean of w (0) given y = F (w) + J (w' - w) + e
 *
 * Coarse grids with noise added to the readings come first: at that noise only low modes matter,
 * and the linearisation is good from afar.  Steps of diffusion at high noise levels may use the
 * coarse rungs; the last one is that of the posterior, and its mean, corrected by the flow
 * itself, is the mode.  Faster flows take more steps of time.  Where readings ask for one that
 * would take many times the usual work, as no flow of the prior does, the climb ends on the rung
 * that it has come to.
 *
 * Shapes:  z [all modes of the factors].
 * Threads: immutable but for the factors' preparation, counted references; n_threads as in
 *          pisd_parallel(), the bits do not depend on it.
 * Errors:  those of pisd_factors_new() and pisd_linearisation_new(), and those of
 *          pisd_consistency_allow_later().
 * Source:  Tarantola, Inverse Problem Theory (2005), section 3.2.3, in the readings' space. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

#define PISD_NEWTON_MOST 8
/* Readings are met up to so many standard deviations of their noise. */
#define PISD_NEWTON_MET 3.0

/* A rung, and from which noise level of diffusion down it is used. */
typedef struct
{
  PisdLevel level;
  double sigma;
} PisdNewtonLevel;

typedef struct
{
  guint n;
  PisdFactors *rungs[PISD_NEWTON_MOST]; /* [n]; each has its linearisation, or none */
  double sigma[PISD_NEWTON_MOST];       /* [n] descending; the first one is infinite */
  double *mode;                         /* [all] of a flow; NULL: the mean of the one rung */
  gboolean is_outdated; /* rows are those of another mode: pisd_newton_new_refined() */
  gboolean is_cut;      /* the last levels were left out: the flow is too fast for them */
  double misfit; /* of the mode's flow from the readings, in their standard deviations; 0: none */

  /*< private >*/
  PisdNewtonLevel levels[PISD_NEWTON_MOST]; /* [n_levels] of a whole climb */
  guint n_levels;
  gint ref_count;
} PisdNewton;

/* The rungs that end at the converged mode. */
const PisdNewtonLevel *pisd_newton_get_levels (guint *n_levels);

/* `levels`: PISD_NEWTON_MOST at most, NULL for those.  `from`: of other sensors, or NULL.  Of a
 * flow whose sites are nearly those of `from`, and read nearly the same, it is one rung on its
 * rows, quick, and good near its mode: outdated. */
PisdNewton *pisd_newton_new (const PisdNewton *from,
                             const PisdRepresentation *representation,
                             const PisdSensors *sensors,
                             const PisdNewtonLevel *levels,
                             guint n_levels,
                             PisdFactorsUses uses,
                             guint n_threads,
                             PisdCancel *cancel,
                             GError **error);
/* One rung, of the same sensors, linearised at the mode of `from`, which has one; where that does
 * not lead to a flow that meets the readings, all rungs. */
PisdNewton *pisd_newton_new_refined (const PisdNewton *from,
                                     guint n_threads,
                                     PisdCancel *cancel,
                                     GError **error);
/* The same of the same sensors under another prior and noise: those of the representation, whose
 * modes are the same. */
PisdNewton *pisd_newton_new_under (const PisdNewton *from,
                                   const PisdRepresentation *representation,
                                   const PisdSensors *sensors,
                                   guint n_threads,
                                   PisdCancel *cancel,
                                   GError **error);
PisdNewton *pisd_newton_ref (PisdNewton *newton);
void pisd_newton_unref (PisdNewton *newton); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdNewton, pisd_newton_unref)

/* The last rung. */
PisdFactors *pisd_newton_get_factors (const PisdNewton *newton);
/* Number of the rung for a noise level. */
guint pisd_newton_find_rung (const PisdNewton *newton, double sigma);
/* What is missing for these uses, steps on every rung. */
gboolean pisd_newton_prepare (PisdNewton *newton,
                              PisdFactorsUses uses,
                              guint n_threads,
                              PisdCancel *cancel,
                              GError **error);
/* Coefficients of the modes of z: [PISD_GRID, PISD_GRID]. */
void pisd_newton_place (const PisdFactors *factors, const double *z, double *box);

G_END_DECLS
