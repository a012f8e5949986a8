/* The figures of the window, measured on the window itself: each function measures one thing and
 * adds its rows to the table.
 *
 * Units: times in microseconds of g_get_monotonic_time() until they are printed.
 * Threads: main thread only. */
#pragma once

#include <time.h>

#include "bench-stage.h"
#include "cli-table.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_steps;  /* of the long runs */
  guint n_pairs;  /* live view on and off */
  guint n_starts; /* of the program */
  guint n_scrubs; /* steps looked at */
  guint n_runs;   /* started by key, and as many in the middle of a run, and by a sensor */
  char *explorer; /* path of the program itself */
} BenchOptions;

/* These start processes of their own. */
void bench_start (const BenchOptions *options, CliTable *table);
void bench_memory (const BenchOptions *options, CliTable *table);
void bench_flow_memory (const BenchOptions *options, CliTable *table);
void bench_close (const BenchOptions *options, CliTable *table);
void bench_strokes (const BenchOptions *options, CliTable *table);
/* These open a window in this process. */
void bench_live (const BenchOptions *options, CliTable *table);
void bench_scrub (const BenchOptions *options, CliTable *table);
void bench_measure (const BenchOptions *options, CliTable *table);
void bench_feedback (const BenchOptions *options, CliTable *table);
void bench_sensor (const BenchOptions *options, CliTable *table);
void bench_answers (const BenchOptions *options, CliTable *table);
void bench_flow (const BenchOptions *options, CliTable *table);
void bench_playback (const BenchOptions *options, CliTable *table);
void bench_labs (const BenchOptions *options, CliTable *table);
void bench_sweep (const BenchOptions *options, CliTable *table);

/* What the child processes do: they print their figures, one "name value" a line. */
int bench_start_child (guint number); /* not used */
int bench_memory_child (guint n_steps);
int bench_flow_memory_child (guint n_steps);
int bench_close_child (guint number); /* of what is interrupted, and when */
int bench_strokes_child (guint n_strokes);

/* As many rows without a word as a table may have bytes, in a temporary folder: long to read, and
 * nothing in it. */
char *bench_dup_hostile_file (void);
/* And its folder. */
void bench_remove_file (const char *path);
/* A row; `what` and `how` are taken; `least` and `most`: the target, NaN: none. */
void bench_add (CliTable *table,
                char *what,
                double value,
                const char *unit,
                double least,
                double most,
                char *how);
/* Sorts `values`; the smallest one that a part `fraction` of them does not exceed. */
double bench_quantile (double *values, guint n, double fraction);
/* Milliseconds of a processor so far: of the process or of this thread. */
double bench_get_effort (clockid_t clock);

G_END_DECLS
