/* From the pointer that moves a sensor to the picture of the estimate that follows it. */
#include "bench.h"

#include <time.h>

#include "pisd-edit-sensors.h"

#define MOST_MILLISECONDS 100.0 /* DESIGN section 7 */
#define N_MOVES 30
/* Where the sensor starts and how far a move takes it, in nodes. */
#define ROW 20
#define COLUMN 12
#define STRIDE 3

typedef struct
{
  BenchStage *stage;
  gint64 moved;    /* 0: not yet */
  guint n_painted; /* pictures before the one that has the new estimate */
} Pointer;

static void
on_estimate (Pointer *pointer)
{
  pointer->n_painted = pointer->stage->n_painted;
}

/* X counts milliseconds of the monotonic clock in 32 bits: what the event waited for is in it. */
static void
on_motion (GtkEventController *controller, double x, double y, gpointer data)
{
  Pointer *pointer = data;
  const gint64 now = g_get_monotonic_time ();
  const guint32 waited =
      (guint32) (now / 1000) - gtk_event_controller_get_current_event_time (controller);

  pointer->moved = now - 1000 * (gint64) (waited < 1000 * BENCH_GUARD ? waited : 0);
}

static gboolean
has_sensor (BenchStage *stage, int i, int j)
{
  return pisd_edit_find (explorer_session_get_scenario (stage->session), PISD_FIELD_A, 0, i, j)
         >= 0;
}

/* The road of the sensor is made free, and one put at its beginning: 500 there are, as many there will be. */
static void
prepare (BenchStage *stage)
{
  ExplorerSession *session = stage->session;
  guint n = explorer_session_get_scenario (session)->sensors->n;

  for (int k = 0; k <= N_MOVES * STRIDE; k++)
    explorer_session_paint (session, PISD_FIELD_A, 0, ROW, COLUMN + k, 1, TRUE);
  explorer_session_paint (session, PISD_FIELD_A, 0, ROW, COLUMN, 0, FALSE);
  for (int k = 0; explorer_session_get_scenario (session)->sensors->n < n; k++)
    if (!has_sensor (stage, 2 * PISD_GRID / 3, k))
      explorer_session_paint (session, PISD_FIELD_A, 0, 2 * PISD_GRID / 3, k, 0, FALSE);
  explorer_session_apply_preset (session, PISD_GUIDANCE_SECOND_ORDER);
  bench_wait (explorer_exact_is_current (explorer_window_get_exact (stage->window)));
  bench_stage_rest (500);
}

static double
time_move (Pointer *pointer, int column)
{
  BenchStage *stage = pointer->stage;
  ExplorerExact *exact = explorer_window_get_exact (stage->window);
  gint64 end;

  pointer->moved = 0;
  bench_stage_point_at (stage, ROW, column);
  bench_wait (pointer->moved != 0 && has_sensor (stage, ROW, column)
              && explorer_exact_is_current (exact));
  end = bench_stage_wait_painted (stage, pointer->n_painted);
  return 1e-3 * (double) (end - pointer->moved);
}

/* Milliseconds of a processor so far: of the process or of this thread. */
static double
get_effort (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return 1e3 * (double) now.tv_sec + 1e-6 * (double) now.tv_nsec;
}

static void
add_effort (CliTable *table, const char *what, double value)
{
  cli_table_add (table, (CliRow){ .what = g_strdup (what),
                                  .value = value / N_MOVES,
                                  .error = NAN,
                                  .unit = "ms",
                                  .minimum = NAN,
                                  .maximum = NAN,
                                  .counted = g_strdup ("of a processor, a move on average") });
}

static void
add (CliTable *table, const char *what, double value, guint n_sensors)
{
  cli_table_add (table, (CliRow){ .what = g_strdup (what),
                                  .value = value,
                                  .error = NAN,
                                  .unit = "ms",
                                  .minimum = NAN,
                                  .maximum = MOST_MILLISECONDS,
                                  .counted = g_strdup_printf (
                                      "until the X server has the estimate; %d moves of one of %u "
                                      "sensors",
                                      N_MOVES, n_sensors) });
}

void
bench_sensor (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  Pointer pointer = { .stage = stage };
  double times[N_MOVES], all, own;
  guint n_sensors;

  explorer_preferences_set (stage->preferences, "live", TRUE);
  prepare (stage);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), &pointer);
  gtk_widget_add_controller (GTK_WIDGET (stage->window), motion);
  g_signal_connect_swapped (explorer_window_get_exact (stage->window), "changed",
                            G_CALLBACK (on_estimate), &pointer);
  bench_stage_point_at (stage, ROW, COLUMN);
  bench_wait (pointer.moved != 0);
  bench_stage_send (stage, "mousedown 1");
  bench_stage_rest (300);
  all = get_effort (CLOCK_PROCESS_CPUTIME_ID);
  own = get_effort (CLOCK_THREAD_CPUTIME_ID);
  for (int k = 0; k < N_MOVES; k++)
    times[k] = time_move (&pointer, COLUMN + (k + 1) * STRIDE);
  all = get_effort (CLOCK_PROCESS_CPUTIME_ID) - all;
  own = get_effort (CLOCK_THREAD_CPUTIME_ID) - own;
  bench_stage_send (stage, "mouseup 1");
  bench_stage_rest (300);
  gtk_widget_remove_controller (GTK_WIDGET (stage->window), motion);
  g_signal_handlers_disconnect_by_data (explorer_window_get_exact (stage->window), &pointer);
  n_sensors = explorer_session_get_scenario (stage->session)->sensors->n;
  add (table, "a sensor moved to the new estimate", bench_quantile (times, N_MOVES, 0.5),
       n_sensors);
  add (table, "the same, 95 % of the moves", bench_quantile (times, N_MOVES, 0.95), n_sensors);
  add_effort (table, "effort of the window's threads", all);
  add_effort (table, "effort of its main thread", own);
}
