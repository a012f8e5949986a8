#include "cli-bench-options.h"

#include "cli-figure.h"
#include "cli-files.h"

#define MAX_COUNT 100000
#define MAX_THREADS 1024
#define MAX_REPEATS 1000

void
cli_bench_words_clear (CliBenchWords *self)
{
  char *const words[] = { self->problem, self->task,    self->guidance,  self->prior,
                          self->family,  self->sensors, self->instances, self->steps,
                          self->samples, self->seed,    self->threads,   self->repeats,
                          self->over,    self->values,  self->json,      self->csv,
                          self->png,     self->weights };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_free (words[i]);
  g_strfreev (self->sets);
}

GStrv
cli_bench_words_parse (CliBenchWords *words, int argc, char **argv, GError **error)
{
  g_autofree char *problems = pisd_setting_dup_choices (pisd_settings_find ("problem"), ", ");
  g_autofree char *problem_help = g_strdup_printf ("%s or all (default poisson)", problems);
  const GOptionEntry entries[] = {
    { "problem", 0, 0, G_OPTION_ARG_STRING, &words->problem, problem_help, "NAME" },
    { "task", 0, 0, G_OPTION_ARG_STRING, &words->task, "forward (default), inverse, both or all",
      "NAME" },
    { "guidance", 0, 0, G_OPTION_ARG_STRING, &words->guidance,
      "none, dps, pisd, second-order (default), exact or all (sweep: all by default)", "NAME" },
    { "prior", 0, 0, G_OPTION_ARG_STRING, &words->prior,
      "of accuracy and sweep: gaussian (default) or learned", "NAME" },
    { "weights", 0, 0, G_OPTION_ARG_FILENAME, &words->weights,
      "of a learned prior: what pisd train has written", "W.safetensors" },
    { "family", 0, 0, G_OPTION_ARG_STRING, &words->family,
      "of the random sources, and of the prior; default: grf", "NAME" },
    { "sensors", 0, 0, G_OPTION_ARG_STRING, &words->sensors, "on each measured field (default 500)",
      "N" },
    { "instances", 0, 0, G_OPTION_ARG_STRING, &words->instances,
      "accuracy: how many (default 10); sweep, mixture, samplers: default 4; where: 10", "M" },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &words->steps, "of every method; default: each its own",
      "N" },
    { "samples", 0, 0, G_OPTION_ARG_STRING, &words->samples,
      "mean of (default: 16 of second-order, 1 of others); prior: in all (default 1000)", "M" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, "of the first instance (default 1)", "S" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, "0 (default): one a core", "T" },
    { "repeats", 0, 0, G_OPTION_ARG_STRING, &words->repeats,
      "step, transforms, posterior: median of (default 5)", "N" },
    { "over", 0, 0, G_OPTION_ARG_STRING, &words->over, "sweep: steps (default) or sensors",
      "NAME" },
    { "values", 0, 0, G_OPTION_ARG_STRING, &words->values,
      "sweep: default 10,20,50,… to 2000 steps or 5000 sensors; scale, cancel: sensors", "N,N,…" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->sets,
      "set any setting, over the preset (repeatable)", "KEY=VALUE" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &words->json, "write the tables there too", "FILE" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &words->csv, "sweep: write the table there too", "FILE" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &words->png, "sweep: plot", "FILE.png" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &words->list, "print the benchmarks' names and exit", NULL },
    { NULL },
  };

  return cli_parse (
      entries, "[BENCHMARK…]",
      "Measures on this machine and prints tables in markdown. Benchmarks: step, transforms, "
      "posterior (these by\n"
      "default), scale, cancel, prior, accuracy (by default where --problem, --task, --guidance or "
      "--instances is given),\nsweep, mixture, samplers, train, network, where and flow.\n"
      "Errors are relative L2 errors over the whole field. Ratios to the floor, the error of the "
      "exact posterior mean\n"
      "on the same instances, are mean over mean, with the standard error of the paired "
      "differences.",
      argc, argv, error);
}

#define ALL "all"

/* `text` as one of a setting's choices, or all of them: a set of 1 << choice. */
static gboolean
read_choice (const char *key, const char *text, guint *set, GError **error)
{
  const PisdSettingInfo *info = pisd_settings_find (key);
  g_autofree char *choices = NULL;

  *set = 0;
  for (guint i = 0; info->get_choice (i).name != NULL; i++)
    if (g_str_equal (text, ALL) || g_str_equal (text, info->get_choice (i).name))
      *set |= 1u << i;
  if (*set != 0)
    return TRUE;
  choices = pisd_setting_dup_choices (info, ", ");
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--%s: got `%s`, expected %s or " ALL, key,
               text, choices);
  return FALSE;
}

static gboolean
read_task (const char *text, guint *set, GError **error)
{
  PisdTask task;

  *set = (1u << PISD_N_TASKS) - 1;
  if (g_str_equal (text, ALL))
    return TRUE;
  if (!pisd_task_from_name (text, &task))
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--task: got `%s`, expected forward, inverse, both or " ALL, text);
      return FALSE;
    }
  *set = 1u << task;
  return TRUE;
}

static gboolean
read_choices (const CliBenchWords *words,
              gboolean is_sweep,
              CliBenchOptions *options,
              GError **error)
{
  const char *guidance = is_sweep ? ALL : "second-order";
  PisdSettings settings;

  if (words->guidance != NULL)
    guidance = words->guidance;
  pisd_settings_init_default (&settings);
  if (!cli_set_option ("family", words->family, &settings, error))
    return FALSE;
  options->family = settings.family;
  if (!cli_set_option ("prior", words->prior, &settings, error))
    return FALSE;
  options->prior = settings.prior;
  options->weights = words->weights;
  return read_choice ("problem", words->problem != NULL ? words->problem : "poisson",
                      &options->problems, error)
         && read_choice ("guidance", guidance, &options->guidances, error)
         && read_task (words->task != NULL ? words->task : "forward", &options->tasks, error)
         && cli_apply_sets (words->sets, &settings, error);
}

static gboolean
read_over (const CliBenchWords *words, CliBenchOptions *options, GError **error)
{
  static const char *const names[CLI_N_OVERS] = { "steps", "sensors" };
  guint i;

  for (i = 0; words->over != NULL && i < CLI_N_OVERS; i++)
    if (g_str_equal (words->over, names[i]))
      break;
  if (i == CLI_N_OVERS)
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "--over: got `%s`, expected steps or sensors", words->over);
      return FALSE;
    }
  options->over = i;
  return TRUE;
}

/* Steps and sensors have limits of their own. */
static gboolean
read_values (const CliBenchWords *words,
             gboolean is_sweep,
             CliBenchOptions *options,
             GError **error)
{
  const guint64 maxima[CLI_N_OVERS] = {
    [CLI_OVER_STEPS] = (guint64) pisd_settings_find ("steps")->maximum,
    [CLI_OVER_SENSORS] = PISD_MAX_SENSORS / 2,
  };
  g_auto (GStrv) values = g_strsplit (words->values != NULL ? words->values : "", ",", -1);

  for (guint i = 0; values[i] != NULL; i++)
    {
      guint64 value, maximum = is_sweep ? maxima[options->over] : PISD_MAX_SENSORS;

      if (i == CLI_MAX_VALUES)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                       "--values: got more than %d, expected at most as many", CLI_MAX_VALUES);
          return FALSE;
        }
      if (!cli_parse_uint ("values", values[i], 1, maximum, &value, error))
        return FALSE;
      options->values[options->n_values++] = value;
    }
  return TRUE;
}

static gboolean
read_counts (const CliBenchWords *words, CliBenchOptions *options, GError **error)
{
  const struct
  {
    const char *option;
    const char *text;
    guint64 minimum, maximum, fallback;
    guint *value;
  } counts[] = {
    { "sensors", words->sensors, 1, PISD_MAX_SENSORS / 2, 500, &options->n_sensors },
    { "instances", words->instances, 1, MAX_COUNT, 0, &options->n_instances },
    { "steps", words->steps, 1, MAX_COUNT, 0, &options->n_steps },
    { "samples", words->samples, 1, MAX_COUNT, 0, &options->n_samples },
    { "threads", words->threads, 0, MAX_THREADS, 0, &options->n_threads },
    { "repeats", words->repeats, 1, MAX_REPEATS, 5, &options->n_repeats },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint64 value = counts[i].fallback;

      if (!cli_parse_uint (counts[i].option, counts[i].text, counts[i].minimum, counts[i].maximum,
                           &value, error))
        return FALSE;
      *counts[i].value = value;
    }
  options->sets = words->sets;
  options->csv = words->csv;
  options->png = words->png;
  options->seed = 1;
  return cli_parse_uint ("seed", words->seed, 0, G_MAXUINT64, &options->seed, error);
}

gboolean
cli_bench_words_read (CliBenchWords *words,
                      gboolean is_sweep,
                      CliBenchOptions *options,
                      GError **error)
{
  return (words->png == NULL || cli_figure_complete_name (&words->png, error))
         && read_choices (words, is_sweep, options, error) && read_counts (words, options, error)
         && read_over (words, options, error) && read_values (words, is_sweep, options, error);
}

gboolean
cli_bench_words_speak_of_accuracy (const CliBenchWords *words)
{
  return words->problem != NULL || words->task != NULL || words->guidance != NULL
         || words->instances != NULL;
}

gboolean
cli_bench_words_check_files (const CliBenchWords *words, gboolean has_sweep, GError **error)
{
  const CliFile files[] = { { "--json", words->json, TRUE, NULL },
                            { "--csv", words->csv, TRUE, NULL },
                            { "--png", words->png, TRUE, NULL } };

  if (!has_sweep && (words->csv != NULL || words->png != NULL))
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got --csv or --png, which belong to the benchmark sweep");
      return FALSE;
    }
  return cli_files_check (files, G_N_ELEMENTS (files), error);
}
