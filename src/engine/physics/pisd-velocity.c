#include "pisd-velocity.h"

#include <math.h>
#include <string.h>

#include "pisd-field.h"

#define S PISD_GRID
#define REACH PISD_N_SHELLS

struct _PisdVelocity
{
  PisdPlane *plane;
  PisdComplex *z;      /* [S, S] */
  PisdComplex *factor; /* [S, S] z (k) of S^2 w (k), 0 where there is none */
};

static guint
get_place (int ky, int kx)
{
  return (guint) (ky + S) % S * S + (guint) (kx + S) % S;
}

/* z (k) = 2 pi (kx + i ky) w (k) / (4 pi^2 |k|^2) */
static void
fill_factor (PisdVelocity *self)
{
  for (int ky = -REACH; ky <= REACH; ky++)
    for (int kx = -REACH; kx <= REACH; kx++)
      {
        double square = (double) kx * kx + (double) ky * ky;
        double scale = 1.0 / (2.0 * G_PI * square * S * S);

        if (square > 0.0)
          self->factor[get_place (ky, kx)] = (PisdComplex){ scale * kx, scale * ky };
      }
}

PisdVelocity *
pisd_velocity_new (void)
{
  PisdVelocity *self = g_new0 (PisdVelocity, 1);

  self->plane = pisd_plane_new (S, REACH);
  self->z = pisd_plane_new_values (self->plane, 1);
  self->factor = pisd_plane_new_values (self->plane, 1);
  fill_factor (self);
  return self;
}

void
pisd_velocity_free (PisdVelocity *self)
{
  if (self == NULL)
    return;
  pisd_plane_free_values (self->z);
  pisd_plane_free_values (self->factor);
  pisd_plane_free (self->plane);
  g_free (self);
}

/* z (k) = factor (k) S^2 w (k), which is 0 beyond the reach, as the factor is. */
static void
fill_modes (PisdVelocity *self, const double *w)
{
  PisdComplex *z = self->z;

  for (guint p = 0; p < S * S; p++)
    z[p] = (PisdComplex){ w[p], 0.0 };
  pisd_plane_to_modes (self->plane, z);
  for (guint p = 0; p < S * S; p++)
    {
      PisdComplex f = self->factor[p];

      z[p] = (PisdComplex){ f.re * z[p].re - f.im * z[p].im, f.re * z[p].im + f.im * z[p].re };
    }
}

const PisdComplex *
pisd_velocity_compute (PisdVelocity *self, const double *w)
{
  fill_modes (self, w);
  pisd_plane_to_nodes (self->plane, self->z);
  return self->z;
}

/* E_k = sum of |z (q)|^2 / 2 over k - 1/2 <= |q| < k + 1/2; corners of the plane lie beyond the
 * last shell. */
void
pisd_velocity_compute_spectrum (PisdVelocity *self, const double *w, double *energy)
{
  memset (energy, 0, sizeof *energy * PISD_N_SHELLS);
  fill_modes (self, w);
  for (int ky = -REACH; ky <= REACH; ky++)
    for (int kx = -REACH; kx <= REACH; kx++)
      {
        PisdComplex z = self->z[get_place (ky, kx)];
        guint k = (guint) (sqrt ((double) ky * ky + (double) kx * kx) + 0.5);

        if (k >= 1 && k <= PISD_N_SHELLS)
          energy[k - 1] += 0.5 * (z.re * z.re + z.im * z.im);
      }
}
