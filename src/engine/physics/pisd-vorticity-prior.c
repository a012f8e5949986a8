#include "pisd-vorticity-prior.h"

#include <math.h>

#include "pisd-basis.h"
#include "pisd-rng.h"

#define S PISD_GRID
#define TAU 7.0

/* S q (k), q = sqrt (2) tau^1.5 (4 pi^2 |k|^2 + tau^2)^-1.25: of an orthonormal mode on S^2
 * nodes. */
double
pisd_vorticity_prior_scale (guint ky, guint kx)
{
  double y = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, ky);
  double x = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, kx);

  if (ky == 0 && kx == 0)
    return 0.0;
  return S * sqrt (2.0) * pow (TAU, 1.5)
         * pow (4.0 * G_PI * G_PI * (y * y + x * x) + TAU * TAU, -1.25);
}

void
pisd_vorticity_prior_fill_scale (guint side, double *scale)
{
  for (guint j = 0; j < side; j++)
    for (guint k = 0; k < side; k++)
      scale[j * side + k] = pisd_vorticity_prior_scale (j, k);
}

/* w = sum_k s_k n_k phi_k, n_k independent unit normals. */
void
pisd_vorticity_prior_sample (guint64 seed, PisdField *out)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, S *S), *scale = g_new (double, S *S);

  g_return_if_fail (out->ny == S && out->nx == S);

  pisd_vorticity_prior_fill_scale (S, scale);
  pisd_rng_fill_normal (seed, PISD_STREAM_SOURCE, 0, 0, S * S, c);
  for (guint i = 0; i < S * S; i++)
    c[i] *= scale[i];
  pisd_transform_synthesize (transform, c, out->data);
}

static double
get_scale (guint ky, guint kx, const PisdSourcePrior *prior)
{
  return pisd_vorticity_prior_scale (ky, kx);
}

static double
get_mean_sd (PisdFamily family)
{
  return 0.0;
}

static void
sample (PisdFamily family, guint64 seed, PisdField *out)
{
  g_return_if_fail (family == PISD_FAMILY_GRF);

  pisd_vorticity_prior_sample (seed, out);
}

const PisdRandomOps pisd_vorticity_random = { get_scale, get_mean_sd, sample, NULL, NULL };
