#include "pisd-draw-chart.h"
#include "pisd-draw-text.h"

#include "pisd-test.h"

#define SIZE 240

static const PisdBox box = { 60.0, 20.0, 160.0, 160.0 };

typedef struct
{
  cairo_surface_t *image;
  cairo_t *cr;
  const PisdPalette *palette;
} Paper;

static void
paper_set_up (Paper *paper, gconstpointer data)
{
  paper->image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);
  paper->cr = cairo_create (paper->image);
  paper->palette = pisd_palette_get (FALSE);
  cairo_set_source_rgb (paper->cr, 1.0, 1.0, 1.0);
  cairo_paint (paper->cr);
}

static void
paper_tear_down (Paper *paper, gconstpointer data)
{
  cairo_destroy (paper->cr);
  cairo_surface_destroy (paper->image);
}

static double
get_darkness (const Paper *paper, double x, double y)
{
  const guint8 *data;
  guint32 pixel;

  cairo_surface_flush (paper->image);
  data = cairo_image_surface_get_data (paper->image)
         + (gsize) y * (gsize) cairo_image_surface_get_stride (paper->image);
  pixel = ((const guint32 *) (gconstpointer) data)[(gsize) x];
  return 1.0 - (((pixel >> 16) & 255) + ((pixel >> 8) & 255) + (pixel & 255)) / 765.0;
}

/* Place and value undo each other; what lies outside is kept at the ends. */
static void
test_scale (void)
{
  const PisdScale scales[] = { { FALSE, 0.0, 10.0, 100.0, 300.0 },
                               { TRUE, -3.0, 2.0, 300.0, 100.0 } };

  for (guint k = 0; k < G_N_ELEMENTS (scales); k++)
    {
      const PisdScale *scale = &scales[k];

      for (double t = 0.0; t <= 1.0; t += 0.125)
        {
          double value = scale->low + t * (scale->high - scale->low);
          double place = pisd_scale_get_place (scale, value);

          test_assert_close (place, scale->start + t * (scale->end - scale->start), 1e-12);
          test_assert_close (pisd_scale_get_value (scale, place), value, 1e-12);
        }
      g_assert_cmpfloat (pisd_scale_get_place (scale, scale->high + 1.0), ==, scale->end);
      g_assert_cmpfloat (pisd_scale_get_value (scale, -1e6), >=, scale->low);
      g_assert_cmpuint (pisd_scale_count_numbers (scale, 20.0, 3, 14), ==, 10);
      g_assert_cmpuint (pisd_scale_count_numbers (scale, 2.0, 3, 14), ==, 14);
    }
}

static PisdChartAxis
get_axis (PisdSide side, const PisdScale *scale)
{
  return (PisdChartAxis){ .side = side,
                          .scale = scale,
                          .n_most = 4,
                          .type_size = 10.0,
                          .gap = 8.0,
                          .dup_label = pisd_label_dup_plain };
}

static guint
count_dark (const Paper *paper, int x0, int y0, int x1, int y1)
{
  guint n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      n += get_darkness (paper, x, y) > 0.3 ? 1 : 0;
  return n;
}

/* Lines at 1, 10, 100 of a logarithmic scale, a third and two thirds of the way, and nowhere else;
 * numbers to the left of the box. */
static void
test_grid (Paper *paper, gconstpointer data)
{
  const PisdScale scale = { TRUE, 0.0, 3.0, box.y + box.height, box.y };
  PisdChartAxis axis = get_axis (PISD_SIDE_LEFT, &scale);
  guint n_lines = 0;

  pisd_draw_axis (paper->cr, &box, paper->palette, &axis);
  for (int y = 0; y < SIZE; y++)
    n_lines += get_darkness (paper, 150.0, y) > 0.05 ? 1 : 0;
  g_assert_cmpuint (n_lines, ==, 4);
  for (guint k = 0; k <= 3; k++)
    g_assert_cmpfloat (
        get_darkness (paper, 150.0, floor (box.y + box.height - k * box.height / 3.0)), >, 0.05);
  g_assert_cmpuint (count_dark (paper, 0, 0, (int) box.x - 8, SIZE), >, 20);
  g_assert_cmpuint (count_dark (paper, (int) box.x + 1, 0, SIZE, SIZE), ==, 0);
}

/* On a framed box the lines of its edges are left out, the numbers stay. */
static void
test_framed (Paper *paper, gconstpointer data)
{
  const PisdScale scale = { TRUE, 0.0, 3.0, box.y + box.height, box.y };
  PisdChartAxis axis = get_axis (PISD_SIDE_LEFT, &scale);
  guint n_lines = 0;

  axis.framed = TRUE;
  pisd_draw_axis (paper->cr, &box, paper->palette, &axis);
  for (int y = 0; y < SIZE; y++)
    n_lines += get_darkness (paper, 150.0, y) > 0.05 ? 1 : 0;
  g_assert_cmpuint (n_lines, ==, 2);
}

static char *
dup_even_label (double number)
{
  return fmod (number, 2.0) == 0.0 ? g_strdup_printf ("%.0f", number) : NULL;
}

/* Ticks stand outside the box at every number that has a label. */
static void
test_ticks (Paper *paper, gconstpointer data)
{
  const PisdScale scale = { FALSE, 0.0, 3.0, box.x, box.x + box.width };
  PisdChartAxis axis = get_axis (PISD_SIDE_BOTTOM, &scale);
  double y = box.y + box.height + 2.0;

  axis.tick = 4.0;
  axis.gap = 14.0;
  axis.dup_label = dup_even_label;
  pisd_draw_axis (paper->cr, &box, paper->palette, &axis);
  for (guint k = 0; k <= 3; k++)
    {
      double darkness = get_darkness (paper, floor (box.x + k * box.width / 3.0), y);

      if (k % 2 == 0)
        g_assert_cmpfloat (darkness, >, 0.3);
      else
        g_assert_cmpfloat (darkness, <, 0.02);
    }
  g_assert_cmpuint (count_dark (paper, (int) box.x, (int) box.y, SIZE, (int) y - 2), ==, 0);
}

/* A scale that carries nothing has no axis. */
static void
test_unused (Paper *paper, gconstpointer data)
{
  const PisdScale scale = { TRUE, 1.0, 1.0, box.y + box.height, box.y };
  PisdChartAxis axis = get_axis (PISD_SIDE_RIGHT, &scale);

  pisd_draw_axis (paper->cr, &box, paper->palette, &axis);
  g_assert_cmpuint (count_dark (paper, 0, 0, SIZE, SIZE), ==, 0);
  test_assert_close (pisd_scale_get_place (&scale, 1.0), box.y + 0.5 * box.height, 1e-12);
}

/* A point without a value breaks the line. */
static void
test_polyline (Paper *paper, gconstpointer data)
{
  const double x[] = { 20.0, 80.0, 100.0, 120.0, 180.0 };
  const double y[] = { 50.0, 50.0, NAN, 50.0, 50.0 };
  const PisdLine line = { .ink = paper->palette->text, .width = 4.0 };

  pisd_draw_polyline (paper->cr, &line, 1.0, paper->palette, G_N_ELEMENTS (x), x, y);
  g_assert_cmpfloat (get_darkness (paper, 50.0, 50.0), >, 0.6);
  g_assert_cmpfloat (get_darkness (paper, 150.0, 50.0), >, 0.6);
  g_assert_cmpfloat (get_darkness (paper, 100.0, 50.0), <, 0.02);
}

/* Where two curves cross, the rim of the upper one parts them. */
static void
test_rim (Paper *paper, gconstpointer data)
{
  const double across[] = { 20.0, 220.0 }, middle[] = { 100.5, 100.5 };
  const PisdLine line = { .ink = paper->palette->text, .width = 4.0 };

  pisd_draw_polyline (paper->cr, &line, 0.0, paper->palette, 2, across, middle);
  pisd_draw_polyline (paper->cr, &line, 3.0, paper->palette, 2, middle, across);
  g_assert_cmpfloat (get_darkness (paper, 100.0, 100.0), >, 0.6);
  g_assert_cmpfloat (get_darkness (paper, 104.0, 100.0), <, 0.3);
  g_assert_cmpfloat (get_darkness (paper, 110.0, 100.0), >, 0.6);
}

static void
test_marker (Paper *paper, gconstpointer data)
{
  pisd_draw_marker (paper->cr, 50.0, 50.0, 5.0, 0.0, paper->palette, &paper->palette->text);
  test_assert_close (count_dark (paper, 0, 0, SIZE, SIZE), G_PI * 25.0, 12.0);
}

/* Dashes of 6 and 4: six tenths of a solid line. */
static void
test_dashes (Paper *paper, gconstpointer data)
{
  const PisdLine line = { paper->palette->text, 2.0, 6.0, 4.0 };

  pisd_draw_segment (paper->cr, &line, 20.0, 100.0, 220.0, 100.0);
  test_assert_close (count_dark (paper, 0, 100, SIZE, 101), 120.0, 4.0);
}

#define ADD(path, test) g_test_add (path, Paper, NULL, paper_set_up, test, paper_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/chart/scale", test_scale);
  ADD ("/draw/chart/grid", test_grid);
  ADD ("/draw/chart/framed", test_framed);
  ADD ("/draw/chart/ticks", test_ticks);
  ADD ("/draw/chart/unused", test_unused);
  ADD ("/draw/chart/polyline", test_polyline);
  ADD ("/draw/chart/rim", test_rim);
  ADD ("/draw/chart/marker", test_marker);
  ADD ("/draw/chart/dashes", test_dashes);
  return g_test_run ();
}
