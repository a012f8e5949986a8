#include "pisd-sources.h"

#include <math.h>

#include "pisd-grf.h"
#include "pisd-shapes.h"
#include "pisd-spectrum.h"

#define S PISD_GRID

/* s of a family, sqrt (mean of s^2 over the families) of any of them; the mean's mode has one,
 * too. */
static double
get_sd (PisdFamily family, guint ky, guint kx)
{
  double squares = 0.0;

  if (family == PISD_FAMILY_GRF)
    return pisd_grf_scale (ky, kx);
  if (family < PISD_N_FAMILIES)
    return pisd_spectrum_get_sd (family, ky, kx);
  for (PisdFamily f = 0; f < PISD_N_FAMILIES; f++)
    squares += pow (get_sd (f, ky, kx), 2) / PISD_N_FAMILIES;
  return sqrt (squares);
}

/* A constant m has the coefficient S m. */
double
pisd_source_scale (guint ky, guint kx, const PisdSourcePrior *prior)
{
  if (ky == 0 && kx == 0)
    return S * prior->mean_sd;
  if (prior->family == PISD_FAMILY_GRF)
    return pisd_grf_law_scale (&prior->law, ky, kx);
  return prior->law.amplitude * get_sd (prior->family, ky, kx);
}

/* As a person reads it: in thousandths. */
double
pisd_family_get_mean_sd (PisdFamily family)
{
  return rint (1000.0 * get_sd (family, 0, 0) / S) / 1000.0;
}

void
pisd_family_sample (PisdFamily family, guint64 seed, PisdField *out)
{
  static void (*const samplers[PISD_N_FAMILIES]) (guint64, PisdField *) = {
    [PISD_FAMILY_GRF] = pisd_grf_sample,
    [PISD_FAMILY_INCLUSIONS] = pisd_inclusions_sample,
    [PISD_FAMILY_BLOBS] = pisd_blobs_sample,
  };

  g_return_if_fail (family < PISD_N_FAMILIES);
  g_return_if_fail (out->ny == S && out->nx == S);

  samplers[family](seed, out);
}

void
pisd_source_fill_slopes (guint ky,
                         guint kx,
                         const PisdSourcePrior *prior,
                         double slopes[PISD_N_SLOPES])
{
  if (prior->family == PISD_FAMILY_GRF)
    {
      pisd_grf_law_fill_slopes (&prior->law, ky, kx, slopes);
      return;
    }
  slopes[PISD_SLOPE_AMPLITUDE] = 1.0;
  slopes[PISD_SLOPE_TAU] = slopes[PISD_SLOPE_ALPHA] = 0.0;
}

const PisdRandomOps pisd_sources_random = { pisd_source_scale,       pisd_family_get_mean_sd,
                                            pisd_family_sample,      pisd_grf_law_sample,
                                            pisd_source_fill_slopes, PISD_LAW_OF_SOURCES,
                                            PISD_LAW_BENCHMARK };
