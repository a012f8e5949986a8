#include "pisd-shells.h"

#include <math.h>
#include <string.h>

#include "pisd-field.h"

struct _PisdShells
{
  PisdBasis basis;
  guint n_modes;  /* an axis */
  guint n;        /* shells */
  guint16 *shell; /* [n_modes, n_modes] */
  PisdTransform *transform;
  double *coefficients; /* [n_modes, n_modes] */
};

static guint
find_shell (PisdBasis basis, guint ky, guint kx)
{
  return (guint) lround (
      hypot (pisd_basis_get_wave_number (basis, ky), pisd_basis_get_wave_number (basis, kx)));
}

PisdShells *
pisd_shells_new (PisdBasis basis)
{
  PisdShells *self = g_new0 (PisdShells, 1);
  const guint n = pisd_basis_get_n_modes (basis);

  self->basis = basis;
  self->n_modes = n;
  self->shell = g_new (guint16, (gsize) n * n);
  for (guint ky = 0; ky < n; ky++)
    for (guint kx = 0; kx < n; kx++)
      {
        const guint shell = find_shell (basis, ky, kx);

        self->shell[ky * n + kx] = (guint16) shell;
        self->n = MAX (self->n, shell + 1);
      }
  self->transform = pisd_transform_new (basis, n, PISD_TRANSFORM_AUTO);
  self->coefficients = g_new (double, (gsize) n *n);
  return self;
}

void
pisd_shells_free (PisdShells *self)
{
  if (self == NULL)
    return;
  pisd_transform_free (self->transform);
  g_free (self->shell);
  g_free (self->coefficients);
  g_free (self);
}

PisdBasis
pisd_shells_get_basis (const PisdShells *self)
{
  return self->basis;
}

guint
pisd_shells_get_n (const PisdShells *self)
{
  return self->n;
}

/* P_k, see the header: every mode adds its square to its shell. */
void
pisd_shells_compute (PisdShells *self, const double *grid, double *power)
{
  const gsize n = (gsize) self->n_modes * self->n_modes;

  g_return_if_fail (self != NULL && grid != NULL && power != NULL);

  pisd_transform_analyze (self->transform, grid, self->coefficients);
  memset (power, 0, self->n * sizeof (double));
  for (gsize k = 0; k < n; k++)
    power[self->shell[k]] += self->coefficients[k] * self->coefficients[k];
  for (guint k = 0; k < self->n; k++)
    power[k] /= PISD_GRID * PISD_GRID;
}
