#include "pisd-sensor-row.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-number.h"

/* One rounding step of numbers around 1: a place that a computation has put this far outside the
 * square lies on its edge. */
#define EDGE DBL_EPSILON

struct _PisdSensorColumn
{
  const char *name;
  gboolean is_required; /* in a table's header */
  gboolean is_field;    /* a field's name; else a number at `offset` */
  gsize offset;
  double minimum, maximum;
  double margin;        /* numbers this far outside are taken for the nearest inside */
  const char *expected; /* the range in words */
};

static const PisdSensorColumn columns[] = {
  { "field", TRUE, TRUE, 0, 0, 0, 0, NULL },
  { "x", TRUE, FALSE, G_STRUCT_OFFSET (PisdSensor, x), 0, 1, EDGE, "0 to 1" },
  { "y", TRUE, FALSE, G_STRUCT_OFFSET (PisdSensor, y), 0, 1, EDGE, "0 to 1" },
  { "t", FALSE, FALSE, G_STRUCT_OFFSET (PisdSensor, t), 0, 1, EDGE, "0 to 1" },
  { "value", TRUE, FALSE, G_STRUCT_OFFSET (PisdSensor, value), -DBL_MAX, DBL_MAX, 0, "" },
  { "sd", FALSE, FALSE, G_STRUCT_OFFSET (PisdSensor, sd), 0, DBL_MAX, 0, "0 or more" },
};

#define N_COLUMNS PISD_N_SENSOR_COLUMNS
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS);

const PisdSensorColumn *
pisd_sensor_get_column (guint index)
{
  g_return_val_if_fail (index < N_COLUMNS, NULL);

  return &columns[index];
}

const PisdSensorColumn *
pisd_sensor_find_column (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (columns[i].name, name))
      return &columns[i];
  return NULL;
}

const char *
pisd_sensor_column_get_name (const PisdSensorColumn *column)
{
  g_return_val_if_fail (column != NULL, NULL);

  return column->name;
}

gboolean
pisd_sensor_column_is_required (const PisdSensorColumn *column)
{
  g_return_val_if_fail (column != NULL, FALSE);

  return column->is_required;
}

static gboolean
fail_field (PisdProblemId problem, const char *text, GError **error)
{
  const PisdOperator *info = pisd_operator_get (problem);
  g_autofree char *quoted = pisd_error_quote (text);
  g_autofree char *fields = pisd_operator_dup_field_names (info);
  g_autofree char *names =
      g_strconcat (fields, info->whole != NULL ? " or " : NULL, info->whole, NULL);

  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, _ ("field: got %s, expected %s for %s"),
               quoted, names, info->name);
  return FALSE;
}

static gboolean
set_field (PisdSensor *sensor, PisdProblemId problem, const char *text, GError **error)
{
  const char *whole = pisd_operator_get (problem)->whole;
  PisdFieldId field;

  if (!pisd_field_id_from_name (text, &field)
      || (pisd_problem_find_field (problem, field) == NULL && g_strcmp0 (text, whole) != 0))
    return fail_field (problem, text, error);

  sensor->field = field;
  return TRUE;
}

/* `text`: the same as it was written. */
static gboolean
set_value (PisdSensor *sensor,
           const PisdSensorColumn *column,
           double value,
           const char *text,
           GError **error)
{
  if (!isfinite (value))
    return pisd_error_fail_got (error, PISD_ERROR_FORMAT, column->name, text, _ ("a number"));
  if (value < column->minimum - column->margin || value > column->maximum + column->margin)
    return pisd_error_fail_got (error, PISD_ERROR_RANGE, column->name, text, column->expected);

  G_STRUCT_MEMBER (double, sensor, column->offset) =
      CLAMP (value, column->minimum, column->maximum);
  return TRUE;
}

static gboolean
set_number (PisdSensor *sensor, const PisdSensorColumn *column, const char *text, GError **error)
{
  double value = NAN;

  pisd_number_parse (text, &value);
  return set_value (sensor, column, value, text, error);
}

void
pisd_sensor_begin (PisdSensor *sensor)
{
  g_return_if_fail (sensor != NULL);

  *sensor = (PisdSensor){ .t = NAN };
}

/* The field that has the frame nearest to t. */
static void
settle_field (PisdSensor *sensor, const PisdOperator *row)
{
  guint field, frame;

  pisd_operator_get_frame (row, pisd_operator_find_frame (row, sensor->t), &field, &frame);
  sensor->field = row->fields[field].id;
}

void
pisd_sensor_settle (PisdSensor *sensor, PisdProblemId problem)
{
  const PisdOperator *row = pisd_operator_get (problem);

  g_return_if_fail (sensor != NULL && row != NULL);

  if (isnan (sensor->t))
    sensor->t = pisd_field_id_get_time (sensor->field);
  if (row->whole != NULL)
    settle_field (sensor, row);
  if (!pisd_basis_is_periodic (pisd_problem_find_field (problem, sensor->field)->basis))
    return;
  sensor->x -= floor (sensor->x);
  sensor->y -= floor (sensor->y);
}

gboolean
pisd_sensor_set_cell (PisdSensor *sensor,
                      PisdProblemId problem,
                      const PisdSensorColumn *column,
                      const char *text,
                      GError **error)
{
  g_return_val_if_fail (sensor != NULL && column != NULL && text != NULL, FALSE);

  return column->is_field ? set_field (sensor, problem, text, error)
                          : set_number (sensor, column, text, error);
}

static gboolean
set_field_number (PisdSensor *sensor,
                  PisdProblemId problem,
                  double number,
                  const char *text,
                  GError **error)
{
  const PisdOperator *row = pisd_operator_get (problem);

  for (guint f = 0; f < row->n_fields; f++)
    if (number == row->fields[f].id)
      {
        sensor->field = row->fields[f].id;
        return TRUE;
      }
  return fail_field (problem, text, error);
}

gboolean
pisd_sensor_set_number (PisdSensor *sensor,
                        PisdProblemId problem,
                        const PisdSensorColumn *column,
                        double number,
                        GError **error)
{
  char text[PISD_NUMBER_SIZE];

  g_return_val_if_fail (sensor != NULL && column != NULL, FALSE);

  if (isfinite (number))
    pisd_number_format (number, text);
  else
    g_snprintf (text, sizeof text, "%g", number);
  return column->is_field ? set_field_number (sensor, problem, number, text, error)
                          : set_value (sensor, column, number, text, error);
}

void
pisd_sensor_append_row (const PisdSensor *sensor, GString *text)
{
  char number[PISD_NUMBER_SIZE];

  g_return_if_fail (sensor != NULL && text != NULL);

  g_string_append (text, pisd_field_id_get_name (sensor->field));
  for (guint i = 1; i < N_COLUMNS; i++)
    {
      double value = G_STRUCT_MEMBER (double, sensor, columns[i].offset);

      g_string_append_c (text, ',');
      g_string_append (text, pisd_number_format (value, number));
    }
}

gboolean
pisd_sensor_set_row (PisdSensor *sensor, PisdProblemId problem, const char *text, GError **error)
{
  g_auto (GStrv) cells = NULL;
  PisdSensor row;

  g_return_val_if_fail (sensor != NULL && text != NULL, FALSE);

  cells = g_strsplit (text, ",", N_COLUMNS + 1);
  if (g_strv_length (cells) != N_COLUMNS)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, _ ("row: got %u cells, expected %u"),
                   g_strv_length (cells), N_COLUMNS);
      return FALSE;
    }
  pisd_sensor_begin (&row);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!pisd_sensor_set_cell (&row, problem, &columns[i], cells[i], error))
      return FALSE;

  pisd_sensor_settle (&row, problem);
  *sensor = row;
  return TRUE;
}
