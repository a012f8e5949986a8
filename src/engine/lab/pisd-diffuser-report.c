#include "pisd-diffuser-report.h"

#include <math.h>

#include "pisd-estimator.h"

/* Sets of fresh data that means are over. */
#define N_SETS 6
/* Neighbours are looked for of so many samples. */
#define MOST_NEIGHBOURED 400
/* Samples between two looks at a request to stop. */
#define CANCEL_BLOCK 64
/* Fresh samples from this one on give labels alone. */
#define LABELS_FROM (PISD_LAB_FRESH + (PISD_LAB_FRESH / 2))

void
pisd_diffuser_draw_fresh (const PisdLabData *data,
                          guint64 seed,
                          guint64 first,
                          gsize n,
                          double *x,
                          guint *labels,
                          PisdCancel *cancel)
{
  for (gsize i = 0; i < n && !pisd_cancel_look (cancel); i += CANCEL_BLOCK)
    pisd_lab_data_draw (data, seed, PISD_LAB_FRESH + first + i, MIN (CANCEL_BLOCK, n - i),
                        x + i * data->dimension, labels != NULL ? labels + i : NULL);
}

void
pisd_diffuser_choose_labels (const PisdLabData *data,
                             guint64 seed,
                             guint label,
                             gsize n,
                             guint *out)
{
  if (label == PISD_NO_LABEL && data->side == 0)
    {
      g_autofree double *x = g_new (double, n * data->dimension);

      pisd_lab_data_draw (data, seed, LABELS_FROM, n, x, out);
      return;
    }
  for (gsize i = 0; i < n; i++)
    out[i] = label == PISD_NO_LABEL ? i % data->n_labels : label;
}

/* Samples of one label, in their order; returns how many. */
static gsize
gather (const PisdLabData *data,
        gsize n,
        const double *x,
        const guint *labels,
        guint label,
        double *out)
{
  const guint d = data->dimension;
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    if (labels[i] == label)
      {
        for (guint k = 0; k < d; k++)
          out[count * d + k] = x[i * d + k];
        count++;
      }
  return count;
}

/* Labels count as often as they are `wanted`. */
static double
get_width (const PisdLabData *data,
           gsize n,
           const double *x,
           const guint *labels,
           const guint *wanted,
           guint n_threads,
           PisdCancel *cancel)
{
  g_autofree double *part = g_new (double, n * data->dimension);
  double sum = 0.0, weight = 0.0;

  for (guint label = 0; label < data->n_labels; label++)
    {
      const gsize count = gather (data, n, x, labels, label, part);
      gsize share = 0;

      for (gsize i = 0; i < n; i++)
        share += wanted[i] == label;
      if (count < 2 || share == 0)
        continue;
      sum +=
          (double) share * pisd_energy_get_width (data->dimension, count, part, n_threads, cancel);
      weight += (double) share;
    }
  return sum / weight;
}

static guint
find_neighbour (const PisdLabData *data, const double *x, gsize n, const double *fresh)
{
  double least = INFINITY;
  guint nearest = 0;

  for (gsize j = 0; j < n; j++)
    {
      double square = 0.0;

      for (guint k = 0; k < data->dimension; k++)
        square += (x[k] - fresh[j * data->dimension + k]) * (x[k] - fresh[j * data->dimension + k]);
      if (square >= least)
        continue;
      least = square;
      nearest = (guint) j;
    }
  return nearest;
}

static double
get_agreement (const PisdLabData *data,
               gsize n,
               const double *x,
               const guint *labels,
               const double *fresh,
               const guint *fresh_labels,
               PisdCancel *cancel)
{
  const gsize n_tried = MIN (n, MOST_NEIGHBOURED);
  gsize n_right = 0;

  for (gsize i = 0; i < n_tried && !pisd_cancel_look (cancel); i++)
    n_right += fresh_labels[find_neighbour (data, x + i * data->dimension, n, fresh)] == labels[i];
  return (double) n_right / (double) n_tried;
}

static void
add_distance (PisdEnergyDistance *sum, PisdEnergyDistance distance)
{
  sum->unbiased += distance.unbiased / N_SETS;
  sum->of_sets += distance.of_sets / N_SETS;
}

gboolean
pisd_diffuser_report_init (PisdDiffuserReport *report,
                           const PisdLabData *data,
                           guint64 seed,
                           gsize n,
                           const double *x,
                           const guint *labels,
                           guint n_threads,
                           PisdCancel *cancel)
{
  const guint d = data->dimension;
  g_autofree double *a = g_new (double, n *d);
  g_autofree double *b = g_new (double, n *d);
  g_autofree guint *a_labels = g_new (guint, n);
  g_autofree guint *b_labels = g_new (guint, n);
  PisdEnergySet samples, fresh, others;

  *report = (PisdDiffuserReport){
    .n = n, .width = NAN, .fresh_width = NAN, .agreement = NAN, .fresh_agreement = NAN
  };
  pisd_energy_set_init (&samples, d, n, x, n_threads, cancel);
  for (guint k = 0; k < N_SETS && !pisd_cancel_look (cancel); k++)
    {
      pisd_diffuser_draw_fresh (data, seed, 2 * k * n, n, a, a_labels, cancel);
      pisd_diffuser_draw_fresh (data, seed, (2 * k + 1) * n, n, b, b_labels, cancel);
      pisd_energy_set_init (&fresh, d, n, a, n_threads, cancel);
      pisd_energy_set_init (&others, d, n, b, n_threads, cancel);
      add_distance (&report->samples, pisd_energy_distance (&samples, &fresh, n_threads, cancel));
      add_distance (&report->fresh, pisd_energy_distance (&others, &fresh, n_threads, cancel));
    }
  if (pisd_cancel_look (cancel) || labels == NULL)
    return !pisd_cancel_look (cancel);
  report->width = get_width (data, n, x, labels, labels, n_threads, cancel);
  report->fresh_width = get_width (data, n, b, b_labels, labels, n_threads, cancel);
  report->agreement = get_agreement (data, n, x, labels, a, a_labels, cancel);
  report->fresh_agreement = get_agreement (data, n, b, b_labels, a, a_labels, cancel);
  return !pisd_cancel_look (cancel);
}
