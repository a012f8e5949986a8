#include "pisd-adam.h"

#include <math.h>

#define BETA1 0.9
#define BETA2 0.99
#define EPSILON 1e-8f

PisdAdam *
pisd_adam_new (gsize n, const float *parameters)
{
  PisdAdam *self = g_new0 (PisdAdam, 1);

  self->n = n;
  self->parameters = g_memdup2 (parameters, n * sizeof (float));
  self->average = g_memdup2 (parameters, n * sizeof (float));
  self->mean = g_new0 (float, n);
  self->square = g_new0 (float, n);
  return self;
}

void
pisd_adam_free (PisdAdam *self)
{
  if (self == NULL)
    return;
  g_free (self->parameters);
  g_free (self->average);
  g_free (self->mean);
  g_free (self->square);
  g_free (self);
}

static double
norm (gsize n, const float *v)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) v[i] * v[i];
  return sqrt (sum);
}

double
pisd_adam_step (PisdAdam *self, const float *gradient, double rate, double limit, double decay)
{
  double size = norm (self->n, gradient), t = ++self->n_steps;
  float cut = size > limit ? limit / size : 1.0;
  float b1 = BETA1, b2 = BETA2;
  float step = rate / (1.0 - pow (BETA1, t));
  float correction = 1.0 / (1.0 - pow (BETA2, t));
  float share = 1.0 - MIN (decay, (1.0 + t) / (10.0 + t));

  for (gsize i = 0; i < self->n; i++)
    {
      float g = cut * gradient[i];

      self->mean[i] = b1 * self->mean[i] + (1.0f - b1) * g;
      self->square[i] = b2 * self->square[i] + (1.0f - b2) * g * g;
      self->parameters[i] -=
          step * self->mean[i] / (sqrtf (correction * self->square[i]) + EPSILON);
      self->average[i] += share * (self->parameters[i] - self->average[i]);
    }
  return size;
}
