#include "pisd-spread.h"

#include <cblas.h>
#include <math.h>

#include "pisd-basis.h"
#include "pisd-linear-map.h"
#include "pisd-memory.h"
#include "pisd-parallel.h"

#define S PISD_GRID
/* Readings that one thread takes at a time. */
#define FILL 64

/* Covariances of the fields with the readings: block of sites, rows of [S * S]. */
typedef struct
{
  const PisdFactors *f;
  double *cross_a, *cross_u; /* [n, S * S] or NULL */
} Cross;

static void
cross_block (guint block, gpointer data)
{
  Cross *c = data;
  const PisdFactors *f = c->f;
  guint first = block * FILL, m = MIN (FILL, f->n - first);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites + first, m);
  const PisdFieldInfo *fields = pisd_operator_get (f->equation.problem)->fields;
  guint side = pisd_basis_get_n_modes (fields[1].basis);
  g_autoptr (PisdTransform) source =
      pisd_transform_new (fields[0].basis, f->all->support.box, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdTransform) solution =
      pisd_transform_new (fields[1].basis, side, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdModes) modes =
      pisd_modes_new (PISD_MODES_SQUARE, side, fields[1].basis, FALSE, NULL);
  g_autoptr (PisdLinearMap) map = pisd_linear_map_new (&f->equation, f->all, modes);
  double *rows = pisd_memory_new ((gsize) m * f->all->n);
  g_autofree double *box = g_new (double, S *S);
  g_autofree double *ones = g_new (double, S *S);

  for (guint i = 0; i < S * S; i++)
    ones[i] = 1.0;
  pisd_readings_fill_rows (readings, 0, m, rows);
  for (guint i = 0; i < m; i++)
    {
      const double *z = rows + (gsize) i * f->all->n;
      gsize row = (gsize) (first + i) * S * S;

      if (c->cross_a != NULL)
        {
          pisd_modes_unpack (f->all, z, f->scale, box);
          pisd_transform_synthesize (source, box, c->cross_a + row);
        }
      if (c->cross_u != NULL)
        {
          pisd_linear_map_apply (map, z, f->scale, ones, box);
          pisd_transform_synthesize (solution, box, c->cross_u + row);
        }
    }
  pisd_memory_free (rows);
}

/* Columns of a cross covariance, whitened: variance -= |L^-1 c_p|^2. */
typedef struct
{
  const PisdFactors *f;
  double *cross;
  PisdField *variance;
} Reduce;

#define COLUMNS 512

static void
reduce_block (guint block, gpointer data)
{
  Reduce *r = data;
  guint first = block * COLUMNS, n = r->f->n;
  double *c = r->cross + first;

  cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, COLUMNS, 1.0,
               r->f->l, n, c, S * S);
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < COLUMNS; p++)
      r->variance->data[first + p] -= c[(gsize) i * S * S + p] * c[(gsize) i * S * S + p];
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
  double *rows = pisd_memory_new ((gsize) n * n_modes);
  g_autoptr (PisdReadings) readings = NULL;

  for (guint j = 0; j < n; j++)
    sites[j] =
        (PisdSite){ .field = v->field, .x = (double) (i + j) / (S - 1), .y = (double) i / (S - 1) };
  readings = pisd_readings_new (&f->equation, f->all, f->scale, sites, n);
  pisd_readings_fill_rows (readings, 0, n, rows);
  for (guint j = 0; j < n; j++)
    {
      const double *row = rows + (gsize) j * n_modes;

      spread_octant (v->variance, i, i + j, cblas_ddot (n_modes, row, 1, row, 1));
    }
  pisd_memory_free (rows);
}

/* Variance of the prior at every node. */
static void
prior_variance (const PisdFactors *f, PisdFieldId field, guint n_threads, PisdField *variance)
{
  Variance v = { f, field, variance };

  pisd_parallel (HALF, n_threads, variance_block, &v);
}

static void
posterior_sd (const PisdFactors *f,
              PisdFieldId field,
              double *cross,
              guint n_threads,
              PisdField *sd)
{
  Reduce reduce = { f, cross, sd };

  prior_variance (f, field, n_threads, sd);
  if (f->n > 0)
    pisd_parallel (S * S / COLUMNS, n_threads, reduce_block, &reduce);
  for (guint p = 0; p < S * S; p++)
    sd->data[p] = sqrt (MAX (0.0, sd->data[p]));
  if (pisd_problem_find_field (f->equation.problem, field)->zero_boundary)
    pisd_field_zero_boundary (sd);
}

void
pisd_spread_compute (const PisdFactors *f, guint n_threads, PisdField *a_sd, PisdField *u_sd)
{
  gsize size = (gsize) f->n * S * S;
  double *cross_a = a_sd != NULL ? pisd_memory_new (size) : NULL;
  double *cross_u = u_sd != NULL ? pisd_memory_new (size) : NULL;
  const PisdFieldInfo *fields = pisd_operator_get (f->equation.problem)->fields;
  Cross cross = { f, cross_a, cross_u };

  pisd_parallel (pisd_parallel_count_blocks (f->n, FILL), n_threads, cross_block, &cross);
  if (a_sd != NULL)
    posterior_sd (f, fields[0].id, cross_a, n_threads, a_sd);
  if (u_sd != NULL)
    posterior_sd (f, fields[1].id, cross_u, n_threads, u_sd);
  pisd_memory_free (cross_a);
  pisd_memory_free (cross_u);
}
