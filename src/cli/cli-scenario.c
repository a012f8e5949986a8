#include "cli-scenario.h"

#include "cli-common.h"
#include "cli-truth.h"
#include "pisd-error.h"
#include "pisd-fit.h"
#include "pisd-measure.h"
#include "pisd-prior-choice.h"
#include "pisd-scatter.h"
#include "pisd-scenario-weights.h"
#include "pisd-setup-load.h"
#include "pisd-truth.h"

/* A run without files observes this many nodes of the problem's first field. */
#define DEFAULT_SENSORS 500

/* Settings. */

/* No file says what the truth is. */
static gboolean
draws_instance (const CliScenarioOptions *options)
{
  return options->scenario == NULL && options->truth == NULL && options->observations == NULL;
}

/* Everything that was written on the command line, over `settings`. */
static gboolean
apply_command_line (PisdSettings *settings, gconstpointer data, GError **error)
{
  const CliScenarioOptions *options = data;

  if (!cli_scenario_options_apply (options, settings, error))
    return FALSE;
  if (draws_instance (options) && !cli_scenario_options_is_set (options, "instance-seed"))
    settings->instance_seed = settings->seed;
  return TRUE;
}

static gboolean
chooses_prior (const CliScenarioOptions *options)
{
  return cli_scenario_options_is_given (options, "prior")
         || cli_scenario_options_is_set (options, "prior");
}

/* What presets choose and nobody has given may give way to what was: the step and its noise, and
 * the latent and its covariance where the prior was chosen; all other settings stay. */
static gboolean
is_fixed (const char *key, gconstpointer data)
{
  static const char *const latent_keys[] = { "space", "mode-set", "modes", "covariance", NULL };
  static const char *const step_keys[] = { "sampler", "eta", "churn", NULL };
  const CliScenarioOptions *options = data;
  gboolean is_latent = g_strv_contains (latent_keys, key);

  if (is_latent && !chooses_prior (options))
    return TRUE;
  return !(is_latent || g_strv_contains (step_keys, key))
         || cli_scenario_options_is_given (options, key)
         || cli_scenario_options_is_set (options, key);
}

/* The preset of the guidance lies between the scenario, whose settings are `base`, and the command
 * line. */
static gboolean
settle (const CliScenarioOptions *options,
        const PisdScenario *base,
        const PisdMixture *mixture,
        PisdSettings *settings,
        GError **error)
{
  gboolean keeps_guidance =
      options->scenario != NULL && !cli_scenario_options_is_given (options, "guidance");
  PisdSettings with_preset = base->settings;

  *settings = base->settings;
  if (!apply_command_line (settings, options, error))
    return FALSE;
  if (keeps_guidance)
    return chooses_prior (options)
               ? pisd_fit (settings, base->weights_path, is_fixed, options, NULL, error)
               : pisd_settings_check (settings, error);
  with_preset.problem = settings->problem;
  with_preset.prior = settings->prior;
  with_preset.guidance = settings->guidance;
  if (!pisd_fit_preset (&with_preset, mixture, cli_scenario_options_is_given (options, "guidance"),
                        apply_command_line, options, error))
    return FALSE;
  *settings = with_preset;
  return pisd_fit (settings, base->weights_path, is_fixed, options, NULL, error)
         || (options->scenario == NULL && cli_blame (NULL, error));
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
         && (base->family != now->family || base->instance_seed != now->instance_seed
             || !pisd_law_equal (pisd_settings_get_instance_law (base),
                                 pisd_settings_get_instance_law (now)));
}

/* The truth that the command line asks for, in a file that is open, or without one (NULL); a
 * scenario's own stays where nothing speaks against it. */
static gboolean
choose_truth (const CliScenarioOptions *options,
              PisdInput *file,
              const PisdScenario *base,
              PisdScenario *scenario,
              GError **error)
{
  if (file != NULL)
    return cli_truth_read (options, file, scenario, error);
  if (draws_instance (options))
    return pisd_truth_set_random (scenario, error);
  if (options->scenario != NULL && is_truth_changed (&base->settings, scenario))
    return pisd_truth_solve_again (scenario, base, error);
  return TRUE;
}

/* Which frames of a flow are measured, by their number among all, and the times that chose them; of
 * other equations each field. */
typedef struct
{
  guint n;
  guint numbers[PISD_MAX_FRAMES];
  double times[PISD_MAX_FRAMES];
} Frames;

/* Once, whichever times ask for it. */
static void
add_frame (Frames *frames, guint number, double time)
{
  for (guint k = 0; k < frames->n; k++)
    if (frames->numbers[k] == number)
      return;
  frames->numbers[frames->n] = number;
  frames->times[frames->n++] = time;
}

static void
add_all_frames (Frames *frames, const PisdOperator *problem)
{
  for (guint f = 0; f < problem->n_fields; f++)
    for (guint k = 0; k < problem->fields[f].n_frames; k++)
      add_frame (frames, frames->n, problem->fields[f].times[k]);
}

/* Times say which frames are measured, so that two fields would be the same nodes twice. */
static gboolean
check_one_field (const CliScenarioOptions *options, GError **error)
{
  const CliObserve *first = NULL;

  for (guint i = 0; i < options->n_observe; i++)
    {
      const CliObserve *observe = &options->observe[i];

      if (observe->text == NULL)
        continue;
      if (first != NULL)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                       "--observe-at: got --observe-%s and --observe-%s, expected one of the two",
                       first->field->name, observe->field->name);
          return FALSE;
        }
      first = observe;
    }
  return TRUE;
}

static gboolean
choose_frames (const CliScenarioOptions *options,
               const PisdOperator *problem,
               Frames *frames,
               GError **error)
{
  *frames = (Frames){ 0 };
  if (options->observe_at == NULL)
    return TRUE;
  if (problem->whole == NULL)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--observe-at: got times for %s, which does not depend on time", problem->name);
      return FALSE;
    }
  if (!check_one_field (options, error))
    return FALSE;
  if (options->n_times == 0)
    add_all_frames (frames, problem);
  for (guint k = 0; k < options->n_times; k++)
    add_frame (frames, pisd_operator_find_frame (problem, options->times[k]), options->times[k]);
  return TRUE;
}

/* The newest n sensors say which time they were asked for where that is none of a frame. */
static void
keep_time (PisdSensors *sensors, const PisdFieldInfo *info, guint n, double time)
{
  if (!pisd_sensor_is_between_frames (&(const PisdSensor){ .field = info->id, .t = time }, info))
    return;
  for (guint i = sensors->n - n; i < sensors->n; i++)
    pisd_sensors_edit (sensors)[i].t = time;
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
      if (good)
        keep_time (scenario->sensors, &problem->fields[field], n, frames->times[k]);
    }
  return good;
}

static gboolean
fail_many (const PisdFieldInfo *field, const Frames *frames, guint n, GError **error)
{
  if (frames->n > 1)
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                 "--observe-%s: got %u sensors on each of %u frames, expected at most %d in all, "
                 "one a node",
                 field->name, n, frames->n, PISD_MAX_SENSORS);
  else
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                 "--observe-%s: got %u sensors, expected at most %d in all, one a node",
                 field->name, n, PISD_MAX_SENSORS);
  return FALSE;
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
  return scatter_nodes (scenario, field->id, frames, n, seed)
         || fail_many (field, frames, n, error);
}

static guint64
get_sensor_seed (const CliScenarioOptions *options, const PisdScenario *scenario)
{
  return options->sensor_seed != NULL ? options->sensor_seed_number
                                      : scenario->settings.instance_seed;
}

static gboolean
scatter_all (const CliScenarioOptions *options, PisdScenario *scenario, GError **error)
{
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  guint64 seed = get_sensor_seed (options, scenario);
  Frames frames;

  if (!choose_frames (options, problem, &frames, error))
    return FALSE;
  pisd_sensors_clear (scenario->sensors);
  if (!cli_scenario_options_has_observe (options))
    return scatter (scenario, &problem->fields[0], &frames, DEFAULT_SENSORS, seed, error);
  for (guint i = 0; i < options->n_observe; i++)
    if (!scatter (scenario, options->observe[i].field, &frames, options->observe[i].n, seed, error))
      return FALSE;
  return TRUE;
}

/* A guided run needs something to be guided by, and random nodes need a truth to read there. */
static gboolean
check_sensors (const CliScenarioOptions *options, const PisdScenario *scenario, GError **error)
{
  gboolean is_guided = pisd_method_is_guided (pisd_method_get (scenario->settings.guidance));
  gboolean has_observe = cli_scenario_options_has_observe (options);

  if (has_observe && scenario->instance == NULL)
    {
      g_autofree char *names = cli_scenario_options_dup_observe (options, "", " or ");

      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got %s and no true fields to measure, expected --truth FILE.npz", names);
      return FALSE;
    }
  if (options->scenario == NULL && !has_observe && !draws_instance (options) && is_guided)
    {
      g_autofree char *names = cli_scenario_options_dup_observe (options, " N", ", ");

      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got --truth alone, expected %s or --observations FILE too", names);
      return FALSE;
    }
  return TRUE;
}

static gboolean
choose_sensors (const CliScenarioOptions *options,
                PisdInput *truth,
                const PisdSettings *base,
                PisdScenario *scenario,
                GError **error)
{
  guint64 seed = get_sensor_seed (options, scenario);

  if (options->observations != NULL)
    return cli_truth_load_sensors (scenario, options->observations, error)
           && cli_truth_settle_order (options, truth, scenario, error);
  if (!check_sensors (options, scenario, error))
    return FALSE;
  if (cli_scenario_options_has_observe (options) || draws_instance (options))
    return scatter_all (options, scenario, error);
  if (scenario->instance != NULL && (options->truth != NULL || is_truth_changed (base, scenario)))
    pisd_sensors_measure (scenario->sensors, scenario->instance, seed);
  return TRUE;
}

/* The prior's family goes with the truth, and its mean with both, in what the command line is laid
 * over. */
static void
follow_truth (const CliScenarioOptions *options, PisdScenario *base, const PisdScenario *scenario)
{
  g_autoptr (PisdScenario) after = pisd_scenario_dup (scenario);

  after->settings.mean_sd = base->settings.mean_sd;
  if (!cli_scenario_options_is_given (options, "prior-family")
      && !cli_scenario_options_is_set (options, "prior-family"))
    {
      after->settings.prior_family = base->settings.prior_family;
      pisd_prior_follow_family (base, after);
    }
  pisd_prior_follow_mean (base, after);
  base->settings.prior_family = after->settings.prior_family;
  base->settings.mean_sd = after->settings.mean_sd;
}

/* Nobody asks for what the equation does not have. */
static gboolean
check_mean (const CliScenarioOptions *options, const PisdSettings *settings, GError **error)
{
  if (!cli_scenario_options_is_set (options, "mean-sd") || settings->mean_sd == 0.0
      || pisd_operator_has_mean (settings->problem))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--set: mean-sd: got %g for %s, whose fields have no mean, expected 0",
               settings->mean_sd, pisd_operator_get (settings->problem)->name);
  return FALSE;
}

/* Of a set-up that was made with others; it goes on with those that are there. */
static void
warn_of_weights (const PisdScenario *scenario, const char *path)
{
  g_autofree char *warning =
      path != NULL ? pisd_scenario_dup_weights_warning (scenario, path) : NULL;

  cli_remark (warning);
}

static gboolean
choose_truth_and_sensors (const CliScenarioOptions *options,
                          const PisdScenario *base,
                          PisdScenario *scenario,
                          GError **error)
{
  g_autoptr (PisdInput) truth =
      options->truth != NULL ? pisd_input_open (options->truth, NULL, error) : NULL;

  if (truth == NULL && options->truth != NULL)
    return FALSE;
  return choose_truth (options, truth, base, scenario, error)
         && choose_sensors (options, truth, &base->settings, scenario, error);
}

/* The scenario that the command line is laid over, with the files that it names itself. */
static PisdScenario *
load_scenario (const CliScenarioOptions *options, GError **error)
{
  PisdScenario *scenario =
      options->scenario != NULL ? pisd_setup_load (options->scenario, error) : pisd_scenario_new ();

  if (scenario == NULL)
    return NULL;
  if (options->weights != NULL)
    pisd_scenario_set_weights (scenario, options->weights);
  else
    warn_of_weights (scenario, options->scenario);
  if (options->socket_name != NULL)
    pisd_scenario_set_socket (scenario, options->socket_name);
  return scenario;
}

PisdScenario *
cli_scenario_make (const CliScenarioOptions *options, GError **error)
{
  g_autoptr (PisdScenario) scenario = load_scenario (options, error);
  g_autoptr (PisdScenario) base = NULL;
  PisdMixture mixture;

  if (scenario == NULL)
    return NULL;
  base = pisd_scenario_dup (scenario);
  /* Which preset it is depends on the sensors, and they on the settings that no preset changes. */
  pisd_scenario_get_mixture (scenario, &mixture);
  if (!settle (options, base, &mixture, &scenario->settings, error)
      || !choose_truth_and_sensors (options, base, scenario, error))
    return NULL;
  if (!check_mean (options, &scenario->settings, error))
    return NULL;
  follow_truth (options, base, scenario);
  /* The mixture depends on the prior's mean, which the first round settles. */
  for (guint round = 0; round < 2; round++)
    {
      pisd_scenario_get_mixture (scenario, &mixture);
      if (!settle (options, base, &mixture, &scenario->settings, error))
        return NULL;
    }
  return g_steal_pointer (&scenario);
}
