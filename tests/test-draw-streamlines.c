#include "pisd-draw-streamlines.h"
#include "pisd-draw-strokes.h"
#include "pisd-draw-text.h"

#include "pisd-test.h"

#define SIZE 240

static const PisdBox heat = { 20.0, 20.0, 200.0, 200.0 };

typedef struct
{
  cairo_surface_t *image;
  cairo_t *cr;
} Paper;

static void
paper_set_up (Paper *paper, gconstpointer data)
{
  paper->image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);
  paper->cr = cairo_create (paper->image);
  cairo_set_source_rgb (paper->cr, 1.0, 1.0, 1.0);
  cairo_paint (paper->cr);
}

static void
paper_tear_down (Paper *paper, gconstpointer data)
{
  cairo_destroy (paper->cr);
  cairo_surface_destroy (paper->image);
}

static guint32
get_pixel (cairo_surface_t *image, int x, int y)
{
  const guint8 *data;

  cairo_surface_flush (image);
  data = cairo_image_surface_get_data (image)
         + (gsize) y * (gsize) cairo_image_surface_get_stride (image);
  return ((const guint32 *) (gconstpointer) data)[x];
}

static double
get_darkness (cairo_surface_t *image, int x, int y)
{
  guint32 pixel = get_pixel (image, x, y);

  return 1.0 - (((pixel >> 16) & 255) + ((pixel >> 8) & 255) + (pixel & 255)) / 765.0;
}

/* A uniform flow. */
static PisdComplex *
new_uniform (double u, double v)
{
  PisdComplex *z = g_new (PisdComplex, PISD_GRID * PISD_GRID);

  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    z[p] = (PisdComplex){ u, v };
  return z;
}

/* Vortices that reach over the edges. */
static PisdComplex *
new_vortices (void)
{
  PisdComplex *z = g_new (PisdComplex, PISD_GRID * PISD_GRID);

  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    {
      double x = 2.0 * G_PI * (p % PISD_GRID) / PISD_GRID;
      double y = 2.0 * G_PI * (p / PISD_GRID) / PISD_GRID;

      z[p] = (PisdComplex){ -cos (x) * sin (y) - 0.3 * sin (2.0 * y), sin (x) * cos (y) };
    }
  return z;
}

static void
draw_flow (cairo_t *cr, const PisdBox *box, PisdFlow flow, const PisdComplex *z)
{
  g_autoptr (PisdStreamlines) lines = pisd_flow_create_lines (flow, z, box);

  pisd_draw_streamlines (cr, box, pisd_palette_get (FALSE), flow, lines);
}

/* Put together from pixels a drawing is what Cairo makes of the same lines and heads: 6 % of the ink
 * in all, and a fifth pixel by pixel, where lines are thinner than pixels. */
static void
test_like_cairo (Paper *paper, gconstpointer data)
{
  g_autofree PisdComplex *z = new_vortices ();

  for (PisdFlow flow = PISD_FLOW_LINES; flow < PISD_N_FLOWS; flow++)
    {
      cairo_surface_t *record = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *recorder = cairo_create (record);
      Paper stroked;
      double ink = 0.0, difference = 0.0, sum = 0.0;

      paper_set_up (&stroked, NULL);
      cairo_set_source_rgb (paper->cr, 1.0, 1.0, 1.0);
      cairo_paint (paper->cr);
      draw_flow (paper->cr, &heat, flow, z);
      draw_flow (recorder, &heat, flow, z);
      cairo_set_source_surface (stroked.cr, record, 0.0, 0.0);
      cairo_paint (stroked.cr);
      for (int p = 0; p < SIZE * SIZE; p++)
        {
          double a = get_darkness (paper->image, p % SIZE, p / SIZE);
          double b = get_darkness (stroked.image, p % SIZE, p / SIZE);

          ink += b;
          sum += a;
          difference += fabs (a - b);
        }
      g_assert_cmpfloat (ink, >, 500.0);
      test_assert_close (sum / ink, 1.0, 0.06);
      test_assert_below (difference / ink, 0.2);
      paper_tear_down (&stroked, NULL);
      cairo_destroy (recorder);
      cairo_surface_destroy (record);
    }
}

/* Relative luminance of sRGB. */
static double
get_luminance (guint32 pixel)
{
  static const double weights[] = { 0.0722, 0.7152, 0.2126 };
  double sum = 0.0;

  for (guint k = 0; k < 3; k++)
    {
      double v = ((pixel >> (8 * k)) & 255) / 255.0;

      sum += weights[k] * (v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
get_contrast (guint32 a, guint32 b)
{
  double x = get_luminance (a) + 0.05, y = get_luminance (b) + 0.05;

  return x > y ? x / y : y / x;
}

/* On every colour of every map a line, or its rim, stands 3 to 1 against it; 2.5 to 1 in the
 * smallest pictures, where both are thinner than pixels. */
static void
test_contrast (Paper *paper, gconstpointer data)
{
  static const PisdBox boxes[] = { { 0.0, 0.0, 110.0, 110.0 }, { 0.0, 0.0, 239.0, 239.0 } };
  static const double least[] = { 2.5, 3.0 };
  g_autofree PisdComplex *z = new_uniform (1.0, 0.0);

  for (guint b = 0; b < G_N_ELEMENTS (boxes); b++)
    for (guint map = 0; map < PISD_N_COLORMAPS; map++)
      for (guint k = 0; k <= 32; k++)
        {
          guint32 color = pisd_colormap_lookup (map, k / 32.0);
          double best = 1.0;

          cairo_set_source_rgb (paper->cr, ((color >> 16) & 255) / 255.0,
                                ((color >> 8) & 255) / 255.0, (color & 255) / 255.0);
          cairo_paint (paper->cr);
          draw_flow (paper->cr, &boxes[b], PISD_FLOW_LINES, z);
          for (int y = 0; y < 110; y++)
            best = MAX (best, get_contrast (color, get_pixel (paper->image, 13, y)));
          if (best < least[b])
            g_error ("map %u, colour %06x: got a contrast of %.2f, expected at least %g", map,
                     color & 0xffffff, best, least[b]);
        }
}

/* Lines reach both edges, and nothing lies outside of the heatmap. */
static void
test_edges (Paper *paper, gconstpointer data)
{
  g_autofree PisdComplex *z = new_uniform (1.0, 0.0);
  guint n_left = 0;

  draw_flow (paper->cr, &heat, PISD_FLOW_LINES, z);
  for (int y = 0; y < SIZE; y++)
    {
      gboolean left = get_darkness (paper->image, 20, y) > 0.5;
      gboolean right = get_darkness (paper->image, 219, y) > 0.5;

      g_assert_true (left == right);
      n_left += left;
      for (int x = 0; x < 20; x++)
        g_assert_cmpuint (get_pixel (paper->image, x, y) & 0xffffff, ==, 0xffffff);
      g_assert_cmpuint (get_pixel (paper->image, 221, y) & 0xffffff, ==, 0xffffff);
    }
  g_assert_cmpuint (n_left, >=, 10);
}

/* Where a row of pixels is dark for the first time: from and to. */
static void
find_stretch (const Paper *paper, int y, int *from, int *to)
{
  int x = 0;

  while (x < SIZE - 1 && get_darkness (paper->image, x, y) < 0.5)
    x++;
  *from = x;
  while (x < SIZE - 1 && get_darkness (paper->image, x, y) >= 0.5)
    x++;
  *to = x;
  g_assert_cmpint (*to, <, SIZE - 1);
}

/* Heads point downstream: further from the line a head is shorter, at its tip and not at its
 * base. */
static void
test_heads (Paper *paper, gconstpointer data)
{
  const PisdBox large = { 0.0, 0.0, 660.0, 660.0 };

  for (int direction = -1; direction <= 1; direction += 2)
    {
      g_autofree PisdComplex *z = new_uniform (direction, 0.0);
      int y = 0, near_from, near_to, far_from, far_to;

      cairo_set_source_rgb (paper->cr, 1.0, 1.0, 1.0);
      cairo_paint (paper->cr);
      draw_flow (paper->cr, &large, PISD_FLOW_LINES, z);
      while (get_darkness (paper->image, 40, y) < 0.5)
        y++;
      while (get_darkness (paper->image, 40, y) > 0.2)
        y++;
      find_stretch (paper, y, &near_from, &near_to);
      find_stretch (paper, y + 2, &far_from, &far_to);
      if (direction > 0)
        g_assert_cmpint (near_to - far_to, >=, 3 + abs (far_from - near_from));
      else
        g_assert_cmpint (far_from - near_from, >=, 3 + abs (near_to - far_to));
    }
}

/* Heads and lines are as many as the picture is large for. */
static void
test_density (void)
{
  static const PisdBox small = { 0.0, 0.0, 110.0, 110.0 }, large = { 0.0, 0.0, 660.0, 660.0 };
  g_autofree PisdComplex *z = new_uniform (0.0, 1.0);
  g_autoptr (PisdStreamlines) few = pisd_flow_create_lines (PISD_FLOW_LINES, z, &small);
  g_autoptr (PisdStreamlines) many = pisd_flow_create_lines (PISD_FLOW_LINES, z, &large);

  g_assert_cmpuint (few->n_lines, >=, 8);
  g_assert_cmpuint (few->n_lines, <=, 12);
  g_assert_cmpuint (many->n_lines, >=, 16);
  g_assert_cmpuint (many->n_lines, <=, 24);
  g_assert_null (pisd_flow_create_lines (PISD_FLOW_NONE, z, &large));
}

static double
sum_darkness (const Paper *paper)
{
  double sum = 0.0;

  for (int p = 0; p < SIZE * SIZE; p++)
    sum += get_darkness (paper->image, p % SIZE, p / SIZE);
  return sum;
}

/* A panel of a vorticity has its flow over it where that is asked for; of a field that is no number
 * there is none. */
static void
test_panel (Paper *paper, gconstpointer data)
{
  const PisdBox all = { 0.0, 0.0, SIZE, SIZE };
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdPanel panel = {
    .title = "w", .field = field, .map = PISD_COLORMAP_DIVERGING, .min = -1e6, .max = 1e6
  };
  double ink[PISD_N_FLOWS + 1];

  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    field->data[p] = cos (2.0 * G_PI * (p % PISD_GRID) / PISD_GRID)
                     * cos (2.0 * G_PI * (p / PISD_GRID) / PISD_GRID);
  for (guint k = 0; k <= PISD_N_FLOWS; k++)
    {
      panel.flow = k % PISD_N_FLOWS;
      if (k == PISD_N_FLOWS)
        {
          panel.flow = PISD_FLOW_LINES;
          field->data[17] = NAN;
        }
      cairo_set_source_rgb (paper->cr, 1.0, 1.0, 1.0);
      cairo_paint (paper->cr);
      pisd_draw_panel (paper->cr, &all, pisd_palette_get (FALSE), &panel);
      ink[k] = sum_darkness (paper);
    }
  g_assert_cmpfloat (ink[PISD_FLOW_LINES], >, ink[PISD_FLOW_NONE] + 500.0);
  g_assert_cmpfloat (ink[PISD_FLOW_ARROWS], >, ink[PISD_FLOW_NONE] + 300.0);
  test_assert_close (ink[PISD_N_FLOWS], ink[PISD_FLOW_NONE], 10.0);
}

/* A pen's width and rim, and a triangle's inside. */
static void
test_strokes (void)
{
  const PisdPen pen = { { 0.0, 0.0, 0.0, 1.0 }, { 1.0, 1.0, 1.0, 1.0 }, 3.0, 2.0 };
  const double x[] = { 10.0, 20.0, 10.0 }, y[] = { 24.0, 29.0, 34.0 };
  g_autoptr (PisdStrokes) strokes = pisd_strokes_new (40, 40, &pen);
  cairo_surface_t *image;
  guint n_dark = 0, n_light = 0;

  pisd_strokes_add_line (strokes, -10.0, 10.5, 50.0, 10.5);
  pisd_strokes_add_triangle (strokes, x, y);
  image = pisd_strokes_create_image (strokes);
  for (int i = 0; i < 20; i++)
    {
      n_dark += get_pixel (image, 20, i) == 0xff000000;
      n_light += get_pixel (image, 20, i) == 0xffffffff;
    }
  g_assert_cmpuint (n_dark, ==, 3);
  g_assert_cmpuint (n_light, ==, 4);
  g_assert_cmpuint (get_pixel (image, 12, 29), ==, 0xff000000);
  g_assert_cmpuint (get_pixel (image, 19, 25), !=, 0xff000000);
  g_assert_cmpuint (get_pixel (image, 35, 35), ==, 0);
  cairo_surface_destroy (image);
}

#define ADD(path, test) g_test_add (path, Paper, NULL, paper_set_up, test, paper_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/draw/streamlines/like-cairo", test_like_cairo);
  ADD ("/draw/streamlines/contrast", test_contrast);
  ADD ("/draw/streamlines/edges", test_edges);
  ADD ("/draw/streamlines/heads", test_heads);
  ADD ("/draw/streamlines/panel", test_panel);
  g_test_add_func ("/draw/streamlines/density", test_density);
  g_test_add_func ("/draw/streamlines/strokes", test_strokes);
  return g_test_run ();
}
