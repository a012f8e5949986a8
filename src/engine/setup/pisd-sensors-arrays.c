#include "pisd-sensors-arrays.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-sensor-row.h"
#include "pisd-sensors-csv.h"

#define N_COLUMNS PISD_N_SENSOR_COLUMNS
#define LEAST_COLUMNS 3

/* Columns of a table, in order, by how many it has. */
static const char *const of_field[] = { "x", "y", "value", "t", "sd" };
static const char *const of_all[] = { "field", "x", "y", "t", "value", "sd" };

/* A file that is being read. */
typedef struct
{
  PisdArrays *arrays;
  PisdProblemId problem;
  PisdSensors *sensors;
  gboolean is_named; /* the error names the file already */
} Reader;

/* Sensors whose numbers stand in columns. */
typedef struct
{
  PisdFieldId field; /* where no column says it */
  gsize n;
  guint n_columns;
  const PisdSensorColumn *columns[N_COLUMNS];
  const double *values[N_COLUMNS]; /* of the first sensor */
  gsize stride;                    /* to the next one's */
} Table;

static gboolean
add_row (Reader *reader, const Table *table, gsize i, GError **error)
{
  PisdSensor sensor;

  pisd_sensor_begin (&sensor);
  sensor.field = table->field;
  for (guint c = 0; c < table->n_columns; c++)
    if (!pisd_sensor_set_number (&sensor, reader->problem, table->columns[c],
                                 table->values[c][i * table->stride], error))
      return FALSE;
  pisd_sensor_settle (&sensor, reader->problem);
  return pisd_sensors_add (reader->sensors, &sensor);
}

/* Before anything is read: the set is to hold them all. */
static gboolean
check_room (const Reader *reader, gsize n, GError **error)
{
  if (n <= PISD_MAX_SENSORS - reader->sensors->n)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_LIMIT,
                          _ ("rows: got more than %d sensors, expected at most %d"),
                          PISD_MAX_SENSORS, PISD_MAX_SENSORS);
}

static gboolean
add_rows (Reader *reader, const Table *table, GError **error)
{
  for (gsize i = 0; i < table->n; i++)
    if (!add_row (reader, table, i, error))
      {
        g_prefix_error (error, _ ("row %zu: "), i + 1);
        return FALSE;
      }
  return TRUE;
}

static const PisdArray *
get_array (const Reader *reader, guint number)
{
  return g_ptr_array_index (pisd_arrays_get_list (reader->arrays), number);
}

static guint
count_arrays (const Reader *reader)
{
  return pisd_arrays_get_list (reader->arrays)->len;
}

/* G_MAXUINT: there is none. */
static guint
find_array (const Reader *reader, const char *name)
{
  for (guint k = 0; k < count_arrays (reader); k++)
    if (g_str_equal (get_array (reader, k)->name, name))
      return k;
  return G_MAXUINT;
}

/* All its numbers; their shape is one that fits. */
static double *
read_numbers (Reader *reader, guint number, GError **error)
{
  const PisdArray *array = get_array (reader, number);
  const PisdSlice slice = { .axes = { 0, 1 } };
  g_autofree double *numbers = g_new (double, MAX (pisd_array_get_n (array), 1));

  if (pisd_arrays_read_slice (reader->arrays, number, &slice, numbers, error))
    return g_steal_pointer (&numbers);
  reader->is_named = TRUE;
  return NULL;
}

/* Whether it is [N, 3 to 6]; FALSE of what cannot be read, too. */
static gboolean
is_table (const PisdArray *array)
{
  return array->unreadable == NULL && array->n_dimensions == 2 && array->shape[1] >= LEAST_COLUMNS
         && array->shape[1] <= N_COLUMNS;
}

static gboolean
fail_shape (const PisdArray *array, const char *expected, GError **error)
{
  g_autofree char *got = pisd_array_dup_shape (array);
  g_autofree char *name = pisd_error_escape (array->name);

  return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("array %s: got %s, expected %s"), name,
                          array->unreadable != NULL ? array->unreadable : got, expected);
}

/* One array with a column each. */
static gboolean
add_table (Reader *reader, guint number, PisdFieldId field, GError **error)
{
  const PisdArray *array = get_array (reader, number);
  const char *const *names = array->shape[1] == N_COLUMNS ? of_all : of_field;
  Table table = { .field = field, .n = array->shape[0] };
  g_autofree double *numbers = NULL;

  if (!is_table (array))
    return fail_shape (array, _ ("N x 3 (x, y, value), and up to N x 6"), error);
  if (!check_room (reader, table.n, error))
    return FALSE;
  numbers = read_numbers (reader, number, error);
  if (numbers == NULL)
    return FALSE;
  table.stride = table.n_columns = (guint) array->shape[1];
  for (guint c = 0; c < table.n_columns; c++)
    {
      table.columns[c] = pisd_sensor_find_column (names[c]);
      table.values[c] = numbers + c;
    }
  return add_rows (reader, &table, error);
}

/* [N], [N, 1] or [1, N] */
static gboolean
is_column (const PisdArray *array)
{
  return array->unreadable == NULL
         && (array->n_dimensions == 1
             || (array->n_dimensions == 2 && (array->shape[0] == 1 || array->shape[1] == 1)));
}

/* FALSE: it is none, or not as long as the others.  `owned` takes its numbers. */
static gboolean
add_column (Reader *reader, Table *table, guint number, double **owned, GError **error)
{
  const PisdArray *array = get_array (reader, number);
  const gsize n = pisd_array_get_n (array);
  g_autofree char *expected = g_strdup_printf (_ ("%zu numbers, as the others have"), table->n);

  if (!is_column (array))
    return fail_shape (array, _ ("a column of numbers"), error);
  if (table->n_columns > 0 && n != table->n)
    return fail_shape (array, expected, error);
  if (!check_room (reader, n, error))
    return FALSE;
  table->n = n;
  *owned = read_numbers (reader, number, error);
  if (*owned == NULL)
    return FALSE;
  table->columns[table->n_columns] = pisd_sensor_find_column (array->name);
  table->values[table->n_columns++] = *owned;
  return TRUE;
}

/* One array a column. */
static gboolean
add_columns (Reader *reader, GError **error)
{
  const PisdFieldId first = pisd_operator_get (reader->problem)->fields[0].id;
  Table table = { .field = first, .stride = 1 };
  double *owned[N_COLUMNS] = { NULL };
  gboolean good = TRUE;

  for (guint c = 0; c < N_COLUMNS && good; c++)
    {
      const guint number = find_array (reader, of_all[c]);

      if (number != G_MAXUINT)
        good = add_column (reader, &table, number, &owned[c], error);
    }
  good = good && add_rows (reader, &table, error);
  for (guint c = 0; c < N_COLUMNS; c++)
    g_free (owned[c]);
  return good;
}

static gboolean
has_columns (const Reader *reader)
{
  return find_array (reader, "x") != G_MAXUINT && find_array (reader, "y") != G_MAXUINT
         && find_array (reader, "value") != G_MAXUINT;
}

/* A table that is called as a field, of whichever equation. */
static gboolean
is_of_field (const PisdArray *array)
{
  PisdFieldId field;

  return is_table (array) && array->shape[1] < N_COLUMNS
         && pisd_field_id_from_name (array->name, &field);
}

static gboolean
add_of_field (Reader *reader, guint number, GError **error)
{
  const PisdArray *array = get_array (reader, number);
  PisdSensor sensor;

  return pisd_sensor_set_cell (&sensor, reader->problem, pisd_sensor_find_column ("field"),
                               array->name, error)
         && add_table (reader, number, sensor.field, error);
}

static gboolean
fail_none (GError **error)
{
  return pisd_error_fail (error, PISD_ERROR_SHAPE,
                          _ ("arrays: got none that holds sensors, expected x, y and value, or one "
                             "of N x 3"));
}

static gboolean
add_fields (Reader *reader, GError **error)
{
  guint n_found = 0;

  for (guint k = 0; k < count_arrays (reader); k++)
    if (is_of_field (get_array (reader, k)))
      {
        if (!add_of_field (reader, k, error))
          return FALSE;
        n_found++;
      }
  if (n_found > 0)
    return TRUE;
  if (count_arrays (reader) != 1 || pisd_sensor_find_column (get_array (reader, 0)->name) != NULL)
    return fail_none (error);
  return add_table (reader, 0, pisd_operator_get (reader->problem)->fields[0].id, error);
}

static gboolean
add_all (Reader *reader, GError **error)
{
  const guint whole = find_array (reader, "sensors");

  if (whole != G_MAXUINT)
    return add_table (reader, whole, pisd_operator_get (reader->problem)->fields[0].id, error);
  return has_columns (reader) ? add_columns (reader, error) : add_fields (reader, error);
}

PisdSensors *
pisd_sensors_load_arrays_from (PisdProblemId problem, PisdInput *input, GError **error)
{
  g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, error);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  Reader reader = { arrays, problem, sensors, FALSE };
  GError *reason = NULL;

  if (arrays == NULL)
    return NULL;
  if (add_all (&reader, &reason) && sensors->n > 0)
    return g_steal_pointer (&sensors);
  if (reason == NULL)
    pisd_error_fail (&reason, PISD_ERROR_FORMAT, _ ("got no rows, expected a sensor a row"));
  if (!reader.is_named)
    g_prefix_error (&reason, "%s: ", pisd_input_get_name (input));
  g_propagate_error (error, reason);
  return NULL;
}

/* Arrays of other names may stand beside columns; beside tables nothing does. */
gboolean
pisd_sensors_arrays_recognise (PisdInput *input)
{
  g_autoptr (PisdArrays) arrays =
      pisd_arrays_recognise (input) ? pisd_arrays_new (input, NULL) : NULL;
  const Reader reader = { .arrays = arrays };

  if (arrays == NULL || count_arrays (&reader) == 0)
    return FALSE;
  if (has_columns (&reader))
    return TRUE;
  for (guint k = 0; k < count_arrays (&reader); k++)
    if (!is_table (get_array (&reader, k)))
      return FALSE;
  return TRUE;
}

PisdSensors *
pisd_sensors_load_from (PisdProblemId problem, PisdInput *input, GError **error)
{
  return pisd_arrays_recognise (input) ? pisd_sensors_load_arrays_from (problem, input, error)
                                       : pisd_sensors_load_csv_from (problem, input, error);
}
