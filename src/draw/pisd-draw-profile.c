#include "pisd-draw-profile.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Measures at scale 1. */
static const double truth_width = 1.3;
static const double estimate_width = 2.1;
static const double dot = 3.2;

/* Free room above and below what is drawn, of its height. */
static const double margin = 0.06;

static char *
dup_distance (double distance)
{
  return g_strdup_printf ("s = %.3f", distance);
}

static char *
dup_value (double value)
{
  return g_strdup_printf ("%.3g", value);
}

/* The series that are known, of all those there may be. */
static guint
choose_series (const PisdProfile *profile, const PisdPalette *palette, PisdSeries series[4])
{
  const PisdInk *estimate = &palette->loss[0];
  guint n = 0;

  if (profile->low != NULL)
    series[n++] = (PisdSeries){ .title = _ ("± 2 sd"),
                                .low = profile->low,
                                .high = profile->high,
                                .line = { .ink = *estimate } };
  if (profile->estimate != NULL)
    series[n++] = (PisdSeries){ .title = _ ("estimate"),
                                .y = profile->estimate,
                                .line = { .ink = *estimate, .width = estimate_width } };
  if (profile->truth != NULL)
    series[n++] = (PisdSeries){ .title = _ ("truth"),
                                .y = profile->truth,
                                .line = { .ink = palette->text, .width = truth_width } };
  for (guint k = 0; k < n; k++)
    {
      series[k].n = profile->n;
      series[k].x = profile->distance;
    }
  if (profile->n_sensors > 0)
    series[n++] = (PisdSeries){ .title = _ ("sensors"),
                                .n = profile->n_sensors,
                                .x = profile->sensor_distance,
                                .y = profile->sensor_value,
                                .line = { .ink = palette->sigma },
                                .marker = dot,
                                .is_guide = TRUE };
  return n;
}

static void
include (guint n, const double *values, double *low, double *high)
{
  for (guint k = 0; values != NULL && k < n; k++)
    if (isfinite (values[k]))
      {
        *low = fmin (*low, values[k]);
        *high = fmax (*high, values[k]);
      }
}

/* All numbers, with room around them, be they one and the same. */
static void
choose_range (const PisdSeries *series, guint n, PisdGraphAxis *axis)
{
  double low = INFINITY, high = -INFINITY, room;

  for (guint k = 0; k < n; k++)
    {
      include (series[k].n, series[k].y, &low, &high);
      include (series[k].n, series[k].low, &low, &high);
      include (series[k].n, series[k].high, &low, &high);
    }
  if (!(high >= low))
    return;
  room = high > low ? margin * (high - low) : fmax (margin * fabs (low), 1e-6);
  axis->low = low - room;
  axis->high = high + room;
}

void
pisd_draw_profile (cairo_t *cr,
                   const PisdBox *box,
                   const PisdPalette *palette,
                   const PisdProfileChart *chart,
                   double type,
                   double x)
{
  PisdSeries series[4];
  PisdGraph graph = {
    .x = { .title = _ ("distance along the line"),
           .dup_label = pisd_label_dup_plain,
           .dup_value = dup_distance },
    .y = { .title = chart->symbol, .dup_label = pisd_label_dup_plain, .dup_value = dup_value },
    .series = series,
    .mark = NAN,
    .note = chart->note,
  };

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && chart != NULL);

  if (chart->profile != NULL)
    {
      graph.n_series = choose_series (chart->profile, palette, series);
      choose_range (series, graph.n_series, &graph.y);
      graph.x.high = chart->profile->distance[chart->profile->n - 1];
    }
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}
