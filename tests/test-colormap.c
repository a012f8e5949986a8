#include "pisd-colormap.h"
#include "pisd-test.h"

typedef struct
{
  double at;
  guint32 color;
} Published;

static double
channel (guint32 color, guint i)
{
  return (color >> (16 - 8 * i) & 0xff) / 255.0;
}

/* Largest difference of a channel, in [0, 1]. */
static double
distance (guint32 a, guint32 b)
{
  double largest = 0;

  for (guint i = 0; i < 3; i++)
    largest = MAX (largest, fabs (channel (a, i) - channel (b, i)));
  return largest;
}

static double
linear_light (double v)
{
  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

/* OKLab of a packed colour (Ottosson 2020).  lab: [3]. */
static void
get_oklab (guint32 color, double *lab)
{
  double r = linear_light (channel (color, 0)), g = linear_light (channel (color, 1));
  double b = linear_light (channel (color, 2));
  double l = cbrt (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
  lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
  lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
}

static void
assert_published (PisdColormap map, const Published *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    test_assert_below (distance (pisd_colormap_lookup (map, rows[i].at), rows[i].color), 0.02);
}

/* The nine-class table of viridisLite. */
static void
test_viridis (void)
{
  static const Published rows[] = { { 0 / 8.0, 0x440154 }, { 1 / 8.0, 0x472d7b },
                                    { 2 / 8.0, 0x3b528b }, { 3 / 8.0, 0x2c728e },
                                    { 4 / 8.0, 0x21908c }, { 5 / 8.0, 0x27ad81 },
                                    { 6 / 8.0, 0x5dc863 }, { 7 / 8.0, 0xaadc32 },
                                    { 8 / 8.0, 0xfde725 } };

  assert_published (PISD_COLORMAP_VIRIDIS, rows, G_N_ELEMENTS (rows));
}

/* Entries of matplotlib's table, and the middle and third quarter of viridisLite's. */
static void
test_cividis (void)
{
  static const Published rows[] = { { 0 / 255.0, 0x00224e },  { 16 / 255.0, 0x002e6a },
                                    { 32 / 255.0, 0x1a386f }, { 48 / 255.0, 0x32436d },
                                    { 64 / 255.0, 0x434e6c }, { 80 / 255.0, 0x52596d },
                                    { 96 / 255.0, 0x61656f }, { 112 / 255.0, 0x6f7073 },
                                    { 0.5, 0x7c7b78 },        { 0.75, 0xbcaf6f },
                                    { 1, 0xfee838 } };

  assert_published (PISD_COLORMAP_CIVIDIS, rows, G_N_ELEMENTS (rows));
}

static void
test_grey (void)
{
  for (guint i = 0; i <= 256; i++)
    {
      guint32 color = pisd_colormap_lookup (PISD_COLORMAP_GREY, i / 256.0);

      g_assert_cmpuint (color & 0xff, ==, color >> 8 & 0xff);
      g_assert_cmpuint (color & 0xff, ==, color >> 16 & 0xff);
      test_assert_close (channel (color, 0), i / 256.0, 0.5 / 255 + 1e-12);
    }
}

/* The maps for unsigned fields get lighter all the way. */
static void
test_lightness (void)
{
  const PisdColormap order[] = { PISD_COLORMAP_VIRIDIS, PISD_COLORMAP_CIVIDIS, PISD_COLORMAP_GREY };

  for (guint m = 0; m < G_N_ELEMENTS (order); m++)
    for (guint i = 0; i + 8 <= 256; i++)
      {
        double here[3], there[3];

        get_oklab (pisd_colormap_lookup (order[m], i / 256.0), here);
        get_oklab (pisd_colormap_lookup (order[m], (i + 8) / 256.0), there);
        g_assert_cmpfloat (here[0], <, there[0]);
      }
}

/* Neutral at the middle; equal lightness and chroma at +d and -d; blue below, red above. */
static void
test_mirror (void)
{
  guint32 middle = pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0.5);
  guint32 low = pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0);
  guint32 high = pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 1);

  test_assert_below (fabs (channel (middle, 0) - channel (middle, 1)), 0.5 / 255);
  test_assert_below (fabs (channel (middle, 0) - channel (middle, 2)), 0.5 / 255);
  g_assert_cmpfloat (channel (middle, 0), >, 0.93);
  g_assert_cmpfloat (channel (low, 2), >, channel (low, 1) + 0.2);
  g_assert_cmpfloat (channel (low, 1), >, channel (low, 0) + 0.1);
  g_assert_cmpfloat (channel (high, 0), >, channel (high, 1) + 0.4);
  g_assert_cmpfloat (channel (high, 0), >, channel (high, 2) + 0.4);
  for (guint i = 1; i <= 128; i++)
    {
      double blue[3], red[3];

      get_oklab (pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0.5 - i / 256.0), blue);
      get_oklab (pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0.5 + i / 256.0), red);
      test_assert_close (blue[0], red[0], 0.004);
      test_assert_close (hypot (blue[1], blue[2]), hypot (red[1], red[2]), 0.006);
      if (i < 4)
        continue;
      g_assert_cmpfloat (blue[2], <, 0);
      g_assert_cmpfloat (red[1], >, 0);
    }
}

/* Sixteenths of the diverging map are equally far apart, to 15 %. */
static void
test_even (void)
{
  double steps[16], mean = 0;

  for (guint k = 0; k < 16; k++)
    {
      double here[3], there[3];

      get_oklab (pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, k / 16.0), here);
      get_oklab (pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, (k + 1) / 16.0), there);
      steps[k] = sqrt (pow (here[0] - there[0], 2) + pow (here[1] - there[1], 2)
                       + pow (here[2] - there[2], 2));
      mean += steps[k] / 16;
    }
  for (guint k = 0; k < 16; k++)
    test_assert_close (steps[k] / mean, 1, 0.15);
}

/* Values that have no place in the range cannot be taken for any that has. */
static void
test_own_colours (void)
{
  for (guint map = 0; map < PISD_N_COLORMAPS; map++)
    {
      const guint32 own[] = { pisd_colormap_lookup (map, NAN), pisd_colormap_get_under (map),
                              pisd_colormap_get_over (map) };

      for (guint k = 0; k < G_N_ELEMENTS (own); k++)
        {
          g_assert_cmphex (own[k] >> 24, ==, 0xff);
          g_assert_cmpfloat (distance (own[k], own[(k + 1) % 3]), >, 0.1);
          for (guint i = 0; i <= 256; i++)
            g_assert_cmpfloat (distance (own[k], pisd_colormap_lookup (map, i / 256.0)), >, 0.05);
        }
    }
}

static void
test_lookup (void)
{
  for (guint map = 0; map < PISD_N_COLORMAPS; map++)
    {
      g_assert_cmphex (pisd_colormap_lookup (map, -3), ==, pisd_colormap_lookup (map, 0));
      g_assert_cmphex (pisd_colormap_lookup (map, INFINITY), ==, pisd_colormap_lookup (map, 1));
    }
}

/* apply () is lookup () of the fraction, with its own colours outside. */
static void
test_apply (void)
{
  const double min = -2, max = 6;
  double values[1000];
  guint32 colors[1000];

  for (guint map = 0; map < PISD_N_COLORMAPS; map++)
    {
      for (guint i = 0; i < 1000; i++)
        values[i] = min + (max - min) * (i + 0.25) / 1000;
      values[0] = min;
      values[1] = max;
      values[2] = NAN;
      values[3] = INFINITY;
      values[4] = -INFINITY;
      values[5] = min - 1e-10;
      values[6] = max + 1e-10;
      values[7] = min - 1e-7;
      values[8] = max + 1e-7;
      pisd_colormap_apply (map, values, 1000, min, max, colors);
      g_assert_cmphex (colors[0], ==, pisd_colormap_lookup (map, 0));
      g_assert_cmphex (colors[1], ==, pisd_colormap_lookup (map, 1));
      g_assert_cmphex (colors[2], ==, pisd_colormap_lookup (map, NAN));
      g_assert_cmphex (colors[3], ==, pisd_colormap_get_over (map));
      g_assert_cmphex (colors[4], ==, pisd_colormap_get_under (map));
      g_assert_cmphex (colors[5], ==, pisd_colormap_lookup (map, 0));
      g_assert_cmphex (colors[6], ==, pisd_colormap_lookup (map, 1));
      g_assert_cmphex (colors[7], ==, pisd_colormap_get_under (map));
      g_assert_cmphex (colors[8], ==, pisd_colormap_get_over (map));
      for (guint i = 9; i < 1000; i++)
        g_assert_cmphex (colors[i], ==,
                         pisd_colormap_lookup (map, (values[i] - min) / (max - min)));
    }
}

/* In a range symmetric about 0, -v has the entry that mirrors v's, and 0 the neutral one. */
static void
test_apply_odd (void)
{
  g_autofree double *v = test_random (1000, 5);

  for (guint i = 0; i < 1000; i++)
    {
      const double pair[] = { v[i], -v[i], 0.0, -0.0 };
      const double range = 4.7, d = round (128 * MIN (fabs (v[i]) / range, 1)) / 256;
      guint32 colors[4];

      pisd_colormap_apply (PISD_COLORMAP_DIVERGING, pair, 4, -range, range, colors);
      g_assert_cmphex (colors[v[i] < 0 ? 1 : 0], ==,
                       pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0.5 + d));
      g_assert_cmphex (colors[v[i] < 0 ? 0 : 1], ==,
                       pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0.5 - d));
      g_assert_cmphex (colors[2], ==, pisd_colormap_lookup (PISD_COLORMAP_DIVERGING, 0.5));
      g_assert_cmphex (colors[3], ==, colors[2]);
    }
}

static void
test_apply_empty (void)
{
  const double ranges[][2] = {
    { 1, 1 }, { 2, 1 }, { NAN, 1 }, { -INFINITY, INFINITY }, { 0, NAN }
  };
  const double values[] = { 1, -1e300, 1e300, NAN };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    {
      guint32 colors[4];

      pisd_colormap_apply (PISD_COLORMAP_VIRIDIS, values, 4, ranges[r][0], ranges[r][1], colors);
      for (guint i = 0; i < 3; i++)
        g_assert_cmphex (colors[i], ==, pisd_colormap_lookup (PISD_COLORMAP_VIRIDIS, 0.5));
      g_assert_cmphex (colors[3], ==, pisd_colormap_lookup (PISD_COLORMAP_VIRIDIS, NAN));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/colormap/viridis", test_viridis);
  g_test_add_func ("/draw/colormap/cividis", test_cividis);
  g_test_add_func ("/draw/colormap/grey", test_grey);
  g_test_add_func ("/draw/colormap/lightness", test_lightness);
  g_test_add_func ("/draw/colormap/mirror", test_mirror);
  g_test_add_func ("/draw/colormap/even", test_even);
  g_test_add_func ("/draw/colormap/own-colours", test_own_colours);
  g_test_add_func ("/draw/colormap/lookup", test_lookup);
  g_test_add_func ("/draw/colormap/apply", test_apply);
  g_test_add_func ("/draw/colormap/apply-odd", test_apply_odd);
  g_test_add_func ("/draw/colormap/apply-empty", test_apply_empty);
  return g_test_run ();
}
