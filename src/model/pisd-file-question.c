#include "pisd-file-question.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-error.h"

struct _PisdFileQuestion
{
  gint ref_count;
  PisdEquation equation;
  PisdInput *input; /* opened once more for every look */
  GPtrArray *readings;
};

PisdFileQuestion *
pisd_file_question_new (PisdInput *input, const PisdEquation *equation, GError **error)
{
  g_autoptr (PisdArrays) arrays = NULL;
  g_autoptr (GPtrArray) readings = NULL;
  PisdFileQuestion *self;

  g_return_val_if_fail (input != NULL && equation != NULL, NULL);

  arrays = pisd_arrays_new (input, error);
  readings = arrays != NULL ? pisd_reading_guess (arrays, equation, NULL, error) : NULL;
  if (readings == NULL)
    return NULL;
  self = g_new0 (PisdFileQuestion, 1);
  self->ref_count = 1;
  self->equation = *equation;
  self->input = pisd_input_dup (input, NULL);
  self->readings = g_steal_pointer (&readings);
  return self;
}

PisdFileQuestion *
pisd_file_question_ref (PisdFileQuestion *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_file_question_unref (PisdFileQuestion *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  pisd_input_free (self->input);
  g_ptr_array_unref (self->readings);
  g_free (self);
}

const char *
pisd_file_question_get_name (const PisdFileQuestion *self)
{
  return self->input != NULL ? pisd_input_get_name (self->input) : "";
}

const PisdEquation *
pisd_file_question_get_equation (const PisdFileQuestion *self)
{
  return &self->equation;
}

const GPtrArray *
pisd_file_question_get_readings (const PisdFileQuestion *self)
{
  return self->readings;
}

/* The system may have no more files to give. */
static PisdInput *
open_again (const PisdFileQuestion *self, PisdCancel *cancel, GError **error)
{
  PisdInput *input = self->input != NULL ? pisd_input_dup (self->input, cancel) : NULL;

  if (input == NULL)
    pisd_error_fail (error, PISD_ERROR_IO, _ ("The file cannot be opened once more."));
  return input;
}

/* FALSE: it could not be read. */
static gboolean
load_fields (const PisdFileQuestion *self,
             PisdArrays *arrays,
             const PisdReading *reading,
             PisdField *fields[2],
             GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  fields[0] = pisd_reading_load (reading, arrays, row, 0, error);
  fields[1] = NULL;
  if (fields[0] == NULL || reading->names[1] == NULL)
    return fields[0] != NULL;
  fields[1] = pisd_reading_load (reading, arrays, row, 1, error);
  if (fields[1] == NULL)
    g_clear_pointer (&fields[0], pisd_field_free);
  return fields[1] != NULL;
}

/* Where the solution is not named the source alone is what is wished for. */
static const PisdReading *
find_wished (const GPtrArray *readings, const PisdReadingWish *wish)
{
  for (guint k = 0; k < readings->len; k++)
    {
      const PisdReading *reading = g_ptr_array_index (readings, k);

      if ((wish->names[0] == NULL || g_strcmp0 (reading->names[1], wish->names[1]) == 0)
          && (wish->order < 0 || reading->is_xy == wish->order))
        return reading;
    }
  return g_ptr_array_index (readings, 0);
}

/* What was found when the file was opened: the very reading that is wished for, or NULL. */
static const PisdReading *
find_known (const PisdFileQuestion *self, const PisdReadingWish *wish)
{
  for (guint k = 0; k < self->readings->len && isnan (wish->factor); k++)
    {
      const PisdReading *reading = g_ptr_array_index (self->readings, k);

      if (g_strcmp0 (reading->names[0], wish->names[0]) == 0
          && g_strcmp0 (reading->names[1], wish->names[1]) == 0 && reading->is_xy == wish->order
          && (gint64) reading->index == MAX (wish->index, 0))
        return reading;
    }
  return NULL;
}

/* Both orders are looked at, as it is to be said whether the equation tells them apart. */
static PisdReading *
find_reading (const PisdFileQuestion *self,
              PisdArrays *arrays,
              const PisdReadingWish *wish,
              GError **error)
{
  const PisdReading *known = find_known (self, wish);
  PisdReadingWish either = *wish;
  g_autoptr (GPtrArray) readings = NULL;

  if (known != NULL)
    return pisd_reading_dup (known);
  either.order = -1;
  readings = pisd_reading_guess (arrays, &self->equation, &either, error);
  return readings != NULL ? pisd_reading_dup (find_wished (readings, wish)) : NULL;
}

gboolean
pisd_file_question_look (const PisdFileQuestion *self,
                         const PisdReadingWish *wish,
                         PisdCancel *cancel,
                         PisdReading **reading,
                         PisdField *fields[2],
                         GError **error)
{
  g_autoptr (PisdInput) input = open_again (self, cancel, error);
  g_autoptr (PisdArrays) arrays = input != NULL ? pisd_arrays_new (input, error) : NULL;
  g_autoptr (PisdReading) found = arrays != NULL ? find_reading (self, arrays, wish, error) : NULL;

  if (found == NULL || !load_fields (self, arrays, found, fields, error))
    return FALSE;
  *reading = g_steal_pointer (&found);
  return TRUE;
}

PisdInstance *
pisd_file_question_answer (const PisdFileQuestion *self,
                           const PisdReading *reading,
                           PisdCancel *cancel,
                           GError **error)
{
  g_autoptr (PisdInput) input = open_again (self, cancel, error);
  g_autoptr (PisdArrays) arrays = input != NULL ? pisd_arrays_new (input, error) : NULL;

  return arrays != NULL ? pisd_instance_new_from_reading (&self->equation, arrays, reading, error)
                        : NULL;
}
