#include "pisd-radial.h"

#include "pisd-band.h"

double *
pisd_radial_new_power (PisdShells *shells, const PisdField *field, guint frame)
{
  double *power;
  PisdField shown;

  g_return_val_if_fail (shells != NULL, NULL);

  if (field == NULL)
    return NULL;
  shown = pisd_field_get_frame (field, frame);
  power = g_new (double, pisd_shells_get_n (shells));
  pisd_shells_compute (shells, shown.data, power);
  return power;
}

gboolean
pisd_radial_fill_band (PisdShells *shells,
                       const PisdResult *result,
                       guint field,
                       guint frame,
                       double *low,
                       double *high)
{
  const guint n = MIN (result->n_finished, PISD_RADIAL_SAMPLES), m = pisd_shells_get_n (shells);
  const gsize offset = (gsize) frame * PISD_GRID * PISD_GRID;
  g_autofree double *powers = NULL, *mean = NULL;

  g_return_val_if_fail (low != NULL && high != NULL, FALSE);

  if (n < 2)
    return FALSE;
  powers = g_new (double, (gsize) n *m);
  mean = g_new (double, m);
  for (guint k = 0; k < n; k++)
    pisd_shells_compute (shells, pisd_result_get_sample (result, field, k) + offset,
                         powers + (gsize) k * m);
  pisd_band_compute (n, m, powers, mean, low, high);
  return TRUE;
}
