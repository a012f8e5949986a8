#include "pisd-readings.h"

#include <string.h>

#include "pisd-basis.h"
#include "pisd-field.h"
#include "pisd-solution-map.h"

#define S PISD_GRID
#define N_SINE (S - 2)

/* Two places nearer than this are one. */
#define SAME_PLACE 1e-9
/* The boundary is where a coordinate is 0 or 1, up to the rounding of a decimal file. */
#define BOUNDARY 1e-12

static gboolean
is_informative (PisdProblemId problem, const PisdSensor *s)
{
  gboolean boundary =
      s->x < BOUNDARY || s->x > 1.0 - BOUNDARY || s->y < BOUNDARY || s->y > 1.0 - BOUNDARY;

  return !boundary || !pisd_problem_find_field (problem, s->field)->zero_boundary;
}

int
pisd_site_compare (const PisdSite *p, const PisdSite *q)
{
  if (p->field != q->field)
    return p->field < q->field ? -1 : 1;
  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return 0;
}

static int
compare_sites (gconstpointer a, gconstpointer b)
{
  return pisd_site_compare (a, b);
}

static gboolean
same_place (const PisdSite *p, const PisdSite *q)
{
  return p->field == q->field && ABS (p->x - q->x) < SAME_PLACE && ABS (p->y - q->y) < SAME_PLACE;
}

/* Two readings of one quantity: the mean, weighted by precision; exact ones outweigh noisy ones,
 * and two exact ones that contradict each other meet in the middle.  `count`: exact readings merged
 * into p so far. */
static void
merge_site (PisdSite *p, const PisdSite *q, guint *count)
{
  double total;

  if (p->variance == 0.0 && q->variance == 0.0)
    {
      p->value += (q->value - p->value) / ++*count;
      return;
    }
  total = p->variance + q->variance;
  p->value = (p->value * q->variance + q->value * p->variance) / total;
  p->variance = p->variance * q->variance / total;
}

PisdSite *
pisd_sites_new (PisdProblemId problem, const PisdSensors *sensors, guint *n_sites)
{
  PisdSite *sites = g_new (PisdSite, MAX (1, sensors->n));
  guint n = 0, kept = 0, count = 1;

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];

      if (is_informative (problem, s))
        sites[n++] = (PisdSite){ s->field, s->x, s->y, s->value, s->sd * s->sd };
    }
  qsort (sites, n, sizeof *sites, compare_sites);
  for (guint i = 0; i < n; i++)
    {
      if (kept > 0 && same_place (&sites[kept - 1], &sites[i]))
        {
          merge_site (&sites[kept - 1], &sites[i], &count);
          continue;
        }
      sites[kept++] = sites[i];
      count = 1;
    }
  *n_sites = kept;
  return sites;
}

/* The sites of one field: one-dimensional basis rows, and room for products with them. */
typedef struct
{
  guint n;
  double *rows_y, *rows_x; /* [n, box] */
  double *scratch;
} Rows;

struct _PisdReadings
{
  const PisdModes *modes;
  const double *scale;
  Rows a, u;
  double *box; /* [box, box] of the source's modes */
  PisdSupport sine;
  PisdModes *sine_modes;
  PisdSolutionMap *map; /* NULL without sites on u */
  double *ones;         /* [sine modes] */
  double *solution;     /* [sine modes], their square box as it is packed */
};

static void
rows_init (Rows *rows, PisdBasis basis, const PisdSupport *support, const PisdSite *sites, guint n)
{
  guint box = support->box;

  rows->n = n;
  rows->rows_y = g_new (double, (gsize) n *box);
  rows->rows_x = g_new (double, (gsize) n *box);
  rows->scratch = g_new (double, pisd_support_get_scratch (support, n, n));
  for (guint i = 0; i < n; i++)
    {
      pisd_basis_evaluate (basis, box, sites[i].y, rows->rows_y + (gsize) i * box);
      pisd_basis_evaluate (basis, box, sites[i].x, rows->rows_x + (gsize) i * box);
    }
}

static void
rows_clear (Rows *rows)
{
  g_free (rows->rows_y);
  g_free (rows->rows_x);
  g_free (rows->scratch);
}

PisdReadings *
pisd_readings_new (double wavenumber,
                   const PisdModes *modes,
                   const double *scale,
                   const PisdSite *sites,
                   guint n_sites)
{
  PisdReadings *self = g_new0 (PisdReadings, 1);
  guint n_a = 0;

  while (n_a < n_sites && sites[n_a].field == PISD_FIELD_A)
    n_a++;
  self->modes = modes;
  self->scale = scale;
  self->box = g_new (double, modes->support.box * modes->support.box);
  self->sine = (PisdSupport){ .box = N_SINE, .block = N_SINE };
  rows_init (&self->a, PISD_BASIS_COSINE, &modes->support, sites, n_a);
  rows_init (&self->u, PISD_BASIS_SINE, &self->sine, sites + n_a, n_sites - n_a);
  if (self->u.n == 0)
    return self;

  self->sine_modes = pisd_modes_new (PISD_MODES_SQUARE, N_SINE, PISD_BASIS_SINE, FALSE, NULL);
  self->map = pisd_solution_map_new (wavenumber, modes, self->sine_modes);
  self->ones = g_new (double, N_SINE *N_SINE);
  self->solution = g_new (double, N_SINE *N_SINE);
  for (guint i = 0; i < N_SINE * N_SINE; i++)
    self->ones[i] = 1.0;
  return self;
}

void
pisd_readings_free (PisdReadings *self)
{
  if (self == NULL)
    return;
  rows_clear (&self->a);
  rows_clear (&self->u);
  g_free (self->box);
  pisd_solution_map_free (self->map);
  pisd_modes_free (self->sine_modes);
  g_free (self->ones);
  g_free (self->solution);
  g_free (self);
}

void
pisd_readings_apply (PisdReadings *self, const double *z, double *f)
{
  if (self->a.n > 0)
    {
      pisd_modes_unpack (self->modes, z, self->scale, self->box);
      pisd_support_multiply_rows (&self->modes->support, self->a.rows_y, self->a.rows_x, self->a.n,
                                  self->box, f, self->a.scratch);
    }
  if (self->u.n > 0)
    {
      pisd_solution_map_apply (self->map, z, self->scale, self->ones, self->solution);
      pisd_support_multiply_rows (&self->sine, self->u.rows_y, self->u.rows_x, self->u.n,
                                  self->solution, f + self->a.n, self->u.scratch);
    }
}

/* z += the source's part. */
static void
add_source_part (PisdReadings *self, const double *f, double *z)
{
  guint side = self->modes->support.box;

  pisd_support_multiply_rows_adjoint (&self->modes->support, self->a.rows_y, self->a.rows_x,
                                      self->a.n, f, self->box, self->a.scratch);
  for (guint i = 0; i < self->modes->n; i++)
    z[i] += self->scale[i] * self->box[self->modes->ky[i] * side + self->modes->kx[i]];
}

void
pisd_readings_apply_adjoint (PisdReadings *self, const double *f, double *z)
{
  if (self->u.n > 0)
    {
      pisd_support_multiply_rows_adjoint (&self->sine, self->u.rows_y, self->u.rows_x, self->u.n,
                                          f + self->a.n, self->solution, self->u.scratch);
      pisd_solution_map_apply_adjoint (self->map, self->solution, self->ones, self->scale, z);
    }
  else
    memset (z, 0, sizeof (double) * self->modes->n);
  if (self->a.n > 0)
    add_source_part (self, f, z);
}

static void
fill_source_row (PisdReadings *self, guint site, double *row)
{
  guint side = self->modes->support.box;
  const double *y = self->a.rows_y + (gsize) site * side, *x = self->a.rows_x + (gsize) site * side;

  for (guint i = 0; i < self->modes->n; i++)
    row[i] = self->scale[i] * y[self->modes->ky[i]] * x[self->modes->kx[i]];
}

void
pisd_readings_fill_row (PisdReadings *self, guint site, double *row)
{
  const double *y, *x;

  if (site < self->a.n)
    {
      fill_source_row (self, site, row);
      return;
    }
  y = self->u.rows_y + (gsize) (site - self->a.n) * N_SINE;
  x = self->u.rows_x + (gsize) (site - self->a.n) * N_SINE;
  for (guint i = 0; i < N_SINE; i++)
    for (guint j = 0; j < N_SINE; j++)
      self->solution[i * N_SINE + j] = y[i] * x[j];
  pisd_solution_map_apply_adjoint (self->map, self->solution, self->ones, self->scale, row);
}
