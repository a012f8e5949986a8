#include "pisd-grf.h"

#include <math.h>

#include "pisd-basis.h"
#include "pisd-rng.h"

#define S PISD_GRID
#define TAU 3.0

/* S c[j, k] with alpha = 2: c = tau / (pi^2 (j^2 + k^2) + tau^2). */
double
pisd_grf_scale (guint ky, guint kx)
{
  if (ky == 0 && kx == 0)
    return 0.0;
  return S * TAU / (G_PI * G_PI * ((double) ky * ky + (double) kx * kx) + TAU * TAU);
}

/* pi^2 (ky^2 + kx^2) + tau^2 */
static double
square_frequency (const PisdLaw *law, guint ky, guint kx)
{
  return G_PI * G_PI * ((double) ky * ky + (double) kx * kx) + law->tau * law->tau;
}

double
pisd_grf_law_scale (const PisdLaw *law, guint ky, guint kx)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK;

  if (pisd_law_equal (law, &benchmark))
    return pisd_grf_scale (ky, kx);
  if (ky == 0 && kx == 0)
    return 0.0;
  return S * law->amplitude * pow (law->tau, law->alpha - 1.0)
         * pow (square_frequency (law, ky, kx), -0.5 * law->alpha);
}

/* d log s by log amplitude, by log tau and by alpha, s = S amplitude tau^(alpha - 1)
 * q^(-alpha / 2). */
void
pisd_grf_law_fill_slopes (const PisdLaw *law, guint ky, guint kx, double slopes[PISD_N_SLOPES])
{
  double q = square_frequency (law, ky, kx);

  slopes[PISD_SLOPE_AMPLITUDE] = 1.0;
  slopes[PISD_SLOPE_TAU] = (law->alpha - 1.0) - law->alpha * law->tau * law->tau / q;
  slopes[PISD_SLOPE_ALPHA] = log (law->tau) - 0.5 * log (q);
}

/* Normal numbers, scaled by the law, are the modes of a field. */
static void
draw (const PisdLaw *law, PisdStream stream, guint64 seed, PisdField *out)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, S *S);

  pisd_rng_fill_normal (seed, stream, 0, 0, S * S, c);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      c[i * S + j] *= pisd_grf_law_scale (law, i, j);
  pisd_transform_synthesize (transform, c, out->data);
}

void
pisd_grf_sample (guint64 seed, PisdField *out)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK;

  draw (&benchmark, PISD_STREAM_SOURCE, seed, out);
}

void
pisd_grf_law_sample (const PisdLaw *law, guint64 seed, PisdField *out)
{
  draw (law, PISD_STREAM_LAWS, seed, out);
}
