#include "pisd-color-range.h"

#include <math.h>

static const double low_percentile = 0.02;
static const double high_percentile = 0.98;

/* A truth smaller than this share of an estimate is nothing beside it. */
static const double nothing = 1e-12;

static void
swap (double *a, double *b)
{
  double kept = *a;

  *a = *b;
  *b = kept;
}

/* Reorders values[n] so that values[k] is what sorting would put there, nothing before it is larger
 * and nothing after it smaller.  Hoare's selection, linear on average. */
static void
select_kth (double *values, gsize n, gsize k)
{
  gssize left = 0;
  gssize right = (gssize) n - 1;

  while (left < right)
    {
      double pivot = values[left + (right - left) / 2];
      gssize i = left;
      gssize j = right;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i > j)
            break;
          swap (&values[i], &values[j]);
          i++;
          j--;
        }
      if ((gssize) k <= j)
        right = j;
      else if ((gssize) k >= i)
        left = i;
      else
        return;
    }
}

/* Linear interpolation between the two neighbouring order statistics. */
static double
get_percentile (double *values, gsize n, double fraction)
{
  double place = fraction * (double) (n - 1);
  gsize k = (gsize) floor (place);
  double next;

  select_kth (values, n, k);
  if (k + 1 >= n)
    return values[k];
  next = values[k + 1];
  for (gsize i = k + 2; i < n; i++)
    next = MIN (next, values[i]);
  return values[k] + (place - (double) k) * (next - values[k]);
}

static gboolean
get_percentiles (const PisdField *field, double *min, double *max)
{
  gsize n_all = pisd_field_get_n (field);
  g_autofree double *values = g_new (double, n_all);
  gsize n = 0;

  for (gsize k = 0; k < n_all; k++)
    if (isfinite (field->data[k]))
      values[n++] = field->data[k];
  if (n == 0)
    return FALSE;
  *min = get_percentile (values, n, low_percentile);
  *max = get_percentile (values, n, high_percentile);
  return TRUE;
}

void
pisd_color_range_update (PisdColorRange *range,
                         PisdRangeMode mode,
                         gboolean diverging,
                         const PisdField *field)
{
  double min, max;
  gboolean found;

  g_return_if_fail (range != NULL && field != NULL);
  g_return_if_fail ((guint) mode < PISD_N_RANGES);

  if (mode == PISD_RANGE_FIXED && range->valid)
    return;
  if (mode == PISD_RANGE_PERCENTILE)
    found = get_percentiles (field, &min, &max);
  else
    found = pisd_field_get_range (field, &min, &max);
  if (!found)
    return;
  if (mode == PISD_RANGE_GROW && range->valid)
    {
      min = MIN (min, range->min);
      max = MAX (max, range->max);
    }
  if (mode == PISD_RANGE_SYMMETRIC || (diverging && mode != PISD_RANGE_FIXED))
    {
      max = MAX (fabs (min), fabs (max));
      min = -max;
    }
  *range = (PisdColorRange){ min, max, TRUE };
}

double
pisd_color_limit (double truth, double shown, double headroom)
{
  if (truth <= nothing * shown)
    return shown;
  return MIN (MAX (truth, shown), headroom * truth);
}

void
pisd_color_get_symmetric (const PisdField *field, double *min, double *max)
{
  const double most = pisd_field_get_largest (field);

  *max = most > 0.0 ? most : 1.0;
  *min = -*max;
}
