/* The benchmarks behind `pisd bench`: each measures one thing and adds its rows to the table. */
#pragma once

#include "cli-common.h"
#include "cli-methods.h"
#include "cli-progress.h"
#include "cli-table.h"
#include "pisd-run.h"

G_BEGIN_DECLS

#define CLI_MAX_VALUES 32

typedef enum
{
  CLI_OVER_STEPS,
  CLI_OVER_SENSORS,
  CLI_N_OVERS
} CliOver;

typedef struct
{
  guint problems, tasks, guidances; /* sets of 1 << id; never empty */
  PisdFamily family;                /* of the truths and of the prior */
  PisdPriorId prior;                /* accuracy, sweep */
  const char *weights;              /* borrowed; of a learned prior, NULL: none */
  guint n_sensors;                  /* on each measured field */
  guint n_instances;                /* accuracy, sweep; 0: the benchmark's own */
  guint n_steps;                    /* 0: the preset's */
  guint n_samples;                  /* 0: the benchmark's own */
  guint64 seed;
  guint n_threads; /* 0: one a core */
  guint n_repeats; /* step, transforms, posterior: the median is taken */
  char **sets;     /* borrowed; KEY=VALUE, over the preset */
  CliOver over;    /* sweep */
  guint n_values;  /* sweep, scale, cancel; 0: the benchmark's own */
  guint values[CLI_MAX_VALUES];
  const char *csv, *png; /* borrowed; NULL: none */
  CliSignals *signals;   /* borrowed */
} CliBenchOptions;

gboolean cli_bench_step (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_transforms (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_prior (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_fit (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_posterior (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_accuracy (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_scale (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_cancel (const CliBenchOptions *options, CliTable *table, GError **error);
/* CSV, one row a value, method and field: the columns of the table in cli-bench-sweep.c. */
gboolean cli_bench_sweep (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_train (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_network (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_socket (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_flow (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_samplers (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_where (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_mixture (const CliBenchOptions *options, CliTable *table, GError **error);

/* One problem and task, and how it is solved. */
typedef struct
{
  PisdProblemId problem;
  PisdTask task;
  const CliMethod *method;
} CliCase;

/* A scenario as the benchmark defines it: random instance `number`, sensors on random nodes of the
 * measured fields, the settings of the method. */
PisdScenario *cli_bench_make_scenario (const CliBenchOptions *options,
                                       const CliCase *what,
                                       guint number,
                                       GError **error);
/* Runs it; a stopped run is an error.  `cache` as in pisd_run_again(). */
PisdResult *cli_bench_run (const PisdScenario *scenario,
                           guint n_threads,
                           PisdRunCache *cache,
                           CliProgress *progress,
                           GError **error);
/* Is it the error of a run that a signal stopped?  What was found until then is kept. */
gboolean cli_bench_is_stopped (const GError *error);
/* FALSE with that error once a signal asked to stop: between measurements without a CliProgress. */
gboolean cli_bench_may_go_on (const CliBenchOptions *options, GError **error);
/* The field that is not measured, and so the one that counts: an index into the problem's fields.
 * */
guint cli_bench_get_main_field (PisdTask task);
/* What errors of a field are of: "a", or the last of its frames, "w(1)". */
char *cli_bench_dup_field_name (const PisdOperator *problem, guint field);

G_END_DECLS
