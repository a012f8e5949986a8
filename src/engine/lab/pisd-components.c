#include "pisd-components.h"

#include <math.h>

#include "pisd-lapack.h"

/* Directions in which samples do not differ, beside the largest variance. */
#define LEAST_VARIANCE 1e-8
/* Samples between two looks at a request to stop. */
#define CANCEL_BLOCK 64

static void
fill_mean (PisdComponents *self, gsize n, const double *samples)
{
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < self->d; k++)
      self->mean[k] += samples[i * self->d + k] / (double) n;
}

/* The lower triangle of sum (x - mean) (x - mean)' / n; half done where cancelled. */
static double *
make_covariance (const PisdComponents *self, gsize n, const double *samples, PisdCancel *cancel)
{
  const guint d = self->d;
  double *covariance = g_new0 (double, (gsize) d *d);
  g_autofree double *x = g_new (double, d);

  for (gsize i = 0; i < n && (i % CANCEL_BLOCK > 0 || !pisd_cancel_look (cancel)); i++)
    {
      for (guint k = 0; k < d; k++)
        x[k] = samples[i * d + k] - self->mean[k];
      for (guint k = 0; k < d; k++)
        for (guint l = 0; l <= k; l++)
          covariance[(gsize) k * d + l] += x[k] * x[l] / (double) n;
    }
  return covariance;
}

/* Eigenvalues ascend: the last ones are kept, the largest first.  A vector's sign is chosen such
 * that its largest entry is positive. */
static void
keep (PisdComponents *self, const double *vectors, const double *values)
{
  const guint d = self->d;
  double whole = 0.0, kept = 0.0;

  for (guint k = 0; k < d; k++)
    whole += values[k];
  for (guint k = 0; k < self->n_kept; k++)
    {
      const guint from = d - 1 - k;
      const double *vector = vectors + (gsize) from * d;
      double largest = 0.0;

      for (guint i = 0; i < d; i++)
        if (fabs (vector[i]) > fabs (largest))
          largest = vector[i];
      for (guint i = 0; i < d; i++)
        self->vectors[(gsize) k * d + i] = copysign (1.0, largest) * vector[i];
      self->sd[k] = sqrt (MAX (values[from], LEAST_VARIANCE * values[d - 1]));
      kept += values[from];
    }
  self->share = kept / whole;
}

PisdComponents *
pisd_components_new (guint d,
                     gsize n,
                     const double *samples,
                     guint n_kept,
                     guint n_threads,
                     PisdCancel *cancel)
{
  g_autoptr (PisdComponents) self = NULL;
  g_autofree double *covariance = NULL;
  g_autofree double *values = NULL;

  g_return_val_if_fail (n > 1 && n_kept > 0 && n_kept <= d && samples != NULL, NULL);

  self = g_new0 (PisdComponents, 1);
  self->d = d;
  self->n_kept = n_kept;
  self->mean = g_new0 (double, d);
  self->vectors = g_new (double, (gsize) n_kept *d);
  self->sd = g_new (double, n_kept);
  values = g_new (double, d);
  fill_mean (self, n, samples);
  covariance = make_covariance (self, n, samples, cancel);
  if (pisd_cancel_look (cancel) || !pisd_lapack_eigen (d, covariance, values, n_threads, cancel))
    return NULL;
  keep (self, covariance, values);
  return g_steal_pointer (&self);
}

void
pisd_components_free (PisdComponents *components)
{
  if (components == NULL)
    return;
  g_free (components->mean);
  g_free (components->vectors);
  g_free (components->sd);
  g_free (components);
}

void
pisd_components_encode (const PisdComponents *components, gsize n, const double *x, double *z)
{
  const guint d = components->d;

  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < components->n_kept; k++)
      {
        const double *vector = components->vectors + (gsize) k * d;
        double sum = 0.0;

        for (guint c = 0; c < d; c++)
          sum += vector[c] * (x[i * d + c] - components->mean[c]);
        z[i * components->n_kept + k] = sum / components->sd[k];
      }
}

void
pisd_components_decode (const PisdComponents *components, gsize n, const double *z, double *x)
{
  const guint d = components->d;

  for (gsize i = 0; i < n; i++)
    {
      double *out = x + i * d;

      for (guint c = 0; c < d; c++)
        out[c] = components->mean[c];
      for (guint k = 0; k < components->n_kept; k++)
        {
          const double step = components->sd[k] * z[i * components->n_kept + k];

          for (guint c = 0; c < d; c++)
            out[c] += step * components->vectors[(gsize) k * d + c];
        }
    }
}
