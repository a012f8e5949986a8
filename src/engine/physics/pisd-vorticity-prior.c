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

/* 4 pi^2 (ky^2 + kx^2) + tau^2 by indices of modes. */
static double
square_frequency (const PisdLaw *law, guint ky, guint kx)
{
  double y = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, ky);
  double x = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, kx);

  return 4.0 * G_PI * G_PI * (y * y + x * x) + law->tau * law->tau;
}

/* s = S sqrt (2) amplitude tau^(alpha - 1) q^(-alpha / 2). */
double
pisd_vorticity_law_scale (const PisdLaw *law, guint ky, guint kx)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK_FLOWS;

  if (pisd_law_equal (law, &benchmark))
    return pisd_vorticity_prior_scale (ky, kx);
  if (ky == 0 && kx == 0)
    return 0.0;
  return S * sqrt (2.0) * law->amplitude * pow (law->tau, law->alpha - 1.0)
         * pow (square_frequency (law, ky, kx), -0.5 * law->alpha);
}

/* w = sum_k s_k n_k phi_k, n_k independent unit normals. */
static void
draw (const PisdLaw *law, PisdStream stream, guint64 seed, PisdField *out)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, S *S);

  g_return_if_fail (out->ny == S && out->nx == S);

  pisd_rng_fill_normal (seed, stream, 0, 0, S * S, c);
  for (guint i = 0; i < S * S; i++)
    c[i] *= pisd_vorticity_law_scale (law, i / S, i % S);
  pisd_transform_synthesize (transform, c, out->data);
}

void
pisd_vorticity_prior_sample (guint64 seed, PisdField *out)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK_FLOWS;

  draw (&benchmark, PISD_STREAM_SOURCE, seed, out);
}

static double
get_scale (guint ky, guint kx, const PisdSourcePrior *prior)
{
  return pisd_vorticity_law_scale (&prior->law, ky, kx);
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

static void
sample_law (const PisdLaw *law, guint64 seed, PisdField *out)
{
  draw (law, PISD_STREAM_LAWS, seed, out);
}

/* d log s by log amplitude, by log tau and by alpha. */
static void
fill_slopes (guint ky, guint kx, const PisdSourcePrior *prior, double slopes[PISD_N_SLOPES])
{
  const PisdLaw *law = &prior->law;
  const double q = square_frequency (law, ky, kx);

  slopes[PISD_SLOPE_AMPLITUDE] = 1.0;
  slopes[PISD_SLOPE_TAU] = (law->alpha - 1.0) - law->alpha * law->tau * law->tau / q;
  slopes[PISD_SLOPE_ALPHA] = log (law->tau) - 0.5 * log (q);
}

const PisdRandomOps pisd_vorticity_random = { get_scale,
                                              get_mean_sd,
                                              sample,
                                              sample_law,
                                              fill_slopes,
                                              PISD_LAW_OF_FLOWS,
                                              PISD_LAW_BENCHMARK_FLOWS };
