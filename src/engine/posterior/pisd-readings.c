#include "pisd-readings.h"

#include <math.h>
#include <string.h>

#include "pisd-field.h"
#include "pisd-places.h"
#include "pisd-linear-map.h"

#define S PISD_GRID
#define SOURCE 0
#define SOLUTION 1

/* A reading with more noise than this says nothing, and squares of more might be no numbers. */
#define MOST_SD 1e50

/* Two places nearer than this are one. */
#define SAME_PLACE 1e-9

static gboolean
is_informative (PisdProblemId problem, const PisdSensor *s)
{
  if (s->sd > MOST_SD)
    return FALSE;
  return !pisd_grid_is_boundary (s->y, s->x)
         || !pisd_problem_find_field (problem, s->field)->zero_boundary;
}

static int
compare_numbers (double p, double q)
{
  return p < q ? -1 : p > q;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const PisdSite *p = a, *q = b;
  int order = compare_numbers (p->field, q->field);

  if (order == 0)
    order = compare_numbers (p->y, q->y);
  return order != 0 ? order : compare_numbers (p->x, q->x);
}

int
pisd_site_compare (const PisdSite *p, const PisdSite *q)
{
  if (p->field == q->field && (p->node < 0) != (q->node < 0))
    return p->node < 0 ? 1 : -1;
  return compare_places (p, q);
}

static int
compare_sites (gconstpointer a, gconstpointer b)
{
  return pisd_site_compare (a, b);
}

/* Sites of that field on a node are put right on it. */
static void
find_node (PisdSite *site, const PisdFieldInfo *info)
{
  guint i, j;

  if (site->field != info->id || !pisd_field_info_find_node (info, site->y, &i)
      || !pisd_field_info_find_node (info, site->x, &j))
    return;
  site->node = (int) (i * S + j);
  site->y = pisd_field_info_get_node (info, i);
  site->x = pisd_field_info_get_node (info, j);
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
  const PisdFieldInfo *source = &pisd_operator_get (problem)->fields[SOURCE];
  guint n = 0, kept = 0, count = 1;

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];

      if (!is_informative (problem, s))
        continue;
      sites[n] = (PisdSite){ s->field, s->x, s->y, s->value, s->sd * s->sd, -1 };
      find_node (&sites[n++], source);
    }
  qsort (sites, n, sizeof *sites, compare_places);
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
  qsort (sites, kept, sizeof *sites, compare_sites);
  *n_sites = kept;
  return sites;
}

struct _PisdReadings
{
  const PisdModes *modes;
  const double *scale;
  guint n_a, n_u;
  PisdPlaces *a, *u;      /* u: NULL without sites on it */
  double *box;            /* [box, box] of the source's modes */
  PisdSupport whole;      /* of all modes of the solution's basis */
  PisdModes *whole_modes; /* NULL without sites on it, as everything below */
  PisdLinearMap *map;
  double *ones;     /* [whole modes] */
  double *solution; /* [whole modes], their square box as it is packed */
};

static PisdPlaces *
places_new (PisdBasis basis, const PisdSupport *support, const PisdSite *sites, guint n)
{
  PisdPlaces *places = pisd_places_new (basis, support, n);

  for (guint i = 0; i < n; i++)
    pisd_places_add (places, sites[i].y, sites[i].x);
  return places;
}

/* What sites on the solution are seen through: the linear map onto all of its modes. */
static void
see_solution (PisdReadings *self, const PisdEquation *equation, const PisdSite *sites)
{
  PisdBasis basis = pisd_operator_get (equation->problem)->fields[SOLUTION].basis;
  guint side = pisd_basis_get_n_modes (basis);

  self->whole = (PisdSupport){ .box = side, .block = side };
  self->u = places_new (basis, &self->whole, sites, self->n_u);
  self->whole_modes = pisd_modes_new (PISD_MODES_SQUARE, side, basis, FALSE, NULL);
  self->map = pisd_linear_map_new (equation, self->modes, self->whole_modes);
  self->ones = g_new (double, side *side);
  self->solution = g_new (double, side *side);
  for (guint i = 0; i < side * side; i++)
    self->ones[i] = 1.0;
}

PisdReadings *
pisd_readings_new (const PisdEquation *equation,
                   const PisdModes *modes,
                   const double *scale,
                   const PisdSite *sites,
                   guint n_sites)
{
  const PisdFieldInfo *fields = pisd_operator_get (equation->problem)->fields;
  PisdReadings *self = g_new0 (PisdReadings, 1);
  guint n_a = 0;

  while (n_a < n_sites && sites[n_a].field == fields[SOURCE].id)
    n_a++;
  self->modes = modes;
  self->scale = scale;
  self->box = g_new (double, modes->support.box * modes->support.box);
  self->n_a = n_a;
  self->n_u = n_sites - n_a;
  self->a = places_new (fields[SOURCE].basis, &modes->support, sites, n_a);
  if (self->n_u == 0)
    return self;

  see_solution (self, equation, sites + n_a);
  return self;
}

void
pisd_readings_free (PisdReadings *self)
{
  if (self == NULL)
    return;
  pisd_places_free (self->a);
  pisd_places_free (self->u);
  g_free (self->box);
  pisd_linear_map_free (self->map);
  pisd_modes_free (self->whole_modes);
  g_free (self->ones);
  g_free (self->solution);
  g_free (self);
}

void
pisd_readings_apply (PisdReadings *self, const double *z, double *f)
{
  if (self->n_a > 0)
    {
      pisd_modes_unpack (self->modes, z, self->scale, self->box);
      pisd_places_apply (self->a, self->box, f);
    }
  if (self->n_u > 0)
    {
      pisd_linear_map_apply (self->map, z, self->scale, self->ones, self->solution);
      pisd_places_apply (self->u, self->solution, f + self->n_a);
    }
}

/* z += the source's part. */
static void
add_source_part (PisdReadings *self, const double *f, double *z)
{
  guint side = self->modes->support.box;

  pisd_places_apply_adjoint (self->a, f, self->box);
  for (guint i = 0; i < self->modes->n; i++)
    z[i] += self->scale[i] * self->box[self->modes->ky[i] * side + self->modes->kx[i]];
}

void
pisd_readings_apply_adjoint (PisdReadings *self, const double *f, double *z)
{
  if (self->n_u > 0)
    {
      pisd_places_apply_adjoint (self->u, f + self->n_a, self->solution);
      pisd_linear_map_apply_adjoint (self->map, self->solution, self->ones, self->scale, z);
    }
  else
    memset (z, 0, sizeof (double) * self->modes->n);
  if (self->n_a > 0)
    add_source_part (self, f, z);
}

static void
fill_source_row (PisdReadings *self, guint place, double *row)
{
  const double *y = pisd_places_get_row_y (self->a, place),
               *x = pisd_places_get_row_x (self->a, place);

  for (guint i = 0; i < self->modes->n; i++)
    row[i] = self->scale[i] * y[self->modes->ky[i]] * x[self->modes->kx[i]];
}

/* Rows of places on u from `first` up to `end`, as far as they lie on one line.  Returns how
 * many these are. */
static guint
fill_line (PisdReadings *self, guint first, guint end, double *rows)
{
  const double *x[S];
  guint n = 0;

  for (; n < S && first + n < end
         && pisd_places_get_line (self->u, first + n) == pisd_places_get_line (self->u, first);
       n++)
    x[n] = pisd_places_get_row_x (self->u, first + n);
  pisd_linear_map_fill_rows (self->map, pisd_places_get_row_y (self->u, first), x, n, self->scale,
                             rows);
  return n;
}

void
pisd_readings_fill_rows (PisdReadings *self, guint first, guint n, double *rows)
{
  guint i = first, end = first + n;
  gsize stride = self->modes->n;

  for (; i < MIN (end, self->n_a); i++)
    fill_source_row (self, i, rows + (i - first) * stride);
  while (i < end)
    i += fill_line (self, i - self->n_a, end - self->n_a, rows + (i - first) * stride);
}
