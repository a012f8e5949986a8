#include "pisd-half-plane.h"

#include <math.h>
#include <string.h>

#include "pisd-field.h"

#define S PISD_GRID

guint
pisd_half_plane_get_n (guint reach)
{
  return (2 * reach + 1) * (reach + 1);
}

guint
pisd_half_plane_index (guint reach, int ky, guint kx)
{
  return (guint) (ky + (int) reach) * (reach + 1) + kx;
}

/* Indices of cos and sin of one wave number; the constant has no sine. */
static guint
cosine_index (guint k)
{
  return k == 0 ? 0 : 2 * k - 1;
}

static guint
sine_index (guint k)
{
  return 2 * k;
}

/* Amplitude of exp (2 pi i k x) in the basis function cos (2 pi k x) / norm. */
static double
amplitude (guint k)
{
  return k == 0 ? 1.0 / sqrt (S) : 0.5 * sqrt (2.0 / S);
}

/* The four modes cos cos, cos sin, sin cos, sin sin of wave numbers (ky, kx); missing ones are
 * 0. */
static void
get_four (guint side, const double *box, guint ky, guint kx, double four[4])
{
  const double *c = box + (gsize) cosine_index (ky) * side,
               *s = box + (gsize) sine_index (ky) * side;

  four[0] = c[cosine_index (kx)];
  four[1] = kx > 0 ? c[sine_index (kx)] : 0.0;
  four[2] = ky > 0 ? s[cosine_index (kx)] : 0.0;
  four[3] = ky > 0 && kx > 0 ? s[sine_index (kx)] : 0.0;
}

static void
set_four (guint side, const double four[4], guint ky, guint kx, double *box)
{
  double *c = box + (gsize) cosine_index (ky) * side, *s = box + (gsize) sine_index (ky) * side;

  c[cosine_index (kx)] = four[0];
  if (kx > 0)
    c[sine_index (kx)] = four[1];
  if (ky > 0)
    s[cosine_index (kx)] = four[2];
  if (ky > 0 && kx > 0)
    s[sine_index (kx)] = four[3];
}

/* cos -> 1/2, sin -> -i/2 for exp (+i), +i/2 for exp (-i):
 * F (+-ky, kx) = a (cc -+ ss - i (cs +- sc)). */
void
pisd_half_plane_from_box (guint reach, const double *box, PisdComplex *half)
{
  guint side = 2 * reach + 1;

  for (guint ky = 0; ky <= reach; ky++)
    for (guint kx = 0; kx <= reach; kx++)
      {
        double f[4], a = amplitude (ky) * amplitude (kx);

        get_four (side, box, ky, kx, f);
        half[pisd_half_plane_index (reach, (int) ky, kx)] =
            (PisdComplex){ a * (f[0] - f[3]), -a * (f[1] + f[2]) };
        half[pisd_half_plane_index (reach, -(int) ky, kx)] =
            (PisdComplex){ a * (f[0] + f[3]), -a * (f[1] - f[2]) };
      }
}

/* The inverse of the above. */
void
pisd_half_plane_to_box (guint reach, const PisdComplex *half, double *box)
{
  guint side = 2 * reach + 1;

  for (guint ky = 0; ky <= reach; ky++)
    for (guint kx = 0; kx <= reach; kx++)
      {
        PisdComplex p = half[pisd_half_plane_index (reach, (int) ky, kx)];
        PisdComplex q = half[pisd_half_plane_index (reach, -(int) ky, kx)];
        double a = 0.5 / (amplitude (ky) * amplitude (kx));
        const double four[4] = { a * (p.re + q.re), -a * (p.im + q.im), -a * (p.im - q.im),
                                 a * (q.re - p.re) };

        set_four (side, four, ky, kx, box);
      }
}

void
pisd_periodic_resize (guint side, const double *box, guint other_side, double *other)
{
  guint n = MIN (side, other_side);

  memset (other, 0, sizeof (double) * other_side * other_side);
  for (guint j = 0; j < n; j++)
    memcpy (other + (gsize) j * other_side, box + (gsize) j * side, sizeof (double) * n);
}
