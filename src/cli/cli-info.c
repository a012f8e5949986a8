#include "cli-common.h"

#include <stdio.h>

#include "cli-fit.h"
#include "cli-info-fields.h"
#include "cli-info-weights.h"
#include "cli-reading-options.h"

#include "pisd-error.h"
#include "pisd-lesson.h"
#include "pisd-sensors-arrays.h"
#include "pisd-setup-load.h"
#include "pisd-setup-text.h"
#include "pisd-truth.h"

typedef gboolean (*Describe) (PisdInput *input, GError **error);

/* Sensors. */

typedef struct
{
  guint n, n_noisy;
  double x[2], y[2], value[2]; /* smallest, largest */
} Extent;

static void
widen (double range[2], double value, gboolean is_first)
{
  value = cli_unsigned_zero (value);
  range[0] = is_first ? value : MIN (range[0], value);
  range[1] = is_first ? value : MAX (range[1], value);
}

static Extent
measure_extent (const PisdSensors *sensors, const PisdFieldInfo *info, guint frame)
{
  Extent extent = { 0 };

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];

      if (!pisd_sensor_is_on (sensor, info, frame))
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
print_extent (const char *name, const Extent *extent)
{
  printf ("%s: %u sensor%s", name, extent->n, extent->n == 1 ? "" : "s");
  if (extent->n > 0)
    printf (", x %g to %g, y %g to %g, value %g to %g, %u with noise", extent->x[0], extent->x[1],
            extent->y[0], extent->y[1], extent->value[0], extent->value[1], extent->n_noisy);
  printf ("\n");
}

/* Frame by frame; of a flow only those that have sensors. */
static void
print_sensors (PisdProblemId id, const PisdSensors *sensors)
{
  const PisdOperator *problem = pisd_operator_get (id);
  guint field, frame;

  for (guint n = 0; n < pisd_operator_count_frames (problem); n++)
    {
      g_autofree char *name = NULL;
      Extent extent;

      pisd_operator_get_frame (problem, n, &field, &frame);
      name = pisd_field_info_dup_symbol (&problem->fields[field], frame);
      extent = measure_extent (sensors, &problem->fields[field], frame);
      if (extent.n > 0 || problem->whole == NULL)
        print_extent (name, &extent);
    }
}

/* A table does not name its equation: the first one that has its fields.  Another fault is one for
 * all equations. */
static PisdSensors *
load_sensors (PisdInput *input, PisdProblemId *problem, GError **error)
{
  g_autoptr (GError) reason = NULL;

  for (guint p = 0; p < pisd_operator_get_n (); p++)
    {
      PisdSensors *sensors;

      g_clear_error (&reason);
      sensors = pisd_sensors_load_from (p, input, &reason);
      *problem = p;
      if (sensors != NULL)
        return sensors;
      if (!g_error_matches (reason, PISD_ERROR, PISD_ERROR_UNKNOWN))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static gboolean
describe_sensors (PisdInput *input, GError **error)
{
  PisdProblemId problem;
  g_autoptr (PisdSensors) sensors = load_sensors (input, &problem, error);

  if (sensors == NULL)
    return FALSE;
  printf ("%s: sensor table, %u row%s\n", pisd_input_get_name (input), sensors->n,
          sensors->n == 1 ? "" : "s");
  print_sensors (problem, sensors);
  return TRUE;
}

/* Scenarios. */

static char *
dup_truth_description (const PisdScenario *scenario)
{
  switch (pisd_truth_get_kind (scenario))
    {
    case PISD_TRUTH_NONE:
      return g_strdup ("unknown");
    case PISD_TRUTH_FILE:
      return pisd_error_escape (scenario->truth_path);
    case PISD_TRUTH_DRAWN:
      return g_strdup ("in the set-up itself");
    default:
      return g_strdup ("random instance");
    }
}

static const char *const forms[PISD_N_FILE_KINDS] = {
  [PISD_FILE_KIND_SCENARIO] = "scenario",
  [PISD_FILE_KIND_PICTURE] = "picture that carries its set-up",
  [PISD_FILE_KIND_SETUP] = "set-up as text",
};

static gboolean
describe_scenario (PisdInput *input, PisdFileKind kind, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_setup_load_from (input, kind, error);
  g_autofree char *truth = NULL;
  const PisdSettingInfo *infos;
  guint n;

  if (scenario == NULL)
    return FALSE;
  truth = dup_truth_description (scenario);
  printf ("%s: %s\ntask: %s\ntruth: %s\n", pisd_input_get_name (input), forms[kind],
          pisd_task_get_name (pisd_scenario_get_task (scenario)), truth);
  print_sensors (scenario->settings.problem, scenario->sensors);
  cli_fit_print_evidence (scenario);
  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (&scenario->settings, &infos[i]);

      printf ("%s = %s\n", infos[i].key, text);
    }
  return TRUE;
}

/* Lessons. */

static gboolean
describe_lesson (PisdInput *input, GError **error)
{
  g_autoptr (PisdLesson) lesson = pisd_lesson_load (input, g_get_language_names (), error);

  if (lesson == NULL)
    return FALSE;
  printf ("%s: lesson\ntitle: %s\nsteps: %u\ntask: %s\n", pisd_input_get_name (input),
          lesson->title, lesson->n_steps, lesson->task.condition != NULL ? "yes" : "no");
  return TRUE;
}

/* Of what is no whole scenario. */
static const Describe describers[PISD_N_FILE_KINDS] = {
  [PISD_FILE_KIND_SENSORS] = describe_sensors,
  [PISD_FILE_KIND_LESSON] = describe_lesson,
  [PISD_FILE_KIND_WEIGHTS] = cli_info_describe_weights,
};

/* One line that can be sent. */
static gboolean
print_text (PisdInput *input, PisdFileKind kind, GError **error)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autofree char *text = NULL;

  if (!pisd_setup_is_kind (kind))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
                   "%s: got a file of another kind, expected a scenario or a picture with one",
                   pisd_input_get_name (input));
      return FALSE;
    }
  scenario = pisd_setup_load_from (input, kind, error);
  text = scenario != NULL ? pisd_setup_text_new (scenario, error) : NULL;
  if (text != NULL)
    printf ("%s\n", text);
  return text != NULL;
}

/* Opened once, so that a pipe can be described like a file. */
static gboolean
describe_kind (PisdInput *input,
               PisdFileKind kind,
               const CliReadingOptions *reading,
               GError **error)
{
  const char *given = cli_reading_options_get_given (reading);

  if (kind == PISD_FILE_KIND_FIELDS)
    return cli_info_describe_fields (input, &reading->wish, error);
  if (given != NULL)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got %s for a file without arrays, expected one with fields", given);
      return FALSE;
    }
  return pisd_setup_is_kind (kind) ? describe_scenario (input, kind, error)
                                   : describers[kind](input, error);
}

static gboolean
describe (const char *path, gboolean as_text, const CliReadingOptions *reading, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);
  PisdFileKind kind;

  if (input == NULL)
    return FALSE;
  if (as_text && pisd_file_kind_recognise (input, &kind))
    return print_text (input, kind, error);
  if (pisd_file_kind_recognise (input, &kind))
    return describe_kind (input, kind, reading, error);
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
               "%s: not a file of this program, expected arrays (NPZ, .npy, MATLAB, HDF5), a "
               "sensor table with the "
               "header field,x,y,value, a scenario, a picture or text with a set-up, or weights "
               "(safetensors)",
               pisd_input_get_name (input));
  return FALSE;
}

gboolean
cli_info (int argc, char **argv, GError **error)
{
  gboolean as_text = FALSE;
  g_auto (CliReadingOptions) reading = { 0 };
  GOptionEntry entries[2 + CLI_N_READING_OPTIONS] = {
    { "text", 0, 0, G_OPTION_ARG_NONE, &as_text,
      "Print the set-up of a scenario or picture as one line of text, which can be sent", NULL },
  };
  g_auto (GStrv) paths = NULL;

  cli_reading_options_fill (&reading, entries + 1);
  paths = cli_parse (entries, "FILE",
                     "Says what a file holds: fields (NPZ, .npy, MATLAB, HDF5), sensors (CSV), a "
                     "scenario, also in a picture (PNG) "
                     "or as text, or weights (safetensors).",
                     argc, argv, error);
  if (paths == NULL || !cli_reading_options_parse (&reading, error))
    return FALSE;
  if (g_strv_length (paths) == 1)
    return describe (paths[0], as_text, &reading, error);
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got %u files, expected one",
               g_strv_length (paths));
  return FALSE;
}
