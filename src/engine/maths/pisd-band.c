#include "pisd-band.h"

#include <math.h>

#include "pisd-sort.h"

static const double low_share = 0.1;
static const double high_share = 0.9;

/* x_b + (q (n - 1) - b) (x_{b+1} - x_b), b = floor (q (n - 1)), of sorted values x. */
static double
get_quantile (guint n, const double *sorted, double share)
{
  double place = share * (n - 1);
  guint below = MIN ((guint) place, n - 1), above = MIN (below + 1, n - 1);

  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

void
pisd_band_compute (guint n_samples,
                   guint n,
                   const double *samples,
                   double *mean,
                   double *low,
                   double *high)
{
  g_autofree double *column = NULL;

  g_return_if_fail (n_samples >= 1);

  column = g_new (double, n_samples);
  for (guint k = 0; k < n; k++)
    {
      mean[k] = 0.0;
      for (guint m = 0; m < n_samples; m++)
        {
          column[m] = samples[m * n + k];
          mean[k] += column[m] / n_samples;
        }
      pisd_sort (n_samples, column);
      low[k] = get_quantile (n_samples, column, low_share);
      high[k] = get_quantile (n_samples, column, high_share);
    }
}
