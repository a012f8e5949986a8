#include "pisd-newton-private.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-error.h"
#include "pisd-half-plane.h"
#include "pisd-memory.h"
#include "pisd-vorticity-prior.h"

#define ALL PISD_NEWTON_SIDE
/* Rows of the covariance that are made at a time; divides PISD_TRIANGLE_TILE. */
#define ROWS_BLOCK 32

/* Steps from frame to frame are for the benchmark's ten. */
static const PisdNewtonLevel levels[] = {
  { 32, 3, 0.1 }, { 32, 3, 0.05 }, { 48, 4, 0.01 }, { 64, 7, 5e-4 }, { 64, 7, 2e-5 },
};
/* Only frame 0 is read: there is nothing to keep, all modes are in T. */
static const PisdNewtonLevel direct[] = { { 0, 0, 1e-5 } };

static int
compare_frames (gconstpointer a, gconstpointer b)
{
  const PisdNewtonSite *p = a, *q = b;

  return (p->frame > 0) - (q->frame > 0);
}

static double
measure_sd (const PisdNewtonSite *sites, guint n)
{
  double mean = 0.0, sum = 0.0;

  for (guint i = 0; i < n; i++)
    mean += sites[i].value / n;
  for (guint i = 0; i < n; i++)
    sum += (sites[i].value - mean) * (sites[i].value - mean);
  return sum > 0.0 ? sqrt (sum / n) : 1.0;
}

static void
fill_sites (PisdNewton *self)
{
  qsort (self->sites, self->n, sizeof *self->sites, compare_frames);
  for (guint i = 0; i < self->n; i++)
    {
      const PisdNewtonSite *site = &self->sites[i];

      self->frame[i] = site->frame;
      self->n_later += site->frame > 0 ? 1 : 0;
      pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, site->y, self->row_y + (gsize) i * ALL);
      pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, site->x, self->row_x + (gsize) i * ALL);
    }
  self->sd = measure_sd (self->sites, self->n);
}

PisdNewton *
pisd_newton_new (const PisdVorticityShape *shape, const PisdNewtonSite *sites, guint n_sites)
{
  PisdNewton *self;

  g_return_val_if_fail (n_sites > 0, NULL);

  self = g_new0 (PisdNewton, 1);
  self->shape = *shape;
  self->n = n_sites;
  self->sites = g_memdup2 (sites, sizeof *sites * n_sites);
  self->frame = g_new (guint, n_sites);
  self->row_y = pisd_memory_new ((gsize) n_sites * ALL);
  self->row_x = pisd_memory_new ((gsize) n_sites * ALL);
  self->mode = g_new0 (double, ALL *ALL);
  self->scale = g_new (double, ALL *ALL);
  self->d = g_new (double, n_sites);
  pisd_vorticity_prior_fill_scale (ALL, self->scale);
  fill_sites (self);
  return self;
}

static void
clear_level (PisdNewton *self)
{
  g_clear_pointer (&self->path, pisd_vorticity_path_free);
  g_clear_pointer (&self->solver, pisd_vorticity_free);
  g_clear_pointer (&self->tail, pisd_periodic_covariance_free);
  g_clear_pointer (&self->w, g_free);
  g_clear_pointer (&self->kept, g_free);
  g_clear_pointer (&self->h, pisd_memory_free);
  g_clear_pointer (&self->g, pisd_triangle_free);
}

void
pisd_newton_free (PisdNewton *self)
{
  if (self == NULL)
    return;
  clear_level (self);
  g_free (self->sites);
  g_free (self->frame);
  pisd_memory_free (self->row_y);
  pisd_memory_free (self->row_x);
  g_free (self->mode);
  g_free (self->scale);
  g_free (self->d);
  g_free (self);
}

const PisdNewtonLevel *
pisd_newton_get_levels (const PisdNewton *self, guint *n_levels)
{
  *n_levels = self->n_later > 0 ? G_N_ELEMENTS (levels) : G_N_ELEMENTS (direct);
  return self->n_later > 0 ? levels : direct;
}

const double *
pisd_newton_get_mode (const PisdNewton *self)
{
  return self->mode;
}

double
pisd_newton_get_misfit (const PisdNewton *self)
{
  return self->misfit;
}

/* Grid and rows of a level; those of the step before stay where they are the same. */
static void
enter_level (PisdNewton *self, const PisdNewtonLevel *level)
{
  const PisdVorticityShape *old =
      self->solver != NULL ? pisd_vorticity_get_shape (self->solver) : NULL;

  if (self->tail != NULL && (old != NULL ? old->size : 0) == level->size
      && (old == NULL || old->steps == level->steps))
    return;
  clear_level (self);
  self->side = 1;
  if (level->size > 0)
    {
      self->shape.size = level->size;
      self->shape.steps = level->steps;
      self->solver = pisd_vorticity_new (&self->shape);
      self->path = pisd_vorticity_path_new (self->solver);
      self->side = MIN (pisd_vorticity_get_side (self->solver), ALL);
    }
  self->tail = pisd_periodic_covariance_new (ALL, self->scale, self->side);
  self->w = g_new (double, self->side * self->side);
  self->kept = g_new (double, self->side * self->side);
  self->h = pisd_memory_new ((gsize) self->n * self->side * self->side);
  pisd_vorticity_prior_fill_scale (self->side, self->kept);
}

void
pisd_newton_fill_seed (const PisdNewton *self, guint i, double *row)
{
  const double *y = self->row_y + (gsize) i * ALL, *x = self->row_x + (gsize) i * ALL;

  for (guint j = 0; j < self->side; j++)
    for (guint k = 0; k < self->side; k++)
      row[j * self->side + k] = y[j] * x[k];
}

static const double *
get_frame (const PisdNewton *self, guint frame)
{
  return frame > 0 ? pisd_vorticity_path_get_frame (self->path, frame) : self->w;
}

/* h = P and d = y - F (w0). */
static void
fill_seeds (PisdNewton *self)
{
  guint count = self->side * self->side;
  double sum = 0.0;

  for (guint i = 0; i < self->n; i++)
    {
      pisd_newton_fill_seed (self, i, pisd_newton_get_row (self, i));
      self->d[i] = self->sites[i].value
                   - cblas_ddot ((int) count, pisd_newton_get_row (self, i), 1,
                                 get_frame (self, self->frame[i]), 1);
      sum += self->d[i] * self->d[i];
    }
  self->misfit = sqrt (sum / self->n) / self->sd;
}

/* h = H = J s and d = y - F (w0) + J w0. */
static gboolean
linearise (PisdNewton *self, guint n_threads, PisdCancel *cancel, GError **error)
{
  guint count = self->side * self->side, first = self->n - self->n_later;

  if (self->solver != NULL && !pisd_vorticity_path_solve (self->path, self->w, cancel, error))
    return FALSE;
  fill_seeds (self);
  if (self->solver != NULL
      && !pisd_vorticity_path_pull_back (self->path, self->n_later, self->frame + first,
                                         pisd_newton_get_row (self, first), n_threads, cancel))
    return pisd_cancel_check (cancel, "flow", error);
  for (guint i = 0; i < self->n; i++)
    {
      double *row = pisd_newton_get_row (self, i);

      self->d[i] += cblas_ddot ((int) count, row, 1, self->w, 1);
      for (guint k = 0; k < count; k++)
        row[k] *= self->kept[k];
    }
  return TRUE;
}

/* What all blocks of the covariance have in common. */
typedef struct
{
  const PisdNewton *newton;
  PisdTriangle *g;
} Gram;

/* T T' between sites of frame 0, and the noise. */
static void
add_row (const Gram *gram, guint i)
{
  const PisdNewton *self = gram->newton;
  double *row = pisd_triangle_row (gram->g, i);

  for (guint j = 0; j <= i && self->frame[i] == 0; j++)
    row[j] += pisd_periodic_covariance_get (self->tail, self->sites[i].y - self->sites[j].y,
                                            self->sites[i].x - self->sites[j].x);
  row[i] += self->variance + self->sites[i].variance;
}

/* G = H H' + T T' + E, rows of a block. */
static void
fill_gram_block (guint block, gpointer data)
{
  const Gram *gram = data;
  const PisdNewton *self = gram->newton;
  guint first = block * ROWS_BLOCK, end = MIN (first + ROWS_BLOCK, self->n);
  int count = (int) (self->side * self->side);

  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) (end - first), (int) end, count, 1.0,
               pisd_newton_get_row (self, first), count, self->h, count, 0.0,
               pisd_triangle_row (gram->g, first), (int) pisd_triangle_stride (gram->g, first));
  for (guint i = first; i < end; i++)
    add_row (gram, i);
}

/* d = G^-1 d */
static gboolean
solve_gram (PisdNewton *self, guint n_threads, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdTriangle) g = pisd_triangle_new (self->n);
  Gram gram = { self, g };
  PisdTriangleStatus status = PISD_TRIANGLE_CANCELLED;

  if (pisd_parallel (pisd_parallel_count_blocks (self->n, ROWS_BLOCK), n_threads, cancel,
                     fill_gram_block, &gram))
    status = pisd_triangle_cholesky (g, n_threads, cancel);
  if (status == PISD_TRIANGLE_INDEFINITE)
    return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                            "covariance of %u readings: got one that is not positive, expected "
                            "noise of at least 1e-8 of them",
                            self->n);
  if (status == PISD_TRIANGLE_CANCELLED || !pisd_triangle_solve (g, self->d, cancel)
      || !pisd_triangle_solve_transposed (g, self->d, cancel))
    return pisd_cancel_check (cancel, "flow", error);
  self->g = g_steal_pointer (&g);
  return TRUE;
}

void
pisd_newton_pull_back (const PisdNewton *self, const double *q, double *w)
{
  guint count = self->side * self->side, n_first = self->n - self->n_later;
  g_autofree double *weighted = g_new (double, (gsize) MAX (1, n_first) * ALL);
  g_autofree double *kept = g_new (double, count);

  for (gsize i = 0; i < (gsize) n_first * ALL; i++)
    weighted[i] = q[i / ALL] * self->row_x[i];
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, ALL, ALL, (int) n_first, 1.0, self->row_y,
               ALL, weighted, ALL, 0.0, w, ALL);
  for (guint i = 0; i < ALL * ALL; i++)
    w[i] *= self->scale[i] * self->scale[i];
  cblas_dgemv (CblasRowMajor, CblasTrans, (int) self->n, (int) count, 1.0, self->h, (int) count, q,
               1, 0.0, kept, 1);
  for (guint i = 0; i < count; i++)
    w[i / self->side * ALL + i % self->side] = self->kept[i] * kept[i];
}

gboolean
pisd_newton_step (PisdNewton *self,
                  const PisdNewtonLevel *level,
                  guint n_threads,
                  PisdCancel *cancel,
                  GError **error)
{
  g_return_val_if_fail (level->size > 0 || self->n_later == 0, FALSE);

  enter_level (self, level);
  g_clear_pointer (&self->g, pisd_triangle_free);
  self->variance = level->noise * level->noise * self->sd * self->sd;
  pisd_periodic_resize (ALL, self->mode, self->side, self->w);
  if (!linearise (self, n_threads, cancel, error) || !solve_gram (self, n_threads, cancel, error))
    return FALSE;
  pisd_newton_pull_back (self, self->d, self->mode);
  return TRUE;
}
