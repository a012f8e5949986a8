/* From the pointer that moves a sensor to the picture of the estimate that follows it. */
#include "bench.h"

#include "bench-drag.h"

#define MOST_MILLISECONDS 100.0 /* DESIGN section 7 */

static void
add_effort (CliTable *table, const char *what, double value)
{
  bench_add (table, g_strdup (what), value / BENCH_DRAG_MOVES, "ms", NAN, NAN,
             g_strdup ("of a processor, a move on average"));
}

static void
add (CliTable *table, const char *what, double value, guint n_sensors)
{
  bench_add (table, g_strdup (what), value, "ms", NAN, MOST_MILLISECONDS,
             g_strdup_printf ("until the X server has the estimate; %d moves of one of %u "
                              "sensors",
                              BENCH_DRAG_MOVES, n_sensors));
}

void
bench_sensor (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  const guint n_sensors = explorer_session_get_scenario (stage->session)->sensors->n;
  double times[BENCH_DRAG_MOVES], all, own;
  BenchDrag drag;

  bench_drag_begin (&drag, stage, PISD_FIELD_A, 0, 0);
  all = bench_get_effort (CLOCK_PROCESS_CPUTIME_ID);
  own = bench_get_effort (CLOCK_THREAD_CPUTIME_ID);
  for (int k = 0; k < BENCH_DRAG_MOVES; k++)
    times[k] = bench_drag_move (&drag);
  all = bench_get_effort (CLOCK_PROCESS_CPUTIME_ID) - all;
  own = bench_get_effort (CLOCK_THREAD_CPUTIME_ID) - own;
  bench_drag_end (&drag);
  add (table, "a sensor moved to the new estimate", bench_quantile (times, BENCH_DRAG_MOVES, 0.5),
       n_sensors);
  add (table, "the same, 95 % of the moves", bench_quantile (times, BENCH_DRAG_MOVES, 0.95),
       n_sensors);
  add_effort (table, "effort of the window's threads", all);
  add_effort (table, "effort of its main thread", own);
}
