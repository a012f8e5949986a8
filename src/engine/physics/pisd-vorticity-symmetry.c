#include "pisd-vorticity-symmetry.h"

#include <math.h>

/* f (. + shift) along one axis of n modes that lie `stride` apart, for each of n such rows that lie
 * `next` apart: c cos + d sin becomes (c cos a + d sin a) cos + (d cos a - c sin a) sin. */
static void
shift_axis (guint n, double shift, guint stride, guint next, double *modes)
{
  for (guint k = 1; 2 * k < n; k++)
    {
      double c = cos (2.0 * G_PI * k * shift), s = sin (2.0 * G_PI * k * shift);

      for (guint i = 0; i < n; i++)
        {
          double *cosine = modes + i * next + (2 * k - 1) * stride, *sine = cosine + stride;
          double was = *cosine;

          *cosine = c * was + s * *sine;
          *sine = c * *sine - s * was;
        }
    }
}

static void
shift (guint n, double y, double x, double *modes)
{
  shift_axis (n, x, 1, n, modes);
  shift_axis (n, y, n, 1, modes);
}

/* f (-x, -y): sines change their sign. */
static void
turn (guint n, double *modes)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      if ((i > 0 && i % 2 == 0) != (j > 0 && j % 2 == 0))
        modes[i * n + j] = -modes[i * n + j];
}

/* -f (y, x) */
static void
reflect (guint n, double *modes)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= i; j++)
      {
        double was = modes[i * n + j];

        modes[i * n + j] = -modes[j * n + i];
        modes[j * n + i] = -was;
      }
}

void
pisd_vorticity_symmetry_apply (const PisdVorticitySymmetry *symmetry, guint side, double *modes)
{
  g_return_if_fail (side % 2 == 1);

  shift (side, -symmetry->shift, symmetry->shift, modes);
  if (symmetry->is_turned)
    {
      shift (side, 0.125, 0.125, modes);
      turn (side, modes);
    }
  if (symmetry->is_reflected)
    {
      shift (side, 0.0, 0.5, modes);
      reflect (side, modes);
    }
}
