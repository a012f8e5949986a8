#include "pisd-draw-strokes.h"

#include <math.h>

/* What is further away than any rim reaches. */
#define FAR 1e6f

/* Colours are mixed for so many distances. */
#define N_LEVELS 256

struct _PisdStrokes
{
  int width, height;
  PisdPen pen;
  double reach;    /* pixels further away are left as they are */
  float *distance; /* [height, width] its square */
};

PisdStrokes *
pisd_strokes_new (int width, int height, const PisdPen *pen)
{
  PisdStrokes *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  self = g_new0 (PisdStrokes, 1);
  self->width = width;
  self->height = height;
  self->pen = *pen;
  self->reach = 0.5 * pen->width + pen->rim_width + 0.5;
  self->distance = g_new (float, (gsize) width *(gsize) height);
  for (gsize k = 0; k < (gsize) width * (gsize) height; k++)
    self->distance[k] = FAR;
  return self;
}

void
pisd_strokes_free (PisdStrokes *self)
{
  if (self == NULL)
    return;
  g_free (self->distance);
  g_free (self);
}

/* Pixels from..to - 1 that lie within reach of [low, high]. */
static void
get_span (const PisdStrokes *self, double low, double high, int size, int *from, int *to)
{
  *from = (int) CLAMP (floor (low - self->reach), 0.0, size);
  *to = (int) CLAMP (ceil (high + self->reach), 0.0, size);
}

/* |p - a - t (b - a)|^2 with t = (p - a) . (b - a) / |b - a|^2, kept between 0 and 1 */
void
pisd_strokes_add_line (PisdStrokes *self, double x0, double y0, double x1, double y1)
{
  const float dx = (float) (x1 - x0), dy = (float) (y1 - y0), square = dx * dx + dy * dy;
  const float fx = square > 0.0f ? dx / square : 0.0f, fy = square > 0.0f ? dy / square : 0.0f;
  int left, right, top, bottom;

  get_span (self, MIN (x0, x1), MAX (x0, x1), self->width, &left, &right);
  get_span (self, MIN (y0, y1), MAX (y0, y1), self->height, &top, &bottom);
  for (int i = top; i < bottom; i++)
    {
      const float py = (float) (i + 0.5 - y0);
      float *row = self->distance + (gsize) i * (gsize) self->width;

      for (int j = left; j < right; j++)
        {
          const float px = (float) j + (float) (0.5 - x0);
          const float t = MIN (MAX (px * fx + py * fy, 0.0f), 1.0f);
          const float ex = px - t * dx, ey = py - t * dy, d = ex * ex + ey * ey;

          row[j] = d < row[j] ? d : row[j];
        }
    }
}

/* One side of a triangle: a x + b y + c is the distance from it, positive outside. */
typedef struct
{
  float a, b, c;
} Side;

static void
fill_sides (const double *x, const double *y, Side *sides)
{
  double turn = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);

  for (guint k = 0; k < 3; k++)
    {
      double dx = x[(k + 1) % 3] - x[k], dy = y[(k + 1) % 3] - y[k];
      double scale = (turn > 0.0 ? 1.0 : -1.0) / MAX (hypot (dx, dy), 1e-9);
      double a = dy * scale, b = -dx * scale;

      sides[k] = (Side){ (float) a, (float) b, (float) -(a * x[k] + b * y[k]) };
    }
}

/* Outside it counts how far the furthest side is away, which keeps corners sharp. */
void
pisd_strokes_add_triangle (PisdStrokes *self, const double *x, const double *y)
{
  int left, right, top, bottom;
  Side sides[3];

  fill_sides (x, y, sides);
  get_span (self, fmin (fmin (x[0], x[1]), x[2]), fmax (fmax (x[0], x[1]), x[2]), self->width,
            &left, &right);
  get_span (self, fmin (fmin (y[0], y[1]), y[2]), fmax (fmax (y[0], y[1]), y[2]), self->height,
            &top, &bottom);
  for (int i = top; i < bottom; i++)
    for (int j = left; j < right; j++)
      {
        float *at = self->distance + (gsize) i * (gsize) self->width + j;
        float d = 0.0f;

        for (guint k = 0; k < 3; k++)
          {
            float away =
                sides[k].a * ((float) j + 0.5f) + sides[k].b * ((float) i + 0.5f) + sides[k].c;

            d = MAX (d, away);
          }
        *at = MIN (*at, d * d);
      }
}

static guint32
pack (const double channels[4])
{
  guint32 packed = 0;

  for (guint k = 0; k < 4; k++)
    packed |= (guint32) (255.0 * channels[k] + 0.5) << (8 * k);
  return packed;
}

/* The core over the rim, premultiplied, at a distance from the middle of the line. */
static guint32
mix (const PisdPen *pen, double distance)
{
  double core = pen->core.a * CLAMP (0.5 * pen->width + 0.5 - distance, 0.0, 1.0);
  double reach = 0.5 * pen->width + pen->rim_width;
  double rim = (1.0 - core) * pen->rim.a * CLAMP (reach + 0.5 - distance, 0.0, 1.0);
  const double channels[4] = { core * pen->core.b + rim * pen->rim.b,
                               core * pen->core.g + rim * pen->rim.g,
                               core * pen->core.r + rim * pen->rim.r, core + rim };

  return pack (channels);
}

cairo_surface_t *
pisd_strokes_create_image (const PisdStrokes *self)
{
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width, self->height);
  const float most = (float) (self->reach * self->reach);
  const float scale = (float) (N_LEVELS / self->reach);
  guint32 colors[N_LEVELS + 1];

  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return image;
  cairo_surface_flush (image);
  for (guint k = 0; k <= N_LEVELS; k++)
    colors[k] = mix (&self->pen, k / (double) scale);
  for (int i = 0; i < self->height; i++)
    {
      guint8 *bytes = cairo_image_surface_get_data (image)
                      + (gsize) i * (gsize) cairo_image_surface_get_stride (image);
      guint32 *row = (guint32 *) (gpointer) bytes;
      const float *distance = self->distance + (gsize) i * (gsize) self->width;

      for (int j = 0; j < self->width; j++)
        if (distance[j] < most)
          row[j] = colors[(guint) (sqrtf (distance[j]) * scale + 0.5f)];
    }
  cairo_surface_mark_dirty (image);
  return image;
}
