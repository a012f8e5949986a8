#include "cli-common.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli-figure.h"
#include "cli-floor.h"
#include "pisd-error.h"
#include "pisd-report.h"
#include "pisd-truth.h"

/* A run without files observes this many nodes of the source. */
#define DEFAULT_SENSORS 500
#define MAX_THREADS 1024

/* Options that are settings with a name of their own; the others are reached by --set. */
typedef struct
{
  const char *key; /* of the setting and of the option */
  const char *argument;
  const char *help;
} SettingOption;

static const SettingOption setting_options[] = {
  { "problem", "NAME", "poisson (default) or helmholtz" },
  { "prior", "NAME", "gaussian (default)" },
  { "family", "NAME", "of the random instance: grf (default), inclusions, blobs" },
  { "guidance", "NAME",
    "none, dps, pisd, second-order, exact; brings its preset for what the sensors measure" },
  { "space", "NAME", "joint: modes of a and u; decoupled: of a alone, u solved for" },
  { "sampler", "NAME", "euler, heun, ddim, ddpm, exact (second-order, decoupled)" },
  { "steps", "N", "diffusion steps" },
  { "samples", "M", "samples to draw; the estimate is their mean (default 1)" },
  { "seed", "S", "of the sampler's noise, and of the random instance (default 1)" },
};

#define N_SETTING_OPTIONS G_N_ELEMENTS (setting_options)
#define MAX_OPTIONS 32

typedef struct
{
  char *settings[N_SETTING_OPTIONS]; /* as written, NULL where not given */
  char *observations;
  char *truth;
  char *observe_a;
  char *observe_u;
  char *sensor_seed;
  char *threads;
  char *scenario;
  char *save_scenario;
  char *output;
  char *json;
  char *png;
  GStrv set; /* KEY=VALUE */
  gboolean list_settings;

  /* The same as numbers, after read_numbers(). */
  guint64 n_observe[PISD_MAX_FIELDS];
  guint64 sensor_seed_number;
  guint64 n_threads;
} Options;

static void
options_clear (Options *self)
{
  char **strings[] = { &self->observations, &self->truth,   &self->observe_a, &self->observe_u,
                       &self->sensor_seed,  &self->threads, &self->scenario,  &self->save_scenario,
                       &self->output,       &self->json,    &self->png };

  for (guint i = 0; i < N_SETTING_OPTIONS; i++)
    g_free (self->settings[i]);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (*strings[i]);
  g_strfreev (self->set);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
usage_error (GError **error, const char *message)
{
  g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, message);
  return FALSE;
}

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry others[] = {
    { "observations", 0, 0, G_OPTION_ARG_FILENAME, &options->observations,
      "sensors: field,x,y,value[,t][,sd]", "FILE.csv" },
    { "truth", 0, 0, G_OPTION_ARG_FILENAME, &options->truth, "true fields: arrays a and u",
      "FILE.npz" },
    { "observe-a", 0, 0, G_OPTION_ARG_STRING, &options->observe_a,
      "measure the truth's a at N random nodes", "N" },
    { "observe-u", 0, 0, G_OPTION_ARG_STRING, &options->observe_u,
      "measure the truth's u at N random nodes", "N" },
    { "sensor-seed", 0, 0, G_OPTION_ARG_STRING, &options->sensor_seed,
      "of the random nodes (default: the instance's seed)", "S" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &options->threads,
      "0 (default): one a core; the bits do not depend on it", "T" },
    { "scenario", 0, 0, G_OPTION_ARG_FILENAME, &options->scenario, "start from a saved scenario",
      "FILE" },
    { "save-scenario", 0, 0, G_OPTION_ARG_FILENAME, &options->save_scenario,
      "write all that this run needs", "FILE" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->set, "set any setting (repeatable)",
      "KEY=VALUE" },
    { "list-settings", 0, 0, G_OPTION_ARG_NONE, &options->list_settings,
      "print all settings and exit", NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options->output, "means, spreads, samples, sensors",
      "OUT.npz" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &options->json, "report", "REPORT.json" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &options->png, "figure; .svg and .pdf work too",
      "FIGURE.png" },
  };
  GOptionEntry entries[MAX_OPTIONS] = { 0 };
  g_auto (GStrv) rest = NULL;

  G_STATIC_ASSERT (N_SETTING_OPTIONS + G_N_ELEMENTS (others) < MAX_OPTIONS);
  for (guint i = 0; i < N_SETTING_OPTIONS; i++)
    {
      const SettingOption *option = &setting_options[i];

      entries[i] = (GOptionEntry){
        option->key,     0, 0, G_OPTION_ARG_STRING, &options->settings[i], option->help,
        option->argument
      };
    }
  memcpy (entries + N_SETTING_OPTIONS, others, sizeof others);
  rest = cli_parse (entries, NULL,
                    "Estimates both fields of a problem from measurements. Without --observations "
                    "and --truth it takes a\n"
                    "random instance with 500 sensors on a. Settings come, each overriding the one "
                    "before, from: defaults,\n"
                    "--scenario, the preset of --guidance, the other options, --set.",
                    argc, argv, error);
  if (rest == NULL)
    return FALSE;
  if (rest[0] != NULL)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got the argument `%s`, expected options only", rest[0]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_numbers (Options *self, GError **error)
{
  const struct
  {
    const char *option;
    const char *text;
    guint64 maximum;
    guint64 *value;
  } numbers[] = {
    { "observe-a", self->observe_a, PISD_MAX_SENSORS, &self->n_observe[PISD_FIELD_A] },
    { "observe-u", self->observe_u, PISD_MAX_SENSORS, &self->n_observe[PISD_FIELD_U] },
    { "sensor-seed", self->sensor_seed, G_MAXUINT64, &self->sensor_seed_number },
    { "threads", self->threads, MAX_THREADS, &self->n_threads },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (numbers[i].text != NULL
          && !cli_parse_uint (numbers[i].option, numbers[i].text, 0, numbers[i].maximum,
                              numbers[i].value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_observe (const Options *options)
{
  return options->observe_a != NULL || options->observe_u != NULL;
}

/* What contradicts itself or is missing; nothing is read or computed before this. */
static gboolean
check_options (const Options *options, GError **error)
{
  if (options->output == NULL)
    return usage_error (error, "expected --output OUT.npz");
  if (options->observations != NULL && has_observe (options))
    return usage_error (
        error, "got --observations and --observe-a or --observe-u, expected one of the two");
  return cli_check_sets (options->set, error);
}

static gboolean
check_targets (const Options *options, GError **error)
{
  const struct
  {
    const char *option;
    const char *path;
  } targets[] = {
    { "output", options->output },
    { "json", options->json },
    { "png", options->png },
    { "save-scenario", options->save_scenario },
  };

  if (options->png != NULL && !cli_figure_check_name (options->png, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      if (targets[i].path == NULL)
        continue;
      if (!cli_check_target (targets[i].option, targets[i].path, error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        {
          if (g_strcmp0 (targets[i].path, targets[j].path) == 0)
            {
              g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                           "--%s and --%s: got `%s` twice, expected two files", targets[j].option,
                           targets[i].option, targets[i].path);
              return FALSE;
            }
        }
    }
  return TRUE;
}

/* Settings. */

static gboolean
is_given (const Options *options, const char *key)
{
  for (guint i = 0; i < N_SETTING_OPTIONS; i++)
    {
      if (options->settings[i] != NULL && g_str_equal (setting_options[i].key, key))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_set (const Options *options, const char *key)
{
  gsize length = strlen (key);

  for (guint i = 0; options->set != NULL && options->set[i] != NULL; i++)
    {
      if (strncmp (options->set[i], key, length) == 0 && options->set[i][length] == '=')
        return TRUE;
    }
  return FALSE;
}

static gboolean
apply_setting_options (const Options *options, PisdSettings *settings, GError **error)
{
  for (guint i = 0; i < N_SETTING_OPTIONS; i++)
    {
      g_autoptr (GError) local = NULL;

      if (options->settings[i] == NULL
          || pisd_settings_set (settings, setting_options[i].key, options->settings[i], &local))
        continue;
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--%s", local->message);
      return FALSE;
    }
  return TRUE;
}

/* No file says what the truth is. */
static gboolean
draws_instance (const Options *options)
{
  return options->scenario == NULL && options->truth == NULL && options->observations == NULL;
}

/* Everything that was written on the command line, over `settings`. */
static gboolean
apply_command_line (const Options *options, PisdSettings *settings, GError **error)
{
  if (!apply_setting_options (options, settings, error)
      || !cli_apply_sets (options->set, settings, error))
    return FALSE;
  if (draws_instance (options) && !is_set (options, "instance-seed"))
    settings->instance_seed = settings->seed;
  return TRUE;
}

/* The exact flow that presets choose holds for the closed form alone. */
static void
choose_sampler (const Options *options, PisdSettings *settings)
{
  gboolean is_chosen = is_given (options, "sampler") || is_set (options, "sampler");

  if (!is_chosen && settings->sampler == PISD_SAMPLER_EXACT
      && (settings->space != PISD_SPACE_DECOUPLED
          || settings->covariance != PISD_COVARIANCE_GAUSSIAN))
    settings->sampler = PISD_SAMPLER_HEUN;
}

/* The preset of the guidance lies between the scenario, whose settings are `base`, and the command
 * line. */
static gboolean
settle (const Options *options,
        const PisdSettings *base,
        PisdTask task,
        PisdSettings *settings,
        GError **error)
{
  gboolean keeps_guidance = options->scenario != NULL && !is_given (options, "guidance");
  PisdSettings with_preset = *base;

  *settings = *base;
  if (!apply_command_line (options, settings, error))
    return FALSE;
  if (keeps_guidance)
    return pisd_settings_check (settings, error);
  with_preset.problem = settings->problem;
  pisd_settings_apply_preset (&with_preset, settings->guidance, task,
                              is_given (options, "guidance"));
  if (!apply_command_line (options, &with_preset, error))
    return FALSE;
  choose_sampler (options, &with_preset);
  *settings = with_preset;
  return pisd_settings_check (settings, error);
}

/* Truth and sensors. */

/* Has the command line changed what made the scenario's truth?  A file does not depend on family
 * and seed. */
static gboolean
is_truth_changed (const PisdSettings *base, const PisdScenario *scenario)
{
  const PisdSettings *now = &scenario->settings;

  if (base->problem != now->problem || base->wavenumber != now->wavenumber)
    return TRUE;
  return scenario->truth_path == NULL
         && (base->family != now->family || base->instance_seed != now->instance_seed);
}

/* The truth that the command line asks for; a scenario's own stays where nothing speaks against it. */
static gboolean
choose_truth (const Options *options,
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

static gboolean
scatter (PisdScenario *scenario, PisdFieldId field, guint n, guint64 seed, GError **error)
{
  if (n == 0 || pisd_sensors_scatter (scenario->sensors, scenario->instance, field, n, 0, seed))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               "--observe-%s: got %u sensors, expected at most %d in all, one a node",
               pisd_field_id_get_name (field), n, PISD_MAX_SENSORS);
  return FALSE;
}

static gboolean
scatter_all (const Options *options, PisdScenario *scenario, guint64 seed, GError **error)
{
  guint n_a = options->n_observe[PISD_FIELD_A];
  guint n_u = options->n_observe[PISD_FIELD_U];

  if (!has_observe (options))
    n_a = DEFAULT_SENSORS;
  pisd_sensors_clear (scenario->sensors);
  return scatter (scenario, PISD_FIELD_A, n_a, seed, error)
         && scatter (scenario, PISD_FIELD_U, n_u, seed, error);
}

/* FALSE with an error where a guided run would have nothing to be guided by. */
static gboolean
choose_sensors (const Options *options,
                const PisdSettings *base,
                PisdScenario *scenario,
                GError **error)
{
  guint64 seed =
      options->sensor_seed != NULL ? options->sensor_seed_number : scenario->settings.instance_seed;
  gboolean is_guided = scenario->settings.guidance != PISD_GUIDANCE_NONE;

  if (options->observations != NULL)
    {
      PisdSensors *sensors =
          pisd_sensors_load_csv (scenario->settings.problem, options->observations, error);

      if (sensors == NULL)
        return FALSE;
      pisd_sensors_free (scenario->sensors);
      scenario->sensors = sensors;
      return TRUE;
    }
  if (has_observe (options) && scenario->instance == NULL)
    return usage_error (
        error,
        "got --observe-a or --observe-u and no true fields to measure, expected --truth FILE.npz");
  if (has_observe (options) || draws_instance (options))
    return scatter_all (options, scenario, seed, error);
  if (options->scenario == NULL && is_guided)
    return usage_error (
        error,
        "got --truth alone, expected --observe-a N, --observe-u N or --observations FILE.csv too");
  if (scenario->instance != NULL && (options->truth != NULL || is_truth_changed (base, scenario)))
    pisd_sensors_measure (scenario->sensors, scenario->instance, seed);
  return TRUE;
}

static PisdScenario *
make_scenario (const Options *options, GError **error)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdScenario) base = NULL;

  if (options->scenario != NULL)
    scenario = pisd_scenario_load (options->scenario, error);
  else
    scenario = pisd_scenario_new ();
  if (scenario == NULL)
    return NULL;
  base = pisd_scenario_dup (scenario);
  /* Which preset it is depends on the sensors, and they on the settings that no preset changes. */
  if (!settle (options, &base->settings, PISD_TASK_FORWARD, &scenario->settings, error)
      || !choose_truth (options, base, scenario, error)
      || !choose_sensors (options, &base->settings, scenario, error)
      || !settle (options, &base->settings, pisd_scenario_get_task (scenario), &scenario->settings,
                  error))
    return NULL;
  return g_steal_pointer (&scenario);
}

/* The run and what comes out of it. */

static PisdResult *
run (const PisdScenario *scenario, guint n_threads, PisdRunCache *cache, GError **error)
{
  g_autoptr (PisdResult) result = NULL;
  CliProgress progress;

  cli_progress_begin (&progress, "sampling", 1);
  result = pisd_run_again (scenario, NULL, n_threads, cli_progress_step, &progress, cache, error);
  cli_progress_end (&progress);
  if (result == NULL || result->complete)
    return g_steal_pointer (&result);
  g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED,
               "stopped after %u of %u steps, nothing written", result->n_steps,
               result->settings.steps);
  return NULL;
}

/* What no method can beat on average; NULL where it is not known (then without `error`).  The spread
 * is for the report, and comes with the methods whose calibration it tells. */
static gboolean
find_floor (const Options *options,
            const PisdScenario *scenario,
            const PisdRunCache *cache,
            PisdExact **exact,
            GError **error)
{
  PisdGuidanceId guidance = scenario->settings.guidance;
  gboolean is_posterior = guidance == PISD_GUIDANCE_SECOND_ORDER || guidance == PISD_GUIDANCE_EXACT;

  *exact = NULL;
  if (!cli_floor_is_known (scenario))
    return TRUE;
  *exact = cli_floor_new (scenario, cache, is_posterior && options->json != NULL,
                          options->n_threads, error);
  return *exact != NULL;
}

static void
print_field (const PisdResult *result, const PisdExact *exact, guint field)
{
  const PisdFieldInfo *info = &pisd_operator_get (result->settings.problem)->fields[field];

  if (isnan (result->errors[field]))
    return;
  printf ("error of %s      %8.3f %%", info->name, 100 * result->errors[field]);
  if (exact != NULL)
    printf (" (best possible %.3f %%)", 100 * exact->errors[field]);
  printf ("\n");
}

static void
print_residual (const char *name, double estimate, double truth)
{
  printf ("residual, %-9s %8.3g of the source", name, estimate);
  if (!isnan (truth))
    printf (" (truth %.3g)", truth);
  printf ("\n");
}

static void
print_result (const PisdResult *result, const PisdScenario *scenario, const PisdExact *exact)
{
  printf ("%s, %u sensor%s, %u steps, %u evaluations, %u sample%s, %.2f s (%.2f s before the first "
          "step)\n",
          pisd_operator_get (result->settings.problem)->name, scenario->sensors->n,
          scenario->sensors->n == 1 ? "" : "s", result->n_steps, result->n_evaluations,
          result->n_samples, result->n_samples == 1 ? "" : "s", result->seconds,
          result->setup_seconds);
  for (guint field = 0; field < result->n_fields; field++)
    print_field (result, exact, field);
  print_residual ("5-point", result->residual_fd, result->truth_residual_fd);
  print_residual ("spectral", result->residual_spectral, result->truth_residual_spectral);
}

static gboolean
save (const Options *options,
      const PisdResult *result,
      const PisdScenario *scenario,
      const PisdExact *exact,
      GError **error)
{
  if (options->save_scenario != NULL
      && !pisd_scenario_save (scenario, options->save_scenario, error))
    return FALSE;
  if (options->json != NULL
      && !pisd_result_save_json (result, scenario, exact, options->json, error))
    return FALSE;
  if (options->png != NULL && !cli_figure_save (result, scenario, options->png, error))
    return FALSE;
  return pisd_result_save_npz (result, scenario->sensors, options->output, error);
}

/* --list-settings. */

static char *
dup_range (const PisdSettingInfo *info)
{
  switch (info->type)
    {
    case PISD_SETTING_CHOICE:
      return g_strjoinv ("|", (char **) info->choices);
    case PISD_SETTING_SEED:
      return g_strdup ("0 .. 2^64-1");
    default:
      return g_strdup_printf ("%g .. %g", info->minimum, info->maximum);
    }
}

static void
list_settings (void)
{
  PisdSettings settings;
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  pisd_settings_init_default (&settings);
  printf ("%-14s %-12s %-6s %-24s %s\n", "key", "default", "unit", "range", "meaning");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (&settings, &infos[i]);
      g_autofree char *range = dup_range (&infos[i]);

      printf ("%-14s %-12s %-6s %-24s %s\n", infos[i].key, text,
              infos[i].unit[0] == '\0' ? "-" : infos[i].unit, range, infos[i].help);
    }
}

gboolean
cli_sample (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdExact) exact = NULL;
  g_auto (PisdRunCache) cache = { 0 };

  if (!parse_options (&options, argc, argv, error))
    return FALSE;
  if (options.list_settings)
    {
      list_settings ();
      return TRUE;
    }
  if (!read_numbers (&options, error) || !check_options (&options, error)
      || !check_targets (&options, error))
    return FALSE;
  scenario = make_scenario (&options, error);
  if (scenario == NULL)
    return FALSE;
  result = run (scenario, options.n_threads, &cache, error);
  if (result == NULL || !find_floor (&options, scenario, &cache, &exact, error)
      || !save (&options, result, scenario, exact, error))
    return FALSE;
  print_result (result, scenario, exact);
  return TRUE;
}
