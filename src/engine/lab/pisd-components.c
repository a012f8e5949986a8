#include "pisd-components.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-field.h"
#include "pisd-lapack.h"

/* Directions in which samples do not differ, beside the largest variance. */
#define LEAST_VARIANCE 1e-8
/* Samples between two looks at a request to stop. */
#define CANCEL_BLOCK 64

static const char *const names[PISD_N_LATENTS] = {
  [PISD_LATENT_COMPONENTS] = "components",
  [PISD_LATENT_COSINE] = "cosine",
};

const char *
pisd_latent_get_name (PisdLatent id)
{
  g_return_val_if_fail (id < PISD_N_LATENTS, NULL);

  return names[id];
}

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

/* Principal components. */

/* Eigenvalues ascend: the last ones are kept, the largest first.  A vector's sign is chosen such
 * that its largest entry is positive. */
static void
keep (PisdComponents *self, const double *vectors, const double *values)
{
  const guint d = self->d;

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
      self->sd[k] = sqrt (MAX (values[from], 0.0));
    }
}

static gboolean
fill_principal (PisdComponents *self, double *covariance, guint n_threads, PisdCancel *cancel)
{
  g_autofree double *values = g_new (double, self->d);

  if (!pisd_lapack_eigen (self->d, covariance, values, n_threads, cancel))
    return FALSE;
  keep (self, covariance, values);
  return TRUE;
}

/* Cosine modes. */

static int
compare (const void *a, const void *b)
{
  const guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* All modes ky side + kx by frequency, and equal ones by that number. */
static guint *
sort_modes (guint side)
{
  const guint d = side * side;
  guint *modes = g_new (guint, d);

  for (guint ky = 0; ky < side; ky++)
    for (guint kx = 0; kx < side; kx++)
      modes[ky * side + kx] = (ky * ky + kx * kx) * d + ky * side + kx;
  qsort (modes, d, sizeof (guint), compare);
  for (guint k = 0; k < d; k++)
    modes[k] %= d;
  return modes;
}

/* The orthonormal modes of an axis of `side` pixels, [side, modes]:
 *   mode j at pixel i: sqrt ((j ? 2 : 1) / side) cos (pi j (i + 1/2) / side)
 * A pixel stands for S / side nodes of the basis's grid, and its middle is where theirs is:
 * (S - 1) x + 1/2 = S (i + 1/2) / side. */
static double *
make_axis (guint side)
{
  const double n_nodes = PISD_GRID, scale = sqrt (n_nodes / side);
  double *axis = g_new (double, (gsize) side *side);

  for (guint i = 0; i < side; i++)
    {
      const double x = (n_nodes * (i + 0.5) / side - 0.5) / (n_nodes - 1.0);

      pisd_basis_evaluate (PISD_BASIS_COSINE, side, x, axis + (gsize) i * side);
      for (guint j = 0; j < side; j++)
        axis[(gsize) i * side + j] *= scale;
    }
  return axis;
}

/* v' covariance v, of whose lower triangle alone is there. */
static double
get_variance (guint d, const double *covariance, const double *v)
{
  double sum = 0.0;

  for (guint k = 0; k < d; k++)
    {
      const double *row = covariance + (gsize) k * d;
      double half = 0.5 * row[k] * v[k];

      for (guint l = 0; l < k; l++)
        half += row[l] * v[l];
      sum += 2.0 * v[k] * half;
    }
  return sum;
}

/* mean = sum over kept k of v_k v_k' mean */
static void
project_mean (PisdComponents *self)
{
  g_autofree double *mean = g_memdup2 (self->mean, self->d * sizeof (double));

  memset (self->mean, 0, self->d * sizeof (double));
  for (guint k = 0; k < self->n_kept; k++)
    {
      const double *vector = self->vectors + (gsize) k * self->d;
      double held = 0.0;

      for (guint i = 0; i < self->d; i++)
        held += vector[i] * mean[i];
      for (guint i = 0; i < self->d; i++)
        self->mean[i] += held * vector[i];
    }
}

static gboolean
fill_cosine (PisdComponents *self, double *covariance, guint n_threads, PisdCancel *cancel)
{
  const guint side = (guint) lrint (sqrt (self->d));
  g_autofree guint *modes = sort_modes (side);
  g_autofree double *axis = make_axis (side);

  for (guint k = 0; k < self->n_kept; k++)
    {
      const guint ky = modes[k] / side, kx = modes[k] % side;
      double *vector = self->vectors + (gsize) k * self->d;

      for (guint i = 0; i < side; i++)
        for (guint j = 0; j < side; j++)
          vector[i * side + j] = axis[i * side + ky] * axis[j * side + kx];
      self->sd[k] = sqrt (MAX (get_variance (self->d, covariance, vector), 0.0));
    }
  project_mean (self);
  return TRUE;
}

/* Both. */

static gboolean (*const fillers[PISD_N_LATENTS]) (PisdComponents *,
                                                  double *covariance,
                                                  guint n_threads,
                                                  PisdCancel *) = {
  [PISD_LATENT_COMPONENTS] = fill_principal,
  [PISD_LATENT_COSINE] = fill_cosine,
};

static double
get_trace (guint d, const double *covariance)
{
  double sum = 0.0;

  for (guint k = 0; k < d; k++)
    sum += covariance[(gsize) k * d + k];
  return sum;
}

/* The part of the variance that is kept; no sd is much below the largest one. */
static void
finish (PisdComponents *self, double whole)
{
  double kept = 0.0, largest = 0.0;

  for (guint k = 0; k < self->n_kept; k++)
    {
      kept += self->sd[k] * self->sd[k];
      largest = MAX (largest, self->sd[k]);
    }
  self->share = kept / whole;
  for (guint k = 0; k < self->n_kept; k++)
    self->sd[k] = MAX (self->sd[k], sqrt (LEAST_VARIANCE) * largest);
}

PisdComponents *
pisd_components_new (PisdLatent id,
                     guint d,
                     gsize n,
                     const double *samples,
                     guint n_kept,
                     guint n_threads,
                     PisdCancel *cancel)
{
  g_autoptr (PisdComponents) self = NULL;
  g_autofree double *covariance = NULL;
  double whole;

  g_return_val_if_fail (id < PISD_N_LATENTS, NULL);
  g_return_val_if_fail (n > 1 && n_kept > 0 && n_kept <= d && samples != NULL, NULL);

  self = g_new0 (PisdComponents, 1);
  self->id = id;
  self->d = d;
  self->n_kept = n_kept;
  self->mean = g_new0 (double, d);
  self->vectors = g_new (double, (gsize) n_kept *d);
  self->sd = g_new (double, n_kept);
  fill_mean (self, n, samples);
  covariance = make_covariance (self, n, samples, cancel);
  whole = get_trace (d, covariance);
  if (pisd_cancel_look (cancel) || !fillers[id](self, covariance, n_threads, cancel))
    return NULL;
  finish (self, whole);
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
