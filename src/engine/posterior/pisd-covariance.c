#include "pisd-covariance.h"

#include <cblas.h>
#include <string.h>

#include "pisd-covariance-later.h"
#include "pisd-memory.h"
#include "pisd-node-covariance.h"

/* Rows that one thread computes at a time: of a whole matrix, and of [H T]. */
#define BLOCK 64
/* Rows of a triangle, of which a request to stop may wait for one block. */
#define TRIANGLE_BLOCK 32

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

static PisdBasis
find_basis (const PisdFactors *f)
{
  return pisd_operator_get (f->equation.problem)->fields[0].basis;
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

static gboolean
fill_nodes (const PisdFactors *f, guint n_nodes, guint n_threads, PisdCancel *cancel)
{
  Part parts[N_PARTS];

  list_parts (f, parts);
  for (guint p = 0; p < N_PARTS && n_nodes > 0; p++)
    {
      g_autoptr (PisdNodeCovariance) table =
          pisd_node_covariance_new (find_basis (f), parts[p].modes, parts[p].scale);
      NodeFill fill = { f, parts[p], table, n_nodes };

      if (!pisd_parallel (pisd_parallel_count_blocks (n_nodes, BLOCK), n_threads, cancel,
                          fill_node_block, &fill))
        return FALSE;
    }
  return TRUE;
}

/* Rows of [H T] of sites first ... first + n - 1, and their products with the rows of the first
 * n_before sites, which are read from what a row stands for. */
typedef struct
{
  const PisdFactors *f;
  guint first, n, n_before;
  double *rows; /* [n, all modes] */
} RowFill;

/* Entry by entry of row i of the lower triangles, and of column i below: products of its row of
 * [H T] with those of the sites that `readings` stands for, the first n. */
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
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites + fill->first + first, n, NULL);
  g_autofree double *read = g_new (double, fill->n_before);
  Part parts[N_PARTS];

  pisd_readings_fill_rows (own, 0, n, rows);
  list_parts (f, parts);
  for (guint p = 0; p < N_PARTS && fill->n_before > 0; p++)
    {
      g_autoptr (PisdReadings) before = pisd_readings_new (
          &f->equation, parts[p].modes, parts[p].scale, f->sites, fill->n_before, NULL);

      for (guint i = 0; i < n; i++)
        fill_pairs (&parts[p], f, before, rows + (gsize) i * f->all->n, fill->first + first + i,
                    fill->n_before, read);
    }
}

/* One product of rows with rows: the lower triangle of rows rows', block by block of rows, the
 * longest first. */
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

/* Entries with sites that are neither on nodes of a nor linearised. */
static gboolean
fill_others (const PisdFactors *f, guint n_nodes, guint n_threads, PisdCancel *cancel)
{
  RowFill fill = { f, n_nodes, pisd_covariance_count_first (f) - n_nodes, n_nodes, NULL };
  Part parts[N_PARTS];

  gboolean good;

  if (fill.n == 0)
    return TRUE;
  fill.rows = pisd_memory_new ((gsize) fill.n * f->all->n);
  good = pisd_parallel (pisd_parallel_count_blocks (fill.n, BLOCK), n_threads, cancel,
                        fill_row_block, &fill);
  list_parts (f, parts);
  for (guint p = 0; good && p < N_PARTS; p++)
    {
      Gram gram = { &fill, parts[p], pisd_parallel_count_blocks (fill.n, BLOCK) };

      good = pisd_parallel (gram.n_blocks, n_threads, cancel, multiply_rows_block, &gram);
    }
  pisd_memory_free (fill.rows);
  return good;
}

gboolean
pisd_covariance_fill_whole (const PisdFactors *f, guint n_threads, PisdCancel *cancel)
{
  guint n_nodes = count_nodes (f);

  return fill_nodes (f, n_nodes, n_threads, cancel) && fill_others (f, n_nodes, n_threads, cancel)
         && pisd_covariance_fill_later_whole (f, n_threads, cancel);
}

/* Rows of later sites belong to one linearisation. */
static gboolean
is_same (const PisdFactors *f, const PisdFactors *from, const PisdSite *site)
{
  const PisdFieldInfo *fields = pisd_operator_get (f->equation.problem)->fields;

  return site->field == fields[0].id || f->linearisation == NULL
         || pisd_linearisation_shares_rows (f->linearisation, from->linearisation);
}

/* Both lists are in the same order, so one pass pairs them. */
guint
pisd_covariance_match (const PisdFactors *f, const PisdFactors *from, int *old)
{
  guint n_new = 0, j = 0;

  for (guint i = 0; i < f->n; i++)
    {
      while (j < from->n && pisd_site_compare (&from->sites[j], &f->sites[i]) < 0)
        j++;
      old[i] = j < from->n && pisd_site_compare (&from->sites[j], &f->sites[i]) == 0
                       && is_same (f, from, &f->sites[i])
                   ? (int) j
                   : -1;
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
      g_autoptr (PisdReadings) readings = pisd_readings_new (
          &f->equation, parts[p].modes, parts[p].scale, f->sites, f->n, f->linearisation);

      for (guint i = 0; i < f->n; i++)
        if (old[i] < 0)
          {
            pisd_readings_fill_rows (readings, i, 1, row + parts[p].offset);
            fill_pairs (&parts[p], f, readings, row, i, f->n, read);
          }
    }
}

void
pisd_covariance_fill_whole_from (const PisdFactors *f, const PisdFactors *from, const int *old)
{
  copy_entries (f, from, old);
  fill_new (f, old);
}

/* A triangle of sums over `modes`, row by row: node by node from the table, else by what the other
 * sites read of the site's row of [H T]. */
typedef struct
{
  const PisdFactors *f;
  Part part; /* `out` is not used */
  guint n_nodes;
  PisdNodeCovariance *table, *table_all; /* over the part's modes, and over all of them */
  PisdTriangle *out;
  PisdCancel *cancel;
} TriangleFill;

static void
fill_triangle_nodes (const TriangleFill *fill, guint first, guint end)
{
  const PisdSite *sites = fill->f->sites;

  for (guint i = first; i < end; i++)
    {
      double *row = pisd_triangle_row (fill->out, i);
      guint node = (guint) sites[i].node;

      for (guint j = 0; j <= i; j++)
        row[j] = pisd_node_covariance_get (fill->table, node, (guint) sites[j].node);
      fill->f->prior[i] = pisd_node_covariance_get (fill->table_all, node, node);
    }
}

static void
fill_triangle_others (const TriangleFill *fill, guint first, guint end)
{
  const PisdFactors *f = fill->f;
  guint n = end - first, n_all = f->all->n;
  g_autoptr (PisdReadings) own =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites + first, n, NULL);
  g_autoptr (PisdReadings) before =
      pisd_readings_new (&f->equation, fill->part.modes, fill->part.scale, f->sites, end, NULL);
  g_autofree double *read = g_new (double, end);
  double *rows = pisd_memory_new ((gsize) n * n_all);

  pisd_readings_fill_rows (own, 0, n, rows);
  for (guint i = 0; i < n && !pisd_cancel_look (fill->cancel); i++)
    {
      const double *row = rows + (gsize) i * n_all;

      pisd_readings_apply (before, row + fill->part.offset, read);
      memcpy (pisd_triangle_row (fill->out, first + i), read, sizeof (double) * (first + i + 1));
      f->prior[first + i] = cblas_ddot (n_all, row, 1, row, 1);
    }
  pisd_memory_free (rows);
}

/* The longest rows come first. */
static void
fill_triangle_block (guint block, gpointer data)
{
  TriangleFill *fill = data;
  guint n = fill->f->n, n_blocks = pisd_parallel_count_blocks (n, TRIANGLE_BLOCK);
  guint first = (n_blocks - 1 - block) * TRIANGLE_BLOCK, end = MIN (n, first + TRIANGLE_BLOCK);
  guint middle = CLAMP (fill->n_nodes, first, end);
  guint later = CLAMP (pisd_covariance_count_first (fill->f), middle, end);

  fill_triangle_nodes (fill, first, middle);
  if (middle < later)
    fill_triangle_others (fill, middle, later);
}

/* Every mode, or the discarded ones. */
static Part
choose_part (const PisdFactors *f, gboolean discarded)
{
  if (discarded)
    return (Part){ f->tail, f->scale + f->kept->n, f->kept->n, NULL };
  return (Part){ f->all, f->scale, 0, NULL };
}

gboolean
pisd_covariance_fill_triangle (const PisdFactors *f,
                               gboolean discarded,
                               PisdTriangle *out,
                               guint n_threads,
                               PisdCancel *cancel)
{
  Part part = choose_part (f, discarded);
  g_autoptr (PisdNodeCovariance) table =
      pisd_node_covariance_new (find_basis (f), part.modes, part.scale);
  g_autoptr (PisdNodeCovariance) table_all =
      pisd_node_covariance_new (find_basis (f), f->all, f->scale);
  TriangleFill fill = { f, part, count_nodes (f), table, table_all, out, cancel };

  return pisd_parallel (pisd_parallel_count_blocks (f->n, TRIANGLE_BLOCK), n_threads, cancel,
                        fill_triangle_block, &fill)
         && !pisd_cancel_look (cancel)
         && pisd_covariance_fill_later_triangle (f, part.modes, part.scale, out, n_threads, cancel);
}

/* Entries of sites that both sets have. */
static void
copy_triangle (const PisdFactors *f, const PisdFactors *from, const int *old, PisdTriangle *out)
{
  for (guint i = 0; i < f->n; i++)
    {
      double *row = pisd_triangle_row (out, i);
      const double *before;

      if (old[i] < 0)
        continue;
      before = pisd_triangle_row (from->g, (guint) old[i]);
      /* Both sets are in one order: what comes before in the one comes before in the other. */
      for (guint j = 0; j <= i; j++)
        if (old[j] >= 0)
          row[j] = before[old[j]];
      f->prior[i] = from->prior[old[i]];
    }
}

gboolean
pisd_covariance_fill_triangle_from (const PisdFactors *f,
                                    const PisdFactors *from,
                                    const int *old,
                                    PisdTriangle *out,
                                    PisdCancel *cancel)
{
  g_autofree double *row = g_new (double, f->all->n);
  g_autofree double *read = g_new (double, f->n);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites, f->n, f->linearisation);

  copy_triangle (f, from, old, out);
  for (guint i = 0; i < f->n; i++)
    {
      if (old[i] >= 0)
        continue;
      if (pisd_cancel_look (cancel))
        return FALSE;
      pisd_readings_fill_rows (readings, i, 1, row);
      pisd_readings_apply (readings, row, read);
      for (guint j = 0; j < f->n; j++)
        pisd_triangle_row (out, MAX (i, j))[MIN (i, j)] = read[j];
      f->prior[i] = cblas_ddot (f->all->n, row, 1, row, 1);
    }
  return TRUE;
}
