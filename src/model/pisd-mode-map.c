#include "pisd-mode-map.h"

#include <math.h>

struct _PisdModeMap
{
  PisdModes *modes;
  PisdBasis basis;
  PisdTransform *transform;
  double *grid;         /* [PISD_GRID, PISD_GRID] */
  double *coefficients; /* [side, side] */
};

PisdModeMap *
pisd_mode_map_new (const PisdModes *modes, PisdBasis basis)
{
  PisdModeMap *self = g_new0 (PisdModeMap, 1);
  const guint side = modes->support.box;

  self->modes = pisd_modes_dup (modes);
  self->basis = basis;
  self->transform = pisd_transform_new (basis, side, PISD_TRANSFORM_AUTO);
  self->grid = g_new (double, PISD_GRID *PISD_GRID);
  self->coefficients = g_new0 (double, (gsize) side *side);
  return self;
}

void
pisd_mode_map_free (PisdModeMap *self)
{
  if (self == NULL)
    return;
  pisd_modes_free (self->modes);
  pisd_transform_free (self->transform);
  g_free (self->grid);
  g_free (self->coefficients);
  g_free (self);
}

gboolean
pisd_mode_map_is_of (const PisdModeMap *self, const PisdModes *modes, PisdBasis basis)
{
  return self->basis == basis && pisd_modes_equal (self->modes, modes);
}

guint
pisd_mode_map_get_side (const PisdModeMap *self)
{
  return self->modes->support.box;
}

void
pisd_mode_map_fill (PisdModeMap *self, const double *grid, double *out)
{
  const guint side = pisd_mode_map_get_side (self);

  for (gsize i = 0; i < PISD_GRID * PISD_GRID; i++)
    self->grid[i] = isfinite (grid[i]) ? grid[i] : 0.0;
  pisd_transform_analyze (self->transform, self->grid, self->coefficients);
  for (gsize i = 0; i < (gsize) side * side; i++)
    out[i] = -INFINITY;
  for (guint m = 0; m < self->modes->n; m++)
    {
      const gsize at = (gsize) self->modes->ky[m] * side + self->modes->kx[m];

      out[at] = log10 (fabs (self->coefficients[at]));
    }
}

void
pisd_mode_map_get_range (const PisdField *map, double *low, double *high)
{
  pisd_field_get_range (map, low, high);
  *low = *high - PISD_MODE_MAP_DECADES;
}
