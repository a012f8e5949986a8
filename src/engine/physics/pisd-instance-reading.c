#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-instance-private.h"

/* A field of the reading with its factor and without a mean where the equation has none. */
static PisdField *
load (const PisdReading *reading,
      PisdArrays *arrays,
      const PisdOperator *row,
      guint field,
      double *lost,
      GError **error)
{
  g_autoptr (PisdField) data = pisd_reading_load (reading, arrays, row, field, error);
  const double factor = field == 0 || row->flow != NULL ? reading->factor : 1;
  g_autofree char *quoted = NULL;

  if (data == NULL)
    return NULL;
  if (!pisd_field_is_finite (data))
    {
      quoted = pisd_error_quote (reading->names[field]);
      pisd_error_fail (error, PISD_ERROR_RANGE,
                       _ ("%s: array %s: got NaN or infinity, expected finite values"),
                       pisd_input_get_name (pisd_arrays_get_input (arrays)), quoted);
      return NULL;
    }
  for (gsize p = 0; p < pisd_field_get_n (data); p++)
    data->data[p] *= factor;
  if (row->whole != NULL)
    *lost = pisd_instance_remove_mean (data, PISD_INSTANCE_LEAST_MEAN);
  return g_steal_pointer (&data);
}

/* The beginning, from which the rest follows, and what the file says of the end. */
static gboolean
take_flow (PisdInstance *self,
           const PisdField *first,
           const PisdField *last,
           PisdCancel *cancel,
           GError **error)
{
  PisdField solved;

  if (!pisd_instance_set_source (self, first, cancel, error))
    return FALSE;
  if (last == NULL)
    return TRUE;
  solved = pisd_field_get_last_frame (self->fields[1]);
  self->mismatch = pisd_field_relative_error (&solved, last);
  return TRUE;
}

static gboolean
take (PisdInstance *self,
      const PisdField *a,
      const PisdField *u,
      PisdCancel *cancel,
      GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  if (row->flow != NULL || u == NULL)
    return take_flow (self, a, row->flow != NULL ? u : NULL, cancel, error);
  pisd_field_copy (a, self->fields[0]);
  if (row->fields[0].zero_boundary)
    pisd_field_zero_boundary (self->fields[0]);
  pisd_field_copy (u, self->fields[1]);
  return row->check_source == NULL
         || row->check_source (self->equation.constants, self->fields[0], error);
}

PisdInstance *
pisd_instance_new_from_reading (const PisdEquation *equation,
                                PisdArrays *arrays,
                                const PisdReading *reading,
                                GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdInput *input = pisd_arrays_get_input (arrays);
  g_autoptr (PisdInstance) self = NULL;
  g_autoptr (PisdField) a = NULL;
  g_autoptr (PisdField) u = NULL;
  double lost[2] = { 0 };

  if (!pisd_equation_check (equation, error))
    return NULL;
  a = load (reading, arrays, row, 0, &lost[0], error);
  if (a == NULL)
    return NULL;
  if (reading->names[1] != NULL)
    u = load (reading, arrays, row, 1, &lost[1], error);
  if (reading->names[1] != NULL && u == NULL)
    return NULL;
  self = pisd_instance_new (equation);
  if (!take (self, a, u, pisd_input_get_cancel (input), error))
    {
      if (pisd_input_check (input, NULL))
        g_prefix_error (error, "%s: ", pisd_input_get_name (input));
      return NULL;
    }
  self->lost_mean = ABS (lost[0]) > ABS (lost[1]) ? lost[0] : lost[1];
  self->reading = pisd_reading_dup (reading);
  return pisd_input_check (input, error) ? g_steal_pointer (&self) : NULL;
}

PisdInstance *
pisd_instance_new_from_file (const PisdEquation *equation,
                             PisdInput *input,
                             const PisdReadingWish *wish,
                             GError **error)
{
  g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, error);
  g_autoptr (PisdReading) reading = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean is_named;

  if (arrays == NULL)
    return NULL;
  if (!pisd_reading_wish_is_any (wish) && pisd_instance_npz_is_own (equation, arrays, &is_named))
    return pisd_instance_new_from_npz (equation, input, error);
  reading = pisd_reading_choose (arrays, equation, wish, &reason);
  if (reading != NULL)
    return pisd_instance_new_from_reading (equation, arrays, reading, error);
  if (!pisd_reading_wish_is_any (wish) && pisd_arrays_is_npz (arrays) && is_named
      && pisd_input_check (input, NULL))
    return pisd_instance_new_from_npz (equation, input, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}
