/* The chart of one node: heaps stand apart, the truth has its line, and a note says why there is
 * nothing. */
#include "pisd-draw-marginal.h"

#include "pisd-test.h"

#define WIDTH 400
#define HEIGHT 280
/* A row of pixels just above the axis. */
#define LOW (HEIGHT - 50)
/* Fewer pixels in a row are a line, and no bar. */
#define LEAST_BAR 8

static const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };

static cairo_surface_t *
draw_in (const PisdBox *where, const PisdMarginalChart *chart, double x)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  if (isnan (x))
    pisd_draw_marginal (cr, where, pisd_palette_get (FALSE), chart, 1.0);
  else
    pisd_draw_marginal_readout (cr, where, pisd_palette_get (FALSE), chart, 1.0, x);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

static cairo_surface_t *
draw (const PisdMarginalChart *chart, double x)
{
  return draw_in (&box, chart, x);
}

static guint32
get_pixel (cairo_surface_t *image, guint x, guint y)
{
  const guint8 *row =
      cairo_image_surface_get_data (image) + y * (gsize) cairo_image_surface_get_stride (image);

  return ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
}

/* What a bar is filled with is blue: its red is the least. */
static gboolean
is_bar (guint32 pixel)
{
  return (pixel & 255) > ((pixel >> 16) & 255) + 20;
}

static guint
count_bars (cairo_surface_t *image)
{
  guint n = 0, width = 0;

  for (guint x = 0; x < WIDTH; x++)
    {
      width = is_bar (get_pixel (image, x, LOW)) ? width + 1 : 0;
      n += width == LEAST_BAR;
    }
  return n;
}

static guint
count_ink (cairo_surface_t *image)
{
  guint n = 0;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      n += get_pixel (image, x, y) != 0xffffff;
  return n;
}

/* Columns that are nearly black from top to bottom of the plot. */
static guint
count_lines (cairo_surface_t *image)
{
  guint n = 0;

  for (guint x = 60; x < WIDTH - 20; x++)
    n += (get_pixel (image, x, 100) & 255) < 80 && (get_pixel (image, x, 160) & 255) < 80
         && (get_pixel (image, x, 200) & 255) < 80;
  return n;
}

static const PisdMarginalBeside beside = { 3.0, NAN, NAN, NAN, 1.0 };

/* Values around -1 and 1 are two heaps, values around 0 one. */
static void
test_heaps (void)
{
  double apart[16], together[16];

  for (guint k = 0; k < 16; k++)
    {
      apart[k] = (k % 2 == 0 ? -1.0 : 1.0) + 0.02 * k;
      together[k] = 0.1 * k;
    }
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (PisdMarginal) marginal =
          pisd_marginal_new (16, k == 0 ? apart : together, &beside);
      const PisdMarginalChart chart = { marginal, "a at x 0.3, y 0.6", NULL };
      cairo_surface_t *image = draw (&chart, NAN);

      g_assert_cmpuint (count_bars (image), ==, k == 0 ? 2 : 1);
      g_assert_cmpuint (count_lines (image), >=, 1);
      cairo_surface_destroy (image);
    }
}

/* The card of the read-out is drawn over the plot and nowhere beside it; a note stands where there
 * is no marginal. */
static void
test_readout (void)
{
  const double values[] = { 0.0, 0.5, 1.0 };
  g_autoptr (PisdMarginal) marginal = pisd_marginal_new (3, values, &beside);
  const PisdMarginalChart chart = { marginal, "a", NULL }, empty = { NULL, NULL, "why not" };
  const double places[] = { 200.0, 10.0 };

  for (guint k = 0; k < 2; k++)
    {
      cairo_surface_t *image = draw (&chart, places[k]);

      g_assert_cmpint (count_ink (image) > 1000, ==, k == 0);
      cairo_surface_destroy (image);
    }
  for (guint k = 0; k < 2; k++)
    {
      cairo_surface_t *image = draw (&empty, k == 0 ? NAN : 200.0);

      g_assert_cmpint (count_ink (image) > 100, ==, k == 0);
      cairo_surface_destroy (image);
    }
}

/* Words in the place of the Gaussian's name, which fit into the narrowest chart of the window. */
static void
test_missing (void)
{
  const double values[] = { 0.0, 0.5, 1.0 };
  const PisdBox narrow = { 0.0, 0.0, 200.0, 118.0 };
  g_autoptr (PisdMarginal) marginal = pisd_marginal_new (3, values, &beside);
  cairo_surface_t *images[2];
  guint left = WIDTH, right = 0;

  for (guint k = 0; k < 2; k++)
    images[k] = draw_in (&narrow,
                         &(PisdMarginalChart){ marginal, "a at x 0.310, y 0.620", NULL,
                                               k == 0 ? NULL : "no Gaussian: > 500 sensors" },
                         NAN);
  for (guint x = 0; x < WIDTH; x++)
    for (guint y = 0; y < HEIGHT; y++)
      if (get_pixel (images[0], x, y) != get_pixel (images[1], x, y))
        {
          left = MIN (left, x);
          right = MAX (right, x);
        }
  g_assert_cmpuint (left, >, 25); /* beside the title of the axis */
  g_assert_cmpuint (right, >, 150);
  g_assert_cmpuint (right, <, 200);
  cairo_surface_destroy (images[0]);
  cairo_surface_destroy (images[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/marginal/heaps", test_heaps);
  g_test_add_func ("/draw/marginal/readout", test_readout);
  g_test_add_func ("/draw/marginal/missing", test_missing);
  return g_test_run ();
}
