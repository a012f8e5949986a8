#include "pisd-conditioning-private.h"

#include <cblas.h>
#include <math.h>

#include "pisd-axes.h"

#define S PISD_GRID

/* H for the kept modes and T for the discarded ones: a column is what all sites read of a mode
 * that stands at one standard deviation of the prior. */
static PisdReadings *
see (const PisdFactors *f, const PisdModes *modes, const double *scale)
{
  return pisd_readings_new (&f->equation, modes, scale, f->sites, f->n, f->linearisation);
}

/* Every rung has an H of its own, made of its own linearisation; T is that of the last one,
 * which is the posterior's. */
static void
see_newton (PisdConditioning *self)
{
  const PisdNewton *newton = self->newton;
  PisdFactors *f = pisd_newton_get_factors (newton);

  self->f = f;
  for (guint i = 0; i < newton->n; i++)
    self->h[i] = see (newton->rungs[i], f->kept, f->scale);
  self->t = see (f, f->tail, f->scale + f->kept->n);
  if (newton->mode != NULL)
    self->correction = pisd_correction_new (f);
}

static void
forget_newton (PisdConditioning *self)
{
  for (guint i = 0; i < self->newton->n; i++)
    g_clear_pointer (&self->h[i], pisd_readings_free);
  g_clear_pointer (&self->t, pisd_readings_free);
  g_clear_pointer (&self->correction, pisd_correction_free);
  g_clear_pointer (&self->newton, pisd_newton_unref);
  self->rung = 0;
}

/* Takes over the reference. */
static PisdConditioning *
conditioning_new (PisdNewton *newton)
{
  PisdConditioning *self = g_new0 (PisdConditioning, 1);
  const PisdFactors *f;

  self->newton = newton;
  see_newton (self);
  f = self->f;
  self->r = g_new (double, f->n);
  self->s = g_new (double, f->n);
  self->z_scratch = g_new (double, f->kept->n);
  self->own = g_new (double, f->kept->n);
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
  PisdNewton *newton = pisd_newton_new (from != NULL ? from->newton : NULL, representation, sensors,
                                        NULL, 0, uses, n_threads, cancel, error);

  return newton != NULL ? conditioning_new (newton) : NULL;
}

gboolean
pisd_conditioning_fits (const PisdConditioning *self,
                        const PisdRepresentation *representation,
                        const PisdSensors *sensors)
{
  return pisd_factors_fit (self->f, representation, sensors);
}

gboolean
pisd_conditioning_is_outdated (const PisdConditioning *self)
{
  return self->newton->is_outdated;
}

gboolean
pisd_conditioning_refine (PisdConditioning *self,
                          guint n_threads,
                          PisdCancel *cancel,
                          GError **error)
{
  PisdNewton *refined;

  g_return_val_if_fail (self->newton->mode != NULL, FALSE);

  refined = pisd_newton_new_refined (self->newton, n_threads, cancel, error);
  if (refined == NULL)
    return FALSE;
  forget_newton (self);
  self->newton = refined;
  see_newton (self);
  return TRUE;
}

gboolean
pisd_conditioning_prepare (PisdConditioning *self,
                           PisdFactorsUses uses,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error)
{
  return pisd_newton_prepare (self->newton, uses, n_threads, cancel, error);
}

PisdConditioning *
pisd_conditioning_new_shared (PisdConditioning *self)
{
  return conditioning_new (pisd_newton_ref (self->newton));
}

void
pisd_conditioning_free (PisdConditioning *self)
{
  if (self == NULL)
    return;
  forget_newton (self);
  pisd_systems_unref (self->systems);
  pisd_cancel_unref (self->cancel);
  g_free (self->r);
  g_free (self->s);
  g_free (self->z_scratch);
  g_free (self->own);
  g_free (self->t_scratch);
  g_free (self->box);
  pisd_transform_free (self->transform);
  g_free (self);
}

/* z / r, with r the prior's deviations over the scales of the latent; a mode that this prior
 * does not have is 0. */
const double *
pisd_conditioning_see_own (PisdConditioning *self, const double *z)
{
  const double *ratio = self->f->ratio;

  if (ratio == NULL)
    return z;
  for (guint i = 0; i < self->f->kept->n; i++)
    self->own[i] = ratio[i] > 0.0 ? z[i] / ratio[i] : 0.0;
  return self->own;
}

PisdSystems *
pisd_conditioning_make_systems (PisdConditioning *self,
                                guint n_levels,
                                const double *sigma,
                                const double *c,
                                guint n_threads,
                                PisdCancel *cancel,
                                GError **error)
{
  return pisd_systems_new (self->newton, n_levels, sigma, c, n_threads, cancel, error);
}

gboolean
pisd_conditioning_has_made (const PisdConditioning *self,
                            const PisdSystems *systems,
                            guint n_levels,
                            const double *sigma,
                            const double *c)
{
  return pisd_systems_fit (systems, self->newton, n_levels, sigma, c);
}

void
pisd_conditioning_use_systems (PisdConditioning *self, PisdSystems *systems, PisdCancel *cancel)
{
  g_clear_pointer (&self->systems, pisd_systems_unref);
  g_clear_pointer (&self->cancel, pisd_cancel_unref);
  self->systems = pisd_systems_ref (systems);
  self->cancel = cancel != NULL ? pisd_cancel_ref (cancel) : NULL;
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

gboolean
pisd_conditioning_enter (PisdConditioning *self, double sigma)
{
  guint rung = pisd_newton_find_rung (self->newton, sigma);
  gboolean changes = rung != self->rung;

  self->rung = rung;
  return changes;
}

const PisdFactors *
pisd_conditioning_get_rung (const PisdConditioning *self)
{
  return self->newton->rungs[self->rung];
}

double
pisd_conditioning_get_bend (const PisdConditioning *self)
{
  return self->bend;
}

void
pisd_conditioning_judge (const PisdConditioning *self, PisdConsistency *c)
{
  c->is_cut = self->newton->is_cut;
  c->misfit = self->newton->misfit;
}

/* W H z: what z makes sites read, along the axes on which c H H' + T T' + R is c + (1 - c) v for
 * every c. */
void
pisd_conditioning_project (PisdConditioning *self, const double *z, double *p)
{
  pisd_readings_apply (self->h[self->rung], z, self->r);
  pisd_factors_multiply_w (pisd_conditioning_get_rung (self), self->r, p);
}

/* z += H' W' s */
void
pisd_conditioning_add_pulled_back (PisdConditioning *self, const double *s, double *z)
{
  pisd_factors_multiply_w_adjoint (pisd_conditioning_get_rung (self), s, self->r);
  pisd_readings_apply_adjoint (self->h[self->rung], self->r, self->z_scratch);
  cblas_daxpy (self->f->kept->n, 1.0, self->z_scratch, 1, z, 1);
}

/* g = C H' (H C H' + E)^-1 (y - H z) with the level's C and factor: [kept]. */
static void
solve_system (PisdConditioning *self, const PisdSystem *system, const double *z, double *g)
{
  const double *c = system->c;
  gsize n = self->f->kept->n;

  /* Among the modes it is C^1/2 (L L')^-1 C^1/2 (H' E^-1 y - P z), whose first factor is L. */
  if (pisd_systems_get_pull (self->systems, z, g))
    {
      for (gsize i = 0; i < n; i++)
        g[i] *= sqrt (c[i]);
      pisd_factors_solve (system->factor, g, NULL);
      for (gsize i = 0; i < n; i++)
        g[i] *= sqrt (c[i]);
      return;
    }
  pisd_readings_apply (self->h[0], z, self->r);
  for (guint i = 0; i < self->f->n; i++)
    self->r[i] = self->f->y[i] - self->r[i];
  pisd_factors_solve (system->factor, self->r, NULL);
  pisd_readings_apply_adjoint (self->h[0], self->r, g);
  for (gsize i = 0; i < n; i++)
    g[i] *= c[i];
}

/* m += r g: the correction is found in units of the prior's deviations and goes back into the
 * latent's own. */
gboolean
pisd_conditioning_correct_at (PisdConditioning *self, double sigma, double *m)
{
  const double *ratio = self->f->ratio;
  PisdSystem system;

  g_return_val_if_fail (self->systems != NULL, FALSE);

  if (self->f->n == 0)
    return TRUE;
  if (!pisd_systems_enter (self->systems, sigma, self->cancel, &system))
    return FALSE;
  solve_system (self, &system, pisd_conditioning_see_own (self, m), self->z_scratch);
  for (guint i = 0; i < self->f->kept->n; i++)
    m[i] += (ratio != NULL ? ratio[i] : 1.0) * self->z_scratch[i];
  pisd_systems_leave (&system);
  return TRUE;
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

/* m += H' W' s, s = c (W y - W H m) / (c + (1 - c) v): one division a reading and no system to
 * solve, whatever c is.
 * The rung is that of the noise level whose c = sigma^2 / (1 + sigma^2) is asked for. */
void
pisd_conditioning_correct (PisdConditioning *self, double c, double *m)
{
  const PisdFactors *f;

  if (self->f->n == 0)
    return;
  g_return_if_fail (pisd_newton_prepare (self->newton, PISD_FACTORS_STEPS, 1, NULL, NULL));

  if (self->f->axes != NULL)
    {
      correct_by_axes (self, c, m);
      return;
    }
  pisd_conditioning_enter (self, c < 1.0 ? sqrt (c / (1.0 - c)) : INFINITY);
  f = pisd_conditioning_get_rung (self);
  pisd_conditioning_project (self, m, self->s);
  for (guint i = 0; i < f->n; i++)
    self->s[i] = c * (f->wy[i] - self->s[i]) / (c + (1.0 - c) * f->v[i]);
  pisd_conditioning_add_pulled_back (self, self->s, m);
}
