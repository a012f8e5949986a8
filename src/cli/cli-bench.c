#include "cli-bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "pisd-error.h"

#define MAX_COUNT 100000

typedef struct
{
  const char *name;
  const char *summary;
  gboolean (*run) (const CliBenchOptions *options, CliTable *table, GError **error);
  gboolean is_default; /* part of a plain `pisd bench` */
} Benchmark;

static const Benchmark benchmarks[] = {
  { "step", "time of one guided step", cli_bench_step, TRUE },
  { "transforms", "matrix products against FFTW", cli_bench_transforms, TRUE },
  { "prior", "variances of unguided samples against the prior's", cli_bench_prior, TRUE },
  { "accuracy", "errors over many instances beside published ones", cli_bench_accuracy, FALSE },
};

PisdScenario *
cli_bench_make_scenario (const CliBenchOptions *options, guint number, GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  PisdFieldId field;

  settings->problem = options->problem;
  settings->seed = options->seed + number;
  settings->instance_seed = settings->seed;
  settings->samples = MAX (options->n_samples, 1);
  pisd_settings_apply_preset (settings, options->guidance, options->task, TRUE);
  if (options->n_steps > 0)
    settings->steps = options->n_steps;
  if (!cli_apply_sets (options->sets, settings, error) || !pisd_settings_check (settings, error))
    return NULL;
  scenario->instance = pisd_instance_new_random (settings->problem, settings->wavenumber,
                                                 settings->family, settings->instance_seed, error);
  if (scenario->instance == NULL)
    return NULL;
  for (field = PISD_FIELD_A; field <= PISD_FIELD_U; field++)
    {
      PisdTask alone = field == PISD_FIELD_A ? PISD_TASK_FORWARD : PISD_TASK_INVERSE;

      if (options->task == PISD_TASK_BOTH || options->task == alone)
        pisd_sensors_scatter (scenario->sensors, scenario->instance, field, options->n_sensors, 0,
                              settings->seed);
    }
  return g_steal_pointer (&scenario);
}

PisdResult *
cli_bench_run (const PisdScenario *scenario, guint n_threads, CliProgress *progress, GError **error)
{
  g_autoptr (PisdResult) result =
      pisd_run (scenario, NULL, n_threads, cli_progress_step, progress, error);

  if (result == NULL || result->complete)
    return g_steal_pointer (&result);
  g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped");
  return NULL;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
cli_bench_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

/* Options. */

typedef struct
{
  char *problem, *task, *guidance, *prior;
  char *sensors, *instances, *steps, *samples, *seed, *threads, *repeats;
  char *json;
  GStrv sets;
  gboolean list;
} Words;

static void
words_clear (Words *self)
{
  char *const words[] = { self->problem, self->task,      self->guidance, self->prior,
                          self->sensors, self->instances, self->steps,    self->samples,
                          self->seed,    self->threads,   self->repeats,  self->json };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_free (words[i]);
  g_strfreev (self->sets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static GStrv
parse_words (Words *words, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "problem", 0, 0, G_OPTION_ARG_STRING, &words->problem, "poisson (default) or helmholtz",
      "NAME" },
    { "task", 0, 0, G_OPTION_ARG_STRING, &words->task, "forward (default), inverse or both",
      "NAME" },
    { "guidance", 0, 0, G_OPTION_ARG_STRING, &words->guidance, "none, dps, pisd (default)",
      "NAME" },
    { "prior", 0, 0, G_OPTION_ARG_STRING, &words->prior, "gaussian (default)", "NAME" },
    { "sensors", 0, 0, G_OPTION_ARG_STRING, &words->sensors, "on each measured field (default 500)",
      "N" },
    { "instances", 0, 0, G_OPTION_ARG_STRING, &words->instances, "accuracy: how many (default 10)",
      "M" },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &words->steps, "default: the preset's", "N" },
    { "samples", 0, 0, G_OPTION_ARG_STRING, &words->samples,
      "accuracy: mean of (default 1); prior: in all (default 1000)", "M" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, "of the first instance (default 1)", "S" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, "0 (default): one a core", "T" },
    { "repeats", 0, 0, G_OPTION_ARG_STRING, &words->repeats,
      "step, transforms: median of (default 5)", "N" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->sets,
      "set any setting, over the preset (repeatable)", "KEY=VALUE" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &words->json, "write the table there too", "FILE" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &words->list, "print the benchmarks' names and exit", NULL },
    { NULL },
  };

  return cli_parse (
      entries, "[BENCHMARK…]",
      "Measures on this machine and prints tables in markdown. Benchmarks: step, transforms, prior "
      "(these by\n"
      "default) and accuracy (by default where --problem, --task or --instances is given).",
      argc, argv, error);
}

/* `text` as one of a setting's choices. */
static gboolean
read_choice (const char *key, const char *text, PisdSettings *settings, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (text == NULL || pisd_settings_set (settings, key, text, &local))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--%s", local->message);
  return FALSE;
}

static gboolean
read_choices (const Words *words, CliBenchOptions *options, GError **error)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  if (!read_choice ("problem", words->problem, &settings, error)
      || !read_choice ("guidance", words->guidance, &settings, error)
      || !read_choice ("prior", words->prior, &settings, error)
      || !cli_apply_sets (words->sets, &settings, error))
    return FALSE;
  options->problem = settings.problem;
  options->guidance = settings.guidance;
  options->task = PISD_TASK_FORWARD;
  if (words->task == NULL || pisd_task_from_name (words->task, &options->task))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--task: got `%s`, expected forward, inverse or both", words->task);
  return FALSE;
}

static gboolean
read_counts (const Words *words, CliBenchOptions *options, GError **error)
{
  const struct
  {
    const char *option;
    const char *text;
    guint64 minimum, maximum, fallback;
    guint *value;
  } counts[] = {
    { "sensors", words->sensors, 1, PISD_MAX_SENSORS / 2, 500, &options->n_sensors },
    { "instances", words->instances, 1, MAX_COUNT, 10, &options->n_instances },
    { "steps", words->steps, 1, MAX_COUNT, 0, &options->n_steps },
    { "samples", words->samples, 1, MAX_COUNT, 0, &options->n_samples },
    { "threads", words->threads, 0, 1024, 0, &options->n_threads },
    { "repeats", words->repeats, 1, 1000, 5, &options->n_repeats },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint64 value = counts[i].fallback;

      if (counts[i].text != NULL
          && !cli_parse_uint (counts[i].option, counts[i].text, counts[i].minimum,
                              counts[i].maximum, &value, error))
        return FALSE;
      *counts[i].value = value;
    }
  options->sets = words->sets;
  options->seed = 1;
  return words->seed == NULL
         || cli_parse_uint ("seed", words->seed, 0, G_MAXUINT64, &options->seed, error);
}

static const Benchmark *
find_benchmark (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (benchmarks); i++)
    {
      if (g_str_equal (benchmarks[i].name, name))
        return &benchmarks[i];
    }
  return NULL;
}

/* Flags a benchmark; without names, what the options speak of, else the default ones. */
static gboolean
choose (const Words *words, GStrv names, gboolean chosen[G_N_ELEMENTS (benchmarks)], GError **error)
{
  gboolean speaks_of_accuracy =
      words->problem != NULL || words->task != NULL || words->instances != NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const Benchmark *benchmark = find_benchmark (names[i]);

      if (benchmark == NULL)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                       "got the benchmark `%s`, expected step, transforms, prior or accuracy",
                       names[i]);
          return FALSE;
        }
      chosen[benchmark - benchmarks] = TRUE;
    }
  for (guint i = 0; names[0] == NULL && i < G_N_ELEMENTS (benchmarks); i++)
    chosen[i] =
        speaks_of_accuracy ? benchmarks[i].run == cli_bench_accuracy : benchmarks[i].is_default;
  return TRUE;
}

static void
list_benchmarks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (benchmarks); i++)
    printf ("%-12s %s%s\n", benchmarks[i].name, benchmarks[i].summary,
            benchmarks[i].is_default ? "" : " (on request)");
}

gboolean
cli_bench (int argc, char **argv, GError **error)
{
  g_auto (Words) words = { 0 };
  g_auto (GStrv) names = NULL;
  g_autoptr (CliTable) table = cli_table_new ();
  g_autofree char *machine = cli_machine_dup_name ();
  gboolean chosen[G_N_ELEMENTS (benchmarks)] = { 0 };
  CliBenchOptions options = { 0 };

  names = parse_words (&words, argc, argv, error);
  if (names == NULL)
    return FALSE;
  if (words.list)
    {
      list_benchmarks ();
      return TRUE;
    }
  if (!cli_check_sets (words.sets, error) || !read_choices (&words, &options, error)
      || !read_counts (&words, &options, error) || !choose (&words, names, chosen, error))
    return FALSE;
  if (words.json != NULL && !cli_check_target ("json", words.json, error))
    return FALSE;
  printf ("pisd %s on %s\n", PISD_VERSION, machine);
  for (guint i = 0; i < G_N_ELEMENTS (benchmarks); i++)
    {
      if (!chosen[i])
        continue;
      cli_table_begin (table, benchmarks[i].name);
      if (!benchmarks[i].run (&options, table, error))
        return FALSE;
      cli_table_print (table);
    }
  return words.json == NULL || cli_table_save_json (table, words.json, error);
}
