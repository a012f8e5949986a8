#include "pisd-linearisation.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-advection.h"
#include "pisd-basis.h"
#include "pisd-error.h"
#include "pisd-flow-rows.h"
#include "pisd-half-plane.h"
#include "pisd-memory.h"
#include "pisd-parallel.h"

#define S PISD_GRID
/* A beginning of a larger root mean square takes hundreds of steps from frame to frame; draws
 * around one that is allowed are still such that the equation allows them. */
#define MOST_VORTICITY 40.0
/* The readings' scale is at least such parts of their root mean square and of the prior's standard
 * deviation: few of them may be nearly equal, and all of them nearly 0. */
#define LEAST_OF_SIZE 0.3
#define LEAST_OF_PRIOR 0.1

struct _PisdFlowPath
{
  PisdVorticity *solver;
  PisdVorticityPath *path;
  PisdFieldId first; /* the field that is the first frame */
  double *w0;        /* [side, side] */
  double *finer;     /* [n_frames] variance at a node of modes that the grid does not have */
  double prior_sd;
  gint ref_count;
};

static PisdFlowPath *
flow_path_ref (PisdFlowPath *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

static void
flow_path_unref (PisdFlowPath *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  pisd_vorticity_path_free (self->path);
  pisd_vorticity_free (self->solver);
  g_free (self->w0);
  g_free (self->finer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFlowPath, flow_path_unref)

/* Variance at a node of the prior's modes from `side` on, once viscosity has damped them for some
 * time: sum of s^2 exp (-8 pi^2 nu |k|^2 t) / S^2. */
static double
measure_modes (const PisdRandomOps *random,
               const PisdSourcePrior *prior,
               guint side,
               double viscosity,
               double time)
{
  double sum = 0.0;

  for (guint i = 0; i < S; i++)
    for (guint j = i < side ? side : 0; j < S; j++)
      {
        double ky = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, i);
        double kx = pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, j);
        double damping = exp (-4.0 * G_PI * G_PI * viscosity * (ky * ky + kx * kx) * time);

        sum += pow (random->scale (i, j, prior) * damping, 2.0);
      }
  return sum / (S * S);
}

/* The variance of modes from `side` on at t_n = end n / (n_frames - 1); sqrt of that of all
 * modes at 0 is the prior's deviation at a node. */
static void
fill_finer (PisdFlowPath *self, const PisdRandomOps *random, const PisdSourcePrior *prior)
{
  const PisdVorticityShape *shape = pisd_vorticity_get_shape (self->solver);

  self->finer = g_new (double, shape->n_frames);
  for (guint n = 0; n < shape->n_frames; n++)
    self->finer[n] = measure_modes (random, prior, pisd_vorticity_get_side (self->solver),
                                    shape->viscosity, shape->end * n / (shape->n_frames - 1));
  self->prior_sd = sqrt (measure_modes (random, prior, 0, 0.0, 0.0));
}

static void
fill_shape (const PisdEquation *equation, guint size, PisdVorticityShape *shape)
{
  pisd_operator_get (equation->problem)->flow->fill_shape (equation->constants, shape);
  shape->size = size;
}

/* |w0| / S is the root mean square of w at nodes, as the basis is orthonormal. */
guint
pisd_linearisation_count_steps (const PisdEquation *equation,
                                const PisdLevel *level,
                                const double *w0)
{
  PisdVorticityShape shape;

  fill_shape (equation, level->size, &shape);
  return MAX (level->steps, pisd_vorticity_count_steps (&shape, cblas_dnrm2 (S * S, w0, 1) / S));
}

/* Not solved yet. */
static PisdFlowPath *
flow_path_new (const PisdEquation *equation,
               const PisdSourcePrior *prior,
               const PisdLevel *level,
               const double *w0)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdFlowPath *self = g_new0 (PisdFlowPath, 1);
  PisdVorticityShape shape;
  guint side;

  fill_shape (equation, level->size, &shape);
  shape.steps = pisd_linearisation_count_steps (equation, level, w0);
  self->ref_count = 1;
  self->first = row->fields[0].id;
  self->solver = pisd_vorticity_new (&shape);
  self->path = pisd_vorticity_path_new (self->solver);
  side = pisd_vorticity_get_side (self->solver);
  self->w0 = g_new (double, side *side);
  pisd_periodic_resize (S, w0, side, self->w0);
  fill_finer (self, row->random, prior);
  return self;
}

/* Those on the first frame come first. */
static guint
count_first (const PisdSite *sites, guint n, PisdFieldId field)
{
  guint first = 0;

  while (first < n && sites[first].field == field)
    first++;
  return first;
}

/* max (sd (y), LEAST_OF_SIZE rms (y), LEAST_OF_PRIOR prior_sd): what a level's noise is a part
 * of. */
static double
measure_scale (const PisdSite *sites, guint n, double prior_sd)
{
  double mean = 0.0, squares = 0.0, size;

  for (guint i = 0; i < n; i++)
    mean += sites[i].value / n;
  for (guint i = 0; i < n; i++)
    squares += (sites[i].value - mean) * (sites[i].value - mean) / n;
  size = sqrt (squares + mean * mean);
  return MAX (sqrt (squares), MAX (LEAST_OF_SIZE * size, LEAST_OF_PRIOR * prior_sd));
}

gsize
pisd_linearisation_get_bytes (const PisdLevel *level, guint n)
{
  gsize side = 2 * pisd_advection_reach_of (level->size) + 1, n_modes = side * side;

  return sizeof (double) * n_modes * (n > n_modes ? n + n_modes : n);
}

/* Of the flow: field 0 is its first one. */
static guint
get_flow_frame (const PisdSite *site)
{
  return site->frame + 1;
}

/* Takes over the reference to the path. */
static PisdLinearisation *
linearisation_new_unfilled (PisdFlowPath *path,
                            const PisdLevel *level,
                            const PisdSite *sites,
                            guint n_sites)
{
  PisdLinearisation *self = g_new0 (PisdLinearisation, 1);
  guint first = count_first (sites, n_sites, path->first);
  double scale;

  self->ref_count = 1;
  self->level = *level;
  self->path = path;
  self->n = n_sites - first;
  self->sites = g_memdup2 (sites + first, sizeof *sites * self->n);
  self->side = pisd_vorticity_get_side (path->solver);
  self->rows = pisd_memory_new ((gsize) self->n * self->side * self->side);
  self->offset = g_new (double, self->n);
  self->variance = g_new (double, self->n);
  /* (noise scale)^2 + what finer modes add at the time of the site's frame. */
  scale = measure_scale (self->sites, self->n, path->prior_sd);
  for (guint i = 0; i < self->n; i++)
    self->variance[i] =
        level->noise * level->noise * scale * scale + path->finer[get_flow_frame (&self->sites[i])];
  return self;
}

static double *
get_row (const PisdLinearisation *self, guint i)
{
  return self->rows + (gsize) i * self->side * self->side;
}

/* row = B (y) (x) B (x): what reads one frame. */
static void
fill_seed (const PisdLinearisation *self, const PisdSite *site, double *row)
{
  double y[S], x[S];

  pisd_basis_evaluate (PISD_BASIS_PERIODIC, self->side, site->y, y);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, self->side, site->x, x);
  for (guint j = 0; j < self->side; j++)
    for (guint k = 0; k < self->side; k++)
      row[j * self->side + k] = y[j] * x[k];
}

/* B (y) W B (x)' of one site. */
static double
read_frame (const PisdLinearisation *self, const PisdSite *site, const double *w)
{
  double y[S], x[S], sum = 0.0;

  pisd_basis_evaluate (PISD_BASIS_PERIODIC, self->side, site->y, y);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, self->side, site->x, x);
  for (guint j = 0; j < self->side; j++)
    sum += y[j] * cblas_ddot ((int) self->side, w + j * self->side, 1, x, 1);
  return sum;
}

/* J_i = the adjoint of what reads the frame, and offset_i = F_i (w0) - J_i w0, for some sites:
 * rows stand one after the other in `rows`. */
static gboolean
fill_rows (PisdLinearisation *self,
           const guint *which,
           guint n,
           double *rows,
           guint n_threads,
           PisdCancel *cancel)
{
  g_autofree guint *frame = g_new (guint, MAX (1, n));
  gsize count = (gsize) self->side * self->side;

  for (guint i = 0; i < n; i++)
    {
      frame[i] = get_flow_frame (&self->sites[which[i]]);
      fill_seed (self, &self->sites[which[i]], rows + i * count);
    }
  if (!pisd_flow_rows_pull_back (self->path->path, self->side, n, frame, rows, n_threads, cancel))
    return FALSE;
  for (guint i = 0; i < n; i++)
    self->offset[which[i]] = read_frame (self, &self->sites[which[i]],
                                         pisd_vorticity_path_get_frame (self->path->path, frame[i]))
                             - cblas_ddot ((int) count, rows + i * count, 1, self->path->w0, 1);
  return TRUE;
}

/* sqrt (sum (y - F (w0))^2 / n) / scale, where F (w0) = offset + J w0. */
static void
measure_misfit (PisdLinearisation *self)
{
  guint count = self->side * self->side;
  double sum = 0.0;

  for (guint i = 0; i < self->n; i++)
    sum += pow (self->sites[i].value - self->offset[i]
                    - cblas_ddot ((int) count, get_row (self, i), 1, self->path->w0, 1),
                2.0);
  self->misfit = sqrt (sum / self->n) / measure_scale (self->sites, self->n, self->path->prior_sd);
}

gboolean
pisd_linearisation_check_beginning (const double *w0, GError **error)
{
  double size = cblas_dnrm2 (S * S, w0, 1) / S;

  if (size <= MOST_VORTICITY)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_RANGE,
                          _ ("readings: the flow that they ask for begins with a root mean square "
                             "of %.3g, expected at most %g"),
                          size, MOST_VORTICITY);
}

PisdLinearisation *
pisd_linearisation_new (const PisdEquation *equation,
                        const PisdSourcePrior *prior,
                        const PisdSite *sites,
                        guint n_sites,
                        const PisdLevel *level,
                        const double *w0,
                        guint n_threads,
                        PisdCancel *cancel,
                        GError **error)
{
  g_autoptr (PisdFlowPath) path = NULL;
  g_autoptr (PisdLinearisation) self = NULL;
  g_autofree guint *which = NULL;

  if (!pisd_linearisation_check_beginning (w0, error))
    return NULL;
  path = flow_path_new (equation, prior, level, w0);
  if (!pisd_vorticity_path_solve (path->path, path->w0, cancel, error))
    return NULL;
  self = linearisation_new_unfilled (g_steal_pointer (&path), level, sites, n_sites);
  which = g_new (guint, MAX (1, self->n));
  for (guint i = 0; i < self->n; i++)
    which[i] = i;
  if (!fill_rows (self, which, self->n, self->rows, n_threads, cancel))
    {
      pisd_cancel_check (cancel, "flow", error);
      return NULL;
    }
  measure_misfit (self);
  return g_steal_pointer (&self);
}

/* Takes over the rows that both have; `which` gets the numbers of the others.  Returns how many
 * these are. */
static guint
copy_rows (PisdLinearisation *self, const PisdLinearisation *from, guint *which)
{
  gsize count = (gsize) self->side * self->side;
  guint n_new = 0, j = 0;

  for (guint i = 0; i < self->n; i++)
    {
      while (j < from->n && pisd_site_compare (&from->sites[j], &self->sites[i]) < 0)
        j++;
      if (j == from->n || pisd_site_compare (&from->sites[j], &self->sites[i]) != 0)
        {
          which[n_new++] = i;
          continue;
        }
      memcpy (get_row (self, i), get_row (from, j), sizeof (double) * count);
      self->offset[i] = from->offset[j];
    }
  return n_new;
}

PisdLinearisation *
pisd_linearisation_new_from (const PisdLinearisation *from,
                             const PisdSite *sites,
                             guint n_sites,
                             guint n_threads,
                             PisdCancel *cancel)
{
  g_autoptr (PisdLinearisation) self =
      linearisation_new_unfilled (flow_path_ref (from->path), &from->level, sites, n_sites);
  gsize count = (gsize) self->side * self->side;
  g_autofree guint *which = g_new (guint, MAX (1, self->n));
  guint n = copy_rows (self, from, which);
  double *rows = pisd_memory_new (MAX (1, n) * count);
  gboolean good = fill_rows (self, which, n, rows, n_threads, cancel);

  for (guint i = 0; good && i < n; i++)
    memcpy (get_row (self, which[i]), rows + i * count, sizeof (double) * count);
  pisd_memory_free (rows);
  if (!good)
    return NULL;
  measure_misfit (self);
  return g_steal_pointer (&self);
}

PisdLinearisation *
pisd_linearisation_ref (PisdLinearisation *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_linearisation_unref (PisdLinearisation *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->sites);
  pisd_memory_free (self->rows);
  g_free (self->offset);
  g_free (self->variance);
  flow_path_unref (self->path);
  g_free (self);
}

gboolean
pisd_linearisation_shares_rows (const PisdLinearisation *a, const PisdLinearisation *b)
{
  return a != NULL && b != NULL && a->path == b->path;
}

guint
pisd_linearisation_find (const PisdLinearisation *self, const PisdSite *site)
{
  guint low = 0, high = self->n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (pisd_site_compare (&self->sites[middle], site) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const double *
pisd_linearisation_get_beginning (const PisdLinearisation *self)
{
  return self->path->w0;
}

PisdVorticityPath *
pisd_linearisation_new_path (const PisdLinearisation *self)
{
  return pisd_vorticity_path_new (self->path->solver);
}

/* f_i = B (y_i) W (t_i) B (x_i)' of the flow that begins with w: offset + J w only comes near
 * it. */
gboolean
pisd_linearisation_solve (const PisdLinearisation *self,
                          PisdVorticityPath *path,
                          const double *w,
                          double *f,
                          PisdCancel *cancel,
                          GError **error)
{
  if (!pisd_vorticity_path_solve (path, w, cancel, error))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    f[i] = read_frame (self, &self->sites[i],
                       pisd_vorticity_path_get_frame (path, get_flow_frame (&self->sites[i])));
  return TRUE;
}
