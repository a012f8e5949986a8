/* One step of the reverse process, from time t to any earlier time s, by its coefficients.
 *
 * With abar_(t|s) = abar_t / abar_s and beta_(t|s) = 1 - abar_(t|s), whatever lies between them:
 *
 *   DDPM    q (x_s given x_t, x0) = N (m, v),
 *           m = sqrt (abar_s) beta_(t|s) / (1 - abar_t) x0
 *               + sqrt (abar_(t|s)) (1 - abar_s) / (1 - abar_t) x_t,
 *           v = beta_(t|s) (1 - abar_s) / (1 - abar_t)
 *   DDIM    x_s = sqrt (abar_s) x0 + sqrt (1 - abar_s - sd^2) n + sd z,  sd = eta sqrt (v),
 *           n = (x_t - sqrt (abar_t) x0) / sqrt (1 - abar_t); eta = 1 is DDPM
 *
 * x0 is what a network says of it.  A network predicts one of three quantities, each of which gives
 * the other two by x_t = a x0 + b n with a = sqrt (abar_t), b = sqrt (1 - abar_t):
 *   the noise n, x0 itself, or v = a n - b x0.
 *
 * Units:   everything in those of x.
 * Threads: any.
 * Source:  Ho et al. 2020, equations 6 and 7; Song et al. 2021 (DDIM, arXiv 2010.02502), equations
 *          12 and 16; Salimans and Ho 2022 (arXiv 2202.00512), section 4, for v; Hang et al. 2023
 *          (arXiv 2303.09556) for weights that are cut by the signal-to-noise ratio. */
#pragma once

#include "pisd-process.h"

G_BEGIN_DECLS

/* x_s = x0 x_0 + x x_t + sd z with z standard normal. */
typedef struct
{
  double x0, x, sd;
} PisdReverse;

/* s < t; eta in [0, 1]. */
PisdReverse pisd_reverse_get (const PisdProcess *process, guint s, guint t, double eta);
/* beta_(t|s), the larger of the two variances that a step of DDPM may have; the smaller one is that
 * of pisd_reverse_get() with eta = 1. */
double pisd_reverse_get_beta (const PisdProcess *process, guint s, guint t);
/* What a learned variance goes between: the logarithms of v, at s = 0, where v is zero, of the
 * next larger one, and of beta_(t|s). */
void pisd_reverse_get_log_variances (const PisdProcess *process,
                                     guint s,
                                     guint t,
                                     double *low,
                                     double *high);

typedef enum
{
  PISD_PREDICT_NOISE,
  PISD_PREDICT_X0,
  PISD_PREDICT_V,
  PISD_N_PREDICTIONS
} PisdPrediction;

/* "noise", "x0", "v" */
const char *pisd_prediction_get_name (PisdPrediction id);

/* What the network is to say: out = noise noise + x0 x0. */
typedef struct
{
  double noise, x0;
} PisdPredictionTarget;

PisdPredictionTarget pisd_prediction_get_target (PisdPrediction id,
                                                 const PisdProcess *process,
                                                 guint t);

/* What x0 is by a network's output: x x_t + output output. */
typedef struct
{
  double x, output;
} PisdPredictionEstimate;

/* t > 0. */
PisdPredictionEstimate pisd_prediction_get_estimate (PisdPrediction id,
                                                     const PisdProcess *process,
                                                     guint t);

/* How the loss of a time counts. */
typedef enum
{
  PISD_WEIGHT_UNIFORM, /* 1, of whatever is predicted: DDPM's simple loss where that is noise */
  PISD_WEIGHT_MIN_SNR, /* min (snr, 5) of the loss of x0, whatever is predicted */
  PISD_N_WEIGHTS
} PisdWeight;

/* "uniform", "min-snr" */
const char *pisd_weight_get_name (PisdWeight id);
/* Of the loss of what is predicted. */
double pisd_weight_get (PisdWeight id,
                        PisdPrediction prediction,
                        const PisdProcess *process,
                        guint t);

G_END_DECLS
