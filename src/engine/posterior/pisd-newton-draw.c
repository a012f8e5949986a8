#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-half-plane.h"
#include "pisd-newton-private.h"
#include "pisd-rng.h"

#define ALL PISD_NEWTON_SIDE

/* What one draw needs beside the shared rows. */
typedef struct
{
  PisdVorticityPath *path; /* NULL: only frame 0 is read */
  double *prior;           /* [ALL, ALL] */
  double *target;          /* [n] y + e - H z of the prior's draw */
  double *kept, *z; /* [side, side] the draw so far, and the difference to the prior's, whitened */
} Draw;

static void
draw_init (Draw *draw, const PisdNewton *self)
{
  gsize count = (gsize) self->side * self->side;

  draw->path = self->n_later > 0 ? pisd_vorticity_path_new (self->solver) : NULL;
  draw->prior = g_new (double, ALL *ALL);
  draw->target = g_new (double, self->n);
  draw->kept = g_new (double, count);
  draw->z = g_new (double, count);
}

static void
draw_clear (Draw *draw)
{
  pisd_vorticity_path_free (draw->path);
  g_free (draw->prior);
  g_free (draw->target);
  g_free (draw->kept);
  g_free (draw->z);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draw, draw_clear)

/* B (y) W B (x)' of one site. */
static double
read_first (const PisdNewton *self, guint i, const double *w)
{
  const double *y = self->row_y + (gsize) i * ALL, *x = self->row_x + (gsize) i * ALL;
  double sum = 0.0;

  for (guint j = 0; j < ALL; j++)
    sum += y[j] * cblas_ddot (ALL, w + j * ALL, 1, x, 1);
  return sum;
}

/* The prior's draw, and the readings with noise of their own. */
static void
fill_draw (Draw *draw, const PisdNewton *self, guint64 seed, guint lane)
{
  pisd_rng_fill_normal (seed, PISD_STREAM_STATE, lane, 0, ALL * ALL, draw->prior);
  for (guint i = 0; i < ALL * ALL; i++)
    draw->prior[i] *= self->scale[i];
  pisd_rng_fill_normal (seed, PISD_STREAM_TAIL, lane, 0, self->n, draw->target);
  for (guint i = 0; i < self->n; i++)
    draw->target[i] =
        self->sites[i].value + sqrt (self->sites[i].variance + self->variance) * draw->target[i];
}

/* q = target - F (w) + H (z - z of the prior's draw): where it is the linear one's, exact for
 * sites of frame 0. */
static gboolean
fill_misfit (Draw *draw,
             const PisdNewton *self,
             const double *w,
             PisdCancel *cancel,
             double *q,
             GError **error)
{
  guint side = self->side, count = side * side;

  pisd_periodic_resize (ALL, w, side, draw->kept);
  pisd_periodic_resize (ALL, draw->prior, side, draw->z);
  for (guint k = 0; k < count; k++)
    draw->z[k] = self->kept[k] > 0.0 ? (draw->kept[k] - draw->z[k]) / self->kept[k] : 0.0;
  if (draw->path != NULL && !pisd_vorticity_path_solve (draw->path, draw->kept, cancel, error))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    {
      if (self->frame[i] == 0)
        q[i] = draw->target[i] - read_first (self, i, draw->prior);
      else
        {
          pisd_newton_fill_seed (self, i, draw->kept);
          q[i] = draw->target[i]
                 - cblas_ddot ((int) count, draw->kept, 1,
                               pisd_vorticity_path_get_frame (draw->path, self->frame[i]), 1)
                 + cblas_ddot ((int) count, pisd_newton_get_row (self, i), 1, draw->z, 1);
        }
    }
  return TRUE;
}

gboolean
pisd_newton_sample (const PisdNewton *self,
                    guint64 seed,
                    guint lane,
                    guint n_corrections,
                    PisdCancel *cancel,
                    double *w,
                    GError **error)
{
  g_auto (Draw) draw = { 0 };
  g_autofree double *q = g_new (double, self->n);

  g_return_val_if_fail (self->g != NULL, FALSE);

  draw_init (&draw, self);
  fill_draw (&draw, self, seed, lane);
  memcpy (w, self->mode, sizeof (double) * ALL * ALL);
  for (guint i = 0; i <= n_corrections; i++)
    {
      if (!fill_misfit (&draw, self, w, cancel, q, error))
        return FALSE;
      if (!pisd_triangle_solve (self->g, q, cancel)
          || !pisd_triangle_solve_transposed (self->g, q, cancel))
        return pisd_cancel_check (cancel, "flow", error);
      pisd_newton_pull_back (self, q, w);
      cblas_daxpy (ALL * ALL, 1.0, draw.prior, 1, w, 1);
    }
  return TRUE;
}
