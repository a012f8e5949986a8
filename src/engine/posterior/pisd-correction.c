#include "pisd-correction.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* A step that changes no more than this part of the estimate is the last one. */
#define TOLERANCE 1e-4
#define MOST_HALVES 4

struct _PisdCorrection
{
  const PisdFactors *f;
  guint n_first;          /* sites before the later ones */
  PisdReadings *readings; /* all modes */
  PisdVorticityPath *path;
  double *w;           /* [side, side] */
  double *linear;      /* [n] [H T] z */
  double *before;      /* [n] [H T] z0 */
  double *read;        /* [n] F (z) */
  double *q;           /* [n] */
  double *best, *gain; /* [all] */
  double squares;      /* |y + e - F (z)|^2 / R of the newest z, ... */
  double left;         /* ... and of the best one */
};

PisdCorrection *
pisd_correction_new (const PisdFactors *f)
{
  PisdCorrection *self = g_new0 (PisdCorrection, 1);
  guint side = f->linearisation->side;

  self->f = f;
  self->n_first = f->n - f->linearisation->n;
  self->readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites, f->n, f->linearisation);
  self->path = pisd_linearisation_new_path (f->linearisation);
  self->w = g_new (double, side *side);
  self->linear = g_new (double, f->n);
  self->before = g_new (double, f->n);
  self->read = g_new (double, f->n);
  self->q = g_new (double, f->n);
  self->best = g_new (double, f->all->n);
  self->gain = g_new (double, f->all->n);
  return self;
}

void
pisd_correction_free (PisdCorrection *self)
{
  if (self == NULL)
    return;
  pisd_readings_free (self->readings);
  pisd_vorticity_path_free (self->path);
  g_free (self->w);
  g_free (self->linear);
  g_free (self->before);
  g_free (self->read);
  g_free (self->q);
  g_free (self->best);
  g_free (self->gain);
  g_free (self);
}

double
pisd_correction_get_misfit (const PisdCorrection *self)
{
  return sqrt (self->left / self->f->n);
}

/* What the sites read of the flow that begins with z.  FALSE: it is too fast, or cancelled. */
static gboolean
read_flow (PisdCorrection *self, const double *z, PisdCancel *cancel)
{
  const PisdFactors *f = self->f;
  guint side = f->linearisation->side;

  memset (self->w, 0, sizeof (double) * side * side);
  for (guint i = 0; i < f->all->n; i++)
    if (MAX (f->all->ky[i], f->all->kx[i]) < side)
      self->w[f->all->ky[i] * side + f->all->kx[i]] = f->scale[i] * z[i];
  pisd_readings_apply (self->readings, z, self->linear);
  memcpy (self->read, self->linear, sizeof (double) * self->n_first);
  return pisd_linearisation_solve (f->linearisation, self->path, self->w,
                                   self->read + self->n_first, cancel, NULL);
}

/* |z - z0|^2 + |y + e - F (z)|^2 / R; infinite where z cannot be solved. */
static double
measure (PisdCorrection *self,
         const double *prior,
         const double *noise,
         PisdCancel *cancel,
         const double *z)
{
  const PisdFactors *f = self->f;
  double sum = 0.0, squares = 0.0;

  self->squares = INFINITY;
  if (!read_flow (self, z, cancel))
    return INFINITY;
  for (guint i = 0; i < f->all->n; i++)
    sum += prior != NULL ? (z[i] - prior[i]) * (z[i] - prior[i]) : z[i] * z[i];
  for (guint i = 0; i < f->n; i++)
    {
      double target = f->sites[i].value + (noise != NULL ? noise[i] : 0.0);
      double left = target - self->read[i];

      self->q[i] = left + self->linear[i] - self->before[i];
      squares += left * left / (f->variance[i] + f->jitter);
    }
  self->squares = squares;
  return isfinite (sum + squares) ? sum + squares : INFINITY;
}

/* gain = z0 + [H T]' G^-1 q */
static gboolean
solve (PisdCorrection *self, const double *prior, PisdCancel *cancel)
{
  if (!pisd_factors_solve (self->f->l, self->q, cancel))
    return FALSE;
  pisd_readings_apply_adjoint (self->readings, self->q, self->gain);
  if (prior != NULL)
    cblas_daxpy ((int) self->f->all->n, 1.0, prior, 1, self->gain, 1);
  return TRUE;
}

/* Where the linearisation is made, of what it knows. */
static void
fill_known (const PisdCorrection *self, double *z)
{
  const PisdFactors *f = self->f;
  guint side = f->linearisation->side;
  const double *w0 = pisd_linearisation_get_beginning (f->linearisation);

  memset (z, 0, sizeof (double) * f->all->n);
  for (guint i = 0; i < f->all->n; i++)
    if (MAX (f->all->ky[i], f->all->kx[i]) < side && f->scale[i] > 0.0)
      z[i] = w0[f->all->ky[i] * side + f->all->kx[i]] / f->scale[i];
}

/* z = (z + best) / 2 until that is better than `least`. */
static double
shorten (PisdCorrection *self,
         const double *prior,
         const double *noise,
         double least,
         double sum,
         PisdCancel *cancel,
         double *z)
{
  for (guint i = 0; i < MOST_HALVES && !(sum < least) && !pisd_cancel_look (cancel); i++)
    {
      for (guint k = 0; k < self->f->all->n; k++)
        z[k] = 0.5 * (z[k] + self->best[k]);
      sum = measure (self, prior, noise, cancel, z);
    }
  return sum;
}

/* How far z is from the best estimate so far, as a part of that. */
static double
measure_change (const PisdCorrection *self, const double *z)
{
  double change = 0.0, size = 0.0;

  for (guint i = 0; i < self->f->all->n; i++)
    {
      change += (z[i] - self->best[i]) * (z[i] - self->best[i]);
      size += self->best[i] * self->best[i];
    }
  return size > 0.0 ? sqrt (change / size) : INFINITY;
}

gboolean
pisd_correction_run (PisdCorrection *self,
                     const double *prior,
                     const double *noise,
                     guint n_most,
                     PisdCancel *cancel,
                     double *z)
{
  const guint n = self->f->all->n;
  double least = INFINITY, sum;

  self->left = INFINITY;
  memset (self->before, 0, sizeof (double) * self->f->n);
  if (prior != NULL)
    pisd_readings_apply (self->readings, prior, self->before);
  fill_known (self, self->best);
  sum = measure (self, prior, noise, cancel, z);
  for (guint step = 0;; step++)
    {
      double change;

      sum = shorten (self, prior, noise, least, sum, cancel, z);
      if (pisd_cancel_look (cancel))
        return FALSE;
      if (!(sum < least))
        break;
      change = measure_change (self, z);
      memcpy (self->best, z, sizeof (double) * n);
      least = sum;
      self->left = self->squares;
      if (step == n_most || (step > 0 && change < TOLERANCE))
        break;
      if (!solve (self, prior, cancel))
        return FALSE;
      memcpy (z, self->gain, sizeof (double) * n);
      sum = measure (self, prior, noise, cancel, z);
    }
  memcpy (z, self->best, sizeof (double) * n);
  return TRUE;
}
