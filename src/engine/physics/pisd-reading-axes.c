#include "pisd-reading-axes.h"

#include <math.h>

/* Fewer nodes along a side make no field. */
#define LEAST_SIDE 8
#define NO_AXIS G_MAXUINT

gboolean
pisd_reading_axes_init (PisdReadingAxes *self, guint number, const PisdArray *array)
{
  gsize side = LEAST_SIDE - 1;

  *self = (PisdReadingAxes){ .number = number, .array = array };
  if (array->unreadable != NULL)
    return FALSE;
  /* Two neighbours of one length: the longest, and of several the last. */
  for (guint d = 0; d + 1 < array->n_dimensions; d++)
    if (array->shape[d] == array->shape[d + 1] && array->shape[d] >= side
        && array->shape[d] <= PISD_SLICE_MAX_SIDE)
      {
        side = array->shape[d];
        self->first = d;
      }
  if (side < LEAST_SIDE)
    return FALSE;
  for (guint d = 0; d < array->n_dimensions; d++)
    if (d != self->first && d != self->first + 1 && array->shape[d] > 1)
      self->rest[self->n_rest++] = d;
  return TRUE;
}

static gsize
get_side (const PisdReadingAxes *self)
{
  return self->array->shape[self->first];
}

static gsize
get_length (const PisdReadingAxes *self, guint axis)
{
  return axis == NO_AXIS ? 0 : self->array->shape[axis];
}

/* One field of a reading: the axis of its cases, that of its frames or parts, the place there. */
typedef struct
{
  const PisdReadingAxes *axes;
  guint cases, parts;
  gsize part;
  gboolean is_named; /* the part belongs to the name */
} Role;

/* "data[1]" */
static char *
dup_name (const Role *role)
{
  if (!role->is_named)
    return g_strdup (role->axes->array->name);
  return g_strdup_printf ("%s[%zu]", role->axes->array->name, role->part);
}

static void
set_slice (PisdReading *reading, guint field, const Role *role)
{
  PisdSlice *slice = &reading->slices[field];

  reading->names[field] = dup_name (role);
  reading->numbers[field] = role->axes->number;
  slice->axes[0] = role->axes->first + (reading->is_xy ? 1 : 0);
  slice->axes[1] = role->axes->first + (reading->is_xy ? 0 : 1);
  if (role->cases != NO_AXIS)
    slice->start[role->cases] = reading->index;
  if (role->parts != NO_AXIS)
    slice->start[role->parts] = role->part;
}

/* In both orders. */
static void
add (const Role *a, const Role *u, gsize index, GPtrArray *readings)
{
  for (guint order = 0; order < 2; order++)
    {
      PisdReading *reading = g_new0 (PisdReading, 1);

      reading->is_xy = order == 1;
      reading->n_cases = get_length (a->axes, a->cases);
      reading->index = reading->n_cases > 0 ? index : 0;
      reading->side = (guint) get_side (a->axes);
      reading->factor = NAN;
      reading->residual = NAN;
      set_slice (reading, 0, a);
      if (u != NULL)
        set_slice (reading, 1, u);
      g_ptr_array_add (readings, reading);
    }
}

/* Both fields are parts of one array: the last axis has them, and one before it the cases. */
static void
pair_parts (const PisdReadingAxes *axes, const PisdOperator *row, gsize index, GPtrArray *readings)
{
  const guint parts = axes->n_rest > 0 ? axes->rest[axes->n_rest - 1] : NO_AXIS;
  const guint cases = axes->n_rest > 1 ? axes->rest[0] : NO_AXIS;
  const gsize n = get_length (axes, parts);
  const gboolean is_flow = row->flow != NULL;
  Role a = { axes, cases, parts, 0, !is_flow }, u = { axes, cases, parts, 1, !is_flow };

  if (n < 2 || (!is_flow && n != 2))
    return;
  u.part = n - 1;
  add (&a, &u, index, readings);
  if (is_flow)
    return;
  a.part = 1;
  u.part = 0;
  add (&a, &u, index, readings);
}

/* An array with `n` axes beside those of space, of which `n_cases` are cases. */
static Role
make_role (const PisdReadingAxes *axes, guint n_cases, gboolean is_last)
{
  Role role = { axes, NO_AXIS, NO_AXIS, 0, FALSE };

  if (n_cases > 0)
    role.cases = axes->rest[0];
  if (axes->n_rest > n_cases)
    role.parts = axes->rest[axes->n_rest - 1];
  if (is_last && role.parts != NO_AXIS)
    role.part = get_length (axes, role.parts) - 1;
  return role;
}

void
pisd_reading_axes_pair (const PisdReadingAxes *a,
                        const PisdReadingAxes *u,
                        const PisdOperator *row,
                        gsize index,
                        GPtrArray *readings)
{
  const guint n_cases = MIN (1, MIN (a->n_rest, u->n_rest));
  Role first, last;

  if (a->number == u->number)
    {
      pair_parts (a, row, index, readings);
      return;
    }
  first = make_role (a, n_cases, FALSE);
  last = make_role (u, n_cases, row->flow != NULL);
  if (get_side (a) == get_side (u) && get_length (a, first.cases) == get_length (u, last.cases))
    add (&first, &last, index, readings);
}

void
pisd_reading_axes_alone (const PisdReadingAxes *a, gsize index, GPtrArray *readings)
{
  const Role role = make_role (a, MIN (1, a->n_rest), FALSE);

  add (&role, NULL, index, readings);
}
