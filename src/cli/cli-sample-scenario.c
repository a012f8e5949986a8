#include "cli-sample-scenario.h"

#include "cli-common.h"
#include "pisd-error.h"
#include "pisd-fit.h"
#include "pisd-measure.h"
#include "pisd-prior-mean.h"
#include "pisd-scatter.h"
#include "pisd-scenario-load.h"
#include "pisd-sensors-csv.h"
#include "pisd-truth.h"

/* A run without files observes this many nodes of the problem's first field. */
#define DEFAULT_SENSORS 500

/* Settings. */

/* No file says what the truth is. */
static gboolean
draws_instance (const CliSampleOptions *options)
{
  return options->scenario == NULL && options->truth == NULL && options->observations == NULL;
}

/* Everything that was written on the command line, over `settings`. */
static gboolean
apply_command_line (const CliSampleOptions *options, PisdSettings *settings, GError **error)
{
  if (!cli_sample_options_apply (options, settings, error))
    return FALSE;
  if (draws_instance (options) && !cli_sample_options_is_set (options, "instance-seed"))
    settings->instance_seed = settings->seed;
  return TRUE;
}

/* The exact step that presets choose may give way to what else was chosen; all other settings
 * stay. */
static gboolean
is_fixed (const char *key, gconstpointer data)
{
  const CliSampleOptions *options = data;

  return !g_str_equal (key, "sampler") || cli_sample_options_is_given (options, key)
         || cli_sample_options_is_set (options, key);
}

/* The preset of the guidance lies between the scenario, whose settings are `base`, and the command
 * line. */
static gboolean
settle (const CliSampleOptions *options,
        const PisdSettings *base,
        const PisdMixture *mixture,
        PisdSettings *settings,
        GError **error)
{
  gboolean keeps_guidance =
      options->scenario != NULL && !cli_sample_options_is_given (options, "guidance");
  PisdSettings with_preset = *base;

  *settings = *base;
  if (!apply_command_line (options, settings, error))
    return FALSE;
  if (keeps_guidance)
    return pisd_settings_check (settings, error);
  with_preset.problem = settings->problem;
  pisd_settings_apply_mixture (&with_preset, settings->guidance, mixture,
                               cli_sample_options_is_given (options, "guidance"));
  if (!apply_command_line (options, &with_preset, error))
    return FALSE;
  /* Once more with the steps as they will be. */
  pisd_settings_apply_mixture (&with_preset, settings->guidance, mixture, FALSE);
  if (!apply_command_line (options, &with_preset, error))
    return FALSE;
  *settings = with_preset;
  return pisd_fit (settings, is_fixed, options, NULL, error);
}

/* Truth and sensors. */

/* Has the command line changed what made the scenario's truth?  A file does not depend on family
 * and seed. */
static gboolean
is_truth_changed (const PisdSettings *base, const PisdScenario *scenario)
{
  const PisdSettings *now = &scenario->settings;

  if (!pisd_settings_same_equation (base, now))
    return TRUE;
  return scenario->truth_path == NULL
         && (base->family != now->family || base->instance_seed != now->instance_seed);
}

/* The truth that the command line asks for; a scenario's own stays where nothing speaks against
 * it. */
static gboolean
choose_truth (const CliSampleOptions *options,
              const PisdScenario *base,
              PisdScenario *scenario,
              GError **error)
{
  if (options->truth != NULL)
    return pisd_truth_open (scenario, options->truth, error);
  if (draws_instance (options))
    return pisd_truth_set_random (scenario, error);
  if (options->scenario != NULL && is_truth_changed (&base->settings, scenario))
    return pisd_truth_solve_again (scenario, base, error);
  return TRUE;
}

/* Which frames of a flow are measured, by their number among all; of other equations each field. */
typedef struct
{
  guint n;
  guint numbers[PISD_MAX_FRAMES];
} Frames;

static gboolean
choose_frames (const CliSampleOptions *options,
               const PisdOperator *problem,
               Frames *frames,
               GError **error)
{
  *frames = (Frames){ options->n_times, { 0 } };
  if (options->observe_at == NULL)
    return TRUE;
  if (problem->whole == NULL)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--observe-at: got times for %s, which does not depend on time", problem->name);
      return FALSE;
    }
  for (guint k = 0; k < frames->n; k++)
    frames->numbers[k] = pisd_operator_find_frame (problem, options->times[k]);
  if (frames->n > 0)
    return TRUE;
  frames->n = pisd_operator_count_frames (problem);
  for (guint k = 0; k < frames->n; k++)
    frames->numbers[k] = k;
  return TRUE;
}

/* On the field's own frame, or on all that were chosen. */
static gboolean
scatter_nodes (PisdScenario *scenario, PisdFieldId id, const Frames *frames, guint n, guint64 seed)
{
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  gboolean good = TRUE;

  if (n == 0)
    return TRUE;
  if (frames->n == 0)
    return pisd_sensors_scatter (scenario->sensors, scenario->instance, id, n, 0, seed);
  for (guint k = 0; k < frames->n && good; k++)
    {
      guint field, frame;

      pisd_operator_get_frame (problem, frames->numbers[k], &field, &frame);
      good = pisd_sensors_scatter_on (scenario->sensors, scenario->instance,
                                      &problem->fields[field], frame, n, 0, seed);
    }
  return good;
}

static gboolean
scatter (PisdScenario *scenario,
         const PisdFieldInfo *field,
         const Frames *frames,
         guint n,
         guint64 seed,
         GError **error)
{
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);

  if (n > 0 && pisd_problem_find_field (scenario->settings.problem, field->id) == NULL)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--observe-%s: got a field that %s does not have", field->name, problem->name);
      return FALSE;
    }
  if (scatter_nodes (scenario, field->id, frames, n, seed))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               "--observe-%s: got %u sensors, expected at most %d in all, one a node", field->name,
               n, PISD_MAX_SENSORS);
  return FALSE;
}

static guint64
get_sensor_seed (const CliSampleOptions *options, const PisdScenario *scenario)
{
  return options->sensor_seed != NULL ? options->sensor_seed_number
                                      : scenario->settings.instance_seed;
}

static gboolean
scatter_all (const CliSampleOptions *options, PisdScenario *scenario, GError **error)
{
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  guint64 seed = get_sensor_seed (options, scenario);
  Frames frames;

  if (!choose_frames (options, problem, &frames, error))
    return FALSE;
  pisd_sensors_clear (scenario->sensors);
  if (!cli_sample_options_has_observe (options))
    return scatter (scenario, &problem->fields[0], &frames, DEFAULT_SENSORS, seed, error);
  for (guint i = 0; i < options->n_observe; i++)
    if (!scatter (scenario, options->observe[i].field, &frames, options->observe[i].n, seed, error))
      return FALSE;
  return TRUE;
}

static gboolean
load_sensors (PisdScenario *scenario, const char *path, GError **error)
{
  PisdSensors *sensors = pisd_sensors_load_csv (scenario->settings.problem, path, error);

  if (sensors == NULL)
    return FALSE;
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = sensors;
  return TRUE;
}

/* A guided run needs something to be guided by, and random nodes need a truth to read there. */
static gboolean
check_sensors (const CliSampleOptions *options, const PisdScenario *scenario, GError **error)
{
  gboolean is_guided = pisd_method_is_guided (pisd_method_get (scenario->settings.guidance));
  gboolean has_observe = cli_sample_options_has_observe (options);

  if (has_observe && scenario->instance == NULL)
    {
      g_autofree char *names = cli_sample_options_dup_observe (options, "", " or ");

      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got %s and no true fields to measure, expected --truth FILE.npz", names);
      return FALSE;
    }
  if (options->scenario == NULL && !has_observe && !draws_instance (options) && is_guided)
    {
      g_autofree char *names = cli_sample_options_dup_observe (options, " N", ", ");

      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got --truth alone, expected %s or --observations FILE.csv too", names);
      return FALSE;
    }
  return TRUE;
}

static gboolean
choose_sensors (const CliSampleOptions *options,
                const PisdSettings *base,
                PisdScenario *scenario,
                GError **error)
{
  guint64 seed = get_sensor_seed (options, scenario);

  if (options->observations != NULL)
    return load_sensors (scenario, options->observations, error);
  if (!check_sensors (options, scenario, error))
    return FALSE;
  if (cli_sample_options_has_observe (options) || draws_instance (options))
    return scatter_all (options, scenario, error);
  if (scenario->instance != NULL && (options->truth != NULL || is_truth_changed (base, scenario)))
    pisd_sensors_measure (scenario->sensors, scenario->instance, seed);
  return TRUE;
}

/* The prior's mean goes with the truth, in what the command line is laid over. */
static void
follow_truth (PisdScenario *base, const PisdScenario *scenario)
{
  g_autoptr (PisdScenario) after = pisd_scenario_dup (scenario);

  after->settings.mean_sd = base->settings.mean_sd;
  pisd_prior_follow_truth (base, after);
  base->settings.mean_sd = after->settings.mean_sd;
}

PisdScenario *
cli_sample_make_scenario (const CliSampleOptions *options, GError **error)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdScenario) base = NULL;
  PisdMixture mixture;

  if (options->scenario != NULL)
    scenario = pisd_scenario_load (options->scenario, error);
  else
    scenario = pisd_scenario_new ();
  if (scenario == NULL)
    return NULL;
  base = pisd_scenario_dup (scenario);
  /* Which preset it is depends on the sensors, and they on the settings that no preset changes. */
  pisd_scenario_get_mixture (scenario, &mixture);
  if (!settle (options, &base->settings, &mixture, &scenario->settings, error)
      || !choose_truth (options, base, scenario, error)
      || !choose_sensors (options, &base->settings, scenario, error))
    return NULL;
  follow_truth (base, scenario);
  /* The mixture depends on the prior's mean, which the first round settles. */
  for (guint round = 0; round < 2; round++)
    {
      pisd_scenario_get_mixture (scenario, &mixture);
      if (!settle (options, &base->settings, &mixture, &scenario->settings, error))
        return NULL;
    }
  return g_steal_pointer (&scenario);
}
