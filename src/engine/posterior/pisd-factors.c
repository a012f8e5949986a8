/* The factors of a set of readings.
 *
 * Long: one object whose parts are made in one order; what can stand alone does (covariance, axes,
 * budget, triangle). */
#include "pisd-factors.h"

#include <cblas.h>
#include <string.h>

#include "pisd-axes.h"
#include "pisd-budget.h"
#include "pisd-covariance.h"
#include "pisd-error.h"
#include "pisd-grf.h"
#include "pisd-lapack.h"
#include "pisd-memory.h"

#define JITTER 1e-12
/* Where more than this part of the sites is new, all is computed anew. */
#define MOST_NEW 8

/* Who computes: the threads, and whether they are to stop. */
typedef struct
{
  guint n_threads;
  PisdCancel *cancel;
} Effort;

static double
mean_diagonal (const double *matrix, guint n)
{
  double trace = 0.0;

  for (gsize i = 0; i < n; i++)
    trace += matrix[i * n + i];
  return trace / n;
}

static void
add_to_diagonal (PisdTriangle *matrix, double value)
{
  for (guint i = 0; i < pisd_triangle_get_n (matrix); i++)
    pisd_triangle_row (matrix, i)[i] += value;
}

static gboolean
is_whole (const PisdFactors *f)
{
  return f->a != NULL;
}

/* The jitter, and the readings' noise with it on a diagonal. */
static void
add_noise (PisdFactors *f, PisdTriangle *matrix)
{
  double sum = 0.0;

  for (guint i = 0; i < f->n; i++)
    sum += f->prior[i];
  f->jitter = JITTER * sum / f->n;
  for (guint i = 0; i < f->n; i++)
    pisd_triangle_row (matrix, i)[i] += f->sites[i].variance + f->jitter;
}

/* G or E without what a try adds to it. */
typedef gboolean (*Fill) (PisdFactors *f, PisdTriangle *out, Effort effort);

static gboolean
fill_g (PisdFactors *f, PisdTriangle *out, Effort effort)
{
  gsize size = (gsize) f->n * f->n;

  if (is_whole (f))
    {
      double *l = pisd_triangle_row (out, 0);

      for (gsize i = 0; i < size; i++)
        l[i] = f->a[i] + f->e[i];
      return TRUE;
    }
  if (f->g != NULL)
    memcpy (pisd_triangle_row (out, 0), pisd_triangle_row (f->g, 0),
            sizeof (double) * pisd_triangle_count (f->n));
  else if (!pisd_covariance_fill_triangle (f, FALSE, out, effort.n_threads, effort.cancel))
    return FALSE;
  add_noise (f, out);
  return TRUE;
}

static gboolean
fill_e (PisdFactors *f, PisdTriangle *out, Effort effort)
{
  if (is_whole (f))
    {
      memcpy (pisd_triangle_row (out, 0), f->e, sizeof (double) * f->n * f->n);
      return TRUE;
    }
  if (!pisd_covariance_fill_triangle (f, TRUE, out, effort.n_threads, effort.cancel))
    return FALSE;
  add_noise (f, out);
  return TRUE;
}

/* The factor; where rounding has made the matrix indefinite, of a little more of it: the jitter
 * once more, then ten times as much at every try.  NULL: cancelled. */
static PisdTriangle *
factor (PisdFactors *f, Fill fill, Effort effort)
{
  g_autoptr (PisdTriangle) l = pisd_triangle_new (f->n);
  PisdTriangleStatus status = PISD_TRIANGLE_CANCELLED;

  for (double more = 0.0; fill (f, l, effort); more = more > 0.0 ? 10.0 * more : f->jitter)
    {
      add_to_diagonal (l, more);
      status = pisd_triangle_cholesky (l, effort.n_threads, effort.cancel);
      if (status != PISD_TRIANGLE_INDEFINITE)
        break;
    }
  return status == PISD_TRIANGLE_FACTORED ? g_steal_pointer (&l) : NULL;
}

static gboolean
make_l (PisdFactors *f, Effort effort)
{
  if (f->l == NULL)
    f->l = factor (f, fill_g, effort);
  return f->l != NULL;
}

static gboolean
make_tail (PisdFactors *f, Effort effort)
{
  if (f->l_tail == NULL)
    f->l_tail = factor (f, fill_e, effort);
  return f->l_tail != NULL;
}

/* A and E of a small set, the readings' noise in E. */
static gboolean
fill_whole (PisdFactors *f, const PisdFactors *from, Effort effort)
{
  g_autofree int *old = g_new (int, f->n);
  gsize size = (gsize) f->n * f->n;

  f->a = pisd_memory_new0 (size);
  f->e = pisd_memory_new0 (size);
  if (from != NULL && is_whole (from) && pisd_covariance_match (f, from, old) <= f->n / MOST_NEW)
    pisd_covariance_fill_whole_from (f, from, old);
  else if (!pisd_covariance_fill_whole (f, effort.n_threads, effort.cancel))
    return FALSE;
  f->jitter = JITTER * (mean_diagonal (f->a, f->n) + mean_diagonal (f->e, f->n));
  for (gsize i = 0; i < f->n; i++)
    {
      f->discarded[i] = f->e[i * f->n + i];
      f->e[i * f->n + i] += f->sites[i].variance + f->jitter;
    }
  return make_l (f, effort);
}

/* Entries of a large set, where there is room for them beside the factor: the next set may need
 * most of them. */
static gboolean
fill_large (PisdFactors *f, const PisdFactors *from, Effort effort)
{
  g_autofree int *old = NULL;
  g_autoptr (PisdTriangle) g = NULL;
  gboolean good;

  if (!pisd_budget_keeps_entries (f->n))
    return TRUE;
  old = g_new (int, f->n);
  g = pisd_triangle_new (f->n);
  if (from != NULL && from->g != NULL && pisd_covariance_match (f, from, old) <= f->n / MOST_NEW)
    good = pisd_covariance_fill_triangle_from (f, from, old, g, effort.cancel);
  else
    good = pisd_covariance_fill_triangle (f, FALSE, g, effort.n_threads, effort.cancel);
  if (good)
    f->g = g_steal_pointer (&g);
  return good;
}

static PisdFactors *
factors_new_unfilled (const PisdRepresentation *representation, const PisdSensors *sensors)
{
  PisdFactors *f = g_new0 (PisdFactors, 1);

  f->ref_count = 1;
  f->equation = *pisd_representation_get_equation (representation);
  f->mean_sd = pisd_representation_get_mean_sd (representation);
  f->kept = pisd_modes_dup (pisd_representation_get_modes (representation, 0));
  f->sites = pisd_sites_new (f->equation.problem, sensors, &f->n);
  f->all = pisd_modes_new_completed (f->kept, PISD_GRID);
  f->tail = pisd_modes_new_rest (f->all, f->kept->n);
  f->scale = g_new (double, f->all->n);
  for (guint i = 0; i < f->all->n; i++)
    f->scale[i] = pisd_grf_prior_scale (f->all->ky[i], f->all->kx[i], f->mean_sd);
  f->y = g_new (double, f->n);
  f->v = g_new (double, f->n);
  f->wy = g_new (double, f->n);
  f->discarded = g_new (double, f->n);
  f->prior = g_new (double, f->n);
  for (guint i = 0; i < f->n; i++)
    f->y[i] = f->sites[i].value;
  f->by_modes = pisd_budget_goes_by_modes (f->n, f->kept->n);
  return f;
}

static gboolean
fits_representation (const PisdFactors *f, const PisdRepresentation *representation)
{
  return pisd_equation_equal (&f->equation, pisd_representation_get_equation (representation))
         && f->mean_sd == pisd_representation_get_mean_sd (representation)
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (representation, 0));
}

static gboolean
stopped (PisdCancel *cancel, GError **error)
{
  g_return_val_if_fail (pisd_cancel_look (cancel), FALSE);
  return pisd_cancel_check (cancel, "exact posterior", error);
}

PisdFactors *
pisd_factors_ref (PisdFactors *f)
{
  g_atomic_int_inc (&f->ref_count);
  return f;
}

void
pisd_factors_unref (PisdFactors *f)
{
  if (f == NULL || !g_atomic_int_dec_and_test (&f->ref_count))
    return;
  g_free (f->sites);
  pisd_modes_free (f->kept);
  pisd_modes_free (f->tail);
  pisd_modes_free (f->all);
  g_free (f->scale);
  g_free (f->y);
  g_free (f->v);
  g_free (f->wy);
  g_free (f->discarded);
  g_free (f->prior);
  pisd_memory_free (f->a);
  pisd_memory_free (f->e);
  pisd_triangle_free (f->g);
  pisd_triangle_free (f->l);
  pisd_memory_free (f->w);
  pisd_axes_free (f->axes);
  pisd_triangle_free (f->l_tail);
  g_free (f);
}

gboolean
pisd_factors_fit (const PisdFactors *f,
                  const PisdRepresentation *representation,
                  const PisdSensors *sensors)
{
  g_autofree PisdSite *sites = NULL;
  guint n;

  if (!fits_representation (f, representation))
    return FALSE;
  sites = pisd_sites_new (f->equation.problem, sensors, &n);
  if (n != f->n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (pisd_site_compare (&sites[i], &f->sites[i]) != 0 || sites[i].value != f->sites[i].value
        || sites[i].variance != f->sites[i].variance)
      return FALSE;
  return TRUE;
}

/* Of the whitened E in w: its eigenvalues v, and W = Q' L^-1. */
static gboolean
diagonalize (PisdFactors *f, double *w, Effort effort)
{
  if (!pisd_lapack_eigen (f->n, w, f->v, effort.n_threads, effort.cancel))
    return FALSE;
  for (guint i = 0; i < f->n; i++)
    f->v[i] = CLAMP (f->v[i], 0.0, 1.0);
  /* Rows are the eigenvectors now. */
  return pisd_lapack_divide (f->l, w, effort.n_threads, effort.cancel);
}

/* The lower triangle of E, [n, n].  NULL: cancelled. */
static double *
dup_e (PisdFactors *f, Effort effort)
{
  gsize n = f->n;
  g_autoptr (PisdTriangle) e = NULL;
  double *w;

  if (is_whole (f))
    return pisd_memory_dup (f->e, n * n);
  e = pisd_triangle_new (f->n);
  if (!fill_e (f, e, effort))
    return NULL;
  w = pisd_memory_new (n * n);
  for (guint i = 0; i < f->n; i++)
    memcpy (w + i * n, pisd_triangle_row (e, i), sizeof (double) * (i + 1));
  return w;
}

/* L^-1 E L^-T.  NULL: cancelled. */
static double *
whiten (PisdFactors *f, Effort effort)
{
  double *w = dup_e (f, effort);

  if (w != NULL && !pisd_lapack_whiten (f->l, w, effort.n_threads, effort.cancel))
    g_clear_pointer (&w, pisd_memory_free);
  return w;
}

typedef struct
{
  PisdFactors *f;
  double *w;
  gboolean with_tail;
  Effort effort;
  gboolean good[2];
} Preparation;

static void
prepare_part (guint part, gpointer data)
{
  Preparation *p = data;

  if (part == 0)
    p->good[0] = diagonalize (p->f, p->w, p->effort);
  else
    p->good[1] = !p->with_tail || make_tail (p->f, p->effort);
}

/* The tail's factor of a small set is made beside what one thread does alone: the tridiagonal form,
 * which the eigenvectors begin with. */
static gboolean
make_w (PisdFactors *f, gboolean with_tail, Effort effort)
{
  Preparation p = { f, NULL, with_tail && is_whole (f), effort, { FALSE, FALSE } };

  if (!make_l (f, effort))
    return FALSE;
  p.w = whiten (f, effort);
  if (p.w == NULL)
    return FALSE;
  pisd_parallel (2, p.with_tail ? effort.n_threads : 1, NULL, prepare_part, &p);
  if (p.good[0] && p.good[1])
    {
      f->w = p.w;
      pisd_factors_multiply_w (f, f->y, f->wy);
      return TRUE;
    }
  pisd_memory_free (p.w);
  return FALSE;
}

static gboolean
make_steps (PisdFactors *f, gboolean with_tail, Effort effort)
{
  if (f->w != NULL || f->axes != NULL)
    return TRUE;
  if (!f->by_modes)
    return make_w (f, with_tail, effort);
  if (!make_tail (f, effort))
    return FALSE;
  f->axes = pisd_axes_new (f, effort.n_threads, effort.cancel);
  return f->axes != NULL;
}

/* Those of the uses that something is still to be made for. */
static PisdFactorsUses
find_missing (const PisdFactors *f, PisdFactorsUses uses)
{
  if (f->l != NULL)
    uses &= ~(guint) PISD_FACTORS_MEAN;
  if (f->w != NULL || f->axes != NULL)
    uses &= ~(guint) PISD_FACTORS_STEPS;
  if (f->l_tail != NULL)
    uses &= ~(guint) PISD_FACTORS_TAIL;
  return uses;
}

static gboolean
prepare (PisdFactors *f, PisdFactorsUses uses, Effort effort)
{
  gboolean with_tail = (uses & PISD_FACTORS_TAIL) != 0;

  return (!(uses & PISD_FACTORS_MEAN) || make_l (f, effort))
         && (!(uses & PISD_FACTORS_STEPS) || make_steps (f, with_tail, effort))
         && (!with_tail || make_tail (f, effort));
}

gboolean
pisd_factors_prepare (PisdFactors *f,
                      PisdFactorsUses uses,
                      guint n_threads,
                      PisdCancel *cancel,
                      GError **error)
{
  PisdFactorsUses missing = f->n > 0 ? find_missing (f, uses) : 0;

  if (missing == 0)
    return TRUE;
  if (!pisd_budget_check (f->n, f->kept->n, missing, 0, error))
    return FALSE;
  return prepare (f, missing, (Effort){ n_threads, cancel }) || stopped (cancel, error);
}

static gboolean
fill (PisdFactors *f, const PisdFactors *from, PisdFactorsUses uses, Effort effort)
{
  if (f->n == 0)
    return TRUE;
  if (f->n <= PISD_COVARIANCE_WHOLE)
    return fill_whole (f, from, effort);
  return !(uses & PISD_FACTORS_MEAN) || fill_large (f, from, effort);
}

PisdFactors *
pisd_factors_new (const PisdFactors *from,
                  const PisdRepresentation *representation,
                  const PisdSensors *sensors,
                  PisdFactorsUses uses,
                  guint n_threads,
                  PisdCancel *cancel,
                  GError **error)
{
  g_autoptr (PisdFactors) f = factors_new_unfilled (representation, sensors);
  Effort effort = { n_threads, cancel };

  if (!pisd_budget_check (f->n, f->kept->n, uses, 0, error))
    return NULL;
  if (from != NULL && !fits_representation (from, representation))
    from = NULL;
  if ((fill (f, from, uses, effort) && (f->n == 0 || prepare (f, uses, effort)))
      || stopped (cancel, error))
    return g_steal_pointer (&f);
  return NULL;
}

void
pisd_factors_multiply_w (const PisdFactors *f, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, f->n, f->n, 1.0, f->w, f->n, in, 1, 0.0, out, 1);
}

void
pisd_factors_multiply_w_adjoint (const PisdFactors *f, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, f->n, f->n, 1.0, f->w, f->n, in, 1, 0.0, out, 1);
}

void
pisd_factors_solve (const PisdTriangle *factor, double *x)
{
  pisd_triangle_solve (factor, x);
  pisd_triangle_solve_transposed (factor, x);
}
