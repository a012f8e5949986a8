#include "pisd-instance.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-npz-writer.h"
#include "pisd-npz.h"
#include "pisd-solver.h"

#define S PISD_GRID

struct _PisdInstance
{
  gint ref_count;
  PisdEquation equation;
  gboolean is_random; /* made of `family` and `seed` */
  PisdFamily family;
  guint64 seed;
  guint n_fields;
  PisdField *fields[PISD_MAX_FIELDS];
};

static PisdInstance *
instance_new (const PisdEquation *equation)
{
  PisdInstance *self = g_new0 (PisdInstance, 1);
  const PisdOperator *row = pisd_operator_get (equation->problem);

  self->ref_count = 1;
  self->equation = *equation;
  self->n_fields = row->n_fields;
  for (guint f = 0; f < self->n_fields; f++)
    self->fields[f] = pisd_field_info_new_field (&row->fields[f]);
  return self;
}

static void
complete (PisdInstance *self)
{
  g_autoptr (PisdSolver) solver = pisd_solver_new (&self->equation);

  pisd_solver_complete (solver, self->fields);
}

PisdInstance *
pisd_instance_new_random (const PisdEquation *equation,
                          PisdFamily family,
                          guint64 seed,
                          GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdInstance *self;

  if (!pisd_equation_check (equation, error))
    return NULL;
  if ((row->families & (1u << family)) == 0)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "family: got %s, which %s does not have",
                   pisd_family_get_name (family), row->name);
      return NULL;
    }

  self = instance_new (equation);
  self->is_random = TRUE;
  self->family = family;
  self->seed = seed;
  row->random->sample (family, seed, self->fields[0]);
  complete (self);
  return self;
}

PisdInstance *
pisd_instance_new_from_source (const PisdEquation *equation,
                               const PisdField *source,
                               GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdInstance *self;

  g_return_val_if_fail (source->ny == S && source->nx == S, NULL);

  if (!pisd_equation_check (equation, error))
    return NULL;
  if (!pisd_field_is_finite (source))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_NUMERIC,
                   _ ("source: got NaN or infinity, expected finite values"));
      return NULL;
    }
  if (row->check_source != NULL && !row->check_source (equation->constants, source, error))
    return NULL;

  self = instance_new (equation);
  pisd_field_copy (source, self->fields[0]);
  complete (self);
  return self;
}

/* Frames of fields first ... end - 1. */
static guint
count_frames (const PisdOperator *row, guint first, guint end)
{
  guint n = 0;

  for (guint f = first; f < end; f++)
    n += row->fields[f].n_frames;
  return n;
}

/* [S, S] of one frame, [n_frames, S, S] of several. */
static guint
fill_shape (guint n_frames, gsize shape[3])
{
  guint n = 0;

  if (n_frames > 1)
    shape[n++] = n_frames;
  shape[n++] = S;
  shape[n++] = S;
  return n;
}

static gboolean
check_shape (const PisdArray *array,
             const char *name,
             const PisdOperator *row,
             guint n_frames,
             GError **error)
{
  gsize shape[3];
  guint n = fill_shape (n_frames, shape);
  g_autofree char *got = pisd_array_dup_shape (array);

  if (array->n_dimensions == n && memcmp (array->shape, shape, sizeof *shape * n) == 0)
    return TRUE;
  if (n_frames == 1)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("%s: `%s` is %s, %s needs %dx%d"), name,
                            array->name, got, row->name, S, S);
  return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("%s: `%s` is %s, %s needs %ux%dx%d"), name,
                          array->name, got, row->name, n_frames, S, S);
}

static gboolean
check_finite (const PisdArray *array, const char *name, guint n_frames, GError **error)
{
  for (guint p = 0; p < n_frames * S * S; p++)
    {
      guint frame = p / (S * S), y = p / S % S, x = p % S;

      if (isfinite (array->data[p]))
        continue;
      if (n_frames == 1)
        return pisd_error_fail (error, PISD_ERROR_RANGE,
                                _ ("%s: `%s`[%u, %u]: got %g, expected a finite number"), name,
                                array->name, y, x, array->data[p]);
      return pisd_error_fail (error, PISD_ERROR_RANGE,
                              _ ("%s: `%s`[%u, %u, %u]: got %g, expected a finite number"), name,
                              array->name, frame, y, x, array->data[p]);
    }
  return TRUE;
}

/* One array into the fields first ... end - 1, frame after frame. */
static gboolean
take_array (PisdInstance *self,
            guint first,
            guint end,
            const PisdArray *array,
            const char *name,
            GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);
  guint n_frames = count_frames (row, first, end);
  const double *from = array->data;

  if (!check_shape (array, name, row, n_frames, error)
      || !check_finite (array, name, n_frames, error))
    return FALSE;
  for (guint f = first; f < end; f++)
    {
      gsize n = pisd_field_get_n (self->fields[f]);

      memcpy (self->fields[f]->data, from, sizeof (double) * n);
      from += n;
    }
  return TRUE;
}

static gboolean
take_arrays (PisdInstance *self, GPtrArray *arrays, const char *name, GError **error)
{
  if (pisd_operator_get (self->equation.problem)->whole != NULL)
    return take_array (self, 0, self->n_fields, g_ptr_array_index (arrays, 0), name, error);
  for (guint f = 0; f < self->n_fields; f++)
    if (!take_array (self, f, f + 1, g_ptr_array_index (arrays, f), name, error))
      return FALSE;
  return TRUE;
}

PisdInstance *
pisd_instance_new_from_npz (const PisdEquation *equation, PisdInput *input, GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  const char *names[PISD_MAX_FIELDS + 1] = { NULL };
  g_autoptr (PisdInstance) self = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  const char *name = pisd_input_get_name (input);

  if (!pisd_equation_check (equation, error))
    return NULL;
  for (guint f = 0; f < row->n_fields && row->whole == NULL; f++)
    names[f] = row->fields[f].name;
  if (row->whole != NULL)
    names[0] = row->whole;
  arrays = pisd_npz_read_from (input, names, (gsize) count_frames (row, 0, row->n_fields) * S * S,
                               error);
  if (arrays == NULL)
    return NULL;

  self = instance_new (equation);
  return take_arrays (self, arrays, name, error) ? g_steal_pointer (&self) : NULL;
}

PisdInstance *
pisd_instance_ref (PisdInstance *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_instance_unref (PisdInstance *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint f = 0; f < self->n_fields; f++)
    pisd_field_free (self->fields[f]);
  g_free (self);
}

const PisdEquation *
pisd_instance_get_equation (const PisdInstance *self)
{
  return &self->equation;
}

const PisdField *
pisd_instance_get_field (const PisdInstance *self, PisdFieldId field)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  for (guint f = 0; f < self->n_fields; f++)
    if (row->fields[f].id == field)
      return self->fields[f];
  return NULL;
}

PisdField *const *
pisd_instance_get_fields (const PisdInstance *self)
{
  return self->fields;
}

gboolean
pisd_instance_is_random (const PisdInstance *self, PisdFamily *family, guint64 *seed)
{
  if (!self->is_random)
    return FALSE;
  *family = self->family;
  *seed = self->seed;
  return TRUE;
}

gboolean
pisd_instance_equal (const PisdInstance *a, const PisdInstance *b)
{
  if (a->equation.problem != b->equation.problem)
    return FALSE;
  for (guint f = 0; f < a->n_fields; f++)
    if (memcmp (a->fields[f]->data, b->fields[f]->data,
                sizeof (double) * pisd_field_get_n (a->fields[f]))
        != 0)
      return FALSE;
  return TRUE;
}

/* Frame after frame of all fields.  Free with g_free(). */
static double *
join_fields (const PisdInstance *self, guint n_frames)
{
  double *all = g_new (double, (gsize) n_frames *S *S), *to = all;

  for (guint f = 0; f < self->n_fields; f++)
    {
      gsize n = pisd_field_get_n (self->fields[f]);

      memcpy (to, self->fields[f]->data, sizeof (double) * n);
      to += n;
    }
  return all;
}

gboolean
pisd_instance_save_npz (const PisdInstance *self, const char *path, GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  guint n_frames = count_frames (row, 0, row->n_fields);
  g_autofree double *whole = row->whole != NULL ? join_fields (self, n_frames) : NULL;
  gsize shape[3];

  if (whole != NULL)
    pisd_npz_writer_add (writer, row->whole, fill_shape (n_frames, shape), shape, whole);
  for (guint f = 0; f < self->n_fields && whole == NULL; f++)
    pisd_npz_writer_add (writer, row->fields[f].name, fill_shape (row->fields[f].n_frames, shape),
                         shape, self->fields[f]->data);
  return pisd_npz_writer_save (writer, path, error);
}
