#include "pisd-draw-flow.h"
#include "pisd-draw-text.h"

#include "pisd-test.h"

#define WIDTH 400
#define HEIGHT 280

static const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };

typedef struct
{
  cairo_surface_t *image;
  cairo_t *cr;
  const PisdPalette *palette;
} Paper;

static void
clear (Paper *paper)
{
  cairo_set_source_rgb (paper->cr, 1.0, 1.0, 1.0);
  cairo_paint (paper->cr);
}

static void
paper_set_up (Paper *paper, gconstpointer data)
{
  paper->image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  paper->cr = cairo_create (paper->image);
  paper->palette = pisd_palette_get (FALSE);
  clear (paper);
}

static void
paper_tear_down (Paper *paper, gconstpointer data)
{
  cairo_destroy (paper->cr);
  cairo_surface_destroy (paper->image);
}

static guint32
get_pixel (const Paper *paper, double x, double y)
{
  const guint8 *data;

  cairo_surface_flush (paper->image);
  data = cairo_image_surface_get_data (paper->image)
         + (gsize) y * (gsize) cairo_image_surface_get_stride (paper->image);
  return ((const guint32 *) (gconstpointer) data)[(gsize) x] & 0xffffff;
}

/* How far the darkest pixel near a place is from white. */
static double
get_darkness (const Paper *paper, double x, double y)
{
  double most = 0.0;

  for (int i = -2; i <= 2; i++)
    for (int j = -2; j <= 2; j++)
      {
        guint32 pixel = get_pixel (paper, x + j, y + i);
        double light = ((pixel >> 16) & 255) + ((pixel >> 8) & 255) + (pixel & 255);

        most = MAX (most, 1.0 - light / 765.0);
      }
  return most;
}

static PisdGraph
get_graph (const PisdSeries *series, guint n)
{
  return (PisdGraph){
    .x = { "x", TRUE, 1.0, 100.0, 0.0, pisd_label_dup_plain },
    .y = { "y", TRUE, 0.0, 0.0, 6.0, pisd_ticks_dup_power },
    .n_series = n,
    .series = series,
    .mark = NAN,
    .note = "nothing",
  };
}

/* A curve stands where its numbers say; what lies too many decades below the top is cut off, and so
 * is what has no logarithm. */
static void
test_curve (Paper *paper, gconstpointer data)
{
  const double x[] = { 1.0, 10.0, 20.0, 50.0, 100.0 }, y[] = { 1e3, 1.0, 1e-9, 0.0, 1e2 };
  const PisdSeries series = {
    .title = "s", .n = 5, .x = x, .y = y, .line = { { 0.0, 0.0, 0.0, 1.0 }, 2.0, 0.0, 0.0 }
  };
  const PisdGraph graph = get_graph (&series, 1);
  PisdGraphLayout layout;
  const PisdBox *plot = &layout.plot;

  pisd_graph_layout_init (&layout, &graph, &box, 1.0);
  test_assert_close (layout.y.high, 3.0, 1e-12);
  test_assert_close (layout.y.low, -3.0, 1e-12);
  pisd_draw_graph (paper->cr, &layout, paper->palette, &graph);
  /* half of the way from 10^3 to 1 */
  g_assert_cmpfloat (
      get_darkness (paper, plot->x + 0.25 * plot->width, plot->y + 0.25 * plot->height), >, 0.9);
  g_assert_cmpfloat (
      get_darkness (paper, plot->x + 0.8 * plot->width, plot->y + 0.4 * plot->height), <, 0.5);
  g_assert_cmpfloat (
      get_darkness (paper, plot->x + 0.8 * plot->width, plot->y + 1.06 * plot->height), <, 0.9);
  g_assert_cmpint (pisd_graph_find_point (&layout, &graph, &series, plot->x + 0.52 * plot->width),
                   ==, 1);
}

/* A band is filled between its sides and nowhere else; it counts for the axis. */
static void
test_band (Paper *paper, gconstpointer data)
{
  const double x[] = { 1.0, 100.0 }, low[] = { 1e-2, 1e-2 }, high[] = { 1e2, 1e2 };
  const PisdSeries series = { .title = "s",
                              .n = 2,
                              .x = x,
                              .low = low,
                              .high = high,
                              .line = { { 0.0, 0.0, 1.0, 1.0 }, 0.0, 0.0, 0.0 } };
  PisdGraph graph = get_graph (&series, 1);
  PisdGraphLayout layout;
  const PisdBox *plot = &layout.plot;

  pisd_graph_layout_init (&layout, &graph, &box, 1.0);
  test_assert_close (layout.y.low, -2.0, 1e-12);
  test_assert_close (layout.y.high, 2.0, 1e-12);
  graph.y.low = 1e-4;
  graph.y.high = 1e4;
  pisd_graph_layout_init (&layout, &graph, &box, 1.0);
  pisd_draw_graph (paper->cr, &layout, paper->palette, &graph);
  g_assert_cmphex (get_pixel (paper, plot->x + 5.0, plot->y + 0.28 * plot->height), ==, 0xc2c2ff);
  g_assert_cmphex (get_pixel (paper, plot->x + 5.0, plot->y + 0.72 * plot->height), ==, 0xc2c2ff);
  g_assert_cmphex (get_pixel (paper, plot->x + 5.0, plot->y + 0.22 * plot->height), ==, 0xffffff);
  g_assert_cmphex (get_pixel (paper, plot->x + 5.0, plot->y + 0.78 * plot->height), ==, 0xffffff);
}

/* In little room the legend takes more rows, and nothing of it is cut. */
static void
test_legend (void)
{
  const double x[] = { 1.0, 100.0 };
  const PisdSeries entry = { .title = "a title of some length", .n = 2, .x = x, .y = x };
  const PisdSeries series[] = { entry, entry, entry };
  const PisdGraph graph = get_graph (series, 3);
  const PisdBox wide = { 0.0, 0.0, 900.0, 300.0 }, narrow = { 0.0, 0.0, 260.0, 300.0 };
  PisdGraphLayout one, three;

  pisd_graph_layout_init (&one, &graph, &wide, 1.0);
  pisd_graph_layout_init (&three, &graph, &narrow, 1.0);
  g_assert_cmpfloat (one.plot.y, <, 1.5 * one.legend_row);
  g_assert_cmpfloat (three.plot.y, >, 3.0 * three.legend_row);
  g_assert_cmpfloat (three.legend_y + 2.5 * three.legend_row, <=, three.plot.y + 2.0);
}

/* Where there is one row, too narrow for all, a line's name goes before that of a band, wherever the
 * line stands. */
static void
test_low_legend (Paper *paper, gconstpointer data)
{
  const PisdInk red = { 1.0, 0.0, 0.0, 1.0 };
  const double x[] = { 0.0, 1.0 }, low[] = { 0.0, 0.0 };
  const PisdSeries series[] = {
    { .title = "a band of a long name", .n = 2, .x = x, .low = low, .high = x, .line.ink = red },
    { .title = "line", .n = 2, .x = x, .y = low, .line = { red, 2.0, 0.0, 0.0 } },
  };
  const PisdGraph graph = get_graph (series, 2);
  const PisdBox small = { 0.0, 0.0, 180.0, 80.0 };
  PisdGraphLayout layout;

  pisd_graph_layout_init (&layout, &graph, &small, 1.0);
  g_assert_true (layout.is_low);
  pisd_draw_graph (paper->cr, &layout, paper->palette, &graph);
  g_assert_cmphex (get_pixel (paper, layout.plot.x + 9.0, layout.legend_y), ==, 0xff0000);
}

static guint
count_colored (const Paper *paper, guint from, guint to)
{
  guint n = 0;

  for (guint p = from * WIDTH; p < to * WIDTH; p++)
    {
      guint32 pixel = get_pixel (paper, p % WIDTH, p / WIDTH);
      int r = pixel >> 16, g = (pixel >> 8) & 255, b = pixel & 255;

      n += MAX (MAX (r, g), b) - MIN (MIN (r, g), b) > 60;
    }
  return n;
}

/* Spectra: with nothing there is a note; with an estimate its curve; the guide falls three decades
 * in one. */
static void
test_spectra (Paper *paper, gconstpointer data)
{
  double energy[PISD_N_SHELLS], low[PISD_N_SHELLS], high[PISD_N_SHELLS];
  PisdSpectra spectra = { NULL };
  guint n_line;

  for (guint k = 0; k < PISD_N_SHELLS; k++)
    {
      energy[k] = pow (k + 1.0, -5.0);
      low[k] = 0.1 * energy[k];
      high[k] = 10.0 * energy[k];
    }
  pisd_draw_spectra (paper->cr, &box, paper->palette, &spectra, 1.0);
  g_assert_cmpuint (count_colored (paper, 0, HEIGHT), ==, 0);
  clear (paper);
  spectra.estimate = energy;
  pisd_draw_spectra (paper->cr, &box, paper->palette, &spectra, 1.0);
  n_line = count_colored (paper, 40, HEIGHT);
  g_assert_cmpuint (n_line, >, 300);
  clear (paper);
  spectra = (PisdSpectra){ .truth = energy, .low = low, .high = high };
  pisd_draw_spectra (paper->cr, &box, paper->palette, &spectra, 1.0);
  g_assert_cmpuint (count_colored (paper, 0, HEIGHT), <, n_line);
}

/* Errors: a dot a frame that is known, the time marked, a flag where sensors are. */
static void
test_time_errors (Paper *paper, gconstpointer data)
{
  const double times[] = { 0.0, 0.5, 1.0 }, known[] = { 0.1, 0.1, 0.1 };
  const double unknown[] = { NAN, NAN, NAN };
  const gboolean measured[] = { FALSE, TRUE, FALSE };
  PisdTimeErrors errors = { 3, times, unknown, NULL, NULL, NAN };
  guint n_dots, n_marked;

  pisd_draw_time_errors (paper->cr, &box, paper->palette, &errors, 1.0);
  g_assert_cmpuint (count_colored (paper, 0, HEIGHT), ==, 0);
  clear (paper);
  errors.errors = known;
  pisd_draw_time_errors (paper->cr, &box, paper->palette, &errors, 1.0);
  n_dots = count_colored (paper, 40, HEIGHT);
  g_assert_cmpuint (n_dots, >, 250);
  clear (paper);
  errors.time = 0.5;
  errors.measured = measured;
  pisd_draw_time_errors (paper->cr, &box, paper->palette, &errors, 1.0);
  n_marked = count_colored (paper, 40, HEIGHT);
  g_assert_cmpuint (n_marked, >, n_dots + 100);
  g_assert_cmpfloat (get_darkness (paper, 0.5 * WIDTH + 19.0, HEIGHT - 45.0), >, 0.4);
}

/* Its line and its card are at the point that is nearest to the pointer; beside the plot, and where
 * nothing is known, there is neither. */
static void
test_readout (Paper *paper, gconstpointer data)
{
  const double times[] = { 0.0, 0.5, 1.0 }, known[] = { 0.1, 0.1, 0.1 };
  const double unknown[] = { NAN, NAN, NAN };
  PisdTimeErrors errors = { 3, times, unknown, NULL, NULL, NAN };
  const double middle = 0.5 * WIDTH + 19.0;

  pisd_draw_time_errors_readout (paper->cr, &box, paper->palette, &errors, 1.0, middle);
  errors.errors = known;
  pisd_draw_time_errors_readout (paper->cr, &box, paper->palette, &errors, 1.0, 10.0);
  g_assert_cmpuint (count_colored (paper, 0, HEIGHT), ==, 0);
  g_assert_cmpfloat (get_darkness (paper, middle, HEIGHT - 45.0), ==, 0.0);
  pisd_draw_time_errors_readout (paper->cr, &box, paper->palette, &errors, 1.0, middle + 30.0);
  g_assert_cmpfloat (get_darkness (paper, middle, HEIGHT - 45.0), >, 0.1);
  g_assert_cmpfloat (get_darkness (paper, middle + 30.0, HEIGHT - 45.0), ==, 0.0);
  g_assert_cmpuint (count_colored (paper, 0, HEIGHT), >, 20);
}

#define ADD(path, test) g_test_add (path, Paper, NULL, paper_set_up, test, paper_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/draw/graph/curve", test_curve);
  ADD ("/draw/graph/band", test_band);
  g_test_add_func ("/draw/graph/legend", test_legend);
  g_test_add ("/draw/graph/low-legend", Paper, NULL, paper_set_up, test_low_legend,
              paper_tear_down);
  ADD ("/draw/flow/spectra", test_spectra);
  ADD ("/draw/flow/time-errors", test_time_errors);
  ADD ("/draw/flow/readout", test_readout);
  return g_test_run ();
}
