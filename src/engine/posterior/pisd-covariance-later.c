#include "pisd-covariance-later.h"

#include <cblas.h>
#include <string.h>

#include "pisd-memory.h"
#include "pisd-parallel.h"

/* Sites that one thread takes at a time; divides PISD_TRIANGLE_TILE. */
#define BLOCK 32

/* Rows of all sites, of the modes that later frames know of. */
typedef struct
{
  const PisdFactors *f;
  PisdModes *modes;
  double *scale;
  double *rows; /* [n, modes] */
} Rows;

static void
fill_block (guint block, gpointer data)
{
  Rows *self = data;
  const PisdFactors *f = self->f;
  guint first = block * BLOCK, n = MIN (BLOCK, f->n - first);
  g_autoptr (PisdReadings) readings = pisd_readings_new (&f->equation, self->modes, self->scale,
                                                         f->sites + first, n, f->linearisation);

  pisd_readings_fill_rows (readings, 0, n, self->rows + (gsize) first * self->modes->n);
}

/* FALSE: cancelled; to be cleared all the same. */
static gboolean
rows_init (Rows *self,
           const PisdFactors *f,
           const PisdModes *modes,
           const double *scale,
           guint n_threads,
           PisdCancel *cancel)
{
  g_autofree guint *at = g_new (guint, modes->n);

  self->f = f;
  self->modes = pisd_modes_new_within (modes, f->linearisation->side, at);
  self->scale = g_new (double, self->modes->n);
  for (guint i = 0; i < self->modes->n; i++)
    self->scale[i] = scale[at[i]];
  self->rows = pisd_memory_new (MAX (1, (gsize) f->n * self->modes->n));
  return self->modes->n == 0
         || pisd_parallel (pisd_parallel_count_blocks (f->n, BLOCK), n_threads, cancel, fill_block,
                           self);
}

static void
rows_clear (Rows *self)
{
  pisd_modes_free (self->modes);
  g_free (self->scale);
  pisd_memory_free (self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

/* Products of later rows with all rows up to the diagonal, into a matrix. */
typedef struct
{
  const Rows *rows;
  guint first; /* later site */
  double *out; /* [n, n]; NULL: a triangle */
  PisdTriangle *triangle;
} Gram;

/* out_ij = h_i . h_j over the modes, j up to the diagonal, for the rows of a block, from the
 * later ones' first block on. */
static void
multiply_block (guint block, gpointer data)
{
  const Gram *gram = data;
  const Rows *rows = gram->rows;
  guint begin = gram->first / BLOCK * BLOCK + block * BLOCK;
  guint end = MIN (begin + BLOCK, rows->f->n), first = MAX (begin, gram->first);
  int n = (int) rows->modes->n, stride = (int) rows->f->n;
  const double *own = rows->rows + (gsize) first * rows->modes->n;
  double *out = gram->out != NULL ? gram->out + (gsize) first * rows->f->n
                                  : pisd_triangle_row (gram->triangle, first);

  if (gram->out == NULL)
    stride = (int) pisd_triangle_stride (gram->triangle, first);
  if (first > 0)
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) (end - first), (int) first, n, 1.0,
                 own, n, rows->rows, n, 0.0, out, stride);
  cblas_dsyrk (CblasRowMajor, CblasLower, CblasNoTrans, (int) (end - first), n, 1.0, own, n, 0.0,
               out + first, stride);
}

static gboolean
multiply (Gram *gram, guint n_threads, PisdCancel *cancel)
{
  guint n = gram->rows->f->n - gram->first / BLOCK * BLOCK;

  return pisd_parallel (pisd_parallel_count_blocks (n, BLOCK), n_threads, cancel, multiply_block,
                        gram);
}

guint
pisd_covariance_count_first (const PisdFactors *f)
{
  return f->n - (f->linearisation != NULL ? f->linearisation->n : 0);
}

static gboolean
fill_part (const PisdFactors *f,
           const PisdModes *modes,
           const double *scale,
           double *out,
           guint n_threads,
           PisdCancel *cancel)
{
  g_auto (Rows) rows = { 0 };
  Gram gram = { &rows, pisd_covariance_count_first (f), out, NULL };

  return rows_init (&rows, f, modes, scale, n_threads, cancel)
         && (rows.modes->n == 0 || multiply (&gram, n_threads, cancel));
}

gboolean
pisd_covariance_fill_later_whole (const PisdFactors *f, guint n_threads, PisdCancel *cancel)
{
  if (f->linearisation == NULL)
    return TRUE;
  return fill_part (f, f->kept, f->scale, f->a, n_threads, cancel)
         && fill_part (f, f->tail, f->scale + f->kept->n, f->e, n_threads, cancel);
}

/* |J s|^2 of a later site. */
static double
measure_variance (const PisdFactors *f, guint later)
{
  guint side = f->linearisation->side;
  const double *row = f->linearisation->rows + (gsize) later * side * side;
  double sum = 0.0;

  for (guint i = 0; i < f->all->n; i++)
    if (MAX (f->all->ky[i], f->all->kx[i]) < side)
      {
        double entry = f->scale[i] * row[f->all->ky[i] * side + f->all->kx[i]];

        sum += entry * entry;
      }
  return sum;
}

static void
fill_zeros (const Gram *gram)
{
  for (guint i = gram->first; i < gram->rows->f->n; i++)
    memset (pisd_triangle_row (gram->triangle, i), 0, sizeof (double) * (i + 1));
}

gboolean
pisd_covariance_fill_later_triangle (const PisdFactors *f,
                                     const PisdModes *modes,
                                     const double *scale,
                                     PisdTriangle *out,
                                     guint n_threads,
                                     PisdCancel *cancel)
{
  guint first = pisd_covariance_count_first (f);
  g_auto (Rows) rows = { 0 };
  Gram gram = { &rows, first, NULL, out };

  if (f->linearisation == NULL)
    return TRUE;
  if (!rows_init (&rows, f, modes, scale, n_threads, cancel))
    return FALSE;
  for (guint i = first; i < f->n; i++)
    f->prior[i] = measure_variance (f, i - first);
  if (rows.modes->n > 0)
    return multiply (&gram, n_threads, cancel);
  fill_zeros (&gram);
  return TRUE;
}
