#include "pisd-conditioning.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-axes.h"
#include "pisd-basis.h"
#include "pisd-rng.h"

#define S PISD_GRID

struct _PisdConditioning
{
  PisdFactors *f;
  PisdReadings *h, *t;
  double *r, *s;            /* [n] scratch */
  double *z_scratch;        /* [kept] */
  double *t_scratch;        /* [tail] */
  double *box;              /* [S, S] coefficients scratch */
  PisdTransform *transform; /* full cosine */
};

/* Takes over the reference. */
static PisdConditioning *
conditioning_new (PisdFactors *f)
{
  PisdConditioning *self = g_new0 (PisdConditioning, 1);

  self->f = f;
  self->h = pisd_readings_new (&f->equation, f->kept, f->scale, f->sites, f->n);
  self->t = pisd_readings_new (&f->equation, f->tail, f->scale + f->kept->n, f->sites, f->n);
  self->r = g_new (double, f->n);
  self->s = g_new (double, f->n);
  self->z_scratch = g_new (double, f->kept->n);
  self->t_scratch = g_new (double, f->tail->n);
  self->box = g_new (double, S *S);
  self->transform = pisd_transform_new (pisd_operator_get (f->equation.problem)->fields[0].basis,
                                        f->all->support.box, PISD_TRANSFORM_AUTO);
  return self;
}

PisdConditioning *
pisd_conditioning_new (const PisdConditioning *from,
                       const PisdRepresentation *representation,
                       const PisdSensors *sensors,
                       PisdFactorsUses uses,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error)
{
  PisdFactors *f = pisd_factors_new (from != NULL ? from->f : NULL, representation, sensors, uses,
                                     n_threads, cancel, error);

  return f != NULL ? conditioning_new (f) : NULL;
}

gboolean
pisd_conditioning_fits (const PisdConditioning *self,
                        const PisdRepresentation *representation,
                        const PisdSensors *sensors)
{
  return pisd_factors_fit (self->f, representation, sensors);
}

gboolean
pisd_conditioning_prepare (PisdConditioning *self,
                           PisdFactorsUses uses,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error)
{
  return pisd_factors_prepare (self->f, uses, n_threads, cancel, error);
}

PisdConditioning *
pisd_conditioning_new_shared (PisdConditioning *self)
{
  return conditioning_new (pisd_factors_ref (self->f));
}

void
pisd_conditioning_free (PisdConditioning *self)
{
  if (self == NULL)
    return;
  pisd_readings_free (self->h);
  pisd_readings_free (self->t);
  g_free (self->r);
  g_free (self->s);
  g_free (self->z_scratch);
  g_free (self->t_scratch);
  g_free (self->box);
  pisd_transform_free (self->transform);
  pisd_factors_unref (self->f);
  g_free (self);
}

guint
pisd_conditioning_get_n (const PisdConditioning *self)
{
  return self->f->n;
}

PisdFactors *
pisd_conditioning_get_factors (const PisdConditioning *self)
{
  return self->f;
}

/* W H z */
void
pisd_conditioning_project (PisdConditioning *self, const double *z, double *p)
{
  pisd_readings_apply (self->h, z, self->r);
  pisd_factors_multiply_w (self->f, self->r, p);
}

/* z += H' W' s */
void
pisd_conditioning_add_pulled_back (PisdConditioning *self, const double *s, double *z)
{
  pisd_factors_multiply_w_adjoint (self->f, s, self->r);
  pisd_readings_apply_adjoint (self->h, self->r, self->z_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
}

/* m = V (V (1 - c) + c)^-1 m + c (V (1 - c) + c)^-1 mu along every axis. */
static void
correct_by_axes (PisdConditioning *self, double c, double *m)
{
  const PisdAxes *axes = self->f->axes;
  double *p = self->z_scratch;

  pisd_axes_enter (axes, m, p);
  for (guint i = 0; i < axes->n; i++)
    p[i] = (axes->v[i] * p[i] + c * axes->mean[i]) / (c + (1.0 - c) * axes->v[i]);
  pisd_axes_leave (axes, p, m);
}

static gboolean
prepare (PisdConditioning *self, PisdFactorsUses uses)
{
  return pisd_factors_prepare (self->f, uses, 1, NULL, NULL);
}

void
pisd_conditioning_correct (PisdConditioning *self, double c, double *m)
{
  if (self->f->n == 0)
    return;
  g_return_if_fail (prepare (self, PISD_FACTORS_STEPS));

  if (self->f->axes != NULL)
    {
      correct_by_axes (self, c, m);
      return;
    }
  pisd_conditioning_project (self, m, self->s);
  for (guint i = 0; i < self->f->n; i++)
    self->s[i] = c * (self->f->wy[i] - self->s[i]) / (c + (1.0 - c) * self->f->v[i]);
  pisd_conditioning_add_pulled_back (self, self->s, m);
}

/* Coefficients [S, S] of modes with standard deviations `scale`. */
static void
place (const PisdModes *modes, const double *scale, const double *z, double *box)
{
  for (guint i = 0; i < modes->n; i++)
    box[modes->ky[i] * S + modes->kx[i]] = scale[i] * z[i];
}

/* The source of kept and discarded coefficients. */
static void
synthesize (PisdConditioning *self, const double *z, const double *t, PisdField *a)
{
  self->box[0] = 0.0;
  place (self->f->kept, self->f->scale, z, self->box);
  place (self->f->tail, self->f->scale + self->f->kept->n, t, self->box);
  pisd_transform_synthesize (self->transform, self->box, a->data);
}

/* r -= noise of a draw */
static void
subtract_noise (PisdConditioning *self, guint64 seed, guint lane, double *r)
{
  g_autofree double *noise = g_new (double, self->f->n);

  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, S * S, self->f->n, noise);
  for (guint i = 0; i < self->f->n; i++)
    r[i] -= sqrt (self->f->sites[i].variance + self->f->jitter) * noise[i];
}

/* t* = t0 + T' (T T' + R)^-1 (y - H z - T t0 - e0), with t0, e0 from their priors, or zero for the
 * mean. */
gboolean
pisd_conditioning_complete (PisdConditioning *self,
                            const double *z,
                            guint64 seed,
                            guint lane,
                            PisdCancel *cancel,
                            PisdField *a)
{
  g_autofree double *t = g_new0 (double, self->f->tail->n);
  const gboolean draw = lane != PISD_CONDITIONING_MEAN;

  g_return_val_if_fail (prepare (self, PISD_FACTORS_TAIL), FALSE);

  if (draw)
    pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->f->n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i];
      if (draw)
        subtract_noise (self, seed, lane, self->r);
      if (!pisd_factors_solve (self->f->l_tail, self->r, cancel))
        return FALSE;
      pisd_readings_apply_adjoint (self->t, self->r, self->t_scratch);
      cblas_daxpy (self->f->tail->n, 1.0, self->t_scratch, 1, t, 1);
    }
  synthesize (self, z, t, a);
  return TRUE;
}

/* z, t += [H T]' G^-1 r; r is overwritten.  FALSE: cancelled. */
static gboolean
add_gain (PisdConditioning *self, double *r, PisdCancel *cancel, double *z, double *t)
{
  if (!pisd_factors_solve (self->f->l, r, cancel))
    return FALSE;
  pisd_readings_apply_adjoint (self->h, r, self->z_scratch);
  pisd_readings_apply_adjoint (self->t, r, self->t_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
  cblas_daxpy (self->f->tail->n, 1.0, self->t_scratch, 1, t, 1);
  return TRUE;
}

gboolean
pisd_conditioning_knows_mean (const PisdConditioning *self)
{
  const PisdFactors *f = self->f;

  return f->n == 0 || f->l != NULL || (f->axes != NULL && f->l_tail != NULL);
}

/* The kept modes' mean along the axes, and the discarded modes' mean given those. */
static gboolean
get_mean_by_axes (PisdConditioning *self, PisdCancel *cancel, PisdField *a)
{
  g_autofree double *z = g_new (double, self->f->kept->n);

  pisd_axes_leave (self->f->axes, self->f->axes->mean, z);
  return pisd_conditioning_complete (self, z, 0, PISD_CONDITIONING_MEAN, cancel, a);
}

gboolean
pisd_conditioning_get_mean (PisdConditioning *self, PisdCancel *cancel, PisdField *a)
{
  g_autofree double *z = NULL;
  g_autofree double *t = NULL;

  g_return_val_if_fail (pisd_conditioning_knows_mean (self), FALSE);

  if (self->f->n > 0 && self->f->l == NULL)
    return get_mean_by_axes (self, cancel, a);
  z = g_new0 (double, self->f->kept->n);
  t = g_new0 (double, self->f->tail->n);
  if (self->f->n > 0)
    {
      memcpy (self->r, self->f->y, sizeof (double) * self->f->n);
      if (!add_gain (self, self->r, cancel, z, t))
        return FALSE;
    }
  synthesize (self, z, t, a);
  return TRUE;
}

gboolean
pisd_conditioning_sample (PisdConditioning *self,
                          guint64 seed,
                          guint lane,
                          PisdCancel *cancel,
                          PisdField *a)
{
  g_autofree double *z = g_new (double, self->f->kept->n);
  g_autofree double *t = g_new (double, self->f->tail->n);

  g_return_val_if_fail (prepare (self, PISD_FACTORS_MEAN), FALSE);

  pisd_rng_fill_normal (seed, PISD_STREAM_STATE, lane, 0, self->f->kept->n, z);
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->f->n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i];
      subtract_noise (self, seed, lane, self->r);
      if (!add_gain (self, self->r, cancel, z, t))
        return FALSE;
    }
  synthesize (self, z, t, a);
  return TRUE;
}
