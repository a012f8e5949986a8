#include "cli-plot.h"

#include <math.h>

#include "pisd-draw-chart.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"
#include "pisd-error.h"

/* Measures in points. */
#define WIDTH 720.0
#define HEIGHT 430.0
#define TYPE_SIZE 12.0
#define LEGEND_STEP 22.0
#define MARGIN 0.06 /* of an axis, empty at both ends */
#define MOST_NUMBERS 9

static const PisdBox plot_box = { 76, 50, 480, 316 };

typedef struct
{
  PisdScale x, y;
  const PisdPalette *palette;
  const char *title, *x_title, *y_title;
  const CliSeries *series; /* [n_series] */
  guint n_series;
} Plot;

static gboolean
is_drawable (const CliSeries *series, guint i)
{
  return series->x[i] > 0 && isfinite (series->y[i]) && series->y[i] > 0;
}

static void
include (PisdScale *scale, double value)
{
  scale->low = fmin (scale->low, log10 (value));
  scale->high = fmax (scale->high, log10 (value));
}

static void
add_margins (PisdScale *scale)
{
  double margin = fmax (MARGIN * (scale->high - scale->low), 0.05);

  scale->low -= margin;
  scale->high += margin;
}

/* FALSE where no point can be drawn. */
static gboolean
fill_scales (Plot *plot)
{
  double bottom = plot_box.y + plot_box.height;

  plot->x = (PisdScale){ TRUE, INFINITY, -INFINITY, plot_box.x, plot_box.x + plot_box.width };
  plot->y = (PisdScale){ TRUE, INFINITY, -INFINITY, bottom, plot_box.y };
  for (guint s = 0; s < plot->n_series; s++)
    for (guint i = 0; i < plot->series[s].n; i++)
      if (is_drawable (&plot->series[s], i))
        {
          include (&plot->x, plot->series[s].x[i]);
          include (&plot->y, plot->series[s].y[i]);
        }
  add_margins (&plot->x);
  add_margins (&plot->y);
  return isfinite (plot->y.low);
}

static PisdLine
get_line (const Plot *plot, guint number)
{
  const PisdPalette *palette = plot->palette;
  const PisdInk *const inks[CLI_MAX_SERIES] = { &palette->loss[0],  &palette->error[0],
                                                &palette->loss[1],  &palette->equation,
                                                &palette->error[1], &palette->sigma };

  return (PisdLine){ *inks[number % CLI_MAX_SERIES], 2, 6, plot->series[number].is_dashed ? 4 : 0 };
}

static void
draw_axes (cairo_t *cr, const Plot *plot)
{
  PisdChartAxis bottom = { .side = PISD_SIDE_BOTTOM,
                           .scale = &plot->x,
                           .n_most = MOST_NUMBERS,
                           .type_size = TYPE_SIZE,
                           .gap = 15,
                           .dup_label = pisd_label_dup_plain };
  PisdChartAxis left = { .side = PISD_SIDE_LEFT,
                         .scale = &plot->y,
                         .n_most = MOST_NUMBERS,
                         .type_size = TYPE_SIZE,
                         .gap = 8,
                         .dup_label = pisd_label_dup_plain };

  pisd_draw_axis (cr, &plot_box, plot->palette, &bottom);
  pisd_draw_axis (cr, &plot_box, plot->palette, &left);
}

/* Points with a value, joined across those without, each under a marker. */
static void
draw_series (cairo_t *cr, const Plot *plot, guint number)
{
  const CliSeries *series = &plot->series[number];
  PisdLine line = get_line (plot, number);
  g_autofree double *x = g_new (double, series->n);
  g_autofree double *y = g_new (double, series->n);
  guint n = 0;

  for (guint i = 0; i < series->n; i++)
    if (is_drawable (series, i))
      {
        x[n] = pisd_scale_get_place (&plot->x, log10 (series->x[i]));
        y[n++] = pisd_scale_get_place (&plot->y, log10 (series->y[i]));
      }
  pisd_draw_polyline (cr, &line, 0, plot->palette, n, x, y);
  for (guint i = 0; i < n; i++)
    pisd_draw_marker (cr, x[i], y[i], 3.2, 0, plot->palette, &line.ink);
}

static void
draw_legend (cairo_t *cr, const Plot *plot, guint number)
{
  PisdTextStyle style = { .size = TYPE_SIZE, .ink = &plot->palette->text };
  PisdLine line = get_line (plot, number);
  double x = plot_box.x + plot_box.width + 18, y = plot_box.y + 12 + LEGEND_STEP * number;

  pisd_draw_segment (cr, &line, x, y, x + 26, y);
  pisd_draw_text (cr, x + 34, y, &style, plot->series[number].title);
}

static void
draw_titles (cairo_t *cr, const Plot *plot)
{
  PisdTextStyle style = { .size = TYPE_SIZE, .ink = &plot->palette->faint, .align = 0.5 };

  pisd_draw_text (cr, plot_box.x + plot_box.width / 2, HEIGHT - 20, &style, plot->x_title);
  style.align = 0;
  pisd_draw_text (cr, 16, plot_box.y - 12, &style, plot->y_title);
  style = (PisdTextStyle){ .size = 1.15 * TYPE_SIZE, .bold = TRUE, .ink = &plot->palette->text };
  pisd_draw_text (cr, 16, 17, &style, plot->title);
}

static void
draw_plot (cairo_t *cr, gconstpointer data)
{
  const Plot *plot = data;

  pisd_ink_set (cr, &plot->palette->background);
  cairo_paint (cr);
  draw_titles (cr, plot);
  draw_axes (cr, plot);
  for (guint s = 0; s < plot->n_series; s++)
    {
      draw_series (cr, plot, s);
      draw_legend (cr, plot, s);
    }
}

gboolean
cli_plot_save (const char *path,
               const char *title,
               const char *x_title,
               const char *y_title,
               const CliSeries *series,
               guint n_series,
               GError **error)
{
  Plot plot = {
    .palette = pisd_palette_get (FALSE),
    .title = title,
    .x_title = x_title,
    .y_title = y_title,
    .series = series,
    .n_series = n_series,
  };

  if (fill_scales (&plot))
    return pisd_draw_save (path, WIDTH, HEIGHT, title, draw_plot, &plot, error);
  g_set_error (error, PISD_ERROR, PISD_ERROR_NUMERIC,
               "%s: plot, got no positive value, expected at least one", path);
  return FALSE;
}
