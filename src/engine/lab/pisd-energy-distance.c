#include "pisd-energy-distance.h"

#include <math.h>

#include "pisd-parallel.h"

#define ROW_BLOCK 64

typedef struct
{
  guint d;
  gsize n, m;
  const double *x, *y;
  double *sums; /* of a block of rows */
  PisdCancel *cancel;
} Pairs;

static double
get_distance (guint d, const double *a, const double *b)
{
  double square = 0.0;

  for (guint c = 0; c < d; c++)
    square += (a[c] - b[c]) * (a[c] - b[c]);
  return sqrt (square);
}

static void
sum_rows (guint block, gpointer data)
{
  Pairs *pairs = data;
  const gsize end = MIN ((gsize) (block + 1) * ROW_BLOCK, pairs->n);
  double sum = 0.0;

  for (gsize i = (gsize) block * ROW_BLOCK; i < end && !pisd_cancel_look (pairs->cancel); i++)
    for (gsize j = 0; j < pairs->m; j++)
      sum += get_distance (pairs->d, pairs->x + i * pairs->d, pairs->y + j * pairs->d);
  pairs->sums[block] = sum;
}

/* The sum of |x_i - y_j| over all pairs; blocks are added in their order. */
static double
sum_pairs (Pairs pairs, guint n_threads, PisdCancel *cancel)
{
  const guint n_blocks = pisd_parallel_count_blocks ((guint) pairs.n, ROW_BLOCK);
  g_autofree double *sums = g_new (double, n_blocks);
  double sum = 0.0;

  pairs.sums = sums;
  pairs.cancel = cancel;
  if (!pisd_parallel (n_blocks, n_threads, cancel, sum_rows, &pairs) || pisd_cancel_look (cancel))
    return NAN;
  for (guint k = 0; k < n_blocks; k++)
    sum += sums[k];
  return sum;
}

/* NAN where there are no pairs. */
void
pisd_energy_set_init (PisdEnergySet *set,
                      guint d,
                      gsize n,
                      const double *x,
                      guint n_threads,
                      PisdCancel *cancel)
{
  g_return_if_fail (set != NULL && d > 0 && x != NULL);

  *set = (PisdEnergySet){ d, n, x, NAN };
  if (n > 1)
    set->within = sum_pairs ((Pairs){ d, n, n, x, x, NULL, NULL }, n_threads, cancel);
}

PisdEnergyDistance
pisd_energy_distance (const PisdEnergySet *x,
                      const PisdEnergySet *y,
                      guint n_threads,
                      PisdCancel *cancel)
{
  PisdEnergyDistance out = { NAN, NAN };
  double between, within_x, within_y;

  g_return_val_if_fail (x != NULL && y != NULL && x->d == y->d, out);

  if (isnan (x->within) || isnan (y->within))
    return out;
  between = sum_pairs ((Pairs){ x->d, x->n, y->n, x->x, y->x, NULL, NULL }, n_threads, cancel)
            / (double) (x->n * y->n);
  within_x = x->within / (double) x->n;
  within_y = y->within / (double) y->n;
  out.of_sets = 2.0 * between - within_x / (double) x->n - within_y / (double) y->n;
  out.unbiased = 2.0 * between - within_x / (double) (x->n - 1) - within_y / (double) (y->n - 1);
  return out;
}

double
pisd_energy_get_width (guint d, gsize n, const double *x, guint n_threads, PisdCancel *cancel)
{
  PisdEnergySet set;

  pisd_energy_set_init (&set, d, n, x, n_threads, cancel);
  return set.within / (double) (n * (n - 1));
}
