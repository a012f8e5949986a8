#include "pisd-bound.h"

#include <math.h>

/* What all terms of a step share. */
typedef struct
{
  double variance; /* of q (x_s given x_t, x0); 0 at s = 0 */
  double pull;     /* the mean's coefficient of x0 */
  double constant; /* of each coordinate */
} Step;

static Step
get_step (const PisdProcess *process, guint s, guint t)
{
  const PisdReverse reverse = pisd_reverse_get (process, s, t, 1.0);
  const double variance = reverse.sd * reverse.sd;

  return (Step){ variance, reverse.x0,
                 s > 0 ? -0.5 * (log (variance) + 1.0) : 0.5 * log (2.0 * G_PI) };
}

/* E (x_s - m_hat)^2 under q, of one coordinate. */
static double
get_square (const Step *step, double error)
{
  return step->variance + step->pull * step->pull * error * error;
}

/* 1/2 (log V + E (x_s - m_hat)^2 / V) + constant, for each coordinate. */
double
pisd_bound_get_term (const PisdProcess *process,
                     guint s,
                     guint t,
                     gsize n,
                     const double *x0,
                     const double *estimate,
                     const double *log_variance)
{
  const Step step = get_step (process, s, t);
  double sum = 0.0;

  for (gsize k = 0; k < n; k++)
    sum += step.constant
           + 0.5
                 * (log_variance[k]
                    + get_square (&step, x0[k] - estimate[k]) * exp (-log_variance[k]));
  return sum;
}

void
pisd_bound_get_slopes (const PisdProcess *process,
                       guint s,
                       guint t,
                       gsize n,
                       const double *x0,
                       const double *estimate,
                       const double *log_variance,
                       double *slopes)
{
  const Step step = get_step (process, s, t);

  for (gsize k = 0; k < n; k++)
    slopes[k] = 0.5 * (1.0 - get_square (&step, x0[k] - estimate[k]) * exp (-log_variance[k]));
}

/* KL (N (a x0, b^2), N (0, 1)) = 1/2 (b^2 + a^2 x0^2 - 1 - log b^2) */
double
pisd_bound_get_end (const PisdProcess *process, gsize n, const double *x0)
{
  const double abar = process->abar[process->n_steps], rest = process->rest[process->n_steps];
  double sum = 0.0;

  for (gsize k = 0; k < n; k++)
    sum += 0.5 * (abar * (x0[k] * x0[k] - 1.0) - log (rest));
  return sum;
}

double
pisd_bound_learn_variance (const PisdProcess *process,
                           guint s,
                           guint t,
                           gsize n,
                           const double *v,
                           double *log_variance)
{
  double low, high;

  pisd_reverse_get_log_variances (process, s, t, &low, &high);
  for (gsize k = 0; k < n; k++)
    log_variance[k] = 0.5 * ((1.0 + v[k]) * high + (1.0 - v[k]) * low);
  return 0.5 * (high - low);
}
