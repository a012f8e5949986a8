#include "pisd-colormap.h"

#include <math.h>

/* Entries on either side of the middle one. */
#define HALF 128
#define N_ENTRIES (2 * HALF + 1)
/* How far outside the range, relative to it, a value still has the colour of its end. */
#define TOLERANCE 1e-9

typedef struct
{
  double at; /* in [0, 1] */
  guint32 color;
} Point;

/* Piecewise linear through these points, within 2 % of the published maps. */
typedef struct
{
  guint n;
  const Point *points;
} Curve;

/* Viridis (van der Walt and Smith, 2015; public domain), every nineteenth. */
static const Point viridis[] = {
  { 0 / 19.0, 0x440154 },  { 1 / 19.0, 0x481567 },  { 2 / 19.0, 0x482677 },
  { 3 / 19.0, 0x453781 },  { 4 / 19.0, 0x404788 },  { 5 / 19.0, 0x39568c },
  { 6 / 19.0, 0x33638d },  { 7 / 19.0, 0x2d708e },  { 8 / 19.0, 0x287d8e },
  { 9 / 19.0, 0x238a8d },  { 10 / 19.0, 0x1f968b }, { 11 / 19.0, 0x20a387 },
  { 12 / 19.0, 0x29af7f }, { 13 / 19.0, 0x3cbb75 }, { 14 / 19.0, 0x55c667 },
  { 15 / 19.0, 0x73d055 }, { 16 / 19.0, 0x95d840 }, { 17 / 19.0, 0xb8de29 },
  { 18 / 19.0, 0xdce319 }, { 19 / 19.0, 0xfde725 },
};

/* Cividis (Nunez, Anderton and Renslow, 2018), every ninth, and where its red sets in. */
static const Point cividis[] = {
  { 0 / 9.0, 0x00224e }, { 18 / 255.0, 0x002f6d }, { 22 / 255.0, 0x003171 },
  { 1 / 9.0, 0x123570 }, { 40 / 255.0, 0x273e6e }, { 2 / 9.0, 0x3b496c },
  { 3 / 9.0, 0x575d6d }, { 4 / 9.0, 0x707173 },    { 5 / 9.0, 0x8a8678 },
  { 6 / 9.0, 0xa59c74 }, { 7 / 9.0, 0xc3b369 },    { 8 / 9.0, 0xe1cc55 },
  { 9 / 9.0, 0xfee838 },
};

static const Point grey[] = { { 0, 0x000000 }, { 1, 0xffffff } };

typedef struct
{
  Curve curve; /* no points: the diverging formula */
  guint32 nan, under, over;
} Map;

#define CURVE(points)             \
  {                               \
    G_N_ELEMENTS (points), points \
  }

static const Map maps[PISD_N_COLORMAPS] = {
  [PISD_COLORMAP_DIVERGING] = { { 0, NULL }, 0xff6fae4e, 0xff0a0a3c, 0xff3c0505 },
  [PISD_COLORMAP_VIRIDIS] = { CURVE (viridis), 0xffd94fc8, 0xff000000, 0xffffffff },
  [PISD_COLORMAP_CIVIDIS] = { CURVE (cividis), 0xffd94fc8, 0xff000000, 0xffffffff },
  [PISD_COLORMAP_GREY] = { CURVE (grey), 0xff4fb04f, 0xff2050e0, 0xffe03c20 },
};

static guint32
pack (double r, double g, double b)
{
  double channels[3] = { r, g, b };
  guint32 color = 0xff;

  for (guint i = 0; i < 3; i++)
    color = color << 8 | (guint32) lround (255 * CLAMP (channels[i], 0, 1));
  return color;
}

static double
channel (guint32 color, guint i)
{
  return (color >> (16 - 8 * i) & 0xff) / 255.0;
}

static guint32
interpolate (const Curve *curve, double fraction)
{
  const Point *p = curve->points;
  double mixed[3], t;

  while (p < curve->points + curve->n - 2 && fraction > p[1].at)
    p++;

  t = (fraction - p[0].at) / (p[1].at - p[0].at);
  for (guint i = 0; i < 3; i++)
    mixed[i] = (1 - t) * channel (p[0].color, i) + t * channel (p[1].color, i);
  return pack (mixed[0], mixed[1], mixed[2]);
}

/* Linear light to sRGB, IEC 61966-2-1. */
static double
encode_srgb (double v)
{
  return v <= 0.0031308 ? 12.92 * v : 1.055 * pow (v, 1 / 2.4) - 0.055;
}

/* Source: B. Ottosson, A perceptual color space for image processing (2020), OKLab to linear sRGB.
 */
static guint32
color_from_oklab (double lightness, double a, double b)
{
  double l = pow (lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow (lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow (lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

  return pack (encode_srgb (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
               encode_srgb (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
               encode_srgb (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

/* d in [-1, 1]: blue, near white, red.  Lightness falls linearly with |d|; chroma rises as fast as
 * sRGB's gamut allows next to white and then flattens, which keeps the steps in OKLab even to 11 %.
 */
static guint32
diverge (double d)
{
  const double blue = 260 * G_PI / 180, red = 27 * G_PI / 180;
  double hue = d < 0 ? blue : red;
  double lightness = 0.965 - 0.585 * fabs (d);
  double chroma = 0.285 * fabs (d) - 0.135 * d * d;

  return color_from_oklab (lightness, chroma * cos (hue), chroma * sin (hue));
}

/* i: entry counted from the middle, -HALF .. HALF. */
static guint32
get_entry (const Map *map, int i)
{
  if (map->curve.n == 0)
    return diverge (i / (double) HALF);
  return interpolate (&map->curve, (i + HALF) / (2.0 * HALF));
}

/* offset: position in the range from its middle, in [-1/2, 1/2]; odd, so that mirrored values meet
 * mirrored entries. */
static int
index_from_offset (double offset)
{
  return CLAMP (lround (2 * HALF * offset), -HALF, HALF);
}

guint32
pisd_colormap_lookup (PisdColormap map, double fraction)
{
  g_return_val_if_fail ((guint) map < PISD_N_COLORMAPS, 0);

  if (isnan (fraction))
    return maps[map].nan;
  return get_entry (&maps[map], index_from_offset (CLAMP (fraction, 0, 1) - 0.5));
}

guint32
pisd_colormap_get_under (PisdColormap map)
{
  g_return_val_if_fail ((guint) map < PISD_N_COLORMAPS, 0);

  return maps[map].under;
}

guint32
pisd_colormap_get_over (PisdColormap map)
{
  g_return_val_if_fail ((guint) map < PISD_N_COLORMAPS, 0);

  return maps[map].over;
}

/* All entries of a map, [N_ENTRIES], made once: their powers take longer than a picture's
 * pixels. */
static const guint32 *
get_table (PisdColormap map)
{
  static guint32 *tables[PISD_N_COLORMAPS];

  if (g_once_init_enter (&tables[map]))
    {
      guint32 *made = g_new (guint32, N_ENTRIES);

      for (int i = -HALF; i <= HALF; i++)
        made[HALF + i] = get_entry (&maps[map], i);
      g_once_init_leave (&tables[map], made);
    }
  return tables[map];
}

void
pisd_colormap_apply (PisdColormap map,
                     const double *values,
                     gsize n,
                     double min,
                     double max,
                     guint32 *out)
{
  double middle = 0.5 * min + 0.5 * max, span = max - min;
  gboolean empty = !(span > 0) || !isfinite (span);
  const guint32 *table;

  g_return_if_fail ((guint) map < PISD_N_COLORMAPS);
  g_return_if_fail (n == 0 || (values != NULL && out != NULL));

  table = get_table (map);
  for (gsize k = 0; k < n; k++)
    {
      double offset = empty ? 0 : (values[k] - middle) / span;

      if (isnan (values[k]))
        out[k] = maps[map].nan;
      else if (offset < -0.5 - TOLERANCE)
        out[k] = maps[map].under;
      else if (offset > 0.5 + TOLERANCE)
        out[k] = maps[map].over;
      else
        out[k] = table[HALF + index_from_offset (offset)];
    }
}
