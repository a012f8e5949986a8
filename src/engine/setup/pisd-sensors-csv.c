#include "pisd-sensors-csv.h"

#include <glib/gi18n-lib.h>

#include "pisd-csv.h"
#include "pisd-error.h"
#include "pisd-save.h"
#include "pisd-sensor-row.h"

/* Each column once, and row numbers before them. */
#define MAX_CELLS (PISD_N_SENSOR_COLUMNS + 1)

/* A table that is being read. */
typedef struct
{
  PisdCsv *csv;
  const char *name; /* of the file, for messages */
  PisdProblemId problem;
  guint n_cells;                             /* of each row */
  const PisdSensorColumn *header[MAX_CELLS]; /* [n_cells]; NULL: row numbers */
} Reader;

static gboolean
has_column (const Reader *reader, const PisdSensorColumn *column)
{
  for (guint i = 0; i < reader->n_cells; i++)
    if (reader->header[i] == column)
      return TRUE;
  return FALSE;
}

static gboolean
add_column (Reader *reader, const char *name, GError **error)
{
  const PisdSensorColumn *column = pisd_sensor_find_column (name);
  gboolean is_number = reader->n_cells == 0 && name[0] == '\0';

  if (column == NULL && !is_number)
    return pisd_error_fail_got (error, PISD_ERROR_UNKNOWN, _ ("column"), name,
                                "one of " PISD_SENSOR_COLUMN_LIST
                                " between commas, semicolons or tabs");
  if (column != NULL && has_column (reader, column))
    return pisd_error_fail_got (error, PISD_ERROR_FORMAT, _ ("column"), name,
                                _ ("each column once"));

  reader->header[reader->n_cells++] = column;
  return TRUE;
}

static gboolean
check_complete (const Reader *reader, GError **error)
{
  for (guint i = 0; i < PISD_N_SENSOR_COLUMNS; i++)
    {
      const PisdSensorColumn *column = pisd_sensor_get_column (i);

      if (!pisd_sensor_column_is_required (column) || has_column (reader, column))
        continue;
      g_set_error (
          error, PISD_ERROR, PISD_ERROR_FORMAT,
          _ ("column %s is missing: expected columns field, x, y, value and optionally t, sd"),
          pisd_sensor_column_get_name (column));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_header (Reader *reader, GError **error)
{
  guint n = pisd_csv_count_filled (reader->csv);

  for (guint i = 0; i < n; i++)
    if (!add_column (reader, pisd_csv_get_cell (reader->csv, i), error))
      return FALSE;
  return check_complete (reader, error);
}

/* Empty cells behind the last column say nothing. */
static guint
count_cells (const Reader *reader)
{
  guint filled = pisd_csv_count_filled (reader->csv);

  return MIN (pisd_csv_get_n_cells (reader->csv), MAX (filled, reader->n_cells));
}

static gboolean
parse_row (Reader *reader, PisdSensor *sensor, GError **error)
{
  guint n = count_cells (reader);

  pisd_sensor_begin (sensor);
  if (n != reader->n_cells)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, _ ("row: got %u cells, expected %u"), n,
                   reader->n_cells);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (reader->header[i] != NULL
        && !pisd_sensor_set_cell (sensor, reader->problem, reader->header[i],
                                  pisd_csv_get_cell (reader->csv, i), error))
      return FALSE;

  pisd_sensor_settle (sensor, reader->problem);
  return TRUE;
}

static gboolean
add_row (Reader *reader, PisdSensors *sensors, GError **error)
{
  PisdSensor sensor;

  if (sensors->n == PISD_MAX_SENSORS)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
                   _ ("rows: got more than %d sensors, expected at most %d"), PISD_MAX_SENSORS,
                   PISD_MAX_SENSORS);
      return FALSE;
    }
  return parse_row (reader, &sensor, error) && pisd_sensors_add (sensors, &sensor);
}

static gboolean
fail_empty (const Reader *reader, const char *got, GError **error)
{
  g_set_error (
      error, PISD_ERROR, PISD_ERROR_FORMAT,
      _ ("%s: got %s, expected a header with field, x, y, value and a sensor a row below it"),
      reader->name, got);
  return FALSE;
}

static gboolean
read_header (Reader *reader, GError **error)
{
  PisdCsvStatus status = pisd_csv_next (reader->csv, error);

  if (status == PISD_CSV_FAILED)
    return FALSE;
  if (status == PISD_CSV_END)
    return fail_empty (reader, _ ("an empty file"), error);
  return parse_header (reader, error) || pisd_csv_fail_at (reader->csv, error);
}

static gboolean
read_rows (Reader *reader, PisdSensors *sensors, GError **error)
{
  PisdCsvStatus status;

  while ((status = pisd_csv_next (reader->csv, error)) == PISD_CSV_ROW)
    if (!add_row (reader, sensors, error))
      return pisd_csv_fail_at (reader->csv, error);
  if (status == PISD_CSV_FAILED)
    return FALSE;
  return sensors->n > 0 || fail_empty (reader, _ ("no rows"), error);
}

PisdSensors *
pisd_sensors_load_csv_from (PisdProblemId problem, PisdInput *input, GError **error)
{
  g_autoptr (PisdSensors) sensors = NULL;
  g_autoptr (PisdCsv) csv = NULL;
  Reader reader;

  g_return_val_if_fail (pisd_operator_get (problem) != NULL && input != NULL, NULL);

  csv = pisd_csv_new (input, error);
  if (csv == NULL)
    return NULL;
  reader = (Reader){ .csv = csv, .name = pisd_input_get_name (input), .problem = problem };
  sensors = pisd_sensors_new ();
  if (!read_header (&reader, error) || !read_rows (&reader, sensors, error))
    return NULL;
  return g_steal_pointer (&sensors);
}

PisdSensors *
pisd_sensors_load_csv (PisdProblemId problem, const char *path, GError **error)
{
  g_autoptr (PisdInput) input = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  input = pisd_input_open (path, NULL, error);
  return input != NULL ? pisd_sensors_load_csv_from (problem, input, error) : NULL;
}

/* Two cells or more, and one of them a column's name. */
gboolean
pisd_sensors_csv_recognise (PisdInput *input)
{
  g_autoptr (PisdCsv) csv = NULL;

  g_return_val_if_fail (input != NULL, FALSE);

  csv = pisd_csv_new (input, NULL);
  if (csv == NULL || pisd_csv_next (csv, NULL) != PISD_CSV_ROW || pisd_csv_get_n_cells (csv) < 2)
    return FALSE;
  for (guint i = 0; i < pisd_csv_get_n_cells (csv); i++)
    if (pisd_sensor_find_column (pisd_csv_get_cell (csv, i)) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
pisd_sensors_save_csv (const PisdSensors *sensors, const char *path, GError **error)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (sensors != NULL && path != NULL, FALSE);

  text = g_string_new ("");
  for (guint i = 0; i < PISD_N_SENSOR_COLUMNS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            pisd_sensor_column_get_name (pisd_sensor_get_column (i)));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < sensors->n; i++)
    {
      pisd_sensor_append_row (&sensors->items[i], text);
      g_string_append_c (text, '\n');
    }
  return pisd_save_bytes (path, text->str, text->len, error);
}
