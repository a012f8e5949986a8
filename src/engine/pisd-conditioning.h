/* The source's modes conditioned on readings, in closed form: the decoupled system of second-order
 * guidance and the exact posterior behind it.
 *
 * y = H z + T t + e: kept modes z and discarded modes t, independent unit normals under the prior,
 * e the readings' noise R.  G = H H' + T T' + R = L L' is factored once, L^-1 H H' L^-T = Q diag
 * (mu) Q' with mu in [0, 1], and W = Q' L^-1.  Then for any c in (0, 1] (c H H' + T T' + R)^-1 = W'
 * diag (1 / (1 - (1 - c) mu)) W, which stays well conditioned where T T' + R is nearly singular
 * (smooth, noise-free sensors on u). Source: DESIGN section 5. Threads: one a thread; the set-up
 * uses the given number of threads, its bits do not depend on it. */
#pragma once

#include "pisd-readings.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct _PisdConditioning PisdConditioning;

/* Kept modes are those of the representation's source.  Never fails: no sensors give the prior, a
 * jitter of 1e-12 of the mean diagonal keeps the factors alive.  `n_threads` as in pisd_parallel().
 */
PisdConditioning *pisd_conditioning_new (const PisdRepresentation *representation,
                                         const PisdSensors *sensors,
                                         guint n_threads);
/* The same, reusing what a set of sensors before it has in common with this one: moving one of 500 costs a tenth.  The
 * result differs from a new one by rounding. */
PisdConditioning *pisd_conditioning_new_from (const PisdConditioning *from,
                                              const PisdRepresentation *representation,
                                              const PisdSensors *sensors,
                                              guint n_threads);
/* Whether it is the one of such a representation and these sensors: same problem, modes, places, readings, noise. */
gboolean pisd_conditioning_fits (const PisdConditioning *conditioning,
                                 const PisdRepresentation *representation,
                                 const PisdSensors *sensors);
/* Another one on the same factors, for another thread; pisd_conditioning_prepare() must have been called. */
PisdConditioning *pisd_conditioning_new_shared (PisdConditioning *conditioning);
/* Computes now what steps and draws need, instead of when the first one comes. */
void pisd_conditioning_prepare (PisdConditioning *conditioning);
void pisd_conditioning_free (PisdConditioning *conditioning); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdConditioning, pisd_conditioning_free)

/* Distinct informative places. */
guint pisd_conditioning_get_n (const PisdConditioning *conditioning);

/* m += c H' (c H H' + T T' + R)^-1 (y - H m): the conditioned estimate when z has mean m and
 * covariance c I.  m: [kept modes]. */
void pisd_conditioning_correct (PisdConditioning *conditioning, double c, double *m);
/* The exact flow of the conditioned prior: in every direction of posterior mean mu and variance v
 *   x' = mu + sqrt ((v + next^2) / (v + sigma^2)) (x - mu).
 * It never leaves the span of its start and of the readings' rows, so it is followed in coordinates there: a step
 * costs n multiply-adds, only looking at it costs products.  The conditioning is borrowed. */
typedef struct _PisdFlow PisdFlow;

PisdFlow *pisd_flow_new (PisdConditioning *conditioning,
                         const double *x); /* x: [kept modes], copied */
void pisd_flow_free (PisdFlow *flow);      /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFlow, pisd_flow_free)
void pisd_flow_step (PisdFlow *flow, double sigma, double next);
/* x: [kept modes], the state. */
void pisd_flow_get_state (PisdFlow *flow, double *x);
/* m: [kept modes], what pisd_conditioning_correct() makes of the state's denoised estimate x / (1 + sigma^2). */
void pisd_flow_get_estimate (PisdFlow *flow, double sigma, double *m);

/* The discarded modes given z: a draw (seed, lane) or, with lane PISD_CONDITIONING_MEAN, their
 * mean.  The source as a whole, kept modes z and those: a: [PISD_GRID, PISD_GRID]; before the
 * problem's boundary rule. */
#define PISD_CONDITIONING_MEAN G_MAXUINT
void pisd_conditioning_complete (PisdConditioning *conditioning,
                                 const double *z,
                                 guint64 seed,
                                 guint lane,
                                 PisdField *a);

/* The exact posterior of the source, all modes: its mean ... */
void pisd_conditioning_get_mean (PisdConditioning *conditioning, PisdField *a);
/* ... a sample (Matheron's rule: a prior draw and its readings, corrected) ... */
void pisd_conditioning_sample (PisdConditioning *conditioning,
                               guint64 seed,
                               guint lane,
                               PisdField *a);
/* ... and the standard deviations of a and u at every node (either may be NULL); some 0.2 s for 500
 * sensors. */
void pisd_conditioning_get_sd (PisdConditioning *conditioning,
                               guint n_threads,
                               PisdField *a_sd,
                               PisdField *u_sd);

G_END_DECLS
