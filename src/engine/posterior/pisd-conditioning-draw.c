#include "pisd-conditioning-private.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-axes.h"
#include "pisd-rng.h"

#define S PISD_GRID

/* Steps that a draw is corrected by. */
#define CORRECTIONS 4

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

/* Where a draw's normals begin in its stream: discarded modes, noise, and of the draw that a
 * correction is made with, all modes and noise. */
#define AT_NOISE (S * S)
#define AT_MODES (2 * S * S)
#define AT_OTHER_NOISE (3 * S * S)

/* e: [n] noise of a draw */
static void
fill_noise (PisdConditioning *self, guint64 seed, guint lane, guint at, double *e)
{
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, at, self->f->n, e);
  for (guint i = 0; i < self->f->n; i++)
    e[i] *= sqrt (self->f->variance[i] + self->f->jitter);
}

/* r -= noise of a draw */
static void
subtract_noise (PisdConditioning *self, guint64 seed, guint lane, double *r)
{
  g_autofree double *noise = g_new (double, self->f->n);

  fill_noise (self, seed, lane, AT_NOISE, noise);
  for (guint i = 0; i < self->f->n; i++)
    r[i] -= noise[i];
}

/* A draw of the linear posterior, all modes, as the flow itself would have it.  `prior` and
 * `noise`: what it was made from; e = -noise. */
static gboolean
bend (PisdConditioning *self, const double *prior, double *noise, PisdCancel *cancel, double *all)
{
  guint n = self->f->all->n;
  g_autofree double *moved = g_memdup2 (all, sizeof (double) * n);

  for (guint i = 0; i < self->f->n; i++)
    noise[i] = -noise[i];
  if (!pisd_correction_run (self->correction, prior, noise, CORRECTIONS, cancel, all))
    return FALSE;
  cblas_daxpy ((int) n, -1.0, all, 1, moved, 1);
  self->bend = cblas_dnrm2 ((int) n, moved, 1);
  return TRUE;
}

/* Rows of the last rung's kept modes. */
static PisdReadings *
get_last (PisdConditioning *self)
{
  return self->h[self->newton->n - 1];
}

/* f = [H T] z, z: [all] */
static void
read_all (PisdConditioning *self, const double *z, double *f)
{
  pisd_readings_apply (get_last (self), z, f);
  pisd_readings_apply (self->t, z + self->f->kept->n, self->s);
  cblas_daxpy ((int) self->f->n, 1.0, self->s, 1, f, 1);
}

/* A draw z of the linear posterior does not say from which draw z0 of the prior and e of the
 * noise it was made, but q = y - e - [H T] z0 of those is independent of z, so that another
 * draw's will do:
 *   q = y - e1 - [H T] z1,  z0 = z - [H T]' G^-1 q,  e = y - q - [H T] z0 */
static gboolean
bend_completed (PisdConditioning *self, guint64 seed, guint lane, PisdCancel *cancel, double *all)
{
  guint n = self->f->n, n_all = self->f->all->n, n_kept = self->f->kept->n;
  g_autofree double *prior = g_new (double, n_all), *q = g_new (double, n);
  g_autofree double *e = g_new (double, n);

  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, AT_MODES, n_all, prior);
  fill_noise (self, seed, lane, AT_OTHER_NOISE, e);
  read_all (self, prior, q);
  for (guint i = 0; i < n; i++)
    q[i] = e[i] = self->f->y[i] - q[i] - e[i];
  if (!pisd_factors_solve (self->f->l, q, cancel))
    return FALSE;
  pisd_readings_apply_adjoint (get_last (self), q, prior);
  pisd_readings_apply_adjoint (self->t, q, prior + n_kept);
  for (guint i = 0; i < n_all; i++)
    prior[i] = all[i] - prior[i];
  read_all (self, prior, q);
  for (guint i = 0; i < n; i++)
    e[i] = self->f->y[i] - e[i] - q[i];
  return bend (self, prior, e, cancel, all);
}

/* The source of a draw of kept and discarded modes, corrected by the flow. */
static gboolean
complete_flow (PisdConditioning *self,
               const double *z,
               const double *t,
               guint64 seed,
               guint lane,
               PisdCancel *cancel,
               PisdField *a)
{
  guint n_kept = self->f->kept->n;
  g_autofree double *all = g_new (double, self->f->all->n);

  memcpy (all, z, sizeof (double) * n_kept);
  memcpy (all + n_kept, t, sizeof (double) * self->f->tail->n);
  if (!bend_completed (self, seed, lane, cancel, all))
    return FALSE;
  synthesize (self, all, all + n_kept, a);
  return TRUE;
}

/* t* = t0 + T' (T T' + R)^-1 (y - H z - T t0 - e0), with t0, e0 from their priors, or zero for the
 * mean; z in units of the prior's own deviations. */
static gboolean
complete_own (PisdConditioning *self,
              const double *z,
              guint64 seed,
              guint lane,
              PisdCancel *cancel,
              PisdField *a)
{
  g_autofree double *t = g_new0 (double, self->f->tail->n);
  const gboolean draw = lane != PISD_CONDITIONING_MEAN;

  g_return_val_if_fail (pisd_newton_prepare (self->newton, PISD_FACTORS_TAIL, 1, NULL, NULL),
                        FALSE);

  if (draw)
    pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, t);
  if (self->f->n > 0)
    {
      pisd_readings_apply (get_last (self), z, self->r);
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
  if (draw && self->correction != NULL)
    return complete_flow (self, z, t, seed, lane, cancel, a);
  synthesize (self, z, t, a);
  return TRUE;
}

gboolean
pisd_conditioning_complete (PisdConditioning *self,
                            const double *z,
                            guint64 seed,
                            guint lane,
                            PisdCancel *cancel,
                            PisdField *a)
{
  return complete_own (self, pisd_conditioning_see_own (self, z), seed, lane, cancel, a);
}

/* z, t += [H T]' G^-1 r; r is overwritten.  FALSE: cancelled. */
static gboolean
add_gain (PisdConditioning *self, double *r, PisdCancel *cancel, double *z, double *t)
{
  if (!pisd_factors_solve (self->f->l, r, cancel))
    return FALSE;
  pisd_readings_apply_adjoint (get_last (self), r, self->z_scratch);
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
  return complete_own (self, z, 0, PISD_CONDITIONING_MEAN, cancel, a);
}

gboolean
pisd_conditioning_get_mean (PisdConditioning *self, PisdCancel *cancel, PisdField *a)
{
  g_autofree double *z = NULL;
  g_autofree double *t = NULL;

  g_return_val_if_fail (pisd_conditioning_knows_mean (self), FALSE);

  if (self->newton->mode != NULL)
    {
      synthesize (self, self->newton->mode, self->newton->mode + self->f->kept->n, a);
      return TRUE;
    }
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

/* A draw of the prior and its readings, what is left of which is in r, corrected: by the linear
 * gain and, where noise is given, by the flow. */
static gboolean
correct_draw (PisdConditioning *self, double *noise, PisdCancel *cancel, double *all)
{
  g_autofree double *prior =
      noise != NULL ? g_memdup2 (all, sizeof (double) * self->f->all->n) : NULL;

  return add_gain (self, self->r, cancel, all, all + self->f->kept->n)
         && (noise == NULL || bend (self, prior, noise, cancel, all));
}

gboolean
pisd_conditioning_sample (PisdConditioning *self,
                          guint64 seed,
                          guint lane,
                          PisdCancel *cancel,
                          PisdField *a)
{
  guint n = self->f->n, n_kept = self->f->kept->n;
  g_autofree double *all = g_new (double, self->f->all->n);
  g_autofree double *noise = g_new (double, n);

  g_return_val_if_fail (pisd_newton_prepare (self->newton, PISD_FACTORS_MEAN, 1, NULL, NULL),
                        FALSE);

  pisd_rng_fill_normal (seed, PISD_STREAM_STATE, lane, 0, n_kept, all);
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->f->tail->n, all + n_kept);
  if (n > 0)
    {
      fill_noise (self, seed, lane, AT_NOISE, noise);
      pisd_readings_apply (get_last (self), all, self->r);
      pisd_readings_apply (self->t, all + n_kept, self->s);
      for (guint i = 0; i < n; i++)
        self->r[i] = self->f->y[i] - self->r[i] - self->s[i] - noise[i];
      if (!correct_draw (self, self->correction != NULL ? noise : NULL, cancel, all))
        return FALSE;
    }
  synthesize (self, all, all + n_kept, a);
  return TRUE;
}
