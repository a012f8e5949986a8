#include "pisd-newton.h"

#include <math.h>
#include <string.h>

#define S PISD_GRID

/* Steps from frame to frame are for the benchmark's ten. */
static const PisdNewtonLevel standard_levels[] = {
  { { 32, 3, 0.1 }, INFINITY }, { { 32, 3, 0.05 }, 10.0 }, { { 48, 4, 0.01 }, 5.0 },
  { { 64, 7, 5e-4 }, 2.0 },     { { 64, 7, 5e-6 }, 1.0 },
};

const PisdNewtonLevel *
pisd_newton_get_levels (guint *n_levels)
{
  *n_levels = G_N_ELEMENTS (standard_levels);
  return standard_levels;
}

PisdNewton *
pisd_newton_ref (PisdNewton *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_newton_unref (PisdNewton *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint i = 0; i < self->n; i++)
    pisd_factors_free (self->rungs[i]);
  g_free (self->mode);
  g_free (self);
}

PisdFactors *
pisd_newton_get_factors (const PisdNewton *self)
{
  return self->rungs[self->n - 1];
}

/* The last i with sigma <= sigma_i; these descend from infinity, so there is always one. */
guint
pisd_newton_find_rung (const PisdNewton *self, double sigma)
{
  guint i = self->n - 1;

  while (i > 0 && sigma > self->sigma[i])
    i--;
  return i;
}

gboolean
pisd_newton_prepare (PisdNewton *self,
                     PisdFactorsUses uses,
                     guint n_threads,
                     PisdCancel *cancel,
                     GError **error)
{
  for (guint i = 0; i + 1 < self->n && (uses & PISD_FACTORS_STEPS); i++)
    if (!pisd_factors_prepare (self->rungs[i], PISD_FACTORS_STEPS, n_threads, cancel, error))
      return FALSE;
  if (self->mode != NULL)
    uses |= PISD_FACTORS_MEAN;
  return pisd_factors_prepare (pisd_newton_get_factors (self), uses, n_threads, cancel, error);
}

/* box[ky, kx] = s_k z_k: z counts the coefficients of w (0) in the prior's deviations. */
void
pisd_newton_place (const PisdFactors *f, const double *z, double *box)
{
  memset (box, 0, sizeof (double) * S * S);
  for (guint i = 0; i < f->all->n; i++)
    box[f->all->ky[i] * S + f->all->kx[i]] = f->scale[i] * z[i];
}
