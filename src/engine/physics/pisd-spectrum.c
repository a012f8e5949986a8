#include "pisd-spectrum.h"

#include <math.h>

#include "pisd-spectrum-table.h"

#define S PISD_GRID

/* Standard deviations of all modes, by family. */
typedef struct
{
  double sd[PISD_N_FAMILIES][S * S];
} Spectra;

/* Between which wave numbers of the table k lies, and how far, in logarithms of k + 1. */
static guint
find_interval (guint k, double *share)
{
  guint i = 0;

  while (i + 2 < G_N_ELEMENTS (pisd_spectrum_numbers) && pisd_spectrum_numbers[i + 1] <= k)
    i++;
  *share = log ((k + 1.0) / (pisd_spectrum_numbers[i] + 1.0))
           / log ((pisd_spectrum_numbers[i + 1] + 1.0) / (pisd_spectrum_numbers[i] + 1.0));
  return i;
}

/* Number (i, j) of the triangle. */
static double
get_entry (PisdFamily family, guint i, guint j)
{
  const guint high = MAX (i, j), low = MIN (i, j);

  return log (pisd_spectrum_variances[family][high * (high + 1) / 2 + low]);
}

/* exp of half the logarithm of the variance, which is bilinear between the table's wave numbers. */
static double
interpolate (PisdFamily family, guint ky, guint kx)
{
  double y, x;
  const guint i = find_interval (ky, &y), j = find_interval (kx, &x);
  const double low = (1.0 - x) * get_entry (family, i, j) + x * get_entry (family, i, j + 1),
               high =
                   (1.0 - x) * get_entry (family, i + 1, j) + x * get_entry (family, i + 1, j + 1);

  return exp (0.5 * ((1.0 - y) * low + y * high));
}

static void
fill (Spectra *spectra)
{
  for (PisdFamily family = PISD_FAMILY_GRF + 1; family < PISD_N_FAMILIES; family++)
    for (guint ky = 0; ky < S; ky++)
      for (guint kx = 0; kx <= ky; kx++)
        spectra->sd[family][ky * S + kx] = spectra->sd[family][kx * S + ky] =
            interpolate (family, ky, kx);
}

/* Made when they are first asked for, and constant from then on. */
static const Spectra *
get_spectra (void)
{
  static Spectra *spectra;

  if (g_once_init_enter (&spectra))
    {
      Spectra *made = g_new0 (Spectra, 1);

      fill (made);
      g_once_init_leave (&spectra, made);
    }
  return spectra;
}

double
pisd_spectrum_get_sd (PisdFamily family, guint ky, guint kx)
{
  g_return_val_if_fail (family != PISD_FAMILY_GRF && family < PISD_N_FAMILIES, 0.0);
  g_return_val_if_fail (ky < S && kx < S, 0.0);

  return get_spectra ()->sd[family][ky * S + kx];
}
