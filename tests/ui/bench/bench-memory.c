/* How much memory does a window hold that has watched a long run, and what stays of many sensors? */
#include "bench.h"

#include <math.h>
#include <string.h>

#include "bench-child.h"

#define MOST_MEGABYTES 300.0
#define MOST_FLOW_MEGABYTES 500.0
#define FLOW_STEPS 1000
#define N_STROKES 100
#define MOST_LEFT_MEGABYTES 50.0

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

static int
watch_run (BenchStage *stage)
{
  bench_child_print ("before", get_status ("VmRSS:"));
  bench_stage_run (stage);
  bench_stage_rest (500);
  bench_child_print ("after", get_status ("VmRSS:"));
  bench_child_print ("peak", get_status ("VmHWM:"));
  return 0;
}

int
bench_memory_child (guint n_steps)
{
  g_autoptr (BenchStage) stage = bench_stage_new (n_steps);

  return watch_run (stage);
}

/* All frames at once, so that a step holds as much as there is. */
int
bench_flow_memory_child (guint n_steps)
{
  g_autoptr (BenchStage) stage = bench_stage_new_flow ();
  g_autofree char *steps = g_strdup_printf ("%u", n_steps);

  explorer_session_apply_preset (stage->session, PISD_GUIDANCE_PISD);
  explorer_session_set_setting (stage->session, "steps", steps);
  return watch_run (stage);
}

/* A block of nodes that moves on with every stroke: some 4000 sensors. */
static void
stroke (BenchStage *stage, guint k)
{
  const int radius = 9, n = 4, middle = 20 + (int) (k * 13 % 30);

  explorer_session_begin_edit (stage->session);
  explorer_session_paint (stage->session, PISD_FIELD_A, 0, PISD_GRID / 2, PISD_GRID / 2, PISD_GRID,
                          TRUE);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      explorer_session_paint (stage->session, PISD_FIELD_A, 0, middle + i * 2 * radius,
                              middle + j * 2 * radius, radius, FALSE);
  explorer_session_end_edit (stage->session);
}

int
bench_strokes_child (guint n_strokes)
{
  g_autoptr (BenchStage) stage = bench_stage_new (100);
  ExplorerExact *exact = explorer_window_get_exact (stage->window);

  explorer_session_clear_sensors (stage->session);
  bench_wait (explorer_exact_is_current (exact));
  bench_stage_rest (500);
  bench_child_print ("before", get_status ("VmRSS:"));
  for (guint k = 0; k < n_strokes; k++)
    {
      stroke (stage, k);
      bench_stage_rest (20);
      if (k % 10 == 0)
        bench_wait (explorer_exact_is_current (exact));
    }
  bench_wait (explorer_exact_is_current (exact));
  bench_child_print ("sensors", explorer_session_get_scenario (stage->session)->sensors->n);
  bench_child_print ("strokes", get_status ("VmRSS:"));
  explorer_session_clear_sensors (stage->session);
  bench_wait (explorer_exact_is_current (exact));
  bench_stage_rest (500);
  bench_child_print ("after", get_status ("VmRSS:"));
  return 0;
}

static void
add (CliTable *table, const char *what, double kilobytes, double most, char *how)
{
  bench_add (table, g_strdup (what), 1.024e-3 * kilobytes, "MB", NAN, most, how);
}

static void
add_run (CliTable *table, const char *child, guint n_steps, double most, const char *what)
{
  g_autofree char *figures = bench_child_run (child, n_steps);

  add (table, "resident memory after a run", bench_child_get (figures, "after"), most,
       g_strdup_printf ("VmRSS of a process with its window; %u steps watched, %s", n_steps, what));
  add (table, "before the run", bench_child_get (figures, "before"), NAN, g_strdup ("the same"));
  add (table, "highest", bench_child_get (figures, "peak"), NAN, g_strdup ("VmHWM of the same"));
}

void
bench_memory (const BenchOptions *options, CliTable *table)
{
  g_autofree char *what = g_strdup_printf ("2 x %d x %d modes", BENCH_MODES, BENCH_MODES);

  add_run (table, "memory", options->n_steps, MOST_MEGABYTES, what);
}

void
bench_flow_memory (const BenchOptions *options, CliTable *table)
{
  add_run (table, "flow-memory", FLOW_STEPS, MOST_FLOW_MEGABYTES, "all frames of a flow");
}

void
bench_strokes (const BenchOptions *options, CliTable *table)
{
  g_autofree char *figures = bench_child_run ("strokes", N_STROKES);
  const double n = bench_child_get (figures, "sensors");
  const double before = bench_child_get (figures, "before");

  add (table, "resident memory after strokes and Clear, above that before them",
       bench_child_get (figures, "after") - before, MOST_LEFT_MEGABYTES,
       g_strdup_printf ("%d strokes that leave %.0f sensors each", N_STROKES, n));
  add (table, "before the strokes", before, NAN, g_strdup ("the same"));
  add (table, "before Clear", bench_child_get (figures, "strokes"), NAN, g_strdup ("the same"));
}
