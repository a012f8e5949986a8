#include "pisd-advection.h"

#include <math.h>

struct _PisdAdvection
{
  guint size, reach;
  PisdPlane *plane;
  PisdComplex *velocity; /* [half plane] z (k) of w (k) */
  PisdComplex *flux;     /* [half plane] 1/(4 i size^2) of D^2 */
};

static PisdComplex
times (PisdComplex a, PisdComplex b)
{
  return (PisdComplex){ a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
}

/* z (k) = 2 pi (kx + i ky) w (k) / (4 pi^2 |k|^2), and D^2 (k) = -4 pi^2 (kx - i ky)^2, whose
 * imaginary part is taken by (F (k) - conj F (-k)) / 2i. */
static void
fill_mode (PisdAdvection *self, int ky, guint kx)
{
  guint i = pisd_half_plane_index (self->reach, ky, kx);
  double x = kx, y = ky, square = x * x + y * y;
  double scale = G_PI * G_PI / ((double) self->size * self->size);

  if (square > 0.0)
    self->velocity[i] = (PisdComplex){ x / (2.0 * G_PI * square), y / (2.0 * G_PI * square) };
  self->flux[i] = (PisdComplex){ 2.0 * scale * x * y, scale * (x * x - y * y) };
}

/* The largest whole number below size / 3. */
guint
pisd_advection_reach_of (guint size)
{
  return (size - 1) / 3;
}

PisdAdvection *
pisd_advection_new (guint size)
{
  PisdAdvection *self;
  guint n;

  g_return_val_if_fail (size >= 8 && size % 2 == 0, NULL);

  self = g_new0 (PisdAdvection, 1);
  self->size = size;
  self->reach = pisd_advection_reach_of (size);
  self->plane = pisd_plane_new (size, self->reach);
  n = pisd_half_plane_get_n (self->reach);
  self->velocity = g_new0 (PisdComplex, n);
  self->flux = g_new0 (PisdComplex, n);
  for (int ky = -(int) self->reach; ky <= (int) self->reach; ky++)
    for (guint kx = 0; kx <= self->reach; kx++)
      fill_mode (self, ky, kx);
  return self;
}

void
pisd_advection_free (PisdAdvection *self)
{
  if (self == NULL)
    return;
  pisd_plane_free (self->plane);
  g_free (self->velocity);
  g_free (self->flux);
  g_free (self);
}

guint
pisd_advection_get_reach (const PisdAdvection *self)
{
  return self->reach;
}

PisdComplex *
pisd_advection_new_values (const PisdAdvection *self, guint n)
{
  return pisd_plane_new_values (self->plane, n);
}

/* Rows of modes ky and -ky in the plane. */
typedef struct
{
  PisdComplex *row, *opposite;
} RowPair;

static RowPair
find_rows (const PisdAdvection *self, int ky, PisdComplex *plane)
{
  guint size = self->size, at = (guint) (ky + (int) size) % size;

  return (RowPair){ plane + (gsize) at * size, plane + (gsize) ((size - at) % size) * size };
}

/* A real field w through multipliers of one parity: F (k) = m (k) w (k), F (-k) = m (-k) conj w (k)
 * with m (-k) = sign m (k). */
static void
spread (const PisdAdvection *self,
        const PisdComplex *m,
        double sign,
        const PisdComplex *w,
        PisdComplex *plane)
{
  guint i = 0;

  for (int ky = -(int) self->reach; ky <= (int) self->reach; ky++)
    {
      RowPair rows = find_rows (self, ky, plane);

      rows.row[0] = times (m[i], w[i]);
      i++;
      for (guint kx = 1; kx <= self->reach; kx++, i++)
        {
          PisdComplex f = times (m[i], (PisdComplex){ w[i].re, -w[i].im });

          rows.row[kx] = times (m[i], w[i]);
          rows.opposite[self->size - kx] = (PisdComplex){ sign * f.re, sign * f.im };
        }
    }
}

/* n (k) = scale (m (k) F (k) + sign conj (m (k) F (-k))): twice the real part of M F for sign 1,
 * where m is even, and for -1, where it is odd. */
static void
gather (const PisdAdvection *self,
        const PisdComplex *m,
        double sign,
        double scale,
        PisdComplex *plane,
        PisdComplex *n)
{
  guint i = 0;

  for (int ky = -(int) self->reach; ky <= (int) self->reach; ky++)
    {
      RowPair rows = find_rows (self, ky, plane);

      for (guint kx = 0; kx <= self->reach; kx++, i++)
        {
          PisdComplex f = times (m[i], rows.row[kx]);
          PisdComplex g = times (m[i], rows.opposite[kx == 0 ? 0 : self->size - kx]);

          n[i] = (PisdComplex){ scale * (f.re + sign * g.re), scale * (f.im - sign * g.im) };
        }
    }
}

/* f = z f at nodes */
static void
multiply_nodes (const PisdAdvection *self, const PisdComplex *z, PisdComplex *f)
{
  for (guint p = 0; p < self->size * self->size; p++)
    f[p] = times (z[p], f[p]);
}

/* z = u + i v at nodes; its multiplier is odd in k, and hence the sign -1. */
void
pisd_advection_get_velocity (const PisdAdvection *self, const PisdComplex *w, PisdComplex *z)
{
  spread (self, self->velocity, -1.0, w, z);
  pisd_plane_to_nodes (self->plane, z);
}

/* N = 1/2 Im D^2 z^2.  The sum is there for NaN, which the largest square passes over. */
double
pisd_advection_apply (const PisdAdvection *self,
                      const PisdComplex *z,
                      PisdComplex *scratch,
                      PisdComplex *n)
{
  double most = 0.0, sum = 0.0;

  for (guint p = 0; p < self->size * self->size; p++)
    {
      double square = z[p].re * z[p].re + z[p].im * z[p].im;

      most = square > most ? square : most;
      sum += square;
      scratch[p] = times (z[p], z[p]);
    }
  pisd_plane_to_modes (self->plane, scratch);
  gather (self, self->flux, 1.0, 1.0, scratch, n);
  return isfinite (sum) ? most : NAN;
}

/* N' d = Im D^2 (z z_d) with z_d the velocity of d */
void
pisd_advection_apply_tangent (const PisdAdvection *self,
                              const PisdComplex *z,
                              const PisdComplex *d,
                              PisdComplex *scratch,
                              PisdComplex *n)
{
  spread (self, self->velocity, -1.0, d, scratch);
  pisd_plane_to_nodes (self->plane, scratch);
  multiply_nodes (self, z, scratch);
  pisd_plane_to_modes (self->plane, scratch);
  gather (self, self->flux, 1.0, 2.0, scratch, n);
}

/* N'* p = (-lap)^-1 Re conj(D) (z D^2 p): the same two tables in the other order. */
void
pisd_advection_apply_adjoint (const PisdAdvection *self,
                              const PisdComplex *z,
                              const PisdComplex *p,
                              PisdComplex *scratch,
                              PisdComplex *n)
{
  spread (self, self->flux, 1.0, p, scratch);
  pisd_plane_to_nodes (self->plane, scratch);
  multiply_nodes (self, z, scratch);
  pisd_plane_to_modes (self->plane, scratch);
  gather (self, self->velocity, -1.0, -2.0, scratch, n);
}
