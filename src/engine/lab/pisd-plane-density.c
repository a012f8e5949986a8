#include "pisd-plane-density.h"

#include <math.h>
#include <string.h>

/* Standard deviation that samples have at least, so that they are seen at t = 0. */
#define LEAST_BLUR 0.08

void
pisd_plane_fill_places (guint n, double limit, gboolean from_top, double *places)
{
  const double step = 2.0 * limit / n;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        places[2 * (i * n + j)] = (j + 0.5) * step - limit;
        places[2 * (i * n + j) + 1] =
            from_top ? limit - (i + 0.5) * step : (i + 0.5) * step - limit;
      }
}

/* exp (-(place - centre)^2 / (2 variance)) for all columns, or rows from the top. */
static void
fill_profile (guint n, double limit, double sign, double centre, double variance, double *out)
{
  for (guint j = 0; j < n; j++)
    {
      const double place = sign * ((j + 0.5) * 2.0 * limit / n - limit);

      out[j] = exp (-0.5 * (place - centre) * (place - centre) / variance);
    }
}

/* A Gaussian is a product of its profiles along the two axes. */
void
pisd_plane_density_of_samples (gsize n,
                               const double *x,
                               double abar,
                               double rest,
                               double limit,
                               PisdField *out)
{
  const double variance = rest + LEAST_BLUR * LEAST_BLUR, a = sqrt (abar);
  g_autofree double *across = g_new (double, out->nx);
  g_autofree double *down = g_new (double, out->ny);

  memset (out->data, 0, pisd_field_get_n (out) * sizeof (double));
  for (gsize s = 0; s < n; s++)
    {
      fill_profile (out->nx, limit, 1.0, a * x[2 * s], variance, across);
      fill_profile (out->ny, limit, -1.0, a * x[2 * s + 1], variance, down);
      for (guint i = 0; i < out->ny; i++)
        for (guint j = 0; j < out->nx; j++)
          out->data[i * out->nx + j] += down[i] * across[j] / (2.0 * G_PI * variance * (double) n);
    }
}

void
pisd_plane_density_of_mixture (const PisdPlaneMixture *mixture,
                               double abar,
                               double rest,
                               double limit,
                               PisdField *out)
{
  const gsize n = pisd_field_get_n (out);
  g_autofree double *places = g_new (double, 2 * n);

  g_return_if_fail (out->nx == out->ny);

  pisd_plane_fill_places (out->nx, limit, TRUE, places);
  pisd_plane_mixture_get_log_density (mixture, abar, rest, n, places, out->data);
  for (gsize k = 0; k < n; k++)
    out->data[k] = exp (out->data[k]);
}
