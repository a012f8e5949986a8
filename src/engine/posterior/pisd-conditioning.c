#include "pisd-conditioning.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

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
pisd_conditioning_new (const PisdRepresentation *representation,
                       const PisdSensors *sensors,
                       guint n_threads)
{
  return conditioning_new (pisd_factors_new (NULL, representation, sensors, n_threads));
}

PisdConditioning *
pisd_conditioning_new_from (const PisdConditioning *from,
                            const PisdRepresentation *representation,
                            const PisdSensors *sensors,
                            guint n_threads)
{
  return conditioning_new (pisd_factors_new (from->f, representation, sensors, n_threads));
}

gboolean
pisd_conditioning_fits (const PisdConditioning *self,
                        const PisdRepresentation *representation,
                        const PisdSensors *sensors)
{
  return pisd_factors_fit (self->f, representation, sensors);
}

void
pisd_conditioning_prepare (PisdConditioning *self, guint n_threads)
{
  pisd_factors_prepare (self->f, n_threads);
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

const PisdFactors *
pisd_conditioning_get_factors (const PisdConditioning *self)
{
  return self->f;
}

/* z += H' W' s */
static void
add_pulled_back (PisdConditioning *self, const double *s, double *z)
{
  pisd_factors_multiply_w_adjoint (self->f, s, self->r);
  pisd_readings_apply_adjoint (self->h, self->r, self->z_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
}

void
pisd_conditioning_correct (PisdConditioning *self, double c, double *m)
{
  if (self->f->n == 0)
    return;
  pisd_factors_prepare_steps (self->f, 1);
  pisd_readings_apply (self->h, m, self->r);
  pisd_factors_multiply_w (self->f, self->r, self->s);
  for (guint i = 0; i < self->f->n; i++)
    self->s[i] = c * (self->f->wy[i] - self->s[i]) / (c + (1.0 - c) * self->f->v[i]);
  add_pulled_back (self, self->s, m);
}

/* State = alpha start + H' W' t.  Rows of N = W H satisfy N N' = diag (1 - v): along N_i / sqrt (1 - v_i) the posterior
 * has variance v_i and mean sqrt (1 - v_i) (W y)_i, across all of them the prior's 1 and 0. */
struct _PisdFlow
{
  PisdConditioning *conditioning;
  double *start; /* [kept] */
  double alpha;
  double *t; /* [n] */
  double *p; /* [n] W H state */
};

PisdFlow *
pisd_flow_new (PisdConditioning *conditioning, const double *x)
{
  PisdFlow *self = g_new0 (PisdFlow, 1);
  const PisdFactors *f = conditioning->f;

  self->conditioning = conditioning;
  self->start = g_memdup2 (x, sizeof (double) * f->kept->n);
  self->alpha = 1.0;
  self->t = g_new0 (double, f->n);
  self->p = g_new0 (double, f->n);
  if (f->n == 0)
    return self;
  pisd_factors_prepare_steps (conditioning->f, 1);
  pisd_readings_apply (conditioning->h, x, conditioning->r);
  pisd_factors_multiply_w (f, conditioning->r, self->p);
  return self;
}

void
pisd_flow_free (PisdFlow *self)
{
  if (self == NULL)
    return;
  g_free (self->start);
  g_free (self->t);
  g_free (self->p);
  g_free (self);
}

void
pisd_flow_step (PisdFlow *self, double sigma, double next)
{
  const PisdFactors *f = self->conditioning->f;
  double s2 = sigma * sigma, n2 = next * next;
  double across = sqrt ((1.0 + n2) / (1.0 + s2));

  self->alpha *= across;
  for (guint i = 0; i < f->n; i++)
    {
      double v = f->v[i], along = sqrt ((v + n2) / (v + s2));
      /* (along - across) / (1 - v), without cancellation and for v = 1 as well */
      double slope = (n2 - s2) / ((v + s2) * (1.0 + s2) * (along + across));
      double push = f->wy[i] * (1.0 - along) + slope * self->p[i];

      self->t[i] = across * self->t[i] + push;
      self->p[i] = across * self->p[i] + (1.0 - v) * push;
    }
}

/* z = scale start + H' W' s */
static void
flow_compose (PisdFlow *self, double scale, const double *s, double *z)
{
  guint n_kept = self->conditioning->f->kept->n;

  for (guint i = 0; i < n_kept; i++)
    z[i] = scale * self->start[i];
  if (self->conditioning->f->n > 0)
    add_pulled_back (self->conditioning, s, z);
}

void
pisd_flow_get_state (PisdFlow *self, double *x)
{
  flow_compose (self, self->alpha, self->t, x);
}

void
pisd_flow_get_estimate (PisdFlow *self, double sigma, double *m)
{
  const PisdFactors *f = self->conditioning->f;
  double *s = self->conditioning->s;
  double shrink = 1.0 / (1.0 + sigma * sigma), c = sigma * sigma * shrink;

  for (guint i = 0; i < f->n; i++)
    s[i] = shrink * self->t[i];
  /* At sigma 0 the state is the estimate, and v may be 0 too. */
  for (guint i = 0; i < f->n && c > 0.0; i++)
    s[i] += c * (f->wy[i] - shrink * self->p[i]) / (c + (1.0 - c) * f->v[i]);
  flow_compose (self, shrink * self->alpha, s, m);
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
void
pisd_conditioning_complete (PisdConditioning *self,
                            const double *z,
                            guint64 seed,
                            guint lane,
                            PisdField *a)
{
  g_autofree double *t = g_new0 (double, self->f->tail->n);
  gboolean draw = lane != PISD_CONDITIONING_MEAN;

  if (draw)
    pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      pisd_factors_prepare_tail (self->f);
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->f->n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i];
      if (draw)
        subtract_noise (self, seed, lane, self->r);
      pisd_factors_solve (self->f, self->f->l_tail, self->r);
      pisd_readings_apply_adjoint (self->t, self->r, self->t_scratch);
      cblas_daxpy (self->f->tail->n, 1.0, self->t_scratch, 1, t, 1);
    }
  synthesize (self, z, t, a);
}

/* z, t += [H T]' G^-1 r; r is overwritten. */
static void
add_gain (PisdConditioning *self, double *r, double *z, double *t)
{
  pisd_factors_solve (self->f, self->f->l, r);
  pisd_readings_apply_adjoint (self->h, r, self->z_scratch);
  pisd_readings_apply_adjoint (self->t, r, self->t_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
  cblas_daxpy (self->f->tail->n, 1.0, self->t_scratch, 1, t, 1);
}

void
pisd_conditioning_get_mean (PisdConditioning *self, PisdField *a)
{
  g_autofree double *z = g_new0 (double, self->f->kept->n);
  g_autofree double *t = g_new0 (double, self->f->tail->n);

  if (self->f->n > 0)
    {
      memcpy (self->r, self->f->y, sizeof (double) * self->f->n);
      add_gain (self, self->r, z, t);
    }
  synthesize (self, z, t, a);
}

void
pisd_conditioning_sample (PisdConditioning *self, guint64 seed, guint lane, PisdField *a)
{
  g_autofree double *z = g_new (double, self->f->kept->n);
  g_autofree double *t = g_new (double, self->f->tail->n);

  pisd_rng_fill_normal (seed, PISD_STREAM_STATE, lane, 0, self->f->kept->n, z);
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      pisd_readings_apply (self->h, z, self->r);
      pisd_readings_apply (self->t, t, self->s);
      for (guint i = 0; i < self->f->n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i];
      subtract_noise (self, seed, lane, self->r);
      add_gain (self, self->r, z, t);
    }
  synthesize (self, z, t, a);
}
