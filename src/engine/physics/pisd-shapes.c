#include "pisd-shapes.h"

#include <math.h>
#include <string.h>

#include "pisd-rng.h"

#define S PISD_GRID
#define MOST_INCLUSIONS 6
#define MOST_BLOBS 8

/* Parameter number `index` of shape number `shape`, uniform between the limits. */
static double
parameter (guint64 seed, guint shape, guint index, double low, double high)
{
  return low + (high - low) * pisd_rng_uniform (seed, PISD_STREAM_SHAPES, shape, index);
}

/* +-(0.5 to 2) */
static double
amplitude (guint64 seed, guint shape, guint index)
{
  double size = parameter (seed, shape, index, 0.5, 2.0);

  return parameter (seed, shape, index + 1, 0.0, 1.0) < 0.5 ? -size : size;
}

/* How many shapes: lane 0 is kept for the count, shapes start at lane 1. */
static guint
count_shapes (guint64 seed, guint most)
{
  return 1 + (guint) parameter (seed, 0, 0, 0.0, most);
}

/* p = (c dx + s dy) / rx, q = (c dy - s dx) / ry: an ellipse, p^2 + q^2 <= 1, or a rectangle,
 * |p| and |q| <= 1, whose value replaces what was there. */
static void
fill_inclusion (guint64 seed, guint shape, PisdField *out)
{
  double cx = parameter (seed, shape, 0, 0.0, 1.0), cy = parameter (seed, shape, 1, 0.0, 1.0);
  double rx = parameter (seed, shape, 2, 0.05, 0.25), ry = parameter (seed, shape, 3, 0.05, 0.25);
  double angle = parameter (seed, shape, 4, 0.0, G_PI);
  gboolean ellipse = parameter (seed, shape, 5, 0.0, 1.0) < 0.5;
  double value = amplitude (seed, shape, 6);
  double c = cos (angle), s = sin (angle);

  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      {
        double dx = (double) j / (S - 1) - cx, dy = (double) i / (S - 1) - cy;
        double p = (c * dx + s * dy) / rx, q = (c * dy - s * dx) / ry;

        if (ellipse ? p * p + q * q <= 1.0 : fabs (p) <= 1.0 && fabs (q) <= 1.0)
          out->data[i * S + j] = value;
      }
}

void
pisd_inclusions_sample (guint64 seed, PisdField *out)
{
  guint n = count_shapes (seed, MOST_INCLUSIONS);

  memset (out->data, 0, sizeof (double) * S * S);
  for (guint shape = 1; shape <= n; shape++)
    fill_inclusion (seed, shape, out);
}

/* field += height exp (-|(x', y') - (x, y)|^2 / 2 sd^2), in the unit square's lengths. */
static void
add_blob (PisdField *field, double x, double y, double sd, double height)
{
  for (guint i = 0; i < field->ny; i++)
    for (guint j = 0; j < field->nx; j++)
      {
        double dx = (double) j / (field->nx - 1) - x, dy = (double) i / (field->ny - 1) - y;

        field->data[i * field->nx + j] += height * exp (-(dx * dx + dy * dy) / (2.0 * sd * sd));
      }
}

void
pisd_blobs_sample (guint64 seed, PisdField *out)
{
  guint n = count_shapes (seed, MOST_BLOBS);

  memset (out->data, 0, sizeof (double) * S * S);
  for (guint shape = 1; shape <= n; shape++)
    add_blob (out, parameter (seed, shape, 0, 0.0, 1.0), parameter (seed, shape, 1, 0.0, 1.0),
              parameter (seed, shape, 2, 0.03, 0.11), amplitude (seed, shape, 3));
}
