#include "pisd-places.h"

#include <string.h>

/* No coordinate of the square. */
#define NOWHERE (-1.0)

/* Distinct coordinates along one axis, and the basis there. */
typedef struct
{
  guint n;
  double *coordinate;  /* [n] */
  double *rows;        /* [n, box] */
  GHashTable *numbers; /* coordinate -> its number + 1 */
} Axis;

struct _PisdPlaces
{
  PisdBasisTable *table;
  PisdSupport support;
  guint n;
  Axis y, x;
  guint *line, *column; /* [n] numbers of the places' coordinates */
  double *scratch;      /* of products with the rows */
};

static void
axis_init (Axis *axis, guint box, guint n)
{
  axis->coordinate = g_new (double, n);
  axis->rows = g_new (double, (gsize) n *box);
  /* By their bits: g_double_hash() takes the whole part, which all have in common. */
  axis->numbers = g_hash_table_new (g_int64_hash, g_int64_equal);
}

static void
axis_clear (Axis *axis)
{
  g_hash_table_unref (axis->numbers);
  g_free (axis->coordinate);
  g_free (axis->rows);
}

PisdPlaces *
pisd_places_new (PisdBasis basis, const PisdSupport *support, guint n)
{
  PisdPlaces *self = g_new0 (PisdPlaces, 1);

  self->table = pisd_basis_table_new (basis);
  self->support = *support;
  axis_init (&self->y, support->box, n);
  axis_init (&self->x, support->box, n);
  self->line = g_new (guint, n);
  self->column = g_new (guint, n);
  self->scratch = g_new (double, MAX (1, pisd_support_get_scratch (support, n, n)));
  return self;
}

void
pisd_places_free (PisdPlaces *self)
{
  if (self == NULL)
    return;
  pisd_basis_table_free (self->table);
  axis_clear (&self->y);
  axis_clear (&self->x);
  g_free (self->line);
  g_free (self->column);
  g_free (self->scratch);
  g_free (self);
}

/* Number of a coordinate, and whether it is new: then its row is still to be filled. */
static guint
axis_find (Axis *axis, double coordinate, gboolean *is_new)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (axis->numbers, &coordinate));

  *is_new = number == 0;
  if (number > 0)
    return number - 1;
  number = axis->n++;
  axis->coordinate[number] = coordinate;
  g_hash_table_insert (axis->numbers, &axis->coordinate[number], GUINT_TO_POINTER (number + 1));
  return number;
}

static guint
find_row (PisdPlaces *self, Axis *axis, double coordinate)
{
  gboolean is_new;
  guint number = axis_find (axis, coordinate, &is_new), box = self->support.box;

  if (is_new)
    pisd_basis_table_evaluate (self->table, box, coordinate, axis->rows + (gsize) number * box);
  return number;
}

void
pisd_places_add (PisdPlaces *self, double y, double x)
{
  self->line[self->n] = find_row (self, &self->y, y);
  self->column[self->n] = find_row (self, &self->x, x);
  self->n++;
}

/* A column of zeros, beside the square. */
void
pisd_places_add_silent (PisdPlaces *self)
{
  guint box = self->support.box;
  gboolean is_new;

  self->line[self->n] = find_row (self, &self->y, 0.0);
  self->column[self->n] = axis_find (&self->x, NOWHERE, &is_new);
  if (is_new)
    memset (self->x.rows + (gsize) self->column[self->n] * box, 0, sizeof (double) * box);
  self->n++;
}

void
pisd_places_apply (PisdPlaces *self, const double *box, double *f)
{
  pisd_support_multiply_rows (&self->support, self->y.rows, self->y.n, self->x.rows, self->line,
                              self->column, self->n, box, f, self->scratch);
}

void
pisd_places_apply_adjoint (PisdPlaces *self, const double *f, double *box)
{
  pisd_support_multiply_rows_adjoint (&self->support, self->y.rows, self->y.n, self->x.rows,
                                      self->line, self->column, self->n, f, box, self->scratch);
}

guint
pisd_places_get_line (const PisdPlaces *self, guint place)
{
  return self->line[place];
}

const double *
pisd_places_get_row_y (const PisdPlaces *self, guint place)
{
  return self->y.rows + (gsize) self->line[place] * self->support.box;
}

const double *
pisd_places_get_row_x (const PisdPlaces *self, guint place)
{
  return self->x.rows + (gsize) self->column[place] * self->support.box;
}
