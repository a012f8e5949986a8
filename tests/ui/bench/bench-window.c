/* The figures of the window, with their targets and the machine: `./dev bench` runs it on a display
 * of its own.  Not a test: it measures, and nothing depends on what it finds. */
#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-child.h"
#include "bench.h"

/* In this order: a process that starts wants the machine for itself. */
static const struct
{
  const char *name;
  void (*run) (const BenchOptions *options, CliTable *table);
  int (*child) (guint number);
} benchmarks[] = {
  { "start", bench_start, bench_start_child },
  { "memory", bench_memory, bench_memory_child },
  { "flow-memory", bench_flow_memory, bench_flow_memory_child },
  { "close", bench_close, bench_close_child },
  { "strokes", bench_strokes, bench_strokes_child },
  { "live", bench_live, NULL },
  { "scrub", bench_scrub, NULL },
  { "measure", bench_measure, NULL },
  { "feedback", bench_feedback, NULL },
  { "sensor", bench_sensor, NULL },
  { "answers", bench_answers, NULL },
  { "flow", bench_flow, NULL },
  { "playback", bench_playback, NULL },
  { "labs", bench_labs, NULL },
  { "sweep", bench_sweep, NULL },
};

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

void
bench_add (CliTable *table,
           char *what,
           double value,
           const char *unit,
           double least,
           double most,
           char *how)
{
  cli_table_add (table, (CliRow){ .what = what,
                                  .value = value,
                                  .error = NAN,
                                  .unit = unit,
                                  .minimum = least,
                                  .maximum = most,
                                  .counted = how });
}

double
bench_quantile (double *values, guint n, double fraction)
{
  const guint place = (guint) (fraction * n);

  qsort (values, n, sizeof *values, compare);
  return values[MIN (place, n - 1)];
}

double
bench_get_effort (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return 1e3 * (double) now.tv_sec + 1e-6 * (double) now.tv_nsec;
}

static int
run_child (const char *name, const char *number)
{
  for (guint k = 0; k < G_N_ELEMENTS (benchmarks); k++)
    if (benchmarks[k].child != NULL && g_str_equal (benchmarks[k].name, name))
      return benchmarks[k].child ((guint) g_ascii_strtoull (number, NULL, 10));
  g_error ("no child `%s`", name);
}

/* NAME ...: those; none: all. */
static gboolean
is_chosen (char **names, const char *name)
{
  return names == NULL || g_strv_contains ((const char *const *) names, name);
}

static char *
dup_path_of_explorer (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);

  return g_build_filename (folder, "..", "..", "..", "src", "app", "pisd-explorer", NULL);
}

static void
run_all (const BenchOptions *options, char **names, CliTable *table)
{
  g_autofree char *machine = cli_machine_dup_name ();

  printf ("pisd-explorer %s on %s\n", PISD_VERSION, machine);
  for (guint k = 0; k < G_N_ELEMENTS (benchmarks); k++)
    if (is_chosen (names, benchmarks[k].name))
      {
        cli_table_begin (table, benchmarks[k].name);
        benchmarks[k].run (options, table);
        cli_table_print (table);
      }
}

static gboolean
parse (int *argc, char ***argv, BenchOptions *options, char **json, char ***names)
{
  int steps = 2000, pairs = 5, starts = 5, scrubs = 200, runs = 10;
  const GOptionEntry entries[] = {
    { "steps", 0, 0, G_OPTION_ARG_INT, &steps, "of the long runs (default 2000)", "N" },
    { "pairs", 0, 0, G_OPTION_ARG_INT, &pairs, "live view on and off (default 5)", "N" },
    { "starts", 0, 0, G_OPTION_ARG_INT, &starts, "of the program (default 5)", "N" },
    { "scrubs", 0, 0, G_OPTION_ARG_INT, &scrubs, "steps looked at (default 200)", "N" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "begun by a key or a sensor (default 10)", "N" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, json, "write the table there too", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, names, NULL, "[BENCHMARK…]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (
      context,
      "Benchmarks: start, memory, flow-memory, close, strokes, live, scrub, measure, feedback, "
      "sensor, answers, flow, playback, labs, sweep; all of them by default.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return FALSE;
    }
  if (MIN (MIN (steps, pairs), MIN (starts, MIN (scrubs, runs))) < 1)
    {
      fprintf (stderr, "every count must be at least 1\n");
      return FALSE;
    }
  options->n_steps = (guint) steps;
  options->n_pairs = (guint) pairs;
  options->n_starts = (guint) starts;
  options->n_scrubs = (guint) scrubs;
  options->n_runs = (guint) runs;
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (CliTable) table = cli_table_new ();
  g_autofree char *explorer = dup_path_of_explorer ();
  g_autofree char *json = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  BenchOptions options = { .explorer = explorer };

  if (argc == 4 && g_str_equal (argv[1], BENCH_CHILD_OPTION))
    return run_child (argv[2], argv[3]);
  if (!parse (&argc, &argv, &options, &json, &names))
    return 2;
  run_all (&options, names, table);
  if (json != NULL && !cli_table_save_json (table, json, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return 0;
}
