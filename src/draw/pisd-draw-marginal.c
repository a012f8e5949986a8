#include "pisd-draw-marginal.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Points of a curve in every interval of the histogram, both ends included. */
#define POINTS 9
#define MOST_SERIES 4

/* The axis reaches so far beyond the highest bar. */
static const double headroom = 1.12;

/* Measures at scale 1. */
static const double outline = 1.2;
static const double curve = 2.0;
static const double dash = 5.0;

/* What is drawn: all curves have the same places. */
typedef struct
{
  guint n;
  double *x, *counts, *zeros, *expected; /* [n] */
  double most;                           /* the axis of the counts ends there */
  double truth[2], estimate[2], height[2];
  char *samples, *truth_title, *estimate_title; /* in the legend */
} Curves;

static void
curves_clear (Curves *curves)
{
  g_free (curves->x);
  g_free (curves->counts);
  g_free (curves->zeros);
  g_free (curves->expected);
  g_free (curves->samples);
  g_free (curves->truth_title);
  g_free (curves->estimate_title);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Curves, curves_clear)

static void
fill_points (Curves *curves, const PisdMarginal *marginal)
{
  const double width = pisd_marginal_get_width (marginal);

  for (guint k = 0; k < curves->n; k++)
    {
      const guint bin = k / POINTS;
      const double x = marginal->low + width * (bin + (double) (k % POINTS) / (POINTS - 1));

      curves->x[k] = x;
      curves->counts[k] = marginal->counts[bin];
      curves->expected[k] = pisd_marginal_get_expected (marginal, x);
      curves->most = fmax (curves->most, curves->counts[k]);
      if (isfinite (curves->expected[k]))
        curves->most = fmax (curves->most, curves->expected[k]);
    }
  curves->most *= headroom;
}

static char *
dup_value (double value)
{
  return g_strdup_printf ("%.3g", value);
}

/* "truth 0.31"; NULL where it is not known. */
static char *
dup_title (const char *name, double value)
{
  return isfinite (value) ? g_strdup_printf ("%s %.3g", name, value) : NULL;
}

static void
fill (Curves *curves, const PisdMarginal *marginal)
{
  const PisdMarginalBeside *beside = &marginal->beside;

  curves->n = marginal->n_bins * POINTS;
  curves->x = g_new (double, curves->n);
  curves->counts = g_new (double, curves->n);
  curves->zeros = g_new0 (double, curves->n);
  curves->expected = g_new (double, curves->n);
  fill_points (curves, marginal);
  curves->height[1] = curves->most;
  for (guint k = 0; k < 2; k++)
    {
      curves->truth[k] = beside->truth;
      curves->estimate[k] = beside->estimate;
    }
  curves->samples =
      g_strdup_printf (ngettext ("%u sample", "%u samples", marginal->n), marginal->n);
  curves->truth_title = dup_title (_ ("truth"), beside->truth);
  curves->estimate_title = dup_title (_ ("estimate"), beside->estimate);
}

/* A line across the plot at a value; the legend says which. */
static PisdSeries
get_rule (const Curves *curves, const double *x, const char *title, const PisdLine *line)
{
  return (PisdSeries){
    .title = title, .n = 2, .x = x, .y = curves->height, .line = *line, .is_guide = TRUE
  };
}

static guint
choose_series (const Curves *curves,
               const PisdMarginal *marginal,
               const PisdPalette *palette,
               PisdSeries *series)
{
  const PisdInk *ink = &palette->loss[0];
  const PisdLine truth = { palette->text, curve, 0.0, 0.0 };
  const PisdLine estimate = { palette->error[0], curve, dash, 0.7 * dash };
  guint n = 0;

  series[n++] = (PisdSeries){ .title = curves->samples,
                              .n = curves->n,
                              .x = curves->x,
                              .y = curves->counts,
                              .low = curves->zeros,
                              .high = curves->counts,
                              .line = { *ink, outline, 0.0, 0.0 } };
  if (!isnan (curves->expected[0]))
    series[n++] = (PisdSeries){ .title = _ ("exact Gaussian"),
                                .n = curves->n,
                                .x = curves->x,
                                .y = curves->expected,
                                .line = { palette->loss[1], curve, 0.0, 0.0 } };
  if (curves->truth_title != NULL)
    series[n++] = get_rule (curves, curves->truth, curves->truth_title, &truth);
  if (curves->estimate_title != NULL && marginal->beside.estimate >= marginal->low
      && marginal->beside.estimate <= marginal->high)
    series[n++] = get_rule (curves, curves->estimate, curves->estimate_title, &estimate);
  return n;
}

/* The chart, or what is over it at x. */
static void
draw (cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      const PisdMarginalChart *chart,
      double type,
      double x)
{
  g_auto (Curves) curves = { 0 };
  PisdSeries series[MOST_SERIES];
  PisdGraph graph = {
    .x = { .title = chart->place, .dup_label = pisd_label_dup_plain, .dup_value = dup_value },
    .y = { .title = _ ("samples"), .dup_label = pisd_label_dup_plain, .dup_value = dup_value },
    .series = series,
    .mark = NAN,
    .note = chart->note,
  };
  PisdGraphLayout layout;

  if (chart->marginal != NULL)
    {
      fill (&curves, chart->marginal);
      graph.n_series = choose_series (&curves, chart->marginal, palette, series);
      graph.x.low = chart->marginal->low;
      graph.x.high = chart->marginal->high;
      graph.y.high = curves.most;
    }
  pisd_graph_layout_init (&layout, &graph, box, type);
  if (isnan (x))
    pisd_draw_graph (cr, &layout, palette, &graph);
  else
    pisd_draw_graph_readout (cr, box, &layout, palette, &graph, x);
}

void
pisd_draw_marginal (cairo_t *cr,
                    const PisdBox *box,
                    const PisdPalette *palette,
                    const PisdMarginalChart *chart,
                    double type)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && chart != NULL);

  draw (cr, box, palette, chart, type, NAN);
}

void
pisd_draw_marginal_readout (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdMarginalChart *chart,
                            double type,
                            double x)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && chart != NULL);

  draw (cr, box, palette, chart, type, x);
}
