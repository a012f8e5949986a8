/* The chart of the error that more sensors leave: each curve that is known, and where one stands. */

#include "pisd-draw-expected.h"

#include <math.h>

#include "pisd-test.h"

#define WIDTH 300
#define HEIGHT 200
#define N 4

static const double best[N] = { 0.5, 0.3, 0.2, 0.1 };
static const double random_ones[N] = { 0.9, 0.7, 0.5, 0.4 };
static const double grid[N] = { NAN, NAN, NAN, 0.3 };

/* Pixels that are not background. */
static guint
count_ink (const PisdExpected *expected, double x)
{
  const PisdPalette *palette = pisd_palette_get (FALSE);
  const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint n = 0;

  if (isnan (x))
    pisd_draw_expected (cr, &box, palette, expected, 1.0);
  else
    pisd_draw_expected_readout (cr, &box, palette, expected, 1.0, x);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int i = 0; i < HEIGHT; i++)
    for (int j = 0; j < WIDTH; j++)
      n += cairo_image_surface_get_data (surface)[i * cairo_image_surface_get_stride (surface) + j]
           != 0;
  cairo_surface_destroy (surface);
  return n;
}

/* Each curve adds ink, also one with a single number beside where one stands. */
static void
test_curves (void)
{
  PisdExpected expected = { .n_sensors = 30, .left = 1.0, .n = N };
  guint before = count_ink (&expected, NAN), now;

  expected.best = best;
  now = count_ink (&expected, NAN);
  g_assert_cmpuint (now, >, before);
  before = now;
  expected.random = random_ones;
  now = count_ink (&expected, NAN);
  g_assert_cmpuint (now, >, before);
  before = now;
  expected.grid = grid;
  g_assert_cmpuint (count_ink (&expected, NAN), >, before);
}

/* The card is there within the chart alone. */
static void
test_readout (void)
{
  const PisdExpected expected = { 30, 1.0, N, best, random_ones, grid };

  g_assert_cmpuint (count_ink (&expected, 0.5 * WIDTH), >, 0);
  g_assert_cmpuint (count_ink (&expected, 0.0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw-expected/curves", test_curves);
  g_test_add_func ("/draw-expected/readout", test_readout);
  return g_test_run ();
}
