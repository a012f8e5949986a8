#include "pisd-sensors.h"

#include <errno.h>
#include <float.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-rng.h"
#include "pisd-save.h"

/* Six numbers of 24 characters fit five times over. */
#define MAX_LINE 1024

PisdSensors *
pisd_sensors_new (void)
{
  return g_new0 (PisdSensors, 1);
}

PisdSensors *
pisd_sensors_dup (const PisdSensors *sensors)
{
  PisdSensors *copy;

  g_return_val_if_fail (sensors != NULL, NULL);

  copy = pisd_sensors_new ();
  copy->n = copy->n_allocated = sensors->n;
  copy->items = g_memdup2 (sensors->items, sensors->n * sizeof *sensors->items);
  return copy;
}

void
pisd_sensors_free (PisdSensors *sensors)
{
  if (sensors == NULL)
    return;

  g_free (sensors->items);
  g_free (sensors);
}

static gboolean
sensor_equal (const PisdSensor *a, const PisdSensor *b)
{
  return a->field == b->field && a->x == b->x && a->y == b->y && a->t == b->t
         && a->value == b->value && a->sd == b->sd;
}

gboolean
pisd_sensors_equal (const PisdSensors *a, const PisdSensors *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!sensor_equal (&a->items[i], &b->items[i]))
      return FALSE;
  return TRUE;
}

/* Room for `n` more; FALSE if the set would be over-full. */
static gboolean
reserve (PisdSensors *sensors, guint n)
{
  guint needed;

  if (n > PISD_MAX_SENSORS - sensors->n)
    return FALSE;

  needed = sensors->n + n;
  if (needed > sensors->n_allocated)
    {
      sensors->n_allocated = MAX (needed, MAX (64, 2 * sensors->n_allocated));
      sensors->items = g_renew (PisdSensor, sensors->items, sensors->n_allocated);
    }
  return TRUE;
}

gboolean
pisd_sensors_add (PisdSensors *sensors, const PisdSensor *sensor)
{
  PisdSensor copy;

  g_return_val_if_fail (sensors != NULL && sensor != NULL, FALSE);

  copy = *sensor; /* may lie in the array that grows */
  if (!reserve (sensors, 1))
    return FALSE;
  sensors->items[sensors->n++] = copy;
  return TRUE;
}

void
pisd_sensors_remove (PisdSensors *sensors, guint index)
{
  g_return_if_fail (sensors != NULL && index < sensors->n);

  sensors->n--;
  memmove (sensors->items + index, sensors->items + index + 1,
           (sensors->n - index) * sizeof *sensors->items);
}

int
pisd_sensors_find (const PisdSensors *sensors, PisdFieldId field, double x, double y, double radius)
{
  double nearest = radius * radius;
  int found = -1;

  g_return_val_if_fail (sensors != NULL, -1);

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];
      double dx = sensor->x - x, dy = sensor->y - y;
      double distance = dx * dx + dy * dy;

      if (sensor->field != field || distance > nearest || (found >= 0 && distance == nearest))
        continue;
      nearest = distance;
      found = i;
    }
  return found;
}

guint
pisd_sensors_count (const PisdSensors *sensors, PisdFieldId field)
{
  guint n = 0;

  g_return_val_if_fail (sensors != NULL, 0);

  for (guint i = 0; i < sensors->n; i++)
    n += sensors->items[i].field == field;
  return n;
}

void
pisd_sensors_clear (PisdSensors *sensors)
{
  g_return_if_fail (sensors != NULL);

  sensors->n = 0;
}

double
pisd_sensor_get_frame_time (PisdFieldId field)
{
  return field == PISD_FIELD_U ? 1 : 0;
}

static const PisdField *
get_field (const PisdInstance *instance, PisdFieldId field)
{
  return instance != NULL ? pisd_instance_get_field (instance, field) : NULL;
}

PisdSensor
pisd_sensor_at_node (const PisdInstance *instance, PisdFieldId field, guint i, guint j, double sd)
{
  const PisdField *truth = get_field (instance, field);
  PisdSensor sensor = { .field = field, .t = pisd_sensor_get_frame_time (field), .sd = sd };

  g_return_val_if_fail (i < PISD_GRID && j < PISD_GRID, sensor);

  sensor.x = j / (PISD_GRID - 1.0);
  sensor.y = i / (PISD_GRID - 1.0);
  sensor.value = truth != NULL ? truth->data[i * PISD_GRID + j] : 0;
  return sensor;
}

gboolean
pisd_sensors_scatter (PisdSensors *sensors,
                      const PisdInstance *instance,
                      PisdFieldId field,
                      guint n,
                      double sd,
                      guint64 seed)
{
  g_autofree guint *nodes = NULL;
  g_autofree double *noise = NULL;

  g_return_val_if_fail (sensors != NULL && sd >= 0, FALSE);

  if (n > PISD_GRID * PISD_GRID || !reserve (sensors, n))
    return FALSE;

  nodes = g_new (guint, n);
  noise = g_new (double, n);
  pisd_rng_choose (seed, PISD_STREAM_SITES, field, PISD_GRID * PISD_GRID, n, nodes);
  pisd_rng_fill_normal (seed, PISD_STREAM_READING, field, pisd_sensors_count (sensors, field), n,
                        noise);
  for (guint k = 0; k < n; k++)
    {
      PisdSensor sensor =
          pisd_sensor_at_node (instance, field, nodes[k] / PISD_GRID, nodes[k] % PISD_GRID, sd);

      sensor.value += sd * noise[k];
      sensors->items[sensors->n++] = sensor;
    }
  return TRUE;
}

/* The full spectral interpolant of one gridded field, made when the first off-grid sensor asks for
 * it. */
typedef struct
{
  const PisdField *field; /* [S, S] */
  PisdBasis basis;
  guint n;              /* modes of the full basis */
  double *coefficients; /* [n, n], NULL until needed */
  double *by, *bx;      /* [n] */
} Interpolant;

static void
interpolant_analyze (Interpolant *self)
{
  g_autoptr (PisdTransform) transform = NULL;

  self->n = pisd_basis_get_n_modes (self->basis);
  transform = pisd_transform_new (self->basis, self->n, PISD_TRANSFORM_AUTO);
  self->coefficients = g_new (double, self->n *(gsize) self->n);
  self->by = g_new (double, self->n);
  self->bx = g_new (double, self->n);
  pisd_transform_analyze (transform, self->field->data, self->coefficients);
}

static void
interpolant_clear (Interpolant *self)
{
  g_free (self->coefficients);
  g_free (self->by);
  g_free (self->bx);
}

/* f (x, y) = sum_kl c[k, l] phi_k (y) phi_l (x) */
static double
interpolant_evaluate (Interpolant *self, double x, double y)
{
  double sum = 0;

  if (self->coefficients == NULL)
    interpolant_analyze (self);
  pisd_basis_evaluate (self->basis, self->n, y, self->by);
  pisd_basis_evaluate (self->basis, self->n, x, self->bx);
  for (guint k = 0; k < self->n; k++)
    {
      const double *row = self->coefficients + (gsize) k * self->n;
      double inner = 0;

      for (guint l = 0; l < self->n; l++)
        inner += row[l] * self->bx[l];
      sum += self->by[k] * inner;
    }
  return sum;
}

static double
interpolant_read (Interpolant *self, double x, double y)
{
  guint i, j;

  if (pisd_grid_find_node (y, &i) && pisd_grid_find_node (x, &j))
    return self->field->data[i * PISD_GRID + j];
  return interpolant_evaluate (self, x, y);
}

static void
measure_field (PisdSensors *sensors,
               const PisdInstance *instance,
               const PisdFieldInfo *info,
               guint64 seed)
{
  Interpolant interpolant = { .field = pisd_instance_get_field (instance, info->id),
                              .basis = info->basis };
  guint n = pisd_sensors_count (sensors, info->id);
  g_autofree double *noise = g_new (double, n);
  guint k = 0;

  pisd_rng_fill_normal (seed, PISD_STREAM_READING, info->id, 0, n, noise);
  for (guint i = 0; i < sensors->n; i++)
    {
      PisdSensor *sensor = &sensors->items[i];

      if (sensor->field != info->id)
        continue;
      sensor->value = interpolant_read (&interpolant, sensor->x, sensor->y);
      sensor->value += sensor->sd * noise[k++];
    }
  interpolant_clear (&interpolant);
}

void
pisd_sensors_measure (PisdSensors *sensors, const PisdInstance *instance, guint64 seed)
{
  const PisdOperator *info;

  g_return_if_fail (sensors != NULL && instance != NULL);

  info = pisd_operator_get (pisd_instance_get_problem (instance));
  for (guint i = 0; i < info->n_fields; i++)
    measure_field (sensors, instance, &info->fields[i], seed);
}

/* The columns of a row, in the order in which rows are written. */
typedef struct
{
  const char *name;
  gboolean required; /* in a CSV header */
  gboolean is_field; /* a field's name; else a number at `offset` */
  gsize offset;
  double minimum, maximum;
  const char *expected; /* the range in words */
} Column;

static const Column columns[] = {
  { "field", TRUE, TRUE, 0, 0, 0, NULL },
  { "x", TRUE, FALSE, G_STRUCT_OFFSET (PisdSensor, x), 0, 1, "0 to 1" },
  { "y", TRUE, FALSE, G_STRUCT_OFFSET (PisdSensor, y), 0, 1, "0 to 1" },
  { "t", FALSE, FALSE, G_STRUCT_OFFSET (PisdSensor, t), 0, 1, "0 to 1" },
  { "value", TRUE, FALSE, G_STRUCT_OFFSET (PisdSensor, value), -DBL_MAX, DBL_MAX, "" },
  { "sd", FALSE, FALSE, G_STRUCT_OFFSET (PisdSensor, sd), 0, DBL_MAX, "0 or more" },
};

#define N_COLUMNS G_N_ELEMENTS (columns)
#define COLUMN_LIST "field, x, y, value, t, sd"

static gboolean
fail_cell (GError **error,
           PisdError code,
           const char *column,
           const char *text,
           const char *expected)
{
  g_autofree char *quoted = pisd_error_quote (text);

  g_set_error (error, PISD_ERROR, code, "%s: got %s, expected %s", column, quoted, expected);
  return FALSE;
}

static gboolean
fail_field (PisdProblemId problem, const char *text, GError **error)
{
  const PisdOperator *info = pisd_operator_get (problem);
  g_autofree char *quoted = pisd_error_quote (text);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " or " : "", info->fields[i].name);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "field: got %s, expected %s for %s", quoted,
               names->str, info->name);
  return FALSE;
}

static gboolean
set_field (PisdSensor *sensor, PisdProblemId problem, const char *text, GError **error)
{
  PisdFieldId field;

  if (!pisd_field_id_from_name (text, &field) || pisd_problem_find_field (problem, field) == NULL)
    return fail_field (problem, text, error);

  sensor->field = field;
  return TRUE;
}

static gboolean
set_cell (PisdSensor *sensor,
          PisdProblemId problem,
          const Column *column,
          const char *text,
          GError **error)
{
  double value;

  if (column->is_field)
    return set_field (sensor, problem, text, error);
  if (!pisd_number_parse (text, &value))
    return fail_cell (error, PISD_ERROR_FORMAT, column->name, text, "a number");
  if (value < column->minimum || value > column->maximum)
    return fail_cell (error, PISD_ERROR_RANGE, column->name, text, column->expected);

  G_STRUCT_MEMBER (double, sensor, column->offset) = value;
  return TRUE;
}

static const Column *
find_column (const char *name)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (columns[i].name, name))
      return &columns[i];
  return NULL;
}

gboolean
pisd_sensor_set_cell (PisdSensor *sensor,
                      PisdProblemId problem,
                      const char *column,
                      const char *text,
                      GError **error)
{
  const Column *found;

  g_return_val_if_fail (sensor != NULL && column != NULL && text != NULL, FALSE);

  found = find_column (column);
  if (found == NULL)
    return fail_cell (error, PISD_ERROR_UNKNOWN, "column", column, COLUMN_LIST);
  return set_cell (sensor, problem, found, text, error);
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

static gboolean
fail_count (GError **error, guint got, guint expected)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, "row: got %u cells, expected %u", got,
               expected);
  return FALSE;
}

gboolean
pisd_sensor_set_row (PisdSensor *sensor, PisdProblemId problem, const char *text, GError **error)
{
  g_auto (GStrv) cells = NULL;
  PisdSensor row = { 0 };

  g_return_val_if_fail (sensor != NULL && text != NULL, FALSE);

  cells = g_strsplit (text, ",", N_COLUMNS + 1);
  if (g_strv_length (cells) != N_COLUMNS)
    return fail_count (error, g_strv_length (cells), N_COLUMNS);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!set_cell (&row, problem, &columns[i], cells[i], error))
      return FALSE;

  *sensor = row;
  return TRUE;
}

/* A CSV file being read, one line at a time. */
typedef struct
{
  const char *path;
  FILE *file;
  guint64 line;        /* number of the line in `text`, from 1 */
  char text[MAX_LINE]; /* without its end */
  PisdProblemId problem;
  guint n_columns;                 /* of the header; 0 before it */
  const Column *header[N_COLUMNS]; /* [n_columns] */
} Reader;

typedef enum
{
  LINE_READ,
  LINE_END,
  LINE_FAILED
} LineStatus;

/* Turns "x: got ..." into "sensors.csv:12: x: got ..." */
static gboolean
fail_at (Reader *reader, GError **error)
{
  g_prefix_error (error, "%s:%" G_GUINT64_FORMAT ": ", reader->path, reader->line);
  return FALSE;
}

static gboolean
fail_line (Reader *reader, GError **error, PisdError code, const char *message)
{
  g_set_error_literal (error, PISD_ERROR, code, message);
  return fail_at (reader, error);
}

/* Fills `text` up to the line's end; FALSE if it does not fit or holds a NUL byte. */
static gboolean
fill_line (Reader *reader, gboolean *at_end, GError **error)
{
  guint n = 0;
  int c;

  while ((c = getc_unlocked (reader->file)) != EOF && c != '\n')
    {
      if (c == '\0')
        return fail_line (reader, error, PISD_ERROR_FORMAT, "got a NUL byte, expected text");
      if (n == MAX_LINE - 1)
        return fail_line (reader, error, PISD_ERROR_FORMAT,
                          "got a line of 1024 bytes or more, expected a row of numbers");
      reader->text[n++] = c;
    }

  if (n > 0 && reader->text[n - 1] == '\r')
    n--;
  reader->text[n] = '\0';
  *at_end = c == EOF && n == 0;
  return TRUE;
}

static void
skip_byte_order_mark (char *text)
{
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    memmove (text, text + 3, strlen (text + 3) + 1);
}

/* The next line that is not blank. */
static LineStatus
read_line (Reader *reader, GError **error)
{
  gboolean at_end;

  do
    {
      reader->line++;
      if (!fill_line (reader, &at_end, error))
        return LINE_FAILED;
      if (ferror (reader->file))
        {
          g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: cannot be read: %s", reader->path,
                       g_strerror (errno));
          return LINE_FAILED;
        }
      if (at_end)
        return LINE_END;
      if (reader->line == 1)
        skip_byte_order_mark (reader->text);
      g_strstrip (reader->text);
    }
  while (reader->text[0] == '\0');
  return LINE_READ;
}

/* A cell without the blanks and the quotes around it, changed in place. */
static const char *
strip_cell (char *cell)
{
  gsize n;

  g_strstrip (cell);
  n = strlen (cell);
  if (n >= 2 && cell[0] == '"' && cell[n - 1] == '"' && strchr (cell + 1, '"') == cell + n - 1)
    {
      cell[n - 1] = '\0';
      cell++;
    }
  return cell;
}

static gboolean
has_column (const Reader *reader, const Column *column)
{
  for (guint i = 0; i < reader->n_columns; i++)
    if (reader->header[i] == column)
      return TRUE;
  return FALSE;
}

static gboolean
add_column (Reader *reader, const char *name, GError **error)
{
  const Column *column = find_column (name);

  if (column == NULL)
    return fail_cell (error, PISD_ERROR_UNKNOWN, "column", name, "one of " COLUMN_LIST);
  if (has_column (reader, column))
    return fail_cell (error, PISD_ERROR_FORMAT, "column", name, "each column once");

  reader->header[reader->n_columns++] = column;
  return TRUE;
}

static gboolean
parse_header (Reader *reader, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (reader->text, ",", -1);

  for (guint i = 0; cells[i] != NULL; i++)
    if (!add_column (reader, strip_cell (cells[i]), error))
      return fail_at (reader, error);

  for (guint i = 0; i < N_COLUMNS; i++)
    if (columns[i].required && !has_column (reader, &columns[i]))
      {
        fail_cell (error, PISD_ERROR_FORMAT, "header", reader->text,
                   "columns field, x, y, value and optionally t, sd");
        g_prefix_error (error, "column %s is missing: ", columns[i].name);
        return fail_at (reader, error);
      }
  return TRUE;
}

static gboolean
parse_row (Reader *reader, PisdSensor *sensor, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (reader->text, ",", -1);
  guint n = g_strv_length (cells);

  *sensor = (PisdSensor){ .t = NAN };
  if (n != reader->n_columns)
    return fail_count (error, n, reader->n_columns);
  for (guint i = 0; i < n; i++)
    if (!set_cell (sensor, reader->problem, reader->header[i], strip_cell (cells[i]), error))
      return FALSE;

  if (isnan (sensor->t))
    sensor->t = pisd_sensor_get_frame_time (sensor->field);
  return TRUE;
}

static gboolean
read_rows (Reader *reader, PisdSensors *sensors, GError **error)
{
  LineStatus status;

  while ((status = read_line (reader, error)) == LINE_READ)
    {
      PisdSensor sensor;

      if (sensors->n == PISD_MAX_SENSORS)
        {
          g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
                       "rows: got more than %d sensors, expected at most %d", PISD_MAX_SENSORS,
                       PISD_MAX_SENSORS);
          return fail_at (reader, error);
        }
      if (!parse_row (reader, &sensor, error))
        return fail_at (reader, error);
      pisd_sensors_add (sensors, &sensor);
    }
  return status == LINE_END;
}

static gboolean
read_table (Reader *reader, PisdSensors *sensors, GError **error)
{
  LineStatus status = read_line (reader, error);

  if (status == LINE_FAILED)
    return FALSE;
  if (status == LINE_END)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
                   "%s: got an empty file, expected a header with field, x, y, value",
                   reader->path);
      return FALSE;
    }

  if (!parse_header (reader, error) || !read_rows (reader, sensors, error))
    return FALSE;
  if (sensors->n == 0)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
                   "%s: got no rows, expected at least one sensor below the header", reader->path);
      return FALSE;
    }
  return TRUE;
}

PisdSensors *
pisd_sensors_load_csv (PisdProblemId problem, const char *path, GError **error)
{
  g_autoptr (PisdSensors) sensors = NULL;
  Reader reader = { .path = path, .problem = problem };
  gboolean ok;

  g_return_val_if_fail (pisd_operator_get (problem) != NULL && path != NULL, NULL);

  reader.file = g_fopen (path, "rbe");
  if (reader.file == NULL)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: cannot be opened: %s", path,
                   g_strerror (errno));
      return NULL;
    }

  sensors = pisd_sensors_new ();
  ok = read_table (&reader, sensors, error);
  fclose (reader.file);
  return ok ? g_steal_pointer (&sensors) : NULL;
}

gboolean
pisd_sensors_save_csv (const PisdSensors *sensors, const char *path, GError **error)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (sensors != NULL && path != NULL, FALSE);

  text = g_string_new ("");
  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", columns[i].name);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < sensors->n; i++)
    {
      pisd_sensor_append_row (&sensors->items[i], text);
      g_string_append_c (text, '\n');
    }
  return pisd_save_bytes (path, text->str, text->len, error);
}
