/* The chart of a line: a straight profile is a straight line from corner to corner, the band lies
 * around it, and a note says why there is nothing. */
#include "pisd-draw-profile.h"

#include <string.h>

#include "pisd-test.h"

#define WIDTH 400
#define HEIGHT 280
#define N 11

static const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };

static cairo_surface_t *
draw (const PisdProfileChart *chart, double x)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  pisd_draw_profile (cr, &box, pisd_palette_get (FALSE), chart, 1.0, x);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

static gboolean
same (cairo_surface_t *a, cairo_surface_t *b)
{
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b),
                 HEIGHT * (gsize) cairo_image_surface_get_stride (a))
         == 0;
}

static gboolean
is_blue (cairo_surface_t *image, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (image)
                      + y * (gsize) cairo_image_surface_get_stride (image) + 4 * x;

  return row[0] > row[2] + 10;
}

/* Blue pixels of a column of pixels, and the middle of them. */
static guint
count_blue (cairo_surface_t *image, int x, double *middle)
{
  guint n = 0, sum = 0;

  for (int y = 40; y < HEIGHT - 45; y++)
    if (is_blue (image, x, y))
      {
        n++;
        sum += (guint) y;
      }
  *middle = n > 0 ? (double) sum / n : NAN;
  return n;
}

static void
test_band (void)
{
  double s[N], value[N], low[N], high[N], left, right;
  PisdProfile profile = { .n = N, .distance = s, .estimate = value };
  const PisdProfileChart chart = { .profile = &profile, .symbol = "a" };
  cairo_surface_t *image;
  guint thin;

  for (guint k = 0; k < N; k++)
    {
      s[k] = 0.1 * k;
      value[k] = k;
      low[k] = k - 2.0;
      high[k] = k + 2.0;
    }
  image = draw (&chart, NAN);
  thin = count_blue (image, 120, &left);
  count_blue (image, 320, &right);
  g_assert_cmpuint (thin, >, 0);
  g_assert_cmpfloat (left, >, right + 60.0); /* it rises */
  cairo_surface_destroy (image);
  profile.low = low;
  profile.high = high;
  image = draw (&chart, NAN);
  g_assert_cmpuint (count_blue (image, 200, &left), >, thin + 20);
  cairo_surface_destroy (image);
}

/* Sensors are dots, a read-out covers some of the chart, and without a profile there are words
 * alone. */
static void
test_parts (void)
{
  double s[N], value[N], at[] = { 0.5 }, read[] = { 9.0 };
  PisdProfile profile = { .n = N, .distance = s, .truth = value };
  const PisdProfileChart chart = { .profile = &profile, .symbol = "a" };
  const PisdProfileChart none = { .symbol = "a", .note = "Nothing" };
  cairo_surface_t *plain, *dots, *readout, *empty;

  for (guint k = 0; k < N; k++)
    {
      s[k] = 0.1 * k;
      value[k] = k;
    }
  plain = draw (&chart, NAN);
  readout = draw (&chart, 200.0);
  empty = draw (&none, NAN);
  profile.n_sensors = 1;
  profile.sensor_distance = at;
  profile.sensor_value = read;
  dots = draw (&chart, NAN);
  g_assert_false (same (plain, dots));
  g_assert_false (same (plain, readout));
  g_assert_false (same (plain, empty));
  cairo_surface_destroy (plain);
  cairo_surface_destroy (dots);
  cairo_surface_destroy (readout);
  cairo_surface_destroy (empty);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/profile/band", test_band);
  g_test_add_func ("/draw/profile/parts", test_parts);
  return g_test_run ();
}
