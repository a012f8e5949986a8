#include "cli-bench-options.h"

#include <math.h>
#include <stdio.h>

#include "cli-streams.h"
#include "pisd-error.h"
#include "pisd-fit.h"
#include "pisd-prior-choice.h"
#include "pisd-scatter.h"
#include "pisd-scenario-weights.h"
#include "pisd-truth.h"

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
  { "scale", "set-up, samples, a moved sensor and memory over the number of sensors",
    cli_bench_scale, FALSE },
  { "cancel", "how long a request to stop waits, phase by phase", cli_bench_cancel, FALSE },
  { "prior", "variances of unguided samples against the prior's", cli_bench_prior, FALSE },
  { "prior-fit", "priors fitted to readings against those of the truths", cli_bench_fit, FALSE },
  { "accuracy", "errors over many instances beside the best possible and published ones",
    cli_bench_accuracy, FALSE },
  { "sweep", "errors over the number of steps or of sensors", cli_bench_sweep, FALSE },
  { "mixture", "errors of pisd as sensors on one field join those on the other", cli_bench_mixture,
    FALSE },
  { "samplers", "errors and calibration of second-order with every sampler and noise schedule",
    cli_bench_samplers, FALSE },
  { "train", "multiply-adds a second of a network's training beside sgemm's", cli_bench_train,
    FALSE },
  { "network", "time of one pass of a network, by shape and backend", cli_bench_network, FALSE },
  { "socket", "time of one call of a model in another process", cli_bench_socket, FALSE },
  { "where", "the map of where to measure next: its time, its error, what it is worth",
    cli_bench_where, FALSE },
  { "flow", "errors and times of Navier-Stokes' posterior mode", cli_bench_flow, FALSE },
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

char *
cli_bench_dup_field_name (const PisdOperator *problem, guint field)
{
  const PisdFieldInfo *info = &problem->fields[field];

  return pisd_field_info_dup_symbol (info, info->n_frames - 1);
}

/* A learned prior has needs of its own: the step and its noise, and the latent, give way to them,
 * unless they were set. */
static gboolean
is_fixed (const char *key, gconstpointer data)
{
  static const char *const loose[] = {
    "space", "mode-set", "modes", "sampler", "eta", "churn", NULL
  };
  const CliBenchOptions *options = data;
  g_autofree char *start = g_strconcat (key, "=", NULL);

  for (guint i = 0; options->sets != NULL && options->sets[i] != NULL; i++)
    if (g_str_has_prefix (options->sets[i], start))
      return TRUE;
  return !g_strv_contains (loose, key);
}

/* The settings go together, and with the prior. */
static gboolean
fit (const CliBenchOptions *options, PisdSettings *settings, GError **error)
{
  if (pisd_method_get_prior (settings->prior)->is_gaussian)
    return pisd_settings_check (settings, error) || cli_blame (NULL, error);
  return pisd_fit (settings, options->weights, is_fixed, options, NULL, error)
         || cli_blame (NULL, error);
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
  settings->family = settings->prior_family = options->family;
  settings->prior = options->prior;
  pisd_scenario_set_weights (scenario, options->weights);
  settings->seed = options->seed + number;
  settings->instance_seed = settings->seed;
  settings->samples =
      options->n_samples > 0 ? options->n_samples : cli_method_get_n_samples (what->method);
  cli_method_apply (what->method, what->task, options->n_steps, settings);
  if (!cli_apply_sets (options->sets, settings, error) || !fit (options, settings, error))
    return NULL;
  if (!pisd_truth_set_random (scenario, error))
    return NULL;
  settings->mean_sd = pisd_prior_choose_mean_sd (scenario);
  if (!cli_apply_sets (options->sets, settings, error))
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

/* Which benchmarks. */

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
choose (const CliBenchWords *words,
        GStrv names,
        gboolean chosen[G_N_ELEMENTS (benchmarks)],
        GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const Benchmark *benchmark = find_benchmark (names[i]);

      if (benchmark == NULL)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                       "got the benchmark `%s`, expected step, transforms, posterior, scale, "
                       "cancel, prior, prior-fit, accuracy, sweep, mixture, samplers, train, "
                       "network, socket, where or flow",
                       names[i]);
          return FALSE;
        }
      chosen[benchmark - benchmarks] = TRUE;
    }
  for (guint i = 0; names[0] == NULL && i < G_N_ELEMENTS (benchmarks); i++)
    chosen[i] = cli_bench_words_speak_of_accuracy (words) ? benchmarks[i].run == cli_bench_accuracy
                                                          : benchmarks[i].is_default;
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

gboolean
cli_bench_may_go_on (const CliBenchOptions *options, GError **error)
{
  if (!cli_signals_is_stopped (options->signals))
    return TRUE;
  g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED, "stopped");
  return FALSE;
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
  g_auto (CliBenchWords) words = { 0 };
  g_auto (GStrv) names = NULL;
  g_autoptr (CliSignals) signals = cli_signals_new ();
  gboolean chosen[G_N_ELEMENTS (benchmarks)] = { 0 };
  CliBenchOptions options = { .signals = signals };

  names = cli_bench_words_parse (&words, argc, argv, error);
  if (names == NULL)
    return FALSE;
  if (words.list)
    {
      list_benchmarks ();
      return TRUE;
    }
  return cli_check_sets (words.sets, error) && choose (&words, names, chosen, error)
         && cli_bench_words_read (&words, is_sweep (chosen), &options, error)
         && cli_bench_words_check_files (&words, is_sweep (chosen), error)
         && run_and_save (chosen, &options, words.json, error);
}
