/* From the key to the first picture of the run that it starts. */
#include "bench.h"

#include <math.h>

#include "bench-events.h"

#define MOST_MILLISECONDS 100.0 /* DESIGN section 7 */
#define RUNNING 300             /* ms into a run */

static double
since (gint64 start, gint64 end)
{
  return 1e-3 * (double) (end - start);
}

static double
time_key (BenchStage *stage, BenchEvents *events)
{
  guint n_frames;
  gint64 end;

  events->pressed = 0;
  bench_stage_press (stage, "ctrl+Return");
  bench_wait (events->pressed != 0);
  n_frames = stage->n_frames;
  end = bench_stage_wait_shown (stage, n_frames);
  return since (events->pressed, end);
}

/* A stroke of one node in the middle row, at the first place that is free. */
static double
time_sensor (BenchStage *stage)
{
  const PisdSensors *sensors = explorer_session_get_scenario (stage->session)->sensors;
  const PisdFieldInfo *info = pisd_problem_find_field (PISD_PROBLEM_POISSON, PISD_FIELD_A);
  const double h = pisd_field_info_get_spacing (info);
  const int i = PISD_GRID / 2;
  const guint n_frames = stage->n_frames;
  gint64 start;
  int j = 0;

  while (pisd_sensors_find (sensors, info, 0, j * h, i * h, 0.5 * h) >= 0)
    j++;
  start = g_get_monotonic_time ();
  explorer_session_paint (stage->session, PISD_FIELD_A, 0, i, j, 0, FALSE);
  return since (start, bench_stage_wait_shown (stage, n_frames));
}

static void
stop (BenchStage *stage)
{
  explorer_session_stop (stage->session);
  bench_wait (!explorer_session_is_running (stage->session));
  bench_stage_rest (100);
}

static void
add (CliTable *table, const char *what, double *times, guint n)
{
  const double median = bench_quantile (times, n, 0.5);

  bench_add (table, g_strdup (what), median, "ms", NAN, MOST_MILLISECONDS,
             g_strdup_printf ("until the X server has the first picture of the run; median "
                              "of %u, slowest %.3g ms",
                              n, times[n - 1]));
}

void
bench_feedback (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  const guint n = options->n_runs;
  g_autofree double *idle = g_new (double, n);
  g_autofree double *running = g_new (double, n);
  g_autofree double *sensor = g_new (double, n);
  BenchEvents events;

  bench_events_init (&events, stage, GDK_KEY_Return);
  for (guint k = 0; k < n; k++)
    {
      idle[k] = time_key (stage, &events);
      bench_stage_rest (RUNNING);
      running[k] = time_key (stage, &events);
      stop (stage);
    }
  bench_events_clear (&events);
  explorer_preferences_set (stage->preferences, "follow", TRUE);
  for (guint k = 0; k < n; k++)
    {
      sensor[k] = time_sensor (stage);
      stop (stage);
    }
  add (table, "Ctrl+Enter to the first picture", idle, n);
  add (table, "the same in the middle of a run", running, n);
  add (table, "a sensor placed to the first picture", sensor, n);
}
