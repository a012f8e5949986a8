#include "cli-plot.h"

#include <math.h>

#include "pisd-draw-graph.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"
#include "pisd-error.h"

/* Measures in points. */
#define WIDTH 720.0
#define HEIGHT 450.0
#define TYPE_SIZE 12.0
#define MARGIN 0.03 /* of the axis along, empty at both ends */
#define DOT 3.2

static const PisdBox graph_box = { 8, 52, WIDTH - 16, HEIGHT - 60 };

typedef struct
{
  const PisdPalette *palette;
  const char *title, *y_title;
  PisdGraph graph;
  PisdGraphLayout layout;
} Plot;

static PisdSeries
get_series (const CliSeries *from, const PisdPalette *palette, guint number)
{
  const PisdInk *const inks[CLI_MAX_SERIES] = { &palette->loss[0],  &palette->error[0],
                                                &palette->loss[1],  &palette->equation,
                                                &palette->error[1], &palette->sigma };

  return (PisdSeries){ .title = from->title,
                       .n = from->n,
                       .x = from->x,
                       .y = from->y,
                       .line = { *inks[number], 2.0, 6.0, from->is_dashed ? 4.0 : 0.0 },
                       .marker = DOT };
}

/* From the first place with a number to the last one, and a little more. */
static void
choose_width (const CliSeries *series, guint n_series, PisdGraphAxis *axis)
{
  double low = INFINITY, high = -INFINITY, margin;

  for (guint s = 0; s < n_series; s++)
    for (guint i = 0; i < series[s].n; i++)
      if (series[s].x[i] > 0 && isfinite (series[s].y[i]) && series[s].y[i] > 0)
        {
          low = fmin (low, series[s].x[i]);
          high = fmax (high, series[s].x[i]);
        }
  margin = pow (fmax (high / low, 2.0), MARGIN);
  axis->low = low / margin;
  axis->high = high * margin;
}

static void
draw_plot (cairo_t *cr, gconstpointer data)
{
  const Plot *plot = data;
  PisdTextStyle style = { .size = 1.15 * TYPE_SIZE, .bold = TRUE, .ink = &plot->palette->text };

  pisd_ink_set (cr, &plot->palette->background);
  cairo_paint (cr);
  pisd_draw_text (cr, 16, 17, &style, plot->title);
  style = (PisdTextStyle){ .size = TYPE_SIZE, .ink = &plot->palette->faint };
  pisd_draw_text (cr, 16, 38, &style, plot->y_title);
  pisd_draw_graph (cr, &plot->layout, plot->palette, &plot->graph);
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
  PisdSeries drawn[CLI_MAX_SERIES];
  Plot plot = {
    .palette = pisd_palette_get (FALSE),
    .title = title,
    .y_title = y_title,
    .graph = { .x = { x_title, TRUE, .dup_label = pisd_label_dup_plain },
               .y = { "", TRUE, .dup_label = pisd_label_dup_plain },
               .n_series = n_series,
               .series = drawn,
               .mark = NAN },
  };

  for (guint s = 0; s < n_series; s++)
    drawn[s] = get_series (&series[s], plot.palette, s);
  choose_width (series, n_series, &plot.graph.x);
  pisd_graph_layout_init (&plot.layout, &plot.graph, &graph_box, 1.0);
  if (pisd_scale_is_used (&plot.layout.y))
    return pisd_draw_save (path, NULL, WIDTH, HEIGHT, title, draw_plot, &plot, error);
  g_set_error (error, PISD_ERROR, PISD_ERROR_NUMERIC,
               "%s: plot, got no positive value, expected at least one", path);
  return FALSE;
}
