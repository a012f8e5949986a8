#include "pisd-calibration.h"

#include <math.h>

/* A node with less than this part of the largest spread has been measured. */
#define FIXED_SPREAD 1e-4

/* E[(truth - mean)^2 / sd^2] = (1 + 1/M) (M - 1) / (M - 3): the truth is one more sample beside the
 * M that mean and sd come from, and 1 / sd^2 follows an inverse chi-squared law. */
static double
get_expected_square (guint n_samples)
{
  const double m = n_samples;

  if (n_samples == 0)
    return 1;
  return n_samples < PISD_CALIBRATION_LEAST ? NAN : (1 + 1 / m) * (m - 1) / (m - 3);
}

double
pisd_calibration (const PisdField *truth,
                  const PisdField *mean,
                  const PisdField *sd,
                  guint n_samples,
                  PisdField *standardized)
{
  double low, high, sum = 0;
  gsize n = 0;

  pisd_field_get_range (sd, &low, &high);
  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    {
      const gboolean counts = sd->data[k] > FIXED_SPREAD * high;
      const double z = counts ? (truth->data[k] - mean->data[k]) / sd->data[k] : NAN;

      if (standardized != NULL)
        standardized->data[k] = z;
      sum += counts ? z * z : 0;
      n += counts;
    }
  return n > 0 ? sqrt (sum / (double) n / get_expected_square (n_samples)) : NAN;
}
