#include "pisd-marginal.h"

#include <math.h>
#include <string.h>

#include "pisd-sort.h"

#define LEAST_BINS 8
#define MOST_BINS 48
/* Deviations of the Gaussian to either side that are shown, and free room at both ends. */
#define SIDES 3.0
#define MARGIN 0.04
/* What is shown is at least so wide, of the field's size. */
#define LEAST_WIDTH 0.01
/* Of standardised errors, which are many: a quarter of the spread wide. */
#define STANDARDIZED_BINS 40

static void
fill_moments (PisdMarginal *self)
{
  double sum = 0.0, squares = 0.0;

  self->mean = self->sd = NAN;
  for (guint k = 0; k < self->n; k++)
    sum += self->values[k];
  if (self->n > 0)
    self->mean = sum / self->n;
  for (guint k = 0; k < self->n; k++)
    squares += pow (self->values[k] - self->mean, 2);
  if (self->n > 1)
    self->sd = sqrt (squares / (self->n - 1));
}

static void
include (PisdMarginal *self, double value)
{
  if (!isfinite (value))
    return;
  self->low = fmin (self->low, value);
  self->high = fmax (self->high, value);
}

static void
choose_range (PisdMarginal *self)
{
  const PisdMarginalBeside *beside = &self->beside;
  double centre, half;

  self->low = INFINITY;
  self->high = -INFINITY;
  for (guint k = 0; k < self->n; k++)
    include (self, self->values[k]);
  include (self, beside->truth);
  include (self, beside->exact_mean - SIDES * beside->exact_sd);
  include (self, beside->exact_mean + SIDES * beside->exact_sd);
  if (!(self->high >= self->low))
    self->low = self->high = 0.0;
  centre = 0.5 * (self->low + self->high);
  half = (0.5 + MARGIN) * fmax (self->high - self->low, LEAST_WIDTH * beside->scale);
  if (!(half > 0.0))
    half = 1.0;
  self->low = centre - half;
  self->high = centre + half;
}

/* As fine as the samples allow, however far the Gaussian reaches beyond them. */
static guint
count_bins (const PisdMarginal *self)
{
  const double range = self->n > 0 ? self->values[self->n - 1] - self->values[0] : 0.0;
  const double bins = (self->high - self->low) / range * ceil (1.5 * sqrt (self->n));

  return isfinite (bins) ? (guint) CLAMP (ceil (bins), LEAST_BINS, MOST_BINS) : LEAST_BINS;
}

static void
count (PisdMarginal *self)
{
  self->n_bins = count_bins (self);
  self->counts = g_new0 (guint, self->n_bins);
  for (guint k = 0; k < self->n; k++)
    self->counts[pisd_marginal_find_bin (self, self->values[k])]++;
}

PisdMarginal *
pisd_marginal_new (guint n, const double *values, const PisdMarginalBeside *beside)
{
  PisdMarginal *self;

  g_return_val_if_fail ((values != NULL || n == 0) && beside != NULL, NULL);

  self = g_new0 (PisdMarginal, 1);
  self->values = g_new (double, n);
  for (guint k = 0; k < n; k++)
    if (isfinite (values[k]))
      self->values[self->n++] = values[k];
  self->beside = *beside;
  if (self->n > 0)
    pisd_sort (self->n, self->values);
  fill_moments (self);
  choose_range (self);
  count (self);
  return self;
}

PisdMarginal *
pisd_marginal_new_from_result (const PisdResult *result,
                               guint field,
                               guint frame,
                               guint i,
                               guint j,
                               const PisdMarginalBeside *beside)
{
  const gsize node = ((gsize) frame * PISD_GRID + i) * PISD_GRID + j;
  g_autofree double *values = NULL;

  g_return_val_if_fail (result != NULL && field < result->n_fields, NULL);
  g_return_val_if_fail (i < PISD_GRID && j < PISD_GRID, NULL);

  values = g_new (double, result->n_finished);
  for (guint k = 0; k < result->n_finished; k++)
    values[k] = pisd_result_get_sample (result, field, k)[node];
  return pisd_marginal_new (result->n_finished, values, beside);
}

/* Sum and sum of squares, which are of order 1 here, give both moments in one pass. */
PisdMarginal *
pisd_marginal_new_standardized (gsize n, const double *standardized)
{
  PisdMarginal *self;
  double sum = 0.0, squares = 0.0;

  g_return_val_if_fail (standardized != NULL || n == 0, NULL);

  self = g_new0 (PisdMarginal, 1);
  self->beside = (PisdMarginalBeside){ NAN, NAN, 0.0, 1.0, 1.0 };
  self->high = PISD_MARGINAL_STANDARDIZED;
  self->low = -self->high;
  self->n_bins = STANDARDIZED_BINS;
  self->counts = g_new0 (guint, self->n_bins);
  for (gsize k = 0; k < n; k++)
    if (isfinite (standardized[k]))
      {
        self->n++;
        self->n_beyond += fabs (standardized[k]) > self->high;
        self->counts[pisd_marginal_find_bin (self, standardized[k])]++;
        sum += standardized[k];
        squares += standardized[k] * standardized[k];
      }
  self->mean = self->n > 0 ? sum / self->n : NAN;
  self->sd = self->n > 1 ? sqrt (fmax (squares - sum * self->mean, 0.0) / (self->n - 1)) : NAN;
  return self;
}

void
pisd_marginal_free (PisdMarginal *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self->counts);
  g_free (self);
}

double
pisd_marginal_get_width (const PisdMarginal *self)
{
  return (self->high - self->low) / self->n_bins;
}

guint
pisd_marginal_find_bin (const PisdMarginal *self, double x)
{
  const double bin = floor ((x - self->low) / pisd_marginal_get_width (self));

  return (guint) fmin (fmax (bin, 0.0), self->n_bins - 1.0); /* of NaN: 0 */
}

/* Share of a Gaussian below x; with no spread all of it lies at its mean. */
static double
get_share (double x, double mean, double sd)
{
  if (!(sd > 0.0))
    return x < mean ? 0.0 : 1.0;
  return 0.5 * erfc ((mean - x) / (sd * M_SQRT2));
}

double
pisd_marginal_get_expected (const PisdMarginal *self, double x)
{
  const PisdMarginalBeside *beside = &self->beside;
  const double half = 0.5 * pisd_marginal_get_width (self);

  if (isnan (beside->exact_mean) || isnan (beside->exact_sd))
    return NAN;
  return self->n
         * (get_share (x + half, beside->exact_mean, beside->exact_sd)
            - get_share (x - half, beside->exact_mean, beside->exact_sd));
}
