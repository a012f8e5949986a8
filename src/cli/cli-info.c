#include "cli-common.h"

#include <stdio.h>
#include <string.h>

#include "pisd-elliptic.h"
#include "pisd-error.h"
#include "pisd-npz.h"
#include "pisd-scenario.h"

/* Enough of a file to tell what it is. */
#define HEAD_SIZE 512

typedef gboolean (*Describe) (const char *path, GError **error);

/* Arrays of an NPZ file. */

static gboolean
is_grid (const PisdArray *array)
{
  return array->n_dimensions == 2 && array->shape[0] == PISD_GRID && array->shape[1] == PISD_GRID;
}

static gboolean
has_grid (const GPtrArray *arrays, const char *name)
{
  for (guint i = 0; i < arrays->len; i++)
    {
      const PisdArray *array = g_ptr_array_index (arrays, i);

      if (g_str_equal (array->name, name))
        return is_grid (array);
    }
  return FALSE;
}

static void
print_field (const char *name, const PisdField *field)
{
  double min, max;

  pisd_field_get_range (field, &min, &max);
  printf ("%s: %.6g to %.6g, norm %.6g%s\n", name, min, max, pisd_field_norm (field),
          pisd_field_is_finite (field) ? "" : ", with values that are not finite");
}

static void
print_residuals (const PisdField *a, const PisdField *u)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (int id = 0; id < PISD_N_PROBLEMS; id++)
    {
      const PisdOperator *problem = pisd_operator_get (id);
      double k = problem->has_wavenumber ? settings.wavenumber : 0;

      printf ("residual as %s", problem->name);
      if (problem->has_wavenumber)
        printf (" with k = %g", k);
      printf (": 5-point %.3g, spectral %.3g of the source\n",
              pisd_elliptic_relative_residual (PISD_LAPLACIAN_FIVE_POINT, k, a, u),
              pisd_elliptic_relative_residual (PISD_LAPLACIAN_SPECTRAL, k, a, u));
    }
}

static PisdField *
dup_field (const PisdArray *array)
{
  PisdField *field = pisd_field_new (PISD_GRID, PISD_GRID);

  memcpy (field->data, array->data, sizeof (double) * PISD_GRID * PISD_GRID);
  return field;
}

static gboolean
describe_pair (const char *path, GError **error)
{
  const char *const names[] = { "a", "u", NULL };
  g_autoptr (GPtrArray) arrays = pisd_npz_read (path, names, PISD_GRID * PISD_GRID, error);
  g_autoptr (PisdField) a = NULL;
  g_autoptr (PisdField) u = NULL;

  if (arrays == NULL)
    return FALSE;
  a = dup_field (g_ptr_array_index (arrays, 0));
  u = dup_field (g_ptr_array_index (arrays, 1));
  print_field ("a", a);
  print_field ("u", u);
  print_residuals (a, u);
  return TRUE;
}

static gboolean
describe_npz (const char *path, GError **error)
{
  g_autoptr (GPtrArray) arrays = pisd_npz_list (path, error);

  if (arrays == NULL)
    return FALSE;
  printf ("%s: NPZ archive, %u array%s\n", path, arrays->len, arrays->len == 1 ? "" : "s");
  for (guint i = 0; i < arrays->len; i++)
    {
      const PisdArray *array = g_ptr_array_index (arrays, i);
      g_autofree char *shape = pisd_array_dup_shape (array);

      printf ("%s: %s\n", array->name, shape);
    }
  if (has_grid (arrays, "a") && has_grid (arrays, "u"))
    return describe_pair (path, error);
  return TRUE;
}

/* Sensors. */

typedef struct
{
  guint n, n_noisy;
  double x[2], y[2], value[2]; /* smallest, largest */
} Extent;

static void
widen (double range[2], double value, gboolean is_first)
{
  range[0] = is_first ? value : MIN (range[0], value);
  range[1] = is_first ? value : MAX (range[1], value);
}

static Extent
measure_extent (const PisdSensors *sensors, PisdFieldId field)
{
  Extent extent = { 0 };

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];

      if (sensor->field != field)
        continue;
      widen (extent.x, sensor->x, extent.n == 0);
      widen (extent.y, sensor->y, extent.n == 0);
      widen (extent.value, sensor->value, extent.n == 0);
      extent.n_noisy += sensor->sd > 0;
      extent.n++;
    }
  return extent;
}

static void
print_sensors (PisdProblemId id, const PisdSensors *sensors)
{
  const PisdOperator *problem = pisd_operator_get (id);

  for (guint i = 0; i < problem->n_fields; i++)
    {
      const PisdFieldInfo *field = &problem->fields[i];
      Extent extent = measure_extent (sensors, field->id);

      printf ("%s: %u sensor%s", field->name, extent.n, extent.n == 1 ? "" : "s");
      if (extent.n > 0)
        printf (", x %g to %g, y %g to %g, value %g to %g, %u with noise", extent.x[0], extent.x[1],
                extent.y[0], extent.y[1], extent.value[0], extent.value[1], extent.n_noisy);
      printf ("\n");
    }
}

static gboolean
describe_sensors (const char *path, GError **error)
{
  PisdSettings settings;
  g_autoptr (PisdSensors) sensors = NULL;

  pisd_settings_init_default (&settings);
  sensors = pisd_sensors_load_csv (settings.problem, path, error);
  if (sensors == NULL)
    return FALSE;
  printf ("%s: sensor table, %u row%s\n", path, sensors->n, sensors->n == 1 ? "" : "s");
  print_sensors (settings.problem, sensors);
  return TRUE;
}

/* Scenarios. */

static const char *
describe_truth (const PisdScenario *scenario)
{
  if (scenario->instance == NULL)
    return "unknown";
  return scenario->truth_path != NULL ? scenario->truth_path : "random instance";
}

static gboolean
describe_scenario (const char *path, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_load (path, error);
  const PisdSettingInfo *infos;
  guint n;

  if (scenario == NULL)
    return FALSE;
  printf ("%s: scenario\ntask: %s\ntruth: %s\n", path,
          pisd_task_get_name (pisd_scenario_get_task (scenario)), describe_truth (scenario));
  print_sensors (scenario->settings.problem, scenario->sensors);
  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (&scenario->settings, &infos[i]);

      printf ("%s = %s\n", infos[i].key, text);
    }
  return TRUE;
}

/* Which is which. */

static gboolean
looks_like_npz (const char *head)
{
  return g_str_has_prefix (head, "PK");
}

/* A group's head in the first line that is neither empty nor a comment. */
static gboolean
looks_like_scenario (const char *head)
{
  while (*head == '#' || g_ascii_isspace (*head))
    {
      head += *head == '#' ? strcspn (head, "\n") : 1;
    }
  return *head == '[';
}

/* The word `field` in the first line. */
static gboolean
looks_like_sensors (const char *head)
{
  g_autofree char *line = g_strndup (head, strcspn (head, "\r\n"));

  return strstr (line, "field") != NULL && strchr (line, ',') != NULL;
}

typedef struct
{
  gboolean (*recognise) (const char *head);
  Describe describe;
} Kind;

static const Kind kinds[] = {
  { looks_like_npz, describe_npz },
  { looks_like_scenario, describe_scenario },
  { looks_like_sensors, describe_sensors },
};

/* The first bytes, terminated. */
static gboolean
read_head (const char *path, char head[HEAD_SIZE], GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local = NULL;
  gsize n = 0;

  stream = g_file_read (file, NULL, &local);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_SIZE - 1, &n, NULL, &local))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: cannot be read: %s", path,
                   local->message);
      return FALSE;
    }
  head[n] = '\0';
  return TRUE;
}

gboolean
cli_info (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (GStrv) paths = NULL;
  char head[HEAD_SIZE];

  paths = cli_parse (entries, "FILE",
                     "Says what a file holds: fields (NPZ), sensors (CSV) or a scenario.", argc,
                     argv, error);
  if (paths == NULL)
    return FALSE;
  if (g_strv_length (paths) != 1)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got %u files, expected one",
                   g_strv_length (paths));
      return FALSE;
    }
  if (!read_head (paths[0], head, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].recognise (head))
        return kinds[i].describe (paths[0], error);
    }
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
               "%s: not a file of this program, expected an NPZ archive, a sensor table with the "
               "header field,x,y,value, "
               "or a scenario",
               paths[0]);
  return FALSE;
}
