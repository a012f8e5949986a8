/* The source's modes conditioned on readings, in closed form: the decoupled system of
 * second-order guidance and the exact posterior behind it.
 *
 * y = H z + T t + e with the factors of pisd-factors.h, of G = H H' + T T' + R = L L'.  For any
 * c in (0, 1]
 *   (c H H' + T T' + R)^-1 = W' diag (1 / (c + (1 - c) v)) W,
 * which stays well conditioned where T T' + R is nearly singular (smooth, noise-free sensors on
 * u).
 *
 * Where the modes' covariance is another diagonal at every noise level, as with a learned prior,
 * every level of a run has a system of its own (pisd-systems.h).
 *
 * Of a flow that is the linear problem at its mode, whose draws the flow itself corrects
 * (pisd-correction.h); steps at high noise levels are those of coarser rungs (pisd-newton.h).
 *
 * Threads: one a thread.
 * Source:  src/DESIGN.md, "Second order". */
#pragma once

#include "pisd-consistency.h"
#include "pisd-systems.h"

G_BEGIN_DECLS

typedef struct _PisdConditioning PisdConditioning;

/* As pisd_newton_new() with the standard levels; from another conditioning (nullable) the result
 * differs from a new one's by rounding, and of a flow by what its rows are outdated. */
PisdConditioning *pisd_conditioning_new (const PisdConditioning *from,
                                         const PisdRepresentation *representation,
                                         const PisdSensors *sensors,
                                         PisdFactorsUses uses,
                                         guint n_threads,
                                         PisdCancel *cancel,
                                         GError **error);
/* As pisd_factors_fit(). */
gboolean pisd_conditioning_fits (const PisdConditioning *conditioning,
                                 const PisdRepresentation *representation,
                                 const PisdSensors *sensors);
/* Whether it has the rows of another mode: good near that, until it is refined. */
gboolean pisd_conditioning_is_outdated (const PisdConditioning *conditioning);
/* Puts rows at its own mode in their place.  The conditioning is of a flow, and nobody shares it.
 * FALSE: it is as it was. */
gboolean pisd_conditioning_refine (PisdConditioning *conditioning,
                                   guint n_threads,
                                   PisdCancel *cancel,
                                   GError **error);
/* Another one on the same factors, for another thread; pisd_conditioning_prepare() must have
 * been called. */
PisdConditioning *pisd_conditioning_new_shared (PisdConditioning *conditioning);
/* As pisd_factors_prepare(): computes now what steps, draws or means need, instead of when the
 * first one comes. */
gboolean pisd_conditioning_prepare (PisdConditioning *conditioning,
                                    PisdFactorsUses uses,
                                    guint n_threads,
                                    PisdCancel *cancel,
                                    GError **error);
void pisd_conditioning_free (PisdConditioning *conditioning); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdConditioning, pisd_conditioning_free)

/* Distinct informative places. */
guint pisd_conditioning_get_n (const PisdConditioning *conditioning);
PisdFactors *pisd_conditioning_get_factors (const PisdConditioning *conditioning);

/* m += c H' (c H H' + T T' + R)^-1 (y - H m): the conditioned estimate when z has mean m and
 * covariance c I.  m: [kept modes]. */
void pisd_conditioning_correct (PisdConditioning *conditioning, double c, double *m);
/* The systems of a run's noise levels on the same factors: sigma [n_levels], and covariances c
 * [n_levels, kept modes] in units of the prior's own deviations.  As pisd_systems_new() and
 * pisd_systems_fit(). */
PisdSystems *pisd_conditioning_make_systems (PisdConditioning *conditioning,
                                             guint n_levels,
                                             const double *sigma,
                                             const double *c,
                                             guint n_threads,
                                             PisdCancel *cancel,
                                             GError **error);
gboolean pisd_conditioning_has_made (const PisdConditioning *conditioning,
                                     const PisdSystems *systems,
                                     guint n_levels,
                                     const double *sigma,
                                     const double *c);
/* From now on these, kept by reference, serve pisd_conditioning_correct_at(); `cancel` (nullable)
 * stops what they make. */
void pisd_conditioning_use_systems (PisdConditioning *conditioning,
                                    PisdSystems *systems,
                                    PisdCancel *cancel);
/* m += C H' (H C H' + E)^-1 (y - H m) with the C of that noise level, m a latent of the
 * representation.  FALSE: cancelled, and m is as it was. */
gboolean pisd_conditioning_correct_at (PisdConditioning *conditioning, double sigma, double *m);

/* Those corrections taken apart (pisd-conditioning-pull.c): what the misfits y - H m of one field's
 * readings add to m.  Summed over the fields they are the correction.  pull: [kept modes].  The
 * tail is prepared where there are more readings than kept modes. */
void pisd_conditioning_pull (PisdConditioning *conditioning,
                             double c,
                             PisdFieldId field,
                             const double *m,
                             double *pull);
/* FALSE: cancelled. */
gboolean pisd_conditioning_pull_at (PisdConditioning *conditioning,
                                    double sigma,
                                    PisdFieldId field,
                                    const double *m,
                                    double *pull);

/* Chooses the rung that steps at a noise level are made on, the first one to begin with.  Returns
 * whether it is another one. */
gboolean pisd_conditioning_enter (PisdConditioning *conditioning, double sigma);
/* Its factors. */
const PisdFactors *pisd_conditioning_get_rung (const PisdConditioning *conditioning);
/* p = W H z, and z += H' W' s: among the readings, once steps are prepared and not by modes. */
void pisd_conditioning_project (PisdConditioning *conditioning, const double *z, double *p);
void pisd_conditioning_add_pulled_back (PisdConditioning *conditioning, const double *s, double *z);

/* The discarded modes given z: a draw (seed, lane) or, with lane PISD_CONDITIONING_MEAN, their
 * mean.  The source as a whole, kept modes z and those: a: [PISD_GRID, PISD_GRID]; before the
 * problem's boundary rule.  FALSE: cancelled, and a is as it was. */
#define PISD_CONDITIONING_MEAN G_MAXUINT
gboolean pisd_conditioning_complete (PisdConditioning *conditioning,
                                     const double *z,
                                     guint64 seed,
                                     guint lane,
                                     PisdCancel *cancel,
                                     PisdField *a);

/* Whether what is prepared is enough for the mean: that for means, or that for steps by modes
 * and for the discarded modes. */
gboolean pisd_conditioning_knows_mean (const PisdConditioning *conditioning);
/* The exact posterior of the source, all modes: its mean ...  FALSE as above. */
gboolean pisd_conditioning_get_mean (PisdConditioning *conditioning,
                                     PisdCancel *cancel,
                                     PisdField *a);
/* ... and a sample (Matheron's rule: a prior draw and its readings, corrected). */
gboolean pisd_conditioning_sample (PisdConditioning *conditioning,
                                   guint64 seed,
                                   guint lane,
                                   PisdCancel *cancel,
                                   PisdField *a);
/* How far a flow that is not linear moved the newest draw from where the rows had put it, in the
 * prior's standard deviations of modes, all together; 0: not at all. */
double pisd_conditioning_get_bend (const PisdConditioning *conditioning);

/* What is known of how well a flow's readings are met, but for draws. */
void pisd_conditioning_judge (const PisdConditioning *conditioning, PisdConsistency *consistency);

G_END_DECLS
