#include "pisd-scores.h"

#include <math.h>

#include "pisd-sort.h"

/* At one node: sum_{i<j} |x_i - x_j| = sum_i (2 i + 1 - M) x_i of sorted values.  values: [n],
 * sorted here. */
static double
get_crps (double truth, double *values, guint n)
{
  const double m = n;
  double error = 0.0, pairs = 0.0;

  pisd_sort (n, values);
  for (guint i = 0; i < n; i++)
    {
      error += fabs (values[i] - truth);
      pairs += (2.0 * i + 1.0 - m) * values[i];
    }
  return error / m - pairs / (m * (m - 1.0));
}

/* Mean over the nodes. */
static double
get_mean_crps (const PisdField *truth, const double *samples, guint n, gsize stride)
{
  const gsize n_nodes = pisd_field_get_n (truth);
  g_autofree double *values = g_new (double, n);
  double sum = 0.0;

  for (gsize k = 0; k < n_nodes; k++)
    {
      for (guint i = 0; i < n; i++)
        values[i] = samples[i * stride + k];
      sum += get_crps (truth->data[k], values, n);
    }
  return sum / (double) n_nodes;
}

/* |x - y|_2 */
static double
get_distance (const double *x, const double *y, gsize n)
{
  double squares = 0.0;

  for (gsize k = 0; k < n; k++)
    squares += (x[k] - y[k]) * (x[k] - y[k]);
  return sqrt (squares);
}

/* Mean of |X_i - X_j|_2 over the pairs, of many samples over those that are close in number. */
static double
get_mean_distance (const double *samples, guint n, gsize stride, gsize n_nodes)
{
  const guint most = PISD_SCORES_PAIRED * (PISD_SCORES_PAIRED - 1) / 2;
  double sum = 0.0;
  guint n_pairs = 0;

  for (guint lag = 1; lag < n && (n <= PISD_SCORES_PAIRED || lag <= MAX (1, most / n)); lag++)
    for (guint i = 0; i + lag < n; i++, n_pairs++)
      sum += get_distance (samples + i * stride, samples + (i + lag) * stride, n_nodes);
  return sum / n_pairs;
}

static double
get_energy (const PisdField *truth, const double *samples, guint n, gsize stride)
{
  const gsize n_nodes = pisd_field_get_n (truth);
  double error = 0.0;

  for (guint i = 0; i < n; i++)
    error += get_distance (samples + i * stride, truth->data, n_nodes);
  return error / n - 0.5 * get_mean_distance (samples, n, stride, n_nodes);
}

double
pisd_scores_get_crps (const PisdField *truth, const double *samples, guint n_samples, gsize stride)
{
  const double norm = pisd_field_norm (truth);

  if (n_samples < 2 || norm == 0.0)
    return NAN;
  return get_mean_crps (truth, samples, n_samples, stride)
         / (norm / sqrt ((double) pisd_field_get_n (truth)));
}

PisdScores
pisd_scores (const PisdField *truth, const double *samples, guint n_samples, gsize stride)
{
  const double norm = pisd_field_norm (truth);
  PisdScores scores = { NAN, NAN };

  if (n_samples < 2 || norm == 0.0)
    return scores;
  scores.crps = pisd_scores_get_crps (truth, samples, n_samples, stride);
  scores.energy = get_energy (truth, samples, n_samples, stride) / norm;
  return scores;
}
