#include "pisd-factors.h"

#include <cblas.h>
#include <string.h>

#include "pisd-grf.h"
#include "pisd-lapack.h"
#include "pisd-memory.h"
#include "pisd-node-covariance.h"
#include "pisd-parallel.h"

#define JITTER 1e-12
/* Rows that one thread computes at a time: of a matrix, and of [H T]. */
#define BLOCK 64
/* Where more than this part of the sites is new, all is computed anew. */
#define MOST_NEW 8

/* Columns of A and of E: the modes they are sums over, and where these lie in a row of [H T]. */
typedef struct
{
  const PisdModes *modes;
  const double *scale;
  guint offset;
  double *out; /* [n, n] */
} Part;

#define N_PARTS 2

static void
list_parts (const PisdFactors *f, Part parts[N_PARTS])
{
  parts[0] = (Part){ f->kept, f->scale, 0, f->a };
  parts[1] = (Part){ f->tail, f->scale + f->kept->n, f->kept->n, f->e };
}

/* Sites on nodes of a come first. */
static guint
count_nodes (const PisdFactors *f)
{
  guint n = 0;

  while (n < f->n && f->sites[n].node >= 0)
    n++;
  return n;
}

/* Entries between nodes. */
typedef struct
{
  const PisdFactors *f;
  Part part;
  PisdNodeCovariance *table;
  guint n;
} NodeFill;

static void
fill_node_block (guint block, gpointer data)
{
  NodeFill *fill = data;
  const PisdSite *sites = fill->f->sites;
  guint first = block * BLOCK, end = MIN (first + BLOCK, fill->n);

  for (gsize i = first; i < end; i++)
    for (gsize j = 0; j <= i; j++)
      fill->part.out[i * fill->f->n + j] =
          pisd_node_covariance_get (fill->table, (guint) sites[i].node, (guint) sites[j].node);
}

static void
fill_nodes (const PisdFactors *f, guint n_nodes, guint n_threads)
{
  Part parts[N_PARTS];

  list_parts (f, parts);
  for (guint p = 0; p < N_PARTS && n_nodes > 0; p++)
    {
      NodeFill fill = { f, parts[p], NULL, n_nodes };

      fill.table = pisd_node_covariance_new (parts[p].modes, parts[p].scale);
      pisd_parallel (pisd_parallel_count_blocks (n_nodes, BLOCK), n_threads, fill_node_block,
                     &fill);
      pisd_node_covariance_free (fill.table);
    }
}

/* Rows of [H T] of sites first ... first + n - 1, and their products with the rows of the first n_before sites, which
 * are read from what a row stands for. */
typedef struct
{
  const PisdFactors *f;
  guint first, n, n_before;
  double *rows; /* [n, all modes] */
} RowFill;

/* Entry by entry of row i of the lower triangles, and of column i below: products of its row of [H T] with those of
 * the sites that `readings` stands for, the first n. */
static void
fill_pairs (const Part *part,
            const PisdFactors *f,
            PisdReadings *readings,
            const double *row,
            gsize i,
            guint n,
            double *read)
{
  pisd_readings_apply (readings, row + part->offset, read);
  for (gsize j = 0; j < n; j++)
    part->out[MAX (i, j) * f->n + MIN (i, j)] = read[j];
}

/* Every block has readings of its own: their scratch space is not shared. */
static void
fill_row_block (guint block, gpointer data)
{
  RowFill *fill = data;
  const PisdFactors *f = fill->f;
  guint first = block * BLOCK, n = MIN (BLOCK, fill->n - first);
  double *rows = fill->rows + (gsize) first * f->all->n;
  g_autoptr (PisdReadings) own =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites + fill->first + first, n);
  g_autofree double *read = g_new (double, fill->n_before);
  Part parts[N_PARTS];

  pisd_readings_fill_rows (own, 0, n, rows);
  list_parts (f, parts);
  for (guint p = 0; p < N_PARTS && fill->n_before > 0; p++)
    {
      g_autoptr (PisdReadings) before = pisd_readings_new (
          &f->equation, parts[p].modes, parts[p].scale, f->sites, fill->n_before);

      for (guint i = 0; i < n; i++)
        fill_pairs (&parts[p], f, before, rows + (gsize) i * f->all->n, fill->first + first + i,
                    fill->n_before, read);
    }
}

/* One product of rows with rows: the lower triangle of rows rows', block by block of rows, the longest first. */
typedef struct
{
  const RowFill *fill;
  Part part;
  guint n_blocks;
} Gram;

static void
multiply_rows_block (guint block, gpointer data)
{
  Gram *g = data;
  gsize stride = g->fill->f->all->n, n = g->fill->f->n, origin = g->fill->first;
  guint first = (g->n_blocks - 1 - block) * BLOCK, m = MIN (BLOCK, g->fill->n - first);
  const double *rows = g->fill->rows + g->part.offset, *own = rows + first * stride;
  double *out = g->part.out + (origin + first) * n + origin;

  if (first > 0)
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, m, first, g->part.modes->n, 1.0, own,
                 stride, rows, stride, 0.0, out, n);
  cblas_dsyrk (CblasRowMajor, CblasLower, CblasNoTrans, m, g->part.modes->n, 1.0, own, stride, 0.0,
               out + first, n);
}

/* Entries with sites that are not on nodes of a. */
static void
fill_others (const PisdFactors *f, guint n_nodes, guint n_threads)
{
  RowFill fill = { f, n_nodes, f->n - n_nodes, n_nodes, NULL };
  Part parts[N_PARTS];

  if (fill.n == 0)
    return;
  fill.rows = pisd_memory_new ((gsize) fill.n * f->all->n);
  pisd_parallel (pisd_parallel_count_blocks (fill.n, BLOCK), n_threads, fill_row_block, &fill);
  list_parts (f, parts);
  for (guint p = 0; p < N_PARTS; p++)
    {
      Gram gram = { &fill, parts[p], pisd_parallel_count_blocks (fill.n, BLOCK) };

      pisd_parallel (gram.n_blocks, n_threads, multiply_rows_block, &gram);
    }
  pisd_memory_free (fill.rows);
}

/* Every entry from the start. */
static void
fill_all (const PisdFactors *f, guint n_threads)
{
  guint n_nodes = count_nodes (f);

  fill_nodes (f, n_nodes, n_threads);
  fill_others (f, n_nodes, n_threads);
}

/* Both lists are in the same order, so one pass pairs them: old[i]: index in `from` of site i, or -1.  Returns how many
 * sites are new. */
static guint
match_sites (const PisdFactors *f, const PisdFactors *from, int *old)
{
  guint n_new = 0, j = 0;

  for (guint i = 0; i < f->n; i++)
    {
      while (j < from->n && pisd_site_compare (&from->sites[j], &f->sites[i]) < 0)
        j++;
      old[i] = j < from->n && pisd_site_compare (&from->sites[j], &f->sites[i]) == 0 ? (int) j : -1;
      n_new += old[i] < 0;
    }
  return n_new;
}

/* Entries of sites that both sets have. */
static void
copy_entries (const PisdFactors *f, const PisdFactors *from, const int *old)
{
  gsize n = f->n;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i && old[i] >= 0; j++)
      if (old[j] >= 0)
        {
          gsize at = (gsize) MAX (old[i], old[j]) * from->n + MIN (old[i], old[j]);

          f->a[i * n + j] = from->a[at];
          f->e[i * n + j] = i == j ? from->discarded[old[i]] : from->e[at];
        }
}

/* Entries of the sites that are new. */
static void
fill_new (const PisdFactors *f, const int *old)
{
  g_autofree double *row = g_new (double, f->all->n);
  g_autofree double *read = g_new (double, f->n);
  Part parts[N_PARTS];

  list_parts (f, parts);
  for (guint p = 0; p < N_PARTS; p++)
    {
      g_autoptr (PisdReadings) readings =
          pisd_readings_new (&f->equation, parts[p].modes, parts[p].scale, f->sites, f->n);

      for (guint i = 0; i < f->n; i++)
        if (old[i] < 0)
          {
            pisd_readings_fill_rows (readings, i, 1, row + parts[p].offset);
            fill_pairs (&parts[p], f, readings, row, i, f->n, read);
          }
    }
}

static double
mean_diagonal (const double *matrix, guint n)
{
  double trace = 0.0;

  for (gsize i = 0; i < n; i++)
    trace += matrix[i * n + i];
  return trace / n;
}

static void
add_to_diagonal (double *matrix, guint n, double value)
{
  for (gsize i = 0; i < n; i++)
    matrix[i * n + i] += value;
}

/* The lower Cholesky factor in place; where rounding has made the matrix indefinite, of a little more of it: ten times
 * as much at every try, from `more` on. */
static void
factor (double *matrix, guint n, double more)
{
  double *copy = pisd_memory_dup (matrix, (gsize) n * n);

  while (!pisd_lapack_cholesky (n, matrix))
    {
      memcpy (matrix, copy, sizeof (double) * n * n);
      add_to_diagonal (matrix, n, more);
      more *= 10.0;
    }
  pisd_memory_free (copy);
}

/* The readings' noise goes into E, and G = A + E is factored. */
static void
finish (PisdFactors *f)
{
  f->jitter = JITTER * (mean_diagonal (f->a, f->n) + mean_diagonal (f->e, f->n));
  for (gsize i = 0; i < f->n; i++)
    {
      f->discarded[i] = f->e[i * f->n + i];
      f->e[i * f->n + i] += f->sites[i].variance + f->jitter;
    }
  for (gsize i = 0; i < (gsize) f->n * f->n; i++)
    f->l[i] = f->a[i] + f->e[i];
  factor (f->l, f->n, f->jitter);
}

static PisdFactors *
factors_new_unfilled (const PisdRepresentation *representation, const PisdSensors *sensors)
{
  PisdFactors *f = g_new0 (PisdFactors, 1);
  gsize size;

  f->ref_count = 1;
  f->equation = *pisd_representation_get_equation (representation);
  f->kept = pisd_modes_dup (pisd_representation_get_modes (representation, 0));
  f->sites = pisd_sites_new (f->equation.problem, sensors, &f->n);
  f->all = pisd_modes_new_completed (f->kept, PISD_GRID);
  f->tail = pisd_modes_new_rest (f->all, f->kept->n);
  f->scale = g_new (double, f->all->n);
  for (guint i = 0; i < f->all->n; i++)
    f->scale[i] = pisd_grf_scale (f->all->ky[i], f->all->kx[i]);
  f->y = g_new (double, f->n);
  f->v = g_new (double, f->n);
  f->wy = g_new (double, f->n);
  f->discarded = g_new (double, f->n);
  for (guint i = 0; i < f->n; i++)
    f->y[i] = f->sites[i].value;
  size = (gsize) f->n * f->n;
  f->a = pisd_memory_new0 (size);
  f->e = pisd_memory_new0 (size);
  f->l = pisd_memory_new (size);
  return f;
}

static gboolean
fits_representation (const PisdFactors *f, const PisdRepresentation *representation)
{
  return pisd_equation_equal (&f->equation, pisd_representation_get_equation (representation))
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (representation, 0));
}

PisdFactors *
pisd_factors_new (const PisdFactors *from,
                  const PisdRepresentation *representation,
                  const PisdSensors *sensors,
                  guint n_threads)
{
  PisdFactors *f = factors_new_unfilled (representation, sensors);
  g_autofree int *old = g_new (int, f->n);

  if (f->n == 0)
    return f;
  if (from != NULL && fits_representation (from, representation)
      && match_sites (f, from, old) <= f->n / MOST_NEW)
    {
      copy_entries (f, from, old);
      fill_new (f, old);
    }
  else
    fill_all (f, n_threads);
  finish (f);
  return f;
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
  pisd_memory_free (f->a);
  pisd_memory_free (f->e);
  pisd_memory_free (f->l);
  pisd_memory_free (f->w);
  pisd_memory_free (f->l_tail);
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
static void
diagonalize (PisdFactors *f, guint n_threads)
{
  pisd_lapack_eigen (f->n, f->w, f->v, n_threads);
  for (guint i = 0; i < f->n; i++)
    f->v[i] = CLAMP (f->v[i], 0.0, 1.0);
  /* Rows are the eigenvectors now. */
  pisd_lapack_divide (f->n, f->l, f->w, n_threads);
  pisd_factors_multiply_w (f, f->y, f->wy);
}

static void
whiten (PisdFactors *f, guint n_threads)
{
  f->w = pisd_memory_dup (f->e, (gsize) f->n * f->n);
  pisd_lapack_whiten (f->n, f->l, f->w, n_threads);
}

void
pisd_factors_prepare_steps (PisdFactors *f, guint n_threads)
{
  if (f->w != NULL || f->n == 0)
    return;
  whiten (f, n_threads);
  diagonalize (f, n_threads);
}

void
pisd_factors_prepare_tail (PisdFactors *f)
{
  if (f->l_tail != NULL || f->n == 0)
    return;
  f->l_tail = pisd_memory_dup (f->e, (gsize) f->n * f->n);
  factor (f->l_tail, f->n, f->jitter);
}

typedef struct
{
  PisdFactors *f;
  guint n_threads;
} Preparation;

static void
prepare_part (guint part, gpointer data)
{
  Preparation *p = data;

  if (part == 0)
    diagonalize (p->f, p->n_threads);
  else
    pisd_factors_prepare_tail (p->f);
}

/* The tail's factor beside what one thread does alone: the tridiagonal form, which the eigenvectors begin with. */
void
pisd_factors_prepare (PisdFactors *f, guint n_threads)
{
  Preparation preparation = { f, n_threads };

  if (f->w != NULL || f->n == 0)
    {
      pisd_factors_prepare_tail (f);
      return;
    }
  whiten (f, n_threads);
  pisd_parallel (2, n_threads, prepare_part, &preparation);
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
pisd_factors_solve (const PisdFactors *f, const double *factor, double *x)
{
  guint n = f->n;

  cblas_dtrsv (CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, factor, n, x, 1);
  cblas_dtrsv (CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, n, factor, n, x, 1);
}
