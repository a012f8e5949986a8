#include "pisd-draw-schedule.h"

#include "pisd-test.h"

#define WIDTH 300
#define HEIGHT 180

/* A column of pixels near the first, the middle and the last step. */
enum
{
  FIRST = 62,
  MIDDLE = 175,
  LAST = 282
};

static cairo_surface_t *
draw (const PisdSettings *settings)
{
  const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  pisd_draw_schedules (cr, &box, pisd_palette_get (FALSE), settings, 1.0);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

/* How much more blue than red a pixel is, as the chosen curve is and nothing else. */
static double
get_blue (cairo_surface_t *image, guint x, guint y)
{
  const guint8 *row = cairo_image_surface_get_data (image)
                      + (gsize) y * (gsize) cairo_image_surface_get_stride (image);
  guint32 pixel = ((const guint32 *) (gconstpointer) row)[x];

  return MAX (0.0, (double) (pixel & 255) - (double) ((pixel >> 16) & 255)) / 255.0;
}

/* Where the chosen curve is, three columns wide, below the legend; NaN: nowhere. */
static double
find_curve (const PisdSettings *settings, guint x)
{
  cairo_surface_t *image = draw (settings);
  double sum = 0.0, moment = 0.0;

  for (guint y = 25; y < HEIGHT; y++)
    for (guint column = x - 1; column <= x + 1; column++)
      {
        double blue = get_blue (image, column, y);

        sum += blue;
        moment += blue * y;
      }
  cairo_surface_destroy (image);
  return sum > 1.0 ? moment / sum : NAN;
}

/* Below the legend. */
static double
get_amount (const PisdSettings *settings)
{
  cairo_surface_t *image = draw (settings);
  double sum = 0.0;

  for (guint y = 25; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      sum += get_blue (image, x, y);
  cairo_surface_destroy (image);
  return sum;
}

static void
init (PisdSettings *settings, PisdScheduleId schedule)
{
  pisd_settings_init_default (settings);
  pisd_settings_apply_preset (settings, PISD_GUIDANCE_NONE, PISD_TASK_FORWARD, FALSE);
  settings->steps = 100;
  settings->schedule = schedule;
}

/* All begin at the largest level; in the middle cosine is lowest, and at the end edm, whose
 * smallest level is that of the settings. */
static void
test_schedules (void)
{
  PisdSettings edm, linear, cosine;

  init (&edm, PISD_SCHEDULE_EDM);
  init (&linear, PISD_SCHEDULE_LINEAR);
  init (&cosine, PISD_SCHEDULE_COSINE);
  test_assert_close (find_curve (&edm, FIRST), find_curve (&linear, FIRST), 4.0);
  test_assert_below (find_curve (&edm, MIDDLE), find_curve (&linear, MIDDLE) - 3.0);
  test_assert_below (find_curve (&linear, MIDDLE), find_curve (&cosine, MIDDLE) - 3.0);
  test_assert_below (find_curve (&linear, LAST), find_curve (&edm, LAST) - 10.0);
  test_assert_below (find_curve (&edm, MIDDLE), find_curve (&edm, LAST) - 30.0);
}

/* A smaller rho keeps edm's levels high for longer. */
static void
test_rho (void)
{
  PisdSettings settings;
  double at_seven;

  init (&settings, PISD_SCHEDULE_EDM);
  at_seven = find_curve (&settings, MIDDLE);
  settings.rho = 2.0;
  test_assert_below (find_curve (&settings, MIDDLE), at_seven - 8.0);
}

/* An area above the curve shows how far churn raises it. */
static void
test_churn (void)
{
  PisdSettings settings;
  double without;

  init (&settings, PISD_SCHEDULE_EDM);
  without = get_amount (&settings);
  settings.churn.amount = 40.0;
  test_assert_below (1.1 * without, get_amount (&settings));
  settings.sampler = PISD_SAMPLER_DDPM; /* which has none */
  test_assert_close (get_amount (&settings), without, 1e-9);
}

/* A schedule without levels between the ends is left out, and the others stay. */
static void
test_beyond (void)
{
  PisdSettings settings;

  init (&settings, PISD_SCHEDULE_EDM);
  settings.sigma_max = 0.005;
  g_assert_false (isnan (find_curve (&settings, MIDDLE)));
  settings.schedule = PISD_SCHEDULE_LINEAR;
  g_assert_true (isnan (find_curve (&settings, MIDDLE)));
}

/* A single step is a dot. */
static void
test_one_step (void)
{
  PisdSettings settings;

  init (&settings, PISD_SCHEDULE_COSINE);
  settings.steps = 1;
  test_assert_below (1.0, get_amount (&settings));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/schedule/schedules", test_schedules);
  g_test_add_func ("/draw/schedule/rho", test_rho);
  g_test_add_func ("/draw/schedule/churn", test_churn);
  g_test_add_func ("/draw/schedule/beyond", test_beyond);
  g_test_add_func ("/draw/schedule/one-step", test_one_step);
  return g_test_run ();
}
