#include "pisd-system-parts.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-covariance.h"
#include "pisd-memory.h"
#include "pisd-node-covariance.h"

/* Rows, or columns, that are done at a time, between looks at a request to stop. */
#define BLOCK 64

static guint
get_order (const PisdFactors *f)
{
  return f->by_modes ? f->kept->n : f->n;
}

static guint
count_nodes (const PisdFactors *f)
{
  guint n = 0;

  while (n < f->n && f->sites[n].node >= 0)
    n++;
  return n;
}

/* E with the readings' noise and the jitter. */
static gboolean
fill_e (PisdSystemParts *parts, guint n_threads, PisdCancel *cancel)
{
  const PisdFactors *f = parts->f;

  parts->e = pisd_triangle_new (f->n);
  if (f->e != NULL)
    {
      memcpy (pisd_triangle_row (parts->e, 0), f->e, sizeof (double) * f->n * f->n);
      return TRUE;
    }
  if (!pisd_covariance_fill_triangle (f, TRUE, parts->e, n_threads, cancel))
    return FALSE;
  for (guint i = 0; i < f->n; i++)
    pisd_triangle_row (parts->e, i)[i] += f->variance[i] + f->jitter;
  return TRUE;
}

/* A block of rows of H. */
typedef struct
{
  const PisdFactors *f;
  double *rows; /* [readings, kept] */
} RowFill;

static void
fill_rows_block (guint block, gpointer data)
{
  const RowFill *fill = data;
  const PisdFactors *f = fill->f;
  guint first = block * BLOCK, n = MIN (BLOCK, f->n - first);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->kept, f->scale, f->sites + first, n, NULL);

  pisd_readings_fill_rows (readings, 0, n, fill->rows + (gsize) first * f->kept->n);
}

/* [readings, kept]; NULL: cancelled. */
static double *
make_rows (const PisdFactors *f, guint n_threads, PisdCancel *cancel)
{
  RowFill fill = { f, pisd_memory_new ((gsize) f->n * f->kept->n) };

  if (pisd_parallel (pisd_parallel_count_blocks (f->n, BLOCK), n_threads, cancel, fill_rows_block,
                     &fill))
    return fill.rows;
  pisd_memory_free (fill.rows);
  return NULL;
}

static gboolean
fill_by_readings (PisdSystemParts *parts, guint n_threads, PisdCancel *cancel)
{
  const PisdFactors *f = parts->f;

  if (!fill_e (parts, n_threads, cancel))
    return FALSE;
  parts->n_nodes = count_nodes (f);
  if (parts->n_nodes < f->n)
    parts->rows = make_rows (f, n_threads, cancel);
  return parts->n_nodes == f->n || parts->rows != NULL;
}

/* B = L^-1 H, L the factor of E, and P = B'B. */
typedef struct
{
  const PisdFactors *f;
  double *b; /* [readings, kept] */
  double *p; /* [kept, kept] */
  PisdCancel *cancel;
} Squaring;

/* Columns of B = L^-1 H, in place of those of H. */
static void
whiten_block (guint block, gpointer data)
{
  Squaring *s = data;
  guint n = s->f->kept->n, first = block * BLOCK;

  pisd_triangle_solve_columns (s->f->l_tail, MIN (BLOCK, n - first), n, s->b + first, s->cancel);
}

/* Rows of the lower triangle of P. */
static void
square_block (guint block, gpointer data)
{
  Squaring *s = data;
  guint n = s->f->kept->n, first = block * BLOCK, n_rows = MIN (BLOCK, n - first);

  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, n_rows, first + n_rows, s->f->n, 1.0,
               s->b + first, n, s->b, n, 0.0, s->p + (gsize) first * n, n);
}

/* P = B'B and pull = B' (L^-1 y) = H' E^-1 y: both come from L^-1, and E is never inverted. */
static gboolean
square (PisdSystemParts *parts, double *b, guint n_threads, PisdCancel *cancel)
{
  const PisdFactors *f = parts->f;
  guint n_blocks = pisd_parallel_count_blocks (f->kept->n, BLOCK);
  Squaring s = { f, b, parts->p, cancel };
  g_autofree double *y = g_memdup2 (f->y, sizeof (double) * f->n);

  if (!pisd_parallel (n_blocks, n_threads, cancel, whiten_block, &s)
      || !pisd_parallel (n_blocks, n_threads, cancel, square_block, &s)
      || !pisd_triangle_solve (f->l_tail, y, cancel) || pisd_cancel_look (cancel))
    return FALSE;
  cblas_dgemv (CblasRowMajor, CblasTrans, f->n, f->kept->n, 1.0, b, f->kept->n, y, 1, 0.0,
               parts->pull, 1);
  return TRUE;
}

static gboolean
fill_by_modes (PisdSystemParts *parts, guint n_threads, PisdCancel *cancel)
{
  guint n = parts->order;
  double *b = make_rows (parts->f, n_threads, cancel);
  gboolean good;

  if (b == NULL)
    return FALSE;
  parts->p = pisd_memory_new ((gsize) n * n);
  parts->pull = g_new (double, n);
  good = square (parts, b, n_threads, cancel);
  pisd_memory_free (b);
  return good;
}

gboolean
pisd_system_parts_fill (PisdSystemParts *parts,
                        const PisdFactors *f,
                        guint n_threads,
                        PisdCancel *cancel)
{
  *parts = (PisdSystemParts){ .f = f, .order = get_order (f) };
  return f->by_modes ? fill_by_modes (parts, n_threads, cancel)
                     : fill_by_readings (parts, n_threads, cancel);
}

void
pisd_system_parts_clear (PisdSystemParts *parts)
{
  pisd_memory_free (parts->rows);
  pisd_triangle_free (parts->e);
  pisd_memory_free (parts->p);
  g_free (parts->pull);
  *parts = (PisdSystemParts){ NULL };
}

/* H C H' + E of a block of sites on nodes with those before them, by the table of C. */
static void
fill_nodes (const PisdSystemParts *parts,
            const PisdNodeCovariance *table,
            guint first,
            guint end,
            PisdTriangle *out)
{
  const PisdSite *sites = parts->f->sites;

  for (guint i = first; i < end; i++)
    {
      const double *e = pisd_triangle_row (parts->e, i);
      double *row = pisd_triangle_row (out, i);

      for (guint j = 0; j <= i; j++)
        row[j] =
            e[j] + pisd_node_covariance_get (table, (guint) sites[i].node, (guint) sites[j].node);
    }
}

/* The same of other sites, by products of rows; scaled: [BLOCK, kept] scratch. */
static void
fill_others (const PisdSystemParts *parts,
             const double *c,
             guint first,
             guint end,
             double *scaled,
             PisdTriangle *out)
{
  guint kept = parts->f->kept->n;

  for (guint i = first; i < end; i++)
    {
      const double *row = parts->rows + (gsize) i * kept;

      for (guint k = 0; k < kept; k++)
        scaled[(i - first) * kept + k] = c[k] * row[k];
      memcpy (pisd_triangle_row (out, i), pisd_triangle_row (parts->e, i),
              sizeof (double) * (i + 1));
    }
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, end - first, end, kept, 1.0, scaled, kept,
               parts->rows, kept, 1.0, pisd_triangle_row (out, first),
               pisd_triangle_stride (out, first));
}

/* H C H' + E, block by block, none of which reaches over two tiles. */
static gboolean
fill_readings (const PisdSystemParts *parts, const double *c, PisdTriangle *out, PisdCancel *cancel)
{
  const PisdFactors *f = parts->f;
  PisdBasis basis = pisd_operator_get (f->equation.problem)->fields[0].basis;
  g_autofree double *deviation = g_new (double, f->kept->n);
  g_autofree double *scaled =
      parts->rows != NULL ? g_new (double, BLOCK *(gsize) f->kept->n) : NULL;
  g_autoptr (PisdNodeCovariance) table = NULL;

  for (guint k = 0; k < f->kept->n; k++)
    deviation[k] = f->scale[k] * sqrt (c[k]);
  if (parts->n_nodes > 0)
    table = pisd_node_covariance_new (basis, f->kept, deviation);
  for (guint first = 0; first < f->n; first += BLOCK)
    {
      guint end = MIN (first + BLOCK, f->n), middle = CLAMP (parts->n_nodes, first, end);

      if (pisd_cancel_look (cancel))
        return FALSE;
      fill_nodes (parts, table, first, middle, out);
      if (middle < end)
        fill_others (parts, c, middle, end, scaled, out);
    }
  return TRUE;
}

/* I + C^1/2 P C^1/2 */
static gboolean
fill_modes (const PisdSystemParts *parts, const double *c, PisdTriangle *out, PisdCancel *cancel)
{
  guint n = parts->order;
  g_autofree double *root = g_new (double, n);

  for (guint i = 0; i < n; i++)
    root[i] = sqrt (c[i]);
  for (guint i = 0; i < n; i++)
    {
      const double *p = parts->p + (gsize) i * n;
      double *row = pisd_triangle_row (out, i);

      for (guint j = 0; j <= i; j++)
        row[j] = root[i] * p[j] * root[j];
      row[i] += 1.0;
    }
  return !pisd_cancel_look (cancel);
}

static gboolean
fill_system (const PisdSystemParts *parts, const double *c, PisdTriangle *out, PisdCancel *cancel)
{
  return parts->p != NULL ? fill_modes (parts, c, out, cancel)
                          : fill_readings (parts, c, out, cancel);
}

/* What a system's diagonal is raised by where rounding has made it indefinite: the jitter, and ten
 * times as much at every try.  What stays indefinite holds NaN, and all of its diagonal becomes
 * that: then its solutions are no numbers either, which whoever uses them refuses. */
PisdTriangle *
pisd_system_parts_make (const PisdSystemParts *parts, const double *c, PisdCancel *cancel)
{
  g_autoptr (PisdTriangle) system = pisd_triangle_new (parts->order);
  double least = parts->p != NULL ? 1e-12 : parts->f->jitter;
  PisdTriangleStatus status = PISD_TRIANGLE_INDEFINITE;
  double more = 0.0;

  for (guint t = 0; t < PISD_FACTORS_TRIES && status == PISD_TRIANGLE_INDEFINITE; t++)
    {
      if (!fill_system (parts, c, system, cancel))
        return NULL;
      pisd_triangle_add_to_diagonal (system, more);
      status = pisd_triangle_cholesky (system, 1, cancel);
      more = more > 0.0 ? 10.0 * more : least;
    }
  if (status == PISD_TRIANGLE_INDEFINITE)
    pisd_triangle_add_to_diagonal (system, NAN);
  return status != PISD_TRIANGLE_CANCELLED ? g_steal_pointer (&system) : NULL;
}

gsize
pisd_system_parts_get_system_bytes (const PisdFactors *f)
{
  return sizeof (double) * pisd_triangle_count (get_order (f));
}
