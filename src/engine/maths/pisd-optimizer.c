#include "pisd-optimizer.h"

#include <math.h>
#include <string.h>

#define WIDTH 10.0
#define EPSILON 1e-8

struct _PisdOptimizer
{
  gsize n;
  double *frequency, *rate;   /* [n] */
  double *mean, *mean_square; /* [n] running moments */
  double decay1, decay2;      /* products of the betas so far, for the bias correction */
  double low, high, cutoff;   /* what `rate` was filled from */
};

PisdOptimizer *
pisd_optimizer_new (gsize n, const double *frequency)
{
  PisdOptimizer *self = g_new0 (PisdOptimizer, 1);

  self->n = n;
  self->frequency =
      frequency == NULL ? g_new0 (double, n) : g_memdup2 (frequency, n * sizeof (double));
  self->rate = g_new0 (double, n);
  self->mean = g_new0 (double, n);
  self->mean_square = g_new0 (double, n);
  self->decay1 = 1.0;
  self->decay2 = 1.0;
  return self;
}

void
pisd_optimizer_free (PisdOptimizer *self)
{
  if (self == NULL)
    return;
  g_free (self->frequency);
  g_free (self->rate);
  g_free (self->mean);
  g_free (self->mean_square);
  g_free (self);
}

double
pisd_optimizer_get_rate (double low, double high, double cutoff, double frequency)
{
  return high + (low - high) / (1.0 + exp ((frequency - cutoff) / WIDTH));
}

void
pisd_optimizer_set_rates (PisdOptimizer *self, double low, double high, double cutoff)
{
  if (low == self->low && high == self->high && cutoff == self->cutoff)
    return;

  self->low = low;
  self->high = high;
  self->cutoff = cutoff;
  for (gsize i = 0; i < self->n; i++)
    self->rate[i] = pisd_optimizer_get_rate (low, high, cutoff, self->frequency[i]);
}

/* What the rule of several rates gives where both are equal, whatever the cutoff. */
void
pisd_optimizer_set_rate (PisdOptimizer *self, double rate)
{
  if (rate == self->low && rate == self->high)
    return;

  self->low = self->high = rate;
  for (gsize i = 0; i < self->n; i++)
    self->rate[i] = rate;
}

/*   m = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g^2,
 *   x -= rate Mhat / (sqrt (Vhat) + 1e-8),  Mhat = m / (1 - B1),  Vhat = v / (1 - B2)
 * with B1 and B2 products of the betas, not powers, so that betas may change during a run. */
void
pisd_optimizer_step (PisdOptimizer *self,
                     double beta1,
                     double beta2,
                     const double *gradient,
                     double *x)
{
  self->decay1 *= beta1;
  self->decay2 *= beta2;
  for (gsize i = 0; i < self->n; i++)
    {
      double g = gradient[i];
      double m, v;

      self->mean[i] = beta1 * self->mean[i] + (1.0 - beta1) * g;
      self->mean_square[i] = beta2 * self->mean_square[i] + (1.0 - beta2) * g * g;
      m = self->mean[i] / (1.0 - self->decay1);
      v = self->mean_square[i] / (1.0 - self->decay2);
      x[i] -= self->rate[i] * m / (sqrt (v) + EPSILON);
    }
}

void
pisd_optimizer_get_moments (const PisdOptimizer *self, double *moments)
{
  memcpy (moments, self->mean, self->n * sizeof (double));
  memcpy (moments + self->n, self->mean_square, self->n * sizeof (double));
  moments[2 * self->n] = self->decay1;
  moments[2 * self->n + 1] = self->decay2;
}

void
pisd_optimizer_set_moments (PisdOptimizer *self, const double *moments)
{
  memcpy (self->mean, moments, self->n * sizeof (double));
  memcpy (self->mean_square, moments + self->n, self->n * sizeof (double));
  self->decay1 = moments[2 * self->n];
  self->decay2 = moments[2 * self->n + 1];
}
