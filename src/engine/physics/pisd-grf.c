#include "pisd-grf.h"

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

void
pisd_grf_sample (guint64 seed, PisdField *out)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_COSINE, S, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, S *S);

  pisd_rng_fill_normal (seed, PISD_STREAM_SOURCE, 0, 0, S * S, c);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      c[i * S + j] *= pisd_grf_scale (i, j);
  pisd_transform_synthesize (transform, c, out->data);
}
