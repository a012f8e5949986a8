/* How much memory does a window hold that has watched a long run? */
#include "bench.h"

#include <math.h>
#include <string.h>

#include "bench-child.h"

#define MOST_MEGABYTES 300.0 /* DESIGN section 7 */

/* A field of /proc/self/status in kB. */
static double
get_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return NAN;
  line = strstr (text, name);
  return line == NULL ? NAN : g_ascii_strtod (line + strlen (name), NULL);
}

int
bench_memory_child (guint n_steps)
{
  g_autoptr (BenchStage) stage = bench_stage_new (n_steps);

  bench_child_print ("before", get_status ("VmRSS:"));
  bench_stage_run (stage);
  bench_stage_rest (500);
  bench_child_print ("after", get_status ("VmRSS:"));
  bench_child_print ("peak", get_status ("VmHWM:"));
  return 0;
}

static void
add (CliTable *table, const char *what, double kilobytes, double most, char *how)
{
  cli_table_add (table, (CliRow){ .what = g_strdup (what),
                                  .value = 1.024e-3 * kilobytes,
                                  .error = NAN,
                                  .unit = "MB",
                                  .minimum = NAN,
                                  .maximum = most,
                                  .counted = how });
}

void
bench_memory (const BenchOptions *options, CliTable *table)
{
  g_autofree char *figures = bench_child_run ("memory", options->n_steps);

  add (table, "resident memory after a run", bench_child_get (figures, "after"), MOST_MEGABYTES,
       g_strdup_printf ("VmRSS of a process with its window; %u steps watched, 2 x %d x %d modes",
                        options->n_steps, BENCH_MODES, BENCH_MODES));
  add (table, "before the run", bench_child_get (figures, "before"), NAN, g_strdup ("the same"));
  add (table, "highest", bench_child_get (figures, "peak"), NAN, g_strdup ("VmHWM of the same"));
}
