#include "pisd-factoring.h"

#include <string.h>

#include "pisd-axes.h"
#include "pisd-budget.h"
#include "pisd-covariance.h"
#include "pisd-lapack.h"
#include "pisd-memory.h"

#define JITTER 1e-12
/* Where more than this part of the sites is new, all is computed anew. */
#define MOST_NEW 8

/* tr (M) / n: of A and of E together it is the mean variance of what is read. */
static double
mean_diagonal (const double *matrix, guint n)
{
  double trace = 0.0;

  for (gsize i = 0; i < n; i++)
    trace += matrix[i * n + i];
  return trace / n;
}

static gboolean
is_whole (const PisdFactors *f)
{
  return f->a != NULL;
}

/* M_ii += R_i + jitter, jitter = JITTER tr (H H' + T T') / n: the same in G and in E. */
static void
add_noise (PisdFactors *f, PisdTriangle *matrix)
{
  double sum = 0.0;

  for (guint i = 0; i < f->n; i++)
    sum += f->prior[i];
  f->jitter = JITTER * sum / f->n;
  for (guint i = 0; i < f->n; i++)
    pisd_triangle_row (matrix, i)[i] += f->variance[i] + f->jitter;
}

/* G or E without what a try adds to it. */
typedef gboolean (*Fill) (PisdFactors *f, PisdTriangle *out, PisdEffort effort);

/* G = A + E of a small set, whose E has the noise already; of a large one H H' + T T', kept or
 * computed here, and the noise. */
static gboolean
fill_g (PisdFactors *f, PisdTriangle *out, PisdEffort effort)
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

/* E = T T' and the noise: the covariance of readings once the kept modes are known. */
static gboolean
fill_e (PisdFactors *f, PisdTriangle *out, PisdEffort effort)
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
 * once more, then ten times as much at every try.  NULL: cancelled, or it holds NaN. */
static PisdTriangle *
factor (PisdFactors *f, Fill fill, PisdEffort effort)
{
  g_autoptr (PisdTriangle) l = pisd_triangle_new (f->n);
  PisdTriangleStatus status = PISD_TRIANGLE_INDEFINITE;
  double more = 0.0;

  for (guint t = 0; t < PISD_FACTORS_TRIES && status == PISD_TRIANGLE_INDEFINITE; t++)
    {
      if (!fill (f, l, effort))
        return NULL;
      pisd_triangle_add_to_diagonal (l, more);
      status = pisd_triangle_cholesky (l, effort.n_threads, effort.cancel);
      more = more > 0.0 ? 10.0 * more : f->jitter;
    }
  return status == PISD_TRIANGLE_FACTORED ? g_steal_pointer (&l) : NULL;
}

static gboolean
make_l (PisdFactors *f, PisdEffort effort)
{
  if (f->l == NULL)
    f->l = factor (f, fill_g, effort);
  return f->l != NULL;
}

static gboolean
make_tail (PisdFactors *f, PisdEffort effort)
{
  if (f->l_tail == NULL)
    f->l_tail = factor (f, fill_e, effort);
  return f->l_tail != NULL;
}

/* A and E of a small set, the readings' noise in E. */
static gboolean
fill_whole (PisdFactors *f, const PisdFactors *from, PisdEffort effort)
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
      f->e[i * f->n + i] += f->variance[i] + f->jitter;
    }
  return make_l (f, effort);
}

/* Entries of a large set, where there is room for them beside the factor: the next set may need
 * most of them. */
static gboolean
fill_large (PisdFactors *f, const PisdFactors *from, PisdEffort effort)
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

/* L^-1 E L^-T = Q diag (v) Q' in w, then W = Q' L^-1 in its place; G = A + E keeps v in [0, 1],
 * and only rounding leads out of it. */
static gboolean
diagonalize (PisdFactors *f, double *w, PisdEffort effort)
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
dup_e (PisdFactors *f, PisdEffort effort)
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
whiten (PisdFactors *f, PisdEffort effort)
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
  PisdEffort effort;
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
make_w (PisdFactors *f, gboolean with_tail, PisdEffort effort)
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
make_steps (PisdFactors *f, gboolean with_tail, PisdEffort effort)
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

gboolean
pisd_factoring_make (PisdFactors *f, PisdFactorsUses uses, PisdEffort effort)
{
  gboolean with_tail = (uses & PISD_FACTORS_TAIL) != 0;

  return (!(uses & PISD_FACTORS_MEAN) || make_l (f, effort))
         && (!(uses & PISD_FACTORS_STEPS) || make_steps (f, with_tail, effort))
         && (!with_tail || make_tail (f, effort));
}

gboolean
pisd_factoring_fill (PisdFactors *f,
                     const PisdFactors *from,
                     PisdFactorsUses uses,
                     PisdEffort effort)
{
  if (f->n == 0)
    return TRUE;
  if (f->n <= PISD_COVARIANCE_WHOLE)
    return fill_whole (f, from, effort);
  return !(uses & PISD_FACTORS_MEAN) || fill_large (f, from, effort);
}
