#include "cli-plot.h"

#include <math.h>

#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"
#include "pisd-error.h"
#include "pisd-save.h"

/* Measures in points. */
#define WIDTH 720.0
#define HEIGHT 430.0
#define PNG_SCALE 2.0
#define TYPE_SIZE 12.0
#define LEGEND_STEP 22.0
#define MARGIN 0.06 /* of an axis, empty at both ends */

static const PisdBox plot_box = { 76, 50, 480, 316 };

typedef struct
{
  double low[2], high[2]; /* log10 of the ends of x and y */
  const PisdPalette *palette;
  cairo_t *cr;
} Plot;

static gboolean
is_drawable (const CliSeries *series, guint i)
{
  return series->x[i] > 0 && isfinite (series->y[i]) && series->y[i] > 0;
}

static void
include (Plot *plot, guint axis, double value)
{
  plot->low[axis] = fmin (plot->low[axis], log10 (value));
  plot->high[axis] = fmax (plot->high[axis], log10 (value));
}

/* FALSE where no point can be drawn. */
static gboolean
fill_ranges (Plot *plot, const CliSeries *series, guint n_series)
{
  for (guint axis = 0; axis < 2; axis++)
    {
      plot->low[axis] = INFINITY;
      plot->high[axis] = -INFINITY;
    }
  for (guint s = 0; s < n_series; s++)
    for (guint i = 0; i < series[s].n; i++)
      if (is_drawable (&series[s], i))
        {
          include (plot, 0, series[s].x[i]);
          include (plot, 1, series[s].y[i]);
        }
  for (guint axis = 0; axis < 2; axis++)
    {
      double margin = fmax (MARGIN * (plot->high[axis] - plot->low[axis]), 0.05);

      plot->low[axis] -= margin;
      plot->high[axis] += margin;
    }
  return isfinite (plot->low[1]);
}

static double
get_x (const Plot *plot, double value)
{
  return plot_box.x
         + plot_box.width * (log10 (value) - plot->low[0]) / (plot->high[0] - plot->low[0]);
}

static double
get_y (const Plot *plot, double value)
{
  return plot_box.y
         + plot_box.height * (plot->high[1] - log10 (value)) / (plot->high[1] - plot->low[1]);
}

static const PisdInk *
get_ink (const PisdPalette *palette, guint series)
{
  const PisdInk *const inks[CLI_MAX_SERIES] = { &palette->term[0],  &palette->error[0],
                                                &palette->term[1],  &palette->term[2],
                                                &palette->error[1], &palette->sigma };

  return inks[series % CLI_MAX_SERIES];
}

static void
draw_grid_line (const Plot *plot, double x0, double y0, double x1, double y1)
{
  pisd_ink_set (plot->cr, &plot->palette->line);
  cairo_set_line_width (plot->cr, 1);
  cairo_move_to (plot->cr, x0, y0);
  cairo_line_to (plot->cr, x1, y1);
  cairo_stroke (plot->cr);
}

static void
draw_x_axis (const Plot *plot)
{
  PisdTextStyle style = { .size = TYPE_SIZE, .ink = &plot->palette->text, .align = 0.5 };
  double bottom = plot_box.y + plot_box.height;
  PisdTicks ticks;

  pisd_ticks_init_log (&ticks, pow (10, plot->low[0]), pow (10, plot->high[0]), 9);
  for (guint i = 0; i < ticks.n; i++)
    {
      double x = get_x (plot, ticks.values[i]);
      g_autofree char *label = g_strdup_printf ("%g", ticks.values[i]);

      draw_grid_line (plot, x, plot_box.y, x, bottom);
      pisd_draw_text (plot->cr, x, bottom + 15, &style, label);
    }
}

static void
draw_y_axis (const Plot *plot)
{
  PisdTextStyle style = { .size = TYPE_SIZE, .ink = &plot->palette->text, .align = 1 };
  PisdTicks ticks;

  pisd_ticks_init_log (&ticks, pow (10, plot->low[1]), pow (10, plot->high[1]), 9);
  for (guint i = 0; i < ticks.n; i++)
    {
      double y = get_y (plot, ticks.values[i]);
      g_autofree char *label = g_strdup_printf ("%g", ticks.values[i]);

      draw_grid_line (plot, plot_box.x, y, plot_box.x + plot_box.width, y);
      pisd_draw_text (plot->cr, plot_box.x - 8, y, &style, label);
    }
}

static void
set_line (const Plot *plot, const CliSeries *series, guint number)
{
  const double dashes[] = { 6, 4 };

  pisd_ink_set (plot->cr, get_ink (plot->palette, number));
  cairo_set_line_width (plot->cr, 2);
  cairo_set_dash (plot->cr, dashes, series->is_dashed ? 2 : 0, 0);
}

static void
draw_series (const Plot *plot, const CliSeries *series, guint number)
{
  set_line (plot, series, number);
  cairo_new_path (plot->cr); /* words leave a point behind */
  for (guint i = 0; i < series->n; i++)
    if (is_drawable (series, i))
      cairo_line_to (plot->cr, get_x (plot, series->x[i]), get_y (plot, series->y[i]));
  cairo_stroke (plot->cr);
  for (guint i = 0; i < series->n; i++)
    if (is_drawable (series, i))
      {
        cairo_arc (plot->cr, get_x (plot, series->x[i]), get_y (plot, series->y[i]), 3.2, 0,
                   2 * G_PI);
        cairo_fill (plot->cr);
      }
}

static void
draw_legend (const Plot *plot, const CliSeries *series, guint number)
{
  PisdTextStyle style = { .size = TYPE_SIZE, .ink = &plot->palette->text };
  double x = plot_box.x + plot_box.width + 18, y = plot_box.y + 12 + LEGEND_STEP * number;

  set_line (plot, series, number);
  cairo_move_to (plot->cr, x, y);
  cairo_line_to (plot->cr, x + 26, y);
  cairo_stroke (plot->cr);
  pisd_draw_text (plot->cr, x + 34, y, &style, series->title);
}

static void
draw_titles (const Plot *plot, const char *title, const char *x_title, const char *y_title)
{
  PisdTextStyle style = { .size = TYPE_SIZE, .ink = &plot->palette->faint, .align = 0.5 };

  pisd_draw_text (plot->cr, plot_box.x + plot_box.width / 2, HEIGHT - 20, &style, x_title);
  style.align = 0;
  pisd_draw_text (plot->cr, 16, plot_box.y - 12, &style, y_title);
  style = (PisdTextStyle){ .size = 1.15 * TYPE_SIZE, .bold = TRUE, .ink = &plot->palette->text };
  pisd_draw_text (plot->cr, 16, 17, &style, title);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
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
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Plot plot = { .palette = pisd_palette_get (FALSE) };
  cairo_surface_t *surface;
  cairo_status_t status;

  if (!fill_ranges (&plot, series, n_series))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_NUMERIC,
                   "%s: plot, got no positive value, expected at least one", path);
      return FALSE;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * PNG_SCALE),
                                        (int) (HEIGHT * PNG_SCALE));
  plot.cr = cairo_create (surface);
  cairo_scale (plot.cr, PNG_SCALE, PNG_SCALE);
  pisd_ink_set (plot.cr, &plot.palette->background);
  cairo_paint (plot.cr);
  draw_titles (&plot, title, x_title, y_title);
  draw_x_axis (&plot);
  draw_y_axis (&plot);
  for (guint s = 0; s < n_series; s++)
    {
      draw_series (&plot, &series[s], s);
      draw_legend (&plot, &series[s], s);
    }
  cairo_destroy (plot.cr);
  status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return pisd_save_bytes (path, bytes->data, bytes->len, error);
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: drawing, got \"%s\", expected success", path,
               cairo_status_to_string (status));
  return FALSE;
}
