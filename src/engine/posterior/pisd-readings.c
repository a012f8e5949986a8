#include "pisd-readings.h"

#include <cblas.h>
#include <string.h>

#include "pisd-linear-map.h"
#include "pisd-places.h"

#define S PISD_GRID
#define SOURCE 0
#define SOLUTION 1

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

  const PisdLinearisation *linearisation; /* NULL without later sites, as everything below */
  guint n_later;                          /* the last sites */
  const double *rows;                     /* [n_later, side, side] */
  guint n_reached;                        /* modes that later frames know of, ... */
  guint *reached, *at;                    /* ... which these are, and where in a box */
  double *reach, *pulled;                 /* [side, side] scratch */
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

/* What later sites are seen through: rows of the linearisation. */
static void
see_later (PisdReadings *self, const PisdLinearisation *linearisation, const PisdSite *first)
{
  guint side = linearisation->side;
  gsize row = pisd_linearisation_find (linearisation, first);

  self->linearisation = linearisation;
  self->rows = linearisation->rows + row * side * side;
  self->reached = g_new (guint, side * side);
  self->at = g_new (guint, side * side);
  self->reach = g_new0 (double, side *side);
  self->pulled = g_new (double, side *side);
  for (guint i = 0; i < self->modes->n; i++)
    if (MAX (self->modes->ky[i], self->modes->kx[i]) < side)
      {
        self->reached[self->n_reached] = i;
        self->at[self->n_reached++] = self->modes->ky[i] * side + self->modes->kx[i];
      }
}

PisdReadings *
pisd_readings_new (const PisdEquation *equation,
                   const PisdModes *modes,
                   const double *scale,
                   const PisdSite *sites,
                   guint n_sites,
                   const PisdLinearisation *linearisation)
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
  self->n_u = linearisation == NULL ? n_sites - n_a : 0;
  self->n_later = n_sites - n_a - self->n_u;
  self->a = places_new (fields[SOURCE].basis, &modes->support, sites, n_a);
  if (self->n_u > 0)
    see_solution (self, equation, sites + n_a);
  if (self->n_later > 0)
    see_later (self, linearisation, sites + n_a);
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
  g_free (self->reached);
  g_free (self->at);
  g_free (self->reach);
  g_free (self->pulled);
  g_free (self);
}

/* f = J diag (scale) z of the modes that are reached. */
static void
apply_later (PisdReadings *self, const double *z, double *f)
{
  int count = (int) (self->linearisation->side * self->linearisation->side);

  for (guint i = 0; i < self->n_reached; i++)
    self->reach[self->at[i]] = self->scale[self->reached[i]] * z[self->reached[i]];
  if (self->n_reached > 0)
    cblas_dgemv (CblasRowMajor, CblasNoTrans, (int) self->n_later, count, 1.0, self->rows, count,
                 self->reach, 1, 0.0, f, 1);
  else
    memset (f, 0, sizeof (double) * self->n_later);
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
  if (self->n_later > 0)
    apply_later (self, z, f + self->n_a);
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

/* z += the later frames' part. */
static void
add_later_part (PisdReadings *self, const double *f, double *z)
{
  int count = (int) (self->linearisation->side * self->linearisation->side);

  if (self->n_reached == 0)
    return;
  cblas_dgemv (CblasRowMajor, CblasTrans, (int) self->n_later, count, 1.0, self->rows, count, f, 1,
               0.0, self->pulled, 1);
  for (guint i = 0; i < self->n_reached; i++)
    z[self->reached[i]] += self->scale[self->reached[i]] * self->pulled[self->at[i]];
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
  if (self->n_later > 0)
    add_later_part (self, f + self->n_a, z);
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

static void
fill_later_row (PisdReadings *self, guint site, double *row)
{
  const double *j =
      self->rows + (gsize) site * self->linearisation->side * self->linearisation->side;

  memset (row, 0, sizeof (double) * self->modes->n);
  for (guint i = 0; i < self->n_reached; i++)
    row[self->reached[i]] = self->scale[self->reached[i]] * j[self->at[i]];
}

void
pisd_readings_fill_rows (PisdReadings *self, guint first, guint n, double *rows)
{
  guint i = first, end = first + n;
  gsize stride = self->modes->n;

  for (; i < MIN (end, self->n_a); i++)
    fill_source_row (self, i, rows + (i - first) * stride);
  for (; self->n_later > 0 && i < end; i++)
    fill_later_row (self, i - self->n_a, rows + (i - first) * stride);
  while (i < end)
    i += fill_line (self, i - self->n_a, end - self->n_a, rows + (i - first) * stride);
}
