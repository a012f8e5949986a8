#include "pisd-instance-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-solver.h"

#define S PISD_GRID

PisdInstance *
pisd_instance_new (const PisdEquation *equation)
{
  PisdInstance *self = g_new0 (PisdInstance, 1);
  const PisdOperator *row = pisd_operator_get (equation->problem);

  self->ref_count = 1;
  self->equation = *equation;
  self->mismatch = NAN;
  self->law = row->random->benchmark;
  self->n_fields = row->n_fields;
  for (guint f = 0; f < self->n_fields; f++)
    self->fields[f] = pisd_field_info_new_field (&row->fields[f]);
  return self;
}

/* Field 0 gets its boundary rule and the other fields become the solution for it.  FALSE:
 * cancelled. */
static gboolean
complete (PisdInstance *self, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdSolver) solver = pisd_solver_new (&self->equation);

  return pisd_solver_try_complete (solver, self->fields, cancel)
         || pisd_cancel_check (cancel, "truth", error);
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

  self = pisd_instance_new (equation);
  self->is_random = TRUE;
  self->family = family;
  self->seed = seed;
  row->random->sample (family, seed, self->fields[0]);
  complete (self, NULL, NULL);
  return self;
}

PisdInstance *
pisd_instance_new_random_law (const PisdEquation *equation,
                              const PisdLaw *law,
                              guint64 seed,
                              GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdInstance *self;

  if (pisd_law_equal (law, &row->random->benchmark))
    return pisd_instance_new_random (equation, PISD_FAMILY_GRF, seed, error);
  if (!pisd_equation_check (equation, error))
    return NULL;
  if (row->random->sample_law == NULL)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                   "law: got another one for %s, expected the benchmark's", row->name);
      return NULL;
    }
  self = pisd_instance_new (equation);
  self->is_random = TRUE;
  self->family = PISD_FAMILY_GRF;
  self->law = *law;
  self->seed = seed;
  row->random->sample_law (law, seed, self->fields[0]);
  complete (self, NULL, NULL);
  return self;
}

/* a -= mean (a) where |mean| > least * rms (a): a smaller mean may be rounding alone, and stays.
 * Returns what it took away. */
double
pisd_instance_remove_mean (PisdField *field, double least)
{
  gsize n = pisd_field_get_n (field);
  double mean = 0.0;

  for (gsize p = 0; p < n; p++)
    mean += field->data[p] / n;
  if (!(fabs (mean) > least * pisd_field_norm (field) / sqrt ((double) n)))
    return 0.0;
  for (gsize p = 0; p < n; p++)
    field->data[p] -= mean;
  return mean;
}

/* An equation whose prior has no mean gets a source without one, and the mean that this takes
 * away is kept as lost_mean. */
gboolean
pisd_instance_set_source (PisdInstance *self,
                          const PisdField *source,
                          PisdCancel *cancel,
                          GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  if (!pisd_field_is_finite (source))
    return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                            _ ("source: got NaN or infinity, expected finite values"));
  if (row->check_source != NULL && !row->check_source (self->equation.constants, source, error))
    return FALSE;

  pisd_field_copy (source, self->fields[0]);
  if (!pisd_operator_has_mean (self->equation.problem))
    self->lost_mean = pisd_instance_remove_mean (self->fields[0], 0.0);
  return complete (self, cancel, error);
}

PisdInstance *
pisd_instance_new_from_source (const PisdEquation *equation,
                               const PisdField *source,
                               PisdCancel *cancel,
                               GError **error)
{
  g_autoptr (PisdInstance) self = NULL;

  g_return_val_if_fail (source->ny == S && source->nx == S, NULL);

  if (!pisd_equation_check (equation, error))
    return NULL;
  self = pisd_instance_new (equation);
  self->is_solved = pisd_instance_set_source (self, source, cancel, error);
  return self->is_solved ? g_steal_pointer (&self) : NULL;
}

PisdInstance *
pisd_instance_new_again (const PisdEquation *equation, const double *values, double lost_mean)
{
  PisdInstance *self = pisd_instance_new (equation);

  memcpy (self->fields[0]->data, values, sizeof *values * S * S);
  self->lost_mean = lost_mean;
  self->is_solved = complete (self, NULL, NULL);
  return self;
}

PisdInstance *
pisd_instance_new_from_values (const PisdEquation *equation, const double *values, GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  g_autoptr (PisdInstance) self = NULL;

  if (!pisd_equation_check (equation, error))
    return NULL;
  self = pisd_instance_new (equation);
  for (guint f = 0; f < self->n_fields; f++)
    {
      const gsize n = pisd_field_get_n (self->fields[f]);

      memcpy (self->fields[f]->data, values, n * sizeof *values);
      values += n;
      if (pisd_field_is_finite (self->fields[f]))
        continue;
      pisd_error_fail (error, PISD_ERROR_NUMERIC,
                       _ ("%s: got NaN or infinity, expected finite values"), row->fields[f].name);
      return NULL;
    }
  if (row->check_source != NULL && !row->check_source (equation->constants, self->fields[0], error))
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
  pisd_reading_free (self->reading);
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
pisd_instance_is_solved (const PisdInstance *self)
{
  return self->is_solved;
}

const PisdLaw *
pisd_instance_get_law (const PisdInstance *self)
{
  return &self->law;
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

double
pisd_instance_get_mismatch (const PisdInstance *self)
{
  return self->mismatch;
}

double
pisd_instance_get_lost_mean (const PisdInstance *self)
{
  return self->lost_mean;
}

gboolean
pisd_instance_looks_transposed (const PisdInstance *self)
{
  return self->looks_transposed;
}

const PisdReading *
pisd_instance_get_reading (const PisdInstance *self)
{
  return self->reading;
}
