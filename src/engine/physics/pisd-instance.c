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

  self->ref_count = 1;
  self->equation = *equation;
  self->n_fields = pisd_operator_get (equation->problem)->n_fields;
  for (guint f = 0; f < self->n_fields; f++)
    self->fields[f] = pisd_field_new (S, S);
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

  self = instance_new (equation);
  pisd_field_copy (source, self->fields[0]);
  complete (self);
  return self;
}

static gboolean
take_array (const PisdArray *array,
            const char *name,
            PisdProblemId problem,
            PisdField *out,
            GError **error)
{
  if (array->n_dimensions != 2 || array->shape[0] != S || array->shape[1] != S)
    {
      g_autofree char *shape = pisd_array_dup_shape (array);

      g_set_error (error, PISD_ERROR, PISD_ERROR_SHAPE, _ ("%s: `%s` is %s, %s needs %dx%d"), name,
                   array->name, shape, pisd_operator_get (problem)->name, S, S);
      return FALSE;
    }
  memcpy (out->data, array->data, sizeof (double) * S * S);
  for (guint p = 0; p < S * S; p++)
    if (!isfinite (out->data[p]))
      {
        g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                     _ ("%s: `%s`[%u, %u]: got %g, expected a finite number"), name, array->name,
                     p / S, p % S, out->data[p]);
        return FALSE;
      }
  return TRUE;
}

PisdInstance *
pisd_instance_new_from_npz (const PisdEquation *equation, const char *path, GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  const char *names[PISD_MAX_FIELDS + 1] = { NULL };
  g_autoptr (PisdInstance) self = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  g_autofree char *name = NULL;

  if (!pisd_equation_check (equation, error))
    return NULL;
  for (guint f = 0; f < row->n_fields; f++)
    names[f] = row->fields[f].name;
  arrays = pisd_npz_read (path, names, S * S, error);
  if (arrays == NULL)
    return NULL;

  name = pisd_error_escape (path);
  self = instance_new (equation);
  for (guint f = 0; f < self->n_fields; f++)
    if (!take_array (g_ptr_array_index (arrays, f), name, equation->problem, self->fields[f],
                     error))
      return NULL;
  return g_steal_pointer (&self);
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
    if (memcmp (a->fields[f]->data, b->fields[f]->data, sizeof (double) * S * S) != 0)
      return FALSE;
  return TRUE;
}

gboolean
pisd_instance_save_npz (const PisdInstance *self, const char *path, GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);
  const gsize shape[] = { S, S };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  for (guint f = 0; f < self->n_fields; f++)
    pisd_npz_writer_add (writer, row->fields[f].name, 2, shape, self->fields[f]->data);
  return pisd_npz_writer_save (writer, path, error);
}
