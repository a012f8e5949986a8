/* The variational bound of a diffusion model, term by term, in nats:
 *
 *   -log p (x0) <= sum over steps t to s of L_s + L_T,
 *   L_s = KL (q (x_s given x_t, x0), N (m_hat, V)) for s > 0,
 *   L_0 = -log N (x0; m_hat, V),
 *   L_T = KL (q (x_T given x0), N (0, 1)),
 *
 * with m_hat the mean of pisd-reverse.h for a network's x0, and V a variance for each coordinate.
 * Data are numbers and no bytes: the bound is of a density and may be negative.
 *
 * A learned variance goes between the two that a step of DDPM may have, by what the network says:
 *   log V = (1 + v) / 2 log beta_(t|s) + (1 - v) / 2 log v_(t|s).
 *
 * Shapes:  x0, estimates and log variances [n].
 * Units:   nats, summed over the n coordinates.
 * Threads: any.
 * Source:  Ho et al. 2020, equation 5; Nichol and Dhariwal 2021 (arXiv 2102.09672), equations 15
 *          and 16. */
#pragma once

#include "pisd-reverse.h"

G_BEGIN_DECLS

/* One nat in bits. */
#define PISD_BOUND_BITS 1.4426950408889634

/* L_s of a step from t to s. */
double pisd_bound_get_term (const PisdProcess *process,
                            guint s,
                            guint t,
                            gsize n,
                            const double *x0,
                            const double *estimate,
                            const double *log_variance);
/* Its derivatives by the log variances, at which the mean is held: [n]. */
void pisd_bound_get_slopes (const PisdProcess *process,
                            guint s,
                            guint t,
                            gsize n,
                            const double *x0,
                            const double *estimate,
                            const double *log_variance,
                            double *slopes);
/* L_T. */
double pisd_bound_get_end (const PisdProcess *process, gsize n, const double *x0);

/* log V of what the network says, [n] both; returns d log V / d v, the same for all. */
double pisd_bound_learn_variance (const PisdProcess *process,
                                  guint s,
                                  guint t,
                                  gsize n,
                                  const double *v,
                                  double *log_variance);

G_END_DECLS
