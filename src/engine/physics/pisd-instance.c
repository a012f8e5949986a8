#include "pisd-instance.h"

#include <math.h>
#include <string.h>

#include "pisd-elliptic.h"
#include "pisd-error.h"
#include "pisd-npz-writer.h"
#include "pisd-npz.h"

#define S PISD_GRID

struct _PisdInstance
{
  gint ref_count;
  PisdProblemId problem;
  double wavenumber;
  PisdField *a, *u;
};

static PisdInstance *
instance_new (PisdProblemId problem, double wavenumber)
{
  PisdInstance *self = g_new0 (PisdInstance, 1);

  self->ref_count = 1;
  self->problem = problem;
  self->wavenumber = problem == PISD_PROBLEM_HELMHOLTZ ? wavenumber : 0.0;
  self->a = pisd_field_new (S, S);
  self->u = pisd_field_new (S, S);
  return self;
}

static void
apply_boundary_rule (PisdInstance *self)
{
  if (pisd_problem_find_field (self->problem, PISD_FIELD_A)->zero_boundary)
    pisd_field_zero_boundary (self->a);
}

PisdInstance *
pisd_instance_new_random (PisdProblemId problem,
                          double wavenumber,
                          PisdFamily family,
                          guint64 seed,
                          GError **error)
{
  PisdInstance *self;

  if (!pisd_elliptic_check_wavenumber (problem, wavenumber, error))
    return NULL;

  self = instance_new (problem, wavenumber);
  pisd_family_sample (family, seed, self->a);
  apply_boundary_rule (self);
  pisd_elliptic_solve (self->wavenumber, self->a, self->u);
  return self;
}

PisdInstance *
pisd_instance_new_from_source (PisdProblemId problem,
                               double wavenumber,
                               const PisdField *source,
                               GError **error)
{
  PisdInstance *self;

  g_return_val_if_fail (source->ny == S && source->nx == S, NULL);

  if (!pisd_elliptic_check_wavenumber (problem, wavenumber, error))
    return NULL;
  if (!pisd_field_is_finite (source))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_NUMERIC,
                   "source: got NaN or infinity, expected finite values");
      return NULL;
    }

  self = instance_new (problem, wavenumber);
  pisd_field_copy (source, self->a);
  apply_boundary_rule (self);
  pisd_elliptic_solve (self->wavenumber, self->a, self->u);
  return self;
}

static gboolean
take_array (const PisdArray *array,
            const char *path,
            PisdProblemId problem,
            PisdField *out,
            GError **error)
{
  if (array->n_dimensions != 2 || array->shape[0] != S || array->shape[1] != S)
    {
      g_autofree char *shape = pisd_array_dup_shape (array);

      g_set_error (error, PISD_ERROR, PISD_ERROR_SHAPE, "%s: `%s` is %s, %s needs %dx%d", path,
                   array->name, shape, pisd_operator_get (problem)->name, S, S);
      return FALSE;
    }
  memcpy (out->data, array->data, sizeof (double) * S * S);
  for (guint p = 0; p < S * S; p++)
    if (!isfinite (out->data[p]))
      {
        g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                     "%s: `%s`[%u, %u]: got %g, expected a finite number", path, array->name, p / S,
                     p % S, out->data[p]);
        return FALSE;
      }
  return TRUE;
}

PisdInstance *
pisd_instance_new_from_npz (PisdProblemId problem,
                            double wavenumber,
                            const char *path,
                            GError **error)
{
  static const char *const names[] = { "a", "u", NULL };
  g_autoptr (PisdInstance) self = NULL;
  g_autoptr (GPtrArray) arrays = NULL;

  if (!pisd_elliptic_check_wavenumber (problem, wavenumber, error))
    return NULL;
  arrays = pisd_npz_read (path, names, S * S, error);
  if (arrays == NULL)
    return NULL;

  self = instance_new (problem, wavenumber);
  if (!take_array (g_ptr_array_index (arrays, 0), path, problem, self->a, error)
      || !take_array (g_ptr_array_index (arrays, 1), path, problem, self->u, error))
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
  pisd_field_free (self->a);
  pisd_field_free (self->u);
  g_free (self);
}

PisdProblemId
pisd_instance_get_problem (const PisdInstance *self)
{
  return self->problem;
}

double
pisd_instance_get_wavenumber (const PisdInstance *self)
{
  return self->wavenumber;
}

const PisdField *
pisd_instance_get_field (const PisdInstance *self, PisdFieldId field)
{
  switch (field)
    {
    case PISD_FIELD_A:
      return self->a;
    case PISD_FIELD_U:
      return self->u;
    case PISD_FIELD_W:
    default:
      return NULL;
    }
}

gboolean
pisd_instance_save_npz (const PisdInstance *self, const char *path, GError **error)
{
  const gsize shape[] = { S, S };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  pisd_npz_writer_add (writer, "a", 2, shape, self->a->data);
  pisd_npz_writer_add (writer, "u", 2, shape, self->u->data);
  return pisd_npz_writer_save (writer, path, error);
}
