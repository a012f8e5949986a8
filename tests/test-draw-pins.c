/* The chart of pinned nodes: a line of its own colour for each, the exact density right of the last
 * step, bands in time, and a note. */
#include "pisd-draw-pins.h"

#include "pisd-test.h"

#define WIDTH 420
#define HEIGHT 280
#define N 11
#define N_PINS 2

static const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };

typedef struct
{
  double x[N], y[N_PINS * N], truth[N_PINS * N], low[N_PINS * N], high[N_PINS * N];
  double mean[N_PINS], sd[N_PINS];
  PisdPinsChart chart;
} Case;

static void
fill (Case *c)
{
  *c = (Case){ .mean = { 0.0, 1.0 }, .sd = { 0.2, 0.2 } };
  for (guint k = 0; k < N; k++)
    {
      c->x[k] = k;
      for (guint pin = 0; pin < N_PINS; pin++)
        {
          c->y[pin * N + k] = pin + 0.02 * k;
          c->truth[pin * N + k] = pin;
          c->low[pin * N + k] = pin - 0.2;
          c->high[pin * N + k] = pin + 0.2;
        }
    }
  c->chart = (PisdPinsChart){ .n_pins = N_PINS,
                              .n = N,
                              .x = c->x,
                              .y = c->y,
                              .last = N - 1,
                              .mark = NAN,
                              .axis = "step",
                              .symbol = "a",
                              .note = "Nothing" };
}

static gboolean
is_near (const guint8 *p, const PisdInk *ink, double reach)
{
  return fabs (p[2] - 255 * ink->r) + fabs (p[1] - 255 * ink->g) + fabs (p[0] - 255 * ink->b)
         < reach;
}

/* Pixels of the image that are near to a colour, right of a place. */
static guint
count_ink (const PisdPinsChart *chart, const PisdInk *ink, double reach, int from)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);
  guint n = 0;

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  pisd_draw_pins (cr, &box, pisd_palette_get (FALSE), chart, 1.0, NAN);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  for (int y = 40; y < HEIGHT - 45; y++)
    for (int x = from; x < WIDTH; x++)
      {
        const guint8 *p = cairo_image_surface_get_data (image)
                          + y * (gsize) cairo_image_surface_get_stride (image) + 4 * x;

        n += is_near (p, ink, reach);
      }
  cairo_surface_destroy (image);
  return n;
}

static guint
count_pin (const PisdPinsChart *chart, guint pin, int from)
{
  return count_ink (chart, pisd_pins_get_ink (pisd_palette_get (FALSE), pin), 12.0, from);
}

/* What a density of the pin is filled with: so much of its colour on white. */
static guint
count_density (const PisdPinsChart *chart, guint pin)
{
  const PisdInk *ink = pisd_pins_get_ink (pisd_palette_get (FALSE), pin);
  const PisdInk pale = { 0.7 + 0.3 * ink->r, 0.7 + 0.3 * ink->g, 0.7 + 0.3 * ink->b, 1.0 };

  return count_ink (chart, &pale, 8.0, 340);
}

static void
test_lines (void)
{
  Case c;

  fill (&c);
  g_assert_cmpuint (count_pin (&c.chart, 0, 60), >, 300);
  g_assert_cmpuint (count_pin (&c.chart, 1, 60), >, 300);
  c.chart.n_pins = 1;
  g_assert_cmpuint (count_pin (&c.chart, 1, 60), <, 20);
}

/* Behind the last step the densities stand, and nothing else. */
static void
test_density (void)
{
  Case c;

  fill (&c);
  c.chart.mean = c.mean;
  c.chart.sd = c.sd;
  g_assert_cmpuint (count_density (&c.chart, 1), >, 200);
  c.sd[1] = NAN;
  g_assert_cmpuint (count_density (&c.chart, 1), <, 20);
}

/* In time there are bands and no density; without pins there is the note. */
static void
test_time (void)
{
  Case c;
  guint plain;

  fill (&c);
  c.chart.of_time = TRUE;
  plain = count_pin (&c.chart, 0, 60);
  c.chart.truth = c.truth;
  c.chart.low = c.low;
  c.chart.high = c.high;
  g_assert_cmpuint (count_pin (&c.chart, 0, 60), >, plain);
  c.chart.n_pins = 0;
  g_assert_cmpuint (count_pin (&c.chart, 1, 60), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/pins/lines", test_lines);
  g_test_add_func ("/draw/pins/density", test_density);
  g_test_add_func ("/draw/pins/time", test_time);
  return g_test_run ();
}
