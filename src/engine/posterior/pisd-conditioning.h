/* The source's modes conditioned on readings, in closed form: the decoupled system of second-order
 * guidance and the exact posterior behind it.
 *
 * y = H z + T t + e with the factors of pisd-factors.h, of G = H H' + T T' + R = L L'.  For any c in (0, 1]
 * (c H H' + T T' + R)^-1 = W' diag (1 / (c + (1 - c) v)) W, which stays well conditioned where T T' + R is nearly
 * singular (smooth, noise-free sensors on u).
 * Source: DESIGN section 5.  Threads: one a thread. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

typedef struct _PisdConditioning PisdConditioning;

/* As pisd_factors_new(), from nothing or from those of another conditioning; then the result differs from a new one's by
 * rounding. */
PisdConditioning *pisd_conditioning_new (const PisdRepresentation *representation,
                                         const PisdSensors *sensors,
                                         guint n_threads);
PisdConditioning *pisd_conditioning_new_from (const PisdConditioning *from,
                                              const PisdRepresentation *representation,
                                              const PisdSensors *sensors,
                                              guint n_threads);
/* As pisd_factors_fit(). */
gboolean pisd_conditioning_fits (const PisdConditioning *conditioning,
                                 const PisdRepresentation *representation,
                                 const PisdSensors *sensors);
/* Another one on the same factors, for another thread; pisd_conditioning_prepare() must have been called. */
PisdConditioning *pisd_conditioning_new_shared (PisdConditioning *conditioning);
/* Computes now what steps and draws need, instead of when the first one comes. */
void pisd_conditioning_prepare (PisdConditioning *conditioning, guint n_threads);
void pisd_conditioning_free (PisdConditioning *conditioning); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdConditioning, pisd_conditioning_free)

/* Distinct informative places. */
guint pisd_conditioning_get_n (const PisdConditioning *conditioning);
const PisdFactors *pisd_conditioning_get_factors (const PisdConditioning *conditioning);

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
/* ... and a sample (Matheron's rule: a prior draw and its readings, corrected). */
void pisd_conditioning_sample (PisdConditioning *conditioning,
                               guint64 seed,
                               guint lane,
                               PisdField *a);

G_END_DECLS
