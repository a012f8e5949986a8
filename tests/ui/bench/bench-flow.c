/* A flow in the window: a sensor of its last frame that is dragged, a whole run, and a request to
 * stop while the ladder of the linearisations is climbed. */
#include "bench.h"

#include "bench-drag.h"

#define MOST_FIRST 150.0 /* ms to a first estimate, ... */
#define MOST_WHOLE 1000.0
#define MOST_RUN 5.0 /* s */
#define MOST_STOP 200.0
#define N_MOVES 12
#define N_RESTS 4

static const guint numbers[] = { 100, 500 };
/* ms from the start of a climb to Esc */
static const guint delays[] = { 30, 150, 400, 800 };

static void
add (CliTable *table, char *what, double value, const char *unit, double most, char *how)
{
  bench_add (table, what, value, unit, NAN, most, how);
}

/* The last frame of the field that has most. */

static const PisdFieldInfo *
get_measured (BenchStage *stage)
{
  return explorer_flow_get_info (explorer_window_get_flow (stage->window));
}

static guint
find_row (BenchStage *stage)
{
  guint row = 0;

  while (explorer_view_grid_get_row (explorer_window_get_grid (stage->window), row)->info
         != get_measured (stage))
    row++;
  return row;
}

static void
scatter (BenchStage *stage, guint n)
{
  explorer_session_clear_sensors (stage->session);
  explorer_session_scatter (stage->session, get_measured (stage)->id,
                            get_measured (stage)->n_frames - 1, n, 1);
}

/* A hand that moves on, and then rests. */
static void
time_drag (BenchStage *stage, guint n_sensors, CliTable *table)
{
  const PisdFieldInfo *info = get_measured (stage);
  double first[N_MOVES], whole[N_RESTS], median_first, median_whole, effort = 0.0;
  BenchDrag drag;

  scatter (stage, n_sensors);
  bench_drag_begin (&drag, stage, info->id, info->n_frames - 1, find_row (stage));
  for (guint k = 0; k < N_MOVES; k++)
    {
      first[k] = bench_drag_move (&drag);
      if (k % (N_MOVES / N_RESTS) != 0)
        continue;
      effort -= bench_get_effort (CLOCK_PROCESS_CPUTIME_ID);
      whole[k / (N_MOVES / N_RESTS)] = bench_drag_rest (&drag);
      effort += bench_get_effort (CLOCK_PROCESS_CPUTIME_ID);
    }
  bench_drag_end (&drag);
  median_first = bench_quantile (first, N_MOVES, 0.5);
  median_whole = bench_quantile (whole, N_RESTS, 0.5);
  add (table, g_strdup_printf ("one of %u sensors moved to a first estimate", n_sensors),
       median_first, "ms", MOST_FIRST,
       g_strdup_printf ("until the X server has it; median of %d moves, slowest %.3g ms", N_MOVES,
                        first[N_MOVES - 1]));
  add (table, g_strdup ("the hand rests to the converged estimate"), median_whole, "ms", MOST_WHOLE,
       g_strdup_printf ("of the same, from the newest motion; median of %d, slowest %.3g ms; %.3g "
                        "ms of the processors after the first estimate",
                        N_RESTS, whole[N_RESTS - 1], effort / N_RESTS));
}

/* Keys. */

static double
time_run (BenchStage *stage)
{
  BenchEvents events;
  gint64 end;

  bench_events_init (&events, stage, GDK_KEY_Return);
  bench_stage_press (stage, "ctrl+Return");
  bench_wait (events.pressed != 0 && explorer_session_is_running (stage->session));
  bench_wait (!explorer_session_is_running (stage->session));
  end = bench_stage_wait_painted (stage, stage->n_painted);
  bench_events_clear (&events);
  return 1e-6 * (double) (end - events.pressed);
}

static double
time_stop (BenchStage *stage, guint delay)
{
  ExplorerExact *exact = explorer_window_get_exact (stage->window);
  BenchEvents events;
  gint64 end;

  scatter (stage, numbers[1]);
  explorer_session_run (stage->session, PISD_PACE_FREE);
  bench_stage_rest (delay);
  bench_events_init (&events, stage, GDK_KEY_Escape);
  bench_stage_press (stage, "Escape");
  bench_wait (events.pressed != 0 && !explorer_session_is_running (stage->session)
              && !explorer_exact_is_busy (exact));
  end = g_get_monotonic_time ();
  bench_events_clear (&events);
  bench_stage_rest (300);
  return 1e-3 * (double) (end - events.pressed);
}

static void
add_stop (BenchStage *stage, CliTable *table)
{
  double times[G_N_ELEMENTS (delays)];

  explorer_preferences_set (stage->preferences, "live", FALSE);
  for (guint k = 0; k < G_N_ELEMENTS (delays); k++)
    times[k] = time_stop (stage, delays[k]);
  add (table, g_strdup ("Esc to stopped while a run and the exact answer climb"),
       bench_quantile (times, G_N_ELEMENTS (delays), 1.0), "ms", MOST_STOP,
       g_strdup_printf ("%u sensors, slowest of %u, until no thread computes", numbers[1],
                        (guint) G_N_ELEMENTS (delays)));
}

void
bench_flow (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new_flow ();
  const double seconds = time_run (stage);

  add (table, g_strdup ("a run of the window's own set-up of a flow"), seconds, "s", MOST_RUN,
       g_strdup_printf ("Ctrl+Enter until the X server has the result; %u sensors, %u steps",
                        explorer_session_get_scenario (stage->session)->sensors->n,
                        explorer_session_get_result (stage->session)->n_steps));
  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    time_drag (stage, numbers[k], table);
  add_stop (stage, table);
}
