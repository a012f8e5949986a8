#include "pisd-spread.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-linear-map.h"
#include "pisd-memory.h"
#include "pisd-parallel.h"

#define S PISD_GRID
/* Readings that one thread takes at a time. */
#define FILL 64
/* Nodes that one thread takes at a time, and of more readings than one tile of a triangle holds. */
#define COLUMNS 512
#define LARGE_COLUMNS 128
/* Covariances of one field's nodes with the readings take no more at a time. */
#define CROSS_BYTES (256.0 * 1024.0 * 1024.0)

/* Covariances of some nodes of the fields with the readings: block of sites, rows of nodes. */
typedef struct
{
  const PisdFactors *f;
  guint first, n_nodes;
  double *cross_a, *cross_u; /* [n, n_nodes] or NULL */
  PisdCancel *cancel;
} Cross;

static void
cross_block (guint block, gpointer data)
{
  Cross *c = data;
  const PisdFactors *f = c->f;
  guint first = block * FILL, m = MIN (FILL, f->n - first);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites + first, m, f->linearisation);
  const PisdFieldInfo *fields = pisd_operator_get (f->equation.problem)->fields;
  guint side = pisd_basis_get_n_modes (fields[1].basis);
  g_autoptr (PisdTransform) source =
      pisd_transform_new (fields[0].basis, f->all->support.box, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdTransform) solution =
      pisd_transform_new (fields[1].basis, side, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdModes) modes =
      pisd_modes_new (PISD_MODES_SQUARE, side, fields[1].basis, FALSE, NULL);
  g_autoptr (PisdLinearMap) map =
      c->cross_u != NULL ? pisd_linear_map_new (&f->equation, f->all, modes) : NULL;
  double *rows = pisd_memory_new ((gsize) m * f->all->n);
  g_autofree double *box = g_new (double, S *S);
  g_autofree double *ones = g_new (double, S *S);
  g_autofree double *field = g_new (double, S *S);

  for (guint i = 0; i < S * S; i++)
    ones[i] = 1.0;
  pisd_readings_fill_rows (readings, 0, m, rows);
  for (guint i = 0; i < m && !pisd_cancel_look (c->cancel); i++)
    {
      const double *z = rows + (gsize) i * f->all->n;
      gsize row = (gsize) (first + i) * c->n_nodes, size = sizeof (double) * c->n_nodes;

      if (c->cross_a != NULL)
        {
          pisd_modes_unpack (f->all, z, f->scale, box);
          pisd_transform_synthesize (source, box, field);
          memcpy (c->cross_a + row, field + c->first, size);
        }
      if (c->cross_u != NULL)
        {
          pisd_linear_map_apply (map, z, f->scale, ones, box);
          pisd_transform_synthesize (solution, box, field);
          memcpy (c->cross_u + row, field + c->first, size);
        }
    }
  pisd_memory_free (rows);
}

/* Columns of a cross covariance, whitened: variance -= |L^-1 c_p|^2. */
typedef struct
{
  const PisdFactors *f;
  guint n_nodes, n_columns;
  double *cross;    /* [n, n_nodes] */
  double *variance; /* [n_nodes] */
  PisdCancel *cancel;
} Reduce;

static void
reduce_block (guint block, gpointer data)
{
  Reduce *r = data;
  guint first = block * r->n_columns;
  double *c = r->cross + first;

  if (!pisd_triangle_solve_columns (r->f->l, r->n_columns, r->n_nodes, c, r->cancel))
    return;
  for (guint i = 0; i < r->f->n; i++, c += r->n_nodes)
    for (guint p = 0; p < r->n_columns; p++)
      r->variance[first + p] -= c[p] * c[p];
}

/* Nodes of one octant, and where symmetry takes each of them: reflections and the exchange of the
 * axes leave the prior as it is. */
#define HALF (S / 2)

static void
spread_octant (PisdField *field, guint i, guint j, double value)
{
  const guint rows[] = { i, S - 1 - i }, columns[] = { j, S - 1 - j };

  for (guint a = 0; a < 2; a++)
    for (guint b = 0; b < 2; b++)
      {
        field->data[rows[a] * S + columns[b]] = value;
        field->data[columns[b] * S + rows[a]] = value;
      }
}

typedef struct
{
  const PisdFactors *f;
  PisdFieldId field;
  PisdField *variance;
} Variance;

/* Row i of the octant: the square norm of a reading's row is its variance. */
static void
variance_block (guint i, gpointer data)
{
  Variance *v = data;
  const PisdFactors *f = v->f;
  guint n = HALF - i, n_modes = f->all->n;
  g_autofree PisdSite *sites = g_new0 (PisdSite, n);
  double *rows = pisd_memory_new ((gsize) HALF * n_modes); /* all of one size: they are kept */
  g_autoptr (PisdReadings) readings = NULL;

  for (guint j = 0; j < n; j++)
    sites[j] =
        (PisdSite){ .field = v->field, .x = (double) (i + j) / (S - 1), .y = (double) i / (S - 1) };
  readings = pisd_readings_new (&f->equation, f->all, f->scale, sites, n, NULL);
  pisd_readings_fill_rows (readings, 0, n, rows);
  for (guint j = 0; j < n; j++)
    {
      const double *row = rows + (gsize) j * n_modes;

      spread_octant (v->variance, i, i + j, cblas_ddot (n_modes, row, 1, row, 1));
    }
  pisd_memory_free (rows);
}

/* A periodic field is the same everywhere. */
static void
fill_constant (const PisdFactors *f, PisdField *variance)
{
  double sum = cblas_ddot ((int) f->all->n, f->scale, 1, f->scale, 1);

  for (guint p = 0; p < S * S; p++)
    variance->data[p] = sum / (S * S);
}

/* Variance of the prior at every node. */
static gboolean
prior_variance (const PisdFactors *f,
                PisdFieldId field,
                guint n_threads,
                PisdCancel *cancel,
                PisdField *variance)
{
  Variance v = { f, field, variance };

  if (pisd_problem_find_field (f->equation.problem, field)->basis == PISD_BASIS_PERIODIC)
    {
      fill_constant (f, variance);
      return TRUE;
    }
  return pisd_parallel (HALF, n_threads, cancel, variance_block, &v);
}

/* Nodes that are taken at a time: all, or as many as fit into CROSS_BYTES, a whole number of
 * blocks. */
static guint
count_nodes (guint n)
{
  guint columns = n <= PISD_TRIANGLE_TILE ? COLUMNS : LARGE_COLUMNS;
  guint n_nodes = (guint) MIN (S * S, CROSS_BYTES / sizeof (double) / MAX (1, n));

  return MAX (columns, n_nodes / columns * columns);
}

gsize
pisd_spread_count (guint n)
{
  return 2 * (gsize) n * count_nodes (n);
}

/* What the readings explain of some nodes' variance. */
static gboolean
reduce (const Cross *cross, double *matrix, PisdField *variance, guint n_threads)
{
  guint columns = cross->f->n <= PISD_TRIANGLE_TILE ? COLUMNS : LARGE_COLUMNS;
  Reduce r = { cross->f, cross->n_nodes, columns, matrix, NULL, cross->cancel };

  if (matrix == NULL)
    return TRUE;
  r.variance = variance->data + cross->first;
  return pisd_parallel (cross->n_nodes / columns, n_threads, cross->cancel, reduce_block, &r);
}

/* Nodes chunk by chunk, both fields in one. */
static gboolean
explain (const PisdFactors *f, guint n_threads, PisdCancel *cancel, PisdField *a, PisdField *u)
{
  guint n_nodes = count_nodes (f->n);
  gsize size = (gsize) f->n * n_nodes;
  Cross cross = { .f = f, .cancel = cancel };
  gboolean good = TRUE;

  cross.cross_a = a != NULL ? pisd_memory_new (size) : NULL;
  cross.cross_u = u != NULL ? pisd_memory_new (size) : NULL;
  for (; good && cross.first < S * S; cross.first += n_nodes)
    {
      cross.n_nodes = MIN (n_nodes, S * S - cross.first);
      good = pisd_parallel (pisd_parallel_count_blocks (f->n, FILL), n_threads, cancel, cross_block,
                            &cross)
             && reduce (&cross, cross.cross_a, a, n_threads)
             && reduce (&cross, cross.cross_u, u, n_threads) && !pisd_cancel_look (cancel);
    }
  pisd_memory_free (cross.cross_a);
  pisd_memory_free (cross.cross_u);
  return good;
}

/* Of variances, with the field's rule on the boundary. */
static void
take_root (const PisdFactors *f, PisdFieldId field, PisdField *sd)
{
  for (guint p = 0; p < S * S; p++)
    sd->data[p] = sqrt (MAX (0.0, sd->data[p]));
  if (pisd_problem_find_field (f->equation.problem, field)->zero_boundary)
    pisd_field_zero_boundary (sd);
}

gboolean
pisd_spread_compute (PisdFactors *f,
                     guint n_threads,
                     PisdCancel *cancel,
                     PisdField *a_sd,
                     PisdField *u_sd,
                     GError **error)
{
  const PisdFieldInfo *fields = pisd_operator_get (f->equation.problem)->fields;

  g_return_val_if_fail (u_sd == NULL || pisd_operator_get (f->equation.problem)->linear != NULL,
                        FALSE);

  if (!pisd_factors_prepare (f, PISD_FACTORS_MEAN, n_threads, cancel, error))
    return FALSE;
  if ((a_sd != NULL && !prior_variance (f, fields[0].id, n_threads, cancel, a_sd))
      || (u_sd != NULL && !prior_variance (f, fields[1].id, n_threads, cancel, u_sd))
      || (f->n > 0 && !explain (f, n_threads, cancel, a_sd, u_sd)))
    return pisd_cancel_check (cancel, "posterior spread", error);
  if (a_sd != NULL)
    take_root (f, fields[0].id, a_sd);
  if (u_sd != NULL)
    take_root (f, fields[1].id, u_sd);
  return TRUE;
}
