/* Adam for the parameters of a network, and their running mean.
 *
 *   m = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g^2
 *   x -= rate mhat / (sqrt (vhat) + 1e-8),  mhat = m / (1 - b1^t), vhat = v / (1 - b2^t)
 *   y += (1 - d) (x - y),  d = min (decay, (1 + t) / (10 + t))
 *
 * b1 = 0.9, b2 = 0.99, t counts the steps from 1; y is the running mean.  The gradient's norm is
 * cut to a limit first.  What a step does depends on the state alone, and so does what a restored
 * state does next.
 *
 * Shapes:  all arrays [n].
 * Threads: one at a time.
 * Source:  Kingma and Ba 2015 (arXiv 1412.6980); the beginning of the running mean as in
 *          TensorFlow's ExponentialMovingAverage. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize n;
  guint64 n_steps; /* done */
  float *parameters, *average, *mean, *square;
} PisdAdam;

/* parameters: copied, average alike, moments zero. */
PisdAdam *pisd_adam_new (gsize n, const float *parameters);
void pisd_adam_free (PisdAdam *adam); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdAdam, pisd_adam_free)

/* Returns the gradient's norm before it was cut. */
double pisd_adam_step (PisdAdam *adam,
                       const float *gradient,
                       double rate,
                       double limit,
                       double decay);

G_END_DECLS
