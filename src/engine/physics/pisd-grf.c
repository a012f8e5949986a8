#include "pisd-grf.h"

#include <math.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-rng.h"

#define S PISD_GRID
#define TAU 3.0

static const char *const family_names[PISD_N_FAMILIES] = {
  [PISD_FAMILY_GRF] = "grf",
  [PISD_FAMILY_INCLUSIONS] = "inclusions",
  [PISD_FAMILY_BLOBS] = "blobs",
};

const char *
pisd_family_get_name (PisdFamily family)
{
  g_return_val_if_fail (family < PISD_N_FAMILIES, NULL);

  return family_names[family];
}

/* S c[j, k] with alpha = 2: c = tau / (pi^2 (j^2 + k^2) + tau^2). */
double
pisd_grf_scale (guint ky, guint kx)
{
  if (ky == 0 && kx == 0)
    return 0.0;
  return S * TAU / (G_PI * G_PI * ((double) ky * ky + (double) kx * kx) + TAU * TAU);
}

/* A constant m has the coefficient S m. */
double
pisd_grf_prior_scale (guint ky, guint kx, double mean_sd)
{
  return ky == 0 && kx == 0 ? S * mean_sd : pisd_grf_scale (ky, kx);
}

static void
sample_grf (guint64 seed, PisdField *out)
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

/* Parameter number `index` of shape number `shape`, uniform between the limits. */
static double
parameter (guint64 seed, guint shape, guint index, double low, double high)
{
  return low + (high - low) * pisd_rng_uniform (seed, PISD_STREAM_SHAPES, shape, index);
}

/* +-(0.5 to 2) */
static double
amplitude (guint64 seed, guint shape, guint index)
{
  double size = parameter (seed, shape, index, 0.5, 2.0);

  return parameter (seed, shape, index + 1, 0.0, 1.0) < 0.5 ? -size : size;
}

/* How many shapes: lane 0 is kept for the count, shapes start at lane 1. */
static guint
count_shapes (guint64 seed, guint most)
{
  return 1 + (guint) parameter (seed, 0, 0, 0.0, most);
}

static void
fill_inclusion (guint64 seed, guint shape, PisdField *out)
{
  double cx = parameter (seed, shape, 0, 0.0, 1.0), cy = parameter (seed, shape, 1, 0.0, 1.0);
  double rx = parameter (seed, shape, 2, 0.05, 0.25), ry = parameter (seed, shape, 3, 0.05, 0.25);
  double angle = parameter (seed, shape, 4, 0.0, G_PI);
  gboolean ellipse = parameter (seed, shape, 5, 0.0, 1.0) < 0.5;
  double value = amplitude (seed, shape, 6);
  double c = cos (angle), s = sin (angle);

  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      {
        double dx = (double) j / (S - 1) - cx, dy = (double) i / (S - 1) - cy;
        double p = (c * dx + s * dy) / rx, q = (c * dy - s * dx) / ry;

        if (ellipse ? p * p + q * q <= 1.0 : fabs (p) <= 1.0 && fabs (q) <= 1.0)
          out->data[i * S + j] = value;
      }
}

static void
sample_inclusions (guint64 seed, PisdField *out)
{
  guint n = count_shapes (seed, 6);

  memset (out->data, 0, sizeof (double) * S * S);
  for (guint shape = 1; shape <= n; shape++)
    fill_inclusion (seed, shape, out);
}

/* field += height exp (-|(x', y') - (x, y)|^2 / 2 sd^2), in the unit square's lengths. */
static void
add_blob (PisdField *field, double x, double y, double sd, double height)
{
  for (guint i = 0; i < field->ny; i++)
    for (guint j = 0; j < field->nx; j++)
      {
        double dx = (double) j / (field->nx - 1) - x, dy = (double) i / (field->ny - 1) - y;

        field->data[i * field->nx + j] += height * exp (-(dx * dx + dy * dy) / (2.0 * sd * sd));
      }
}

static void
sample_blobs (guint64 seed, PisdField *out)
{
  guint n = count_shapes (seed, 8);

  memset (out->data, 0, sizeof (double) * S * S);
  for (guint shape = 1; shape <= n; shape++)
    add_blob (out, parameter (seed, shape, 0, 0.0, 1.0), parameter (seed, shape, 1, 0.0, 1.0),
              parameter (seed, shape, 2, 0.03, 0.11), amplitude (seed, shape, 3));
}

void
pisd_family_sample (PisdFamily family, guint64 seed, PisdField *out)
{
  static void (*const samplers[PISD_N_FAMILIES]) (guint64, PisdField *) = {
    [PISD_FAMILY_GRF] = sample_grf,
    [PISD_FAMILY_INCLUSIONS] = sample_inclusions,
    [PISD_FAMILY_BLOBS] = sample_blobs,
  };

  g_return_if_fail (family < PISD_N_FAMILIES);
  g_return_if_fail (out->ny == S && out->nx == S);

  samplers[family](seed, out);
}

const PisdRandomOps pisd_grf_random = { pisd_grf_prior_scale, pisd_family_sample };
