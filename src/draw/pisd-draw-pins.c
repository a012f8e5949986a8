#include "pisd-draw-pins.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of each pin: band, line and truth. */
#define SERIES 3

/* Measures at scale 1. */
static const double line_width = 2.0;
static const double truth_width = 1.2;
static const double dash = 5.0;
static const double dot = 2.6;

/* Free room above and below what is drawn, of its height; right of the last step, of the steps, for
 * densities that reach to so many standard deviations. */
static const double margin = 0.06;
static const double density_room = 0.16;
static const double density_sides = 3.0;
#define DENSITY_POINTS 41

static const char *const numbers[PISD_PINS_MOST] = { "1", "2", "3", "4", "5" };

const PisdInk *
pisd_pins_get_ink (const PisdPalette *palette, guint pin)
{
  g_return_val_if_fail (palette != NULL && pin < PISD_PINS_MOST, NULL);
  return &palette->method[pin];
}

static char *
dup_step (double step)
{
  return g_strdup_printf (_ ("step %.0f"), step);
}

static char *
dup_time (double t)
{
  return g_strdup_printf ("t = %.3g", t);
}

static char *
dup_value (double value)
{
  return g_strdup_printf ("%.4g", value);
}

/* Row k of an array; NULL of NULL. */
static const double *
get_row (const PisdPinsChart *chart, const double *values, guint k)
{
  return values == NULL ? NULL : values + (gsize) k * chart->n;
}

/* The truth is the same at all steps: dashes take long between many points. */
typedef struct
{
  double x[2], y[PISD_PINS_MOST][2];
} Ends;

static void
shorten (const PisdPinsChart *chart, Ends *ends, guint k, PisdSeries *series)
{
  ends->x[0] = chart->x[0];
  ends->x[1] = chart->last;
  ends->y[k][0] = ends->y[k][1] = series->y[0];
  series->n = 2;
  series->x = ends->x;
  series->y = ends->y[k];
}

/* The bands first: lines are drawn over them. */
static guint
choose_series (const PisdPinsChart *chart,
               const PisdPalette *palette,
               Ends *ends,
               PisdSeries *series)
{
  guint first;

  guint n = 0;

  for (guint k = 0; chart->low != NULL && k < chart->n_pins; k++)
    series[n++] = (PisdSeries){ .low = get_row (chart, chart->low, k),
                                .high = get_row (chart, chart->high, k),
                                .line = { .ink = *pisd_pins_get_ink (palette, k) },
                                .is_guide = TRUE };
  first = n;
  for (guint k = 0; chart->truth != NULL && k < chart->n_pins; k++)
    series[n++] =
        (PisdSeries){ .title = k == 0 ? _ ("truth") : NULL,
                      .y = get_row (chart, chart->truth, k),
                      .line = { *pisd_pins_get_ink (palette, k), truth_width, dash, 0.7 * dash },
                      .is_guide = TRUE };
  for (guint k = 0; chart->y != NULL && k < chart->n_pins; k++)
    series[n++] =
        (PisdSeries){ .title = numbers[k],
                      .y = get_row (chart, chart->y, k),
                      .line = { .ink = *pisd_pins_get_ink (palette, k), .width = line_width },
                      .marker = chart->of_time ? dot : 0.0 };
  for (guint k = 0; k < n; k++)
    {
      series[k].n = chart->n;
      series[k].x = chart->x;
    }
  for (guint k = 0; chart->truth != NULL && !chart->of_time && k < chart->n_pins; k++)
    shorten (chart, ends, k, &series[first + k]);
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

static gboolean
has_density (const PisdPinsChart *chart, guint k)
{
  return !chart->of_time && chart->mean != NULL && isfinite (chart->mean[k]) && chart->sd[k] > 0.0;
}

/* FALSE: there is nothing. */
static gboolean
choose_range (const PisdPinsChart *chart, PisdGraphAxis *axis)
{
  const guint n = chart->n_pins * chart->n;
  double low = INFINITY, high = -INFINITY, room;

  include (n, chart->y, &low, &high);
  include (n, chart->truth, &low, &high);
  include (n, chart->low, &low, &high);
  include (n, chart->high, &low, &high);
  for (guint k = 0; k < chart->n_pins; k++)
    if (has_density (chart, k))
      {
        low = fmin (low, chart->mean[k] - density_sides * chart->sd[k]);
        high = fmax (high, chart->mean[k] + density_sides * chart->sd[k]);
      }
  if (!(high >= low))
    return FALSE;
  room = high > low ? margin * (high - low) : fmax (margin * fabs (low), 1e-6);
  axis->low = low - room;
  axis->high = high + room;
  return TRUE;
}

/* A bell lying on its side, its base at the last step: exp (-(y - mean)^2 / (2 sd^2)). */
static void
draw_density (cairo_t *cr,
              const PisdGraphLayout *layout,
              const PisdPalette *palette,
              const PisdPinsChart *chart,
              guint pin)
{
  const double base = pisd_scale_get_place (&layout->x, chart->last);
  const double width = 0.9 * (layout->plot.x + layout->plot.width - base);
  const PisdLine line = { .ink = *pisd_pins_get_ink (palette, pin), .width = layout->scale };

  cairo_new_path (cr);
  for (guint k = 0; k < DENSITY_POINTS; k++)
    {
      const double u = density_sides * (2.0 * k / (DENSITY_POINTS - 1) - 1.0);
      const double y = pisd_scale_get_place (&layout->y, chart->mean[pin] + u * chart->sd[pin]);

      cairo_line_to (cr, base + width * exp (-0.5 * u * u), y);
    }
  pisd_ink_set_faded (cr, &line.ink, 0.3);
  cairo_fill_preserve (cr);
  pisd_line_apply (&line, cr);
  cairo_stroke (cr);
}

static void
draw_densities (cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                const PisdGraph *graph,
                const PisdPinsChart *chart,
                double type)
{
  PisdGraphLayout layout;

  pisd_graph_layout_init (&layout, graph, box, type);
  for (guint k = 0; graph->n_series > 0 && k < chart->n_pins; k++)
    if (has_density (chart, k))
      draw_density (cr, &layout, palette, chart, k);
}

static void
choose_x (const PisdPinsChart *chart, PisdGraphAxis *axis)
{
  if (chart->of_time)
    {
      axis->low = chart->x[0] - 0.03;
      axis->high = chart->x[chart->n - 1] + 0.03;
    }
  else
    axis->high = chart->last * (1.0 + (chart->mean != NULL ? density_room : 0.0));
}

void
pisd_draw_pins (cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                const PisdPinsChart *chart,
                double type,
                double x)
{
  PisdSeries series[SERIES * PISD_PINS_MOST];
  Ends ends;
  PisdGraph graph = {
    .x = { .title = chart->axis,
           .dup_label = pisd_label_dup_plain,
           .dup_value = chart->of_time ? dup_time : dup_step },
    .y = { .title = chart->symbol, .dup_label = pisd_label_dup_plain, .dup_value = dup_value },
    .series = series,
    .mark = chart->mark,
    .note = chart->note,
  };

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL);
  g_return_if_fail (chart->n_pins <= PISD_PINS_MOST);

  if (chart->n_pins > 0 && chart->n > 0 && choose_range (chart, &graph.y))
    {
      graph.n_series = choose_series (chart, palette, &ends, series);
      choose_x (chart, &graph.x);
    }
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
  if (isnan (x))
    draw_densities (cr, box, palette, &graph, chart, type);
}
