/* The benchmarks behind `pisd bench`: each measures one thing and adds its rows to the table. */
#pragma once

#include "cli-common.h"
#include "cli-table.h"
#include "pisd-run.h"

G_BEGIN_DECLS

typedef struct
{
  PisdProblemId problem;
  PisdTask task;
  PisdGuidanceId guidance;
  guint n_sensors;   /* on each measured field */
  guint n_instances; /* accuracy */
  guint n_steps;     /* 0: the preset's */
  guint n_samples;   /* 0: the benchmark's own */
  guint64 seed;
  guint n_threads; /* 0: one a core */
  guint n_repeats; /* step, transforms: the median is taken */
  char **sets;     /* borrowed; KEY=VALUE, over the preset */
} CliBenchOptions;

gboolean cli_bench_step (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_transforms (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_prior (const CliBenchOptions *options, CliTable *table, GError **error);
gboolean cli_bench_accuracy (const CliBenchOptions *options, CliTable *table, GError **error);

/* A scenario as the benchmark defines it: random instance `number`, sensors on random nodes of the
 * measured fields, the preset of guidance and task. */
PisdScenario *cli_bench_make_scenario (const CliBenchOptions *options,
                                       guint number,
                                       GError **error);
/* Runs it; a stopped run is an error. */
PisdResult *cli_bench_run (const PisdScenario *scenario,
                           guint n_threads,
                           CliProgress *progress,
                           GError **error);
/* Sorts `values`. */
double cli_bench_median (double *values, guint n);

G_END_DECLS
