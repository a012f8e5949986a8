#include "cli-bench.h"
#include "cli-figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli-files.h"
#include "cli-streams.h"
#include "pisd-error.h"
#include "pisd-scatter.h"
#include "pisd-truth.h"

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
  { "posterior", "time of set-up, steps and solves of second-order guidance", cli_bench_posterior,
    TRUE },
  { "prior", "variances of unguided samples against the prior's", cli_bench_prior, FALSE },
  { "accuracy", "errors over many instances beside the best possible and published ones",
    cli_bench_accuracy, FALSE },
  { "sweep", "errors over the number of steps or of sensors", cli_bench_sweep, FALSE },
};

/* `field`: index in the equation. */
static gboolean
is_measured (PisdTask task, guint field)
{
  return task == PISD_TASK_BOTH || task == (field == 0 ? PISD_TASK_FORWARD : PISD_TASK_INVERSE);
}

guint
cli_bench_get_main_field (PisdTask task)
{
  return task == PISD_TASK_FORWARD ? 1 : 0;
}

PisdScenario *
cli_bench_make_scenario (const CliBenchOptions *options,
                         const CliCase *what,
                         guint number,
                         GError **error)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  const PisdOperator *row;

  settings->problem = what->problem;
  settings->seed = options->seed + number;
  settings->instance_seed = settings->seed;
  settings->samples =
      options->n_samples > 0 ? options->n_samples : cli_method_get_n_samples (what->method);
  cli_method_apply (what->method, what->task, settings);
  if (options->n_steps > 0)
    settings->steps = options->n_steps;
  if (!cli_apply_sets (options->sets, settings, error) || !pisd_settings_check (settings, error))
    return NULL;
  if (!pisd_truth_set_random (scenario, error))
    return NULL;
  row = pisd_operator_get (settings->problem);
  for (guint f = 0; f < row->n_fields; f++)
    if (is_measured (what->task, f))
      pisd_sensors_scatter (scenario->sensors, scenario->instance, row->fields[f].id,
                            options->n_sensors, 0, settings->seed);
  return g_steal_pointer (&scenario);
}

PisdResult *
cli_bench_run (const PisdScenario *scenario,
               guint n_threads,
               PisdRunCache *cache,
               CliProgress *progress,
               GError **error)
{
  g_autoptr (PisdResult) result =
      pisd_run_again (scenario, NULL, n_threads, cli_progress_step, progress, cache, error);

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
  char *over, *values;
  char *json, *csv, *png;
  GStrv sets;
  gboolean list;
} Words;

static void
words_clear (Words *self)
{
  char *const words[] = { self->problem, self->task,      self->guidance, self->prior,
                          self->sensors, self->instances, self->steps,    self->samples,
                          self->seed,    self->threads,   self->repeats,  self->over,
                          self->values,  self->json,      self->csv,      self->png };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_free (words[i]);
  g_strfreev (self->sets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static GStrv
parse_words (Words *words, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "problem", 0, 0, G_OPTION_ARG_STRING, &words->problem, "poisson (default), helmholtz or all",
      "NAME" },
    { "task", 0, 0, G_OPTION_ARG_STRING, &words->task, "forward (default), inverse, both or all",
      "NAME" },
    { "guidance", 0, 0, G_OPTION_ARG_STRING, &words->guidance,
      "none, dps, pisd, second-order (default), exact or all (sweep: all by default)", "NAME" },
    { "prior", 0, 0, G_OPTION_ARG_STRING, &words->prior, "gaussian (default)", "NAME" },
    { "sensors", 0, 0, G_OPTION_ARG_STRING, &words->sensors, "on each measured field (default 500)",
      "N" },
    { "instances", 0, 0, G_OPTION_ARG_STRING, &words->instances,
      "accuracy: how many (default 10); sweep: default 4", "M" },
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
      "sweep: default 10,20,50,… to 2000 steps or 5000 sensors", "N,N,…" },
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
      "default), prior, accuracy (by default where --problem, --task, --guidance or --instances is "
      "given) and sweep.\n"
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
read_choices (const Words *words, gboolean is_sweep, CliBenchOptions *options, GError **error)
{
  const char *guidance = is_sweep ? ALL : "second-order";
  PisdSettings settings;
  guint priors;

  if (words->guidance != NULL)
    guidance = words->guidance;
  pisd_settings_init_default (&settings);
  return read_choice ("problem", words->problem != NULL ? words->problem : "poisson",
                      &options->problems, error)
         && read_choice ("guidance", guidance, &options->guidances, error)
         && read_choice ("prior", words->prior != NULL ? words->prior : "gaussian", &priors, error)
         && read_task (words->task != NULL ? words->task : "forward", &options->tasks, error)
         && cli_apply_sets (words->sets, &settings, error);
}

static gboolean
read_over (const Words *words, CliBenchOptions *options, GError **error)
{
  static const char *const names[CLI_N_OVERS] = { "steps", "sensors" };
  g_auto (GStrv) values = g_strsplit (words->values != NULL ? words->values : "", ",", -1);
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
  for (i = 0; values[i] != NULL; i++)
    {
      guint64 value;

      if (i == CLI_MAX_VALUES)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                       "--values: got more than %d, expected at most as many", CLI_MAX_VALUES);
          return FALSE;
        }
      if (!cli_parse_uint ("values", values[i], 1, PISD_MAX_SENSORS / 2, &value, error))
        return FALSE;
      options->values[i] = value;
    }
  options->n_values = i;
  return TRUE;
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
    { "instances", words->instances, 1, MAX_COUNT, 0, &options->n_instances },
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
  options->csv = words->csv;
  options->png = words->png;
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
  gboolean speaks_of_accuracy = words->problem != NULL || words->task != NULL
                                || words->guidance != NULL || words->instances != NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const Benchmark *benchmark = find_benchmark (names[i]);

      if (benchmark == NULL)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                       "got the benchmark `%s`, expected step, transforms, posterior, prior, "
                       "accuracy or sweep",
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

static gboolean
is_sweep (const gboolean chosen[G_N_ELEMENTS (benchmarks)])
{
  for (guint i = 0; i < G_N_ELEMENTS (benchmarks); i++)
    if (chosen[i] && benchmarks[i].run == cli_bench_sweep)
      return TRUE;
  return FALSE;
}

static gboolean
check_files (const Words *words, gboolean has_sweep, GError **error)
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
  return (words->png == NULL || cli_figure_check_name (words->png, error))
         && cli_files_check (files, G_N_ELEMENTS (files), error);
}

gboolean
cli_bench_is_stopped (const GError *error)
{
  return g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED);
}

/* What a stopped benchmark has found is shown too. */
static gboolean
run_benchmark (const Benchmark *benchmark,
               const CliBenchOptions *options,
               CliTable *table,
               GError **error)
{
  GError *failure = NULL;

  cli_table_begin (table, benchmark->name);
  if (benchmark->run (options, table, &failure) || cli_bench_is_stopped (failure))
    cli_table_print (table);
  if (failure == NULL)
    return cli_streams_flush (error);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
run_benchmarks (const gboolean chosen[G_N_ELEMENTS (benchmarks)],
                const CliBenchOptions *options,
                CliTable *table,
                GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (benchmarks); i++)
    if (chosen[i] && !run_benchmark (&benchmarks[i], options, table, error))
      return FALSE;
  return TRUE;
}

static gboolean
save_json (CliTable *table, const char *path, CliSignals *signals, GError **error)
{
  gboolean good;

  cli_signals_begin_save (signals);
  good = cli_table_save_json (table, path, error);
  cli_signals_end_save (signals);
  return good;
}

static gboolean
run_and_save (const gboolean chosen[G_N_ELEMENTS (benchmarks)],
              const CliBenchOptions *options,
              const char *json,
              GError **error)
{
  g_autoptr (CliTable) table = cli_table_new ();
  g_autofree char *machine = cli_machine_dup_name ();
  GError *failure = NULL;

  printf ("pisd %s on %s\n", PISD_VERSION, machine);
  if (!cli_streams_flush (error))
    return FALSE;
  if ((run_benchmarks (chosen, options, table, &failure) || cli_bench_is_stopped (failure))
      && json != NULL && !save_json (table, json, options->signals, error))
    {
      g_clear_error (&failure);
      return FALSE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
cli_bench (int argc, char **argv, GError **error)
{
  g_auto (Words) words = { 0 };
  g_auto (GStrv) names = NULL;
  g_autoptr (CliSignals) signals = cli_signals_new ();
  gboolean chosen[G_N_ELEMENTS (benchmarks)] = { 0 };
  CliBenchOptions options = { .signals = signals };

  names = parse_words (&words, argc, argv, error);
  if (names == NULL)
    return FALSE;
  if (words.list)
    {
      list_benchmarks ();
      return TRUE;
    }
  return cli_check_sets (words.sets, error) && choose (&words, names, chosen, error)
         && read_choices (&words, is_sweep (chosen), &options, error)
         && read_counts (&words, &options, error) && read_over (&words, &options, error)
         && check_files (&words, is_sweep (chosen), error)
         && run_and_save (chosen, &options, words.json, error);
}
