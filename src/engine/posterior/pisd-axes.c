#include "pisd-axes.h"

#include <cblas.h>
#include <string.h>

#include "pisd-lapack.h"
#include "pisd-memory.h"

/* Readings, or modes, that one thread takes at a time. */
#define BLOCK 64

/* [B y; I 0] with B = L^-1 H and L^-1 y, column by column; as rows of an array these are the modes'
 * and the readings' own. */
typedef struct
{
  const PisdFactors *f;
  guint n_modes;
  gsize stride; /* readings and modes */
  double *columns;
  PisdCancel *cancel;
} Stack;

/* Columns of H for a block of readings. */
static void
fill_block (guint block, gpointer data)
{
  Stack *s = data;
  const PisdFactors *f = s->f;
  guint first = block * BLOCK, n = MIN (BLOCK, f->n - first);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->kept, f->scale, f->sites + first, n, f->linearisation);
  double *rows = pisd_memory_new ((gsize) n * s->n_modes);

  pisd_readings_fill_rows (readings, 0, n, rows);
  for (guint k = 0; k < s->n_modes; k++)
    for (guint i = 0; i < n; i++)
      s->columns[k * s->stride + first + i] = rows[(gsize) i * s->n_modes + k];
  pisd_memory_free (rows);
}

/* A block of the columns H and y times L^-1 from the left: rows of (H' L^-T) and (y' L^-T). */
static void
whiten_block (guint block, gpointer data)
{
  Stack *s = data;
  guint first = block * BLOCK, n = MIN (BLOCK, s->n_modes + 1 - first);

  pisd_triangle_divide_transposed (s->f->l_tail, n, s->f->n, s->stride,
                                   s->columns + first * s->stride, s->cancel);
}

static gboolean
fill_stack (Stack *s, guint n_threads)
{
  const PisdFactors *f = s->f;

  if (!pisd_parallel (pisd_parallel_count_blocks (f->n, BLOCK), n_threads, s->cancel, fill_block,
                      s))
    return FALSE;
  for (guint k = 0; k <= s->n_modes; k++)
    memset (s->columns + k * s->stride + f->n, 0, sizeof (double) * s->n_modes);
  for (guint k = 0; k < s->n_modes; k++)
    s->columns[k * s->stride + f->n + k] = 1.0;
  memcpy (s->columns + s->n_modes * s->stride, f->y, sizeof (double) * f->n);
  return pisd_parallel (pisd_parallel_count_blocks (s->n_modes + 1, BLOCK), n_threads, s->cancel,
                        whiten_block, s)
         && !pisd_cancel_look (s->cancel);
}

/* R' of [B; I] = Q R, a lower triangle, and the mean R^-1 Q' [L^-1 y; 0].  NULL: cancelled. */
static PisdTriangle *
make_root (const PisdFactors *f, double *mean, guint n_threads, PisdCancel *cancel)
{
  guint n = f->kept->n;
  Stack s = { f, n, f->n + n, NULL, cancel };
  PisdTriangle *root = NULL;

  s.columns = pisd_memory_new (s.stride * (n + 1));
  if (fill_stack (&s, n_threads)
      && pisd_lapack_triangularize ((guint) s.stride, n, 1, s.columns, n_threads, cancel))
    {
      root = pisd_triangle_new (n);
      for (guint i = 0; i < n; i++)
        memcpy (pisd_triangle_row (root, i), s.columns + i * s.stride, sizeof (double) * (i + 1));
      memcpy (mean, s.columns + n * s.stride, sizeof (double) * n);
      if (!pisd_triangle_solve_transposed (root, mean, cancel))
        g_clear_pointer (&root, pisd_triangle_free);
    }
  pisd_memory_free (s.columns);
  return root;
}

/* The covariance of the modes from the inverse root X = R^-T, both [n, n]. */
typedef struct
{
  const PisdTriangle *root;
  guint n;
  double *inverse, *covariance;
  PisdCancel *cancel;
} Inversion;

/* Rows of X = I (R')^-1, a lower triangle. */
static void
invert_block (guint block, gpointer data)
{
  Inversion *v = data;
  guint first = block * BLOCK, n = MIN (BLOCK, v->n - first);
  double *rows = v->inverse + (gsize) first * v->n;

  memset (rows, 0, sizeof (double) * n * v->n);
  for (guint i = 0; i < n; i++)
    rows[(gsize) i * v->n + first + i] = 1.0;
  pisd_triangle_divide (v->root, n, first + n, v->n, rows, v->cancel);
}

/* Rows of the lower triangle of V = X'X. */
static void
square_block (guint block, gpointer data)
{
  Inversion *v = data;
  gsize n = v->n;
  guint first = block * BLOCK, rows = MIN (BLOCK, v->n - first);
  const double *x = v->inverse + first * n;

  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, rows, first + rows, v->n - first, 1.0,
               x + first, n, x, n, 0.0, v->covariance + first * n, n);
}

/* The lower triangle of V.  NULL: cancelled. */
static double *
invert (const PisdTriangle *root, guint n_threads, PisdCancel *cancel)
{
  guint n = pisd_triangle_get_n (root), n_blocks = pisd_parallel_count_blocks (n, BLOCK);
  Inversion v = { root, n, NULL, NULL, cancel };
  gboolean good;

  v.inverse = pisd_memory_new ((gsize) n * n);
  v.covariance = pisd_memory_new ((gsize) n * n);
  good = pisd_parallel (n_blocks, n_threads, cancel, invert_block, &v)
         && pisd_parallel (n_blocks, n_threads, cancel, square_block, &v)
         && !pisd_cancel_look (cancel);
  pisd_memory_free (v.inverse);
  if (good)
    return v.covariance;
  pisd_memory_free (v.covariance);
  return NULL;
}

/* Axes and variances of the covariance in q, and the mean's coordinates. */
static gboolean
diagonalize (PisdAxes *self, const double *mean, guint n_threads, PisdCancel *cancel)
{
  if (!pisd_lapack_eigen (self->n, self->q, self->v, n_threads, cancel))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    self->v[i] = CLAMP (self->v[i], 0.0, 1.0);
  pisd_axes_enter (self, mean, self->mean);
  return TRUE;
}

PisdAxes *
pisd_axes_new (const PisdFactors *f, guint n_threads, PisdCancel *cancel)
{
  g_autoptr (PisdAxes) self = g_new0 (PisdAxes, 1);
  g_autoptr (PisdTriangle) root = NULL;
  g_autofree double *mean = NULL;

  self->n = f->kept->n;
  self->v = g_new (double, self->n);
  self->mean = g_new (double, self->n);
  mean = g_new (double, self->n);
  root = make_root (f, mean, n_threads, cancel);
  if (root == NULL)
    return NULL;
  self->q = invert (root, n_threads, cancel);
  g_clear_pointer (&root, pisd_triangle_free);
  if (self->q == NULL || !diagonalize (self, mean, n_threads, cancel))
    return NULL;
  return g_steal_pointer (&self);
}

void
pisd_axes_free (PisdAxes *self)
{
  if (self == NULL)
    return;
  pisd_memory_free (self->q);
  g_free (self->v);
  g_free (self->mean);
  g_free (self);
}

/* Either the stack, or three squares: of the covariance, of the tridiagonal matrix's eigenvectors
 * and of their halves. */
gsize
pisd_axes_count (guint n_readings, guint n_kept)
{
  gsize n = n_kept;

  return MAX ((n_readings + n) * (n + 1), 3 * n * n);
}

void
pisd_axes_enter (const PisdAxes *self, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, self->n, self->n, 1.0, self->q, self->n, in, 1, 0.0,
               out, 1);
}

void
pisd_axes_leave (const PisdAxes *self, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, self->n, self->n, 1.0, self->q, self->n, in, 1, 0.0, out,
               1);
}
