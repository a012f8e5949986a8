#include "cli-common.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-file-kind.h"
#include "pisd-npz.h"
#include "pisd-scenario-load.h"
#include "pisd-sensors-csv.h"
#include "pisd-solver.h"

typedef gboolean (*Describe) (PisdInput *input, GError **error);

/* Arrays of an NPZ file. */

static gboolean
is_grid (const PisdArray *array)
{
  return array->unreadable == NULL && array->n_dimensions == 2 && array->shape[0] == PISD_GRID
         && array->shape[1] == PISD_GRID;
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

/* The exponent e of the largest value: 2^(e - 1) <= max |f| < 2^e; 0 for a field of zeros. */
static int
find_exponent (const PisdField *field)
{
  double min, max;
  int exponent;

  pisd_field_get_range (field, &min, &max);
  frexp (MAX (fabs (min), fabs (max)), &exponent);
  return exponent;
}

/* f 2^-e, which has squares where those of f would leave the range of numbers. */
static PisdField *
dup_scaled (const PisdField *field, int exponent)
{
  PisdField *scaled = pisd_field_dup (field);
  gsize n = pisd_field_get_n (field);

  for (gsize i = 0; i < n; i++)
    scaled->data[i] = ldexp (field->data[i], -exponent);
  return scaled;
}

/* |f|, which may be larger than the largest double */
static long double
find_norm (const PisdField *field)
{
  int exponent = find_exponent (field);
  g_autoptr (PisdField) scaled = dup_scaled (field, exponent);

  return ldexpl (pisd_field_norm (scaled), exponent);
}

/* A number as it is read: zero has no sign. */
static double
unsigned_zero (double value)
{
  return value == 0 ? 0 : value;
}

static void
print_field (const char *name, const PisdField *field)
{
  double min, max;

  if (!pisd_field_get_range (field, &min, &max))
    {
      printf ("%s: no finite value\n", name);
      return;
    }
  if (min == 0 && max == 0 && pisd_field_is_finite (field))
    {
      printf ("%s: 0 everywhere\n", name);
      return;
    }
  printf ("%s: %.6g to %.6g", name, unsigned_zero (min), unsigned_zero (max));
  if (pisd_field_is_finite (field))
    printf (", norm %.6Lg\n", find_norm (field));
  else
    printf (", with values that are not finite\n");
}

static void
print_residual (PisdProblemId problem, PisdField *const *fields)
{
  const PisdOperator *row = pisd_operator_get (problem);
  PisdSettings settings;
  PisdEquation equation;
  g_autoptr (PisdSolver) solver = NULL;

  pisd_settings_init_default (&settings);
  settings.problem = problem;
  equation = pisd_settings_get_equation (&settings);
  solver = pisd_solver_new (&equation);
  printf ("residual as %s", row->name);
  for (guint c = 0; c < row->n_constants; c++)
    printf (" %s %s = %g", c == 0 ? "with" : "and", row->constants[c].key, equation.constants[c]);
  printf (": 5-point %.3g, spectral %.3g of the source\n",
          pisd_solver_relative_residual (solver, PISD_DIFFERENCES, fields),
          pisd_solver_relative_residual (solver, PISD_SPECTRAL, fields));
}

static gboolean
is_zero_inside (const PisdField *field)
{
  g_autoptr (PisdField) inside = pisd_field_dup (field);

  pisd_field_zero_boundary (inside);
  return pisd_field_norm (inside) == 0;
}

/* Residuals are parts of the source: both fields may be scaled alike. */
static void
print_residuals (const PisdField *a, const PisdField *u)
{
  int exponent = MAX (find_exponent (a), find_exponent (u));
  g_autoptr (PisdField) scaled_a = dup_scaled (a, exponent);
  g_autoptr (PisdField) scaled_u = dup_scaled (u, exponent);
  PisdField *const fields[] = { scaled_a, scaled_u };

  if (!pisd_field_is_finite (a) || !pisd_field_is_finite (u))
    return;
  if (is_zero_inside (scaled_a))
    {
      printf ("residual: none, the source is zero\n");
      return;
    }
  for (guint id = 0; id < pisd_operator_get_n (); id++)
    print_residual (id, fields);
}

static PisdField *
dup_field (const PisdArray *array)
{
  PisdField *field = pisd_field_new (PISD_GRID, PISD_GRID);

  memcpy (field->data, array->data, sizeof (double) * PISD_GRID * PISD_GRID);
  return field;
}

static gboolean
describe_pair (PisdInput *input, GError **error)
{
  const char *const names[] = { "a", "u", NULL };
  g_autoptr (GPtrArray) arrays = pisd_npz_read_from (input, names, PISD_GRID * PISD_GRID, error);
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

/* A name may hold anything: only one without blanks and controls stands without quotes. */
static char *
dup_shown_name (const char *name)
{
  g_autofree char *escaped = pisd_error_escape (name);

  if (g_str_equal (escaped, name) && strpbrk (name, " :\"") == NULL)
    return g_steal_pointer (&escaped);
  return pisd_error_quote (name);
}

static void
print_array (const PisdArray *array)
{
  g_autofree char *name = dup_shown_name (array->name);
  g_autofree char *shape = pisd_array_dup_shape (array);

  if (array->unreadable == NULL)
    printf ("%s: %s\n", name, shape);
  else
    printf ("%s: not readable here: %s\n", name, array->unreadable);
}

/* Whoever wrote the archive may have written anything. */
static void
print_name (const char *name)
{
  g_autofree char *escaped = pisd_error_escape (name);

  printf ("called: %s\n", escaped);
}

static gboolean
describe_npz (PisdInput *input, GError **error)
{
  g_autoptr (GPtrArray) arrays = pisd_npz_list_from (input, error);
  g_autofree char *comment = NULL;

  if (arrays == NULL)
    return FALSE;
  printf ("%s: NPZ archive, %u array%s\n", pisd_input_get_name (input), arrays->len,
          arrays->len == 1 ? "" : "s");
  comment = pisd_npz_dup_comment (input);
  if (comment != NULL)
    print_name (comment);
  for (guint i = 0; i < arrays->len; i++)
    print_array (g_ptr_array_index (arrays, i));
  if (has_grid (arrays, "a") && has_grid (arrays, "u"))
    return describe_pair (input, error);
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
  value = unsigned_zero (value);
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
describe_sensors (PisdInput *input, GError **error)
{
  PisdSettings settings;
  g_autoptr (PisdSensors) sensors = NULL;

  pisd_settings_init_default (&settings);
  sensors = pisd_sensors_load_csv_from (settings.problem, input, error);
  if (sensors == NULL)
    return FALSE;
  printf ("%s: sensor table, %u row%s\n", pisd_input_get_name (input), sensors->n,
          sensors->n == 1 ? "" : "s");
  print_sensors (settings.problem, sensors);
  return TRUE;
}

/* Scenarios. */

static char *
dup_truth_description (const PisdScenario *scenario)
{
  if (scenario->instance == NULL)
    return g_strdup ("unknown");
  return scenario->truth_path != NULL ? pisd_error_escape (scenario->truth_path)
                                      : g_strdup ("random instance");
}

static gboolean
describe_scenario (PisdInput *input, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_load_from (input, error);
  g_autofree char *truth = NULL;
  const PisdSettingInfo *infos;
  guint n;

  if (scenario == NULL)
    return FALSE;
  truth = dup_truth_description (scenario);
  printf ("%s: scenario\ntask: %s\ntruth: %s\n", pisd_input_get_name (input),
          pisd_task_get_name (pisd_scenario_get_task (scenario)), truth);
  print_sensors (scenario->settings.problem, scenario->sensors);
  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (&scenario->settings, &infos[i]);

      printf ("%s = %s\n", infos[i].key, text);
    }
  return TRUE;
}

static const Describe describers[PISD_N_FILE_KINDS] = {
  [PISD_FILE_KIND_FIELDS] = describe_npz,
  [PISD_FILE_KIND_SENSORS] = describe_sensors,
  [PISD_FILE_KIND_SCENARIO] = describe_scenario,
};

/* Opened once, so that a pipe can be described like a file. */
static gboolean
describe (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);
  PisdFileKind kind;

  if (input == NULL)
    return FALSE;
  if (pisd_file_kind_recognise (input, &kind))
    return describers[kind](input, error);
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
               "%s: not a file of this program, expected an NPZ archive, a sensor table with the "
               "header field,x,y,value, or a scenario",
               pisd_input_get_name (input));
  return FALSE;
}

gboolean
cli_info (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (GStrv) paths = NULL;

  paths = cli_parse (entries, "FILE",
                     "Says what a file holds: fields (NPZ), sensors (CSV) or a scenario.", argc,
                     argv, error);
  if (paths == NULL)
    return FALSE;
  if (g_strv_length (paths) == 1)
    return describe (paths[0], error);
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got %u files, expected one",
               g_strv_length (paths));
  return FALSE;
}
