/* Corrections of an estimate taken apart by the field whose readings call for them. */
#include "pisd-conditioning-private.h"

#include <math.h>
#include <string.h>

#include "pisd-axes.h"

/* self->r = y - H z at the sites of that field on a rung, 0 at the others; how many those are. */
static guint
fill_misfits (PisdConditioning *self, guint rung, PisdFieldId field, const double *z)
{
  const PisdFactors *f = self->newton->rungs[rung];
  guint n = 0;

  pisd_readings_apply (self->h[rung], z, self->r);
  for (guint i = 0; i < f->n; i++)
    {
      gboolean is_on = f->sites[i].field == field;

      self->r[i] = is_on ? f->y[i] - self->r[i] : 0.0;
      n += is_on;
    }
  return n;
}

/* g = H' E^-1 r on the last rung.  FALSE: cancelled. */
static gboolean
pull_through_tail (PisdConditioning *self, double *g)
{
  if (!pisd_factors_solve (self->f->l_tail, self->r, self->cancel))
    return FALSE;
  pisd_readings_apply_adjoint (self->h[self->newton->n - 1], self->r, g);
  return TRUE;
}

/* (I / c + H' E^-1 H)^-1 g = c v / (c + (1 - c) v) g along every axis. */
static void
pull_by_axes (PisdConditioning *self, double c, PisdFieldId field, const double *m, double *pull)
{
  const PisdAxes *axes = self->f->axes;
  double *p = self->z_scratch;

  if (fill_misfits (self, self->newton->n - 1, field, m) == 0 || !pull_through_tail (self, pull))
    return;
  pisd_axes_enter (axes, pull, p);
  for (guint i = 0; i < axes->n; i++)
    p[i] *= c * axes->v[i] / (c + (1.0 - c) * axes->v[i]);
  pisd_axes_leave (axes, p, pull);
}

/* pull = H' W' diag (c / (c + (1 - c) v)) W r, r the misfits of that field alone. */
void
pisd_conditioning_pull (PisdConditioning *self,
                        double c,
                        PisdFieldId field,
                        const double *m,
                        double *pull)
{
  const PisdFactors *f = self->f;

  memset (pull, 0, sizeof (double) * f->kept->n);
  if (f->n == 0)
    return;
  g_return_if_fail (pisd_newton_prepare (
      self->newton, PISD_FACTORS_STEPS | (f->by_modes ? PISD_FACTORS_TAIL : 0), 1, NULL, NULL));

  if (f->axes != NULL)
    {
      pull_by_axes (self, c, field, m, pull);
      return;
    }
  pisd_conditioning_enter (self, c < 1.0 ? sqrt (c / (1.0 - c)) : INFINITY);
  f = pisd_conditioning_get_rung (self);
  if (fill_misfits (self, self->rung, field, m) == 0)
    return;
  pisd_factors_multiply_w (f, self->r, self->s);
  for (guint i = 0; i < f->n; i++)
    self->s[i] *= c / (c + (1.0 - c) * f->v[i]);
  pisd_conditioning_add_pulled_back (self, self->s, pull);
}

/* pull = C^1/2 (L L')^-1 C^1/2 H' E^-1 r.  FALSE: cancelled. */
static gboolean
pull_by_modes (PisdConditioning *self, const PisdSystem *system, double *pull)
{
  gsize n = self->f->kept->n;

  if (!pull_through_tail (self, pull))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    pull[i] *= sqrt (system->c[i]);
  if (!pisd_factors_solve (system->factor, pull, self->cancel))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    pull[i] *= sqrt (system->c[i]);
  return TRUE;
}

/* pull = C H' (H C H' + E)^-1 r.  FALSE: cancelled. */
static gboolean
pull_by_readings (PisdConditioning *self, const PisdSystem *system, double *pull)
{
  if (!pisd_factors_solve (system->factor, self->r, self->cancel))
    return FALSE;
  pisd_readings_apply_adjoint (self->h[0], self->r, pull);
  for (gsize i = 0; i < self->f->kept->n; i++)
    pull[i] *= system->c[i];
  return TRUE;
}

gboolean
pisd_conditioning_pull_at (PisdConditioning *self,
                           double sigma,
                           PisdFieldId field,
                           const double *m,
                           double *pull)
{
  const PisdFactors *f = self->f;
  PisdSystem system;
  gboolean good;

  g_return_val_if_fail (self->systems != NULL, FALSE);

  memset (pull, 0, sizeof (double) * f->kept->n);
  if (f->n == 0 || fill_misfits (self, 0, field, pisd_conditioning_see_own (self, m)) == 0)
    return TRUE;
  if (!pisd_systems_enter (self->systems, sigma, self->cancel, &system))
    return FALSE;
  good = f->by_modes ? pull_by_modes (self, &system, pull) : pull_by_readings (self, &system, pull);
  pisd_systems_leave (&system);
  for (guint i = 0; i < f->kept->n; i++)
    pull[i] *= f->ratio != NULL ? f->ratio[i] : 1.0;
  return good;
}
