#include "bench-drag.h"

#include "pisd-edit-sensors.h"

/* Where the sensor starts and how far a move takes it, in nodes. */
#define ROW 20
#define COLUMN 12
#define STRIDE 3

static void
on_estimate (BenchDrag *drag)
{
  drag->n_answers++;
  drag->n_painted = drag->stage->n_painted;
}

static gboolean
has_sensor (const BenchDrag *drag, int i, int j)
{
  return pisd_edit_find (explorer_session_get_scenario (drag->stage->session), drag->field,
                         drag->frame, i, j)
         >= 0;
}

static void
paint (const BenchDrag *drag, int i, int j, int radius, gboolean erase)
{
  explorer_session_paint (drag->stage->session, drag->field, drag->frame, i, j, radius, erase);
}

static guint
count_sensors (const BenchDrag *drag)
{
  return explorer_session_get_scenario (drag->stage->session)->sensors->n;
}

static void
prepare (BenchDrag *drag)
{
  const guint n = count_sensors (drag);

  for (int k = 0; k <= BENCH_DRAG_MOVES * STRIDE; k++)
    paint (drag, ROW, COLUMN + k, 1, TRUE);
  paint (drag, ROW, COLUMN, 0, FALSE);
  for (int k = 0; count_sensors (drag) < n; k++)
    if (!has_sensor (drag, 2 * PISD_GRID / 3, k))
      paint (drag, 2 * PISD_GRID / 3, k, 0, FALSE);
  explorer_session_apply_preset (drag->stage->session, PISD_GUIDANCE_SECOND_ORDER);
  bench_wait (explorer_exact_is_current (explorer_window_get_exact (drag->stage->window)));
  bench_stage_rest (500);
}

void
bench_drag_begin (BenchDrag *drag, BenchStage *stage, PisdFieldId field, guint frame, guint row)
{
  *drag =
      (BenchDrag){ .stage = stage, .field = field, .frame = frame, .row = row, .column = COLUMN };
  explorer_preferences_set (stage->preferences, "live", TRUE);
  prepare (drag);
  bench_events_init (&drag->events, stage, 0);
  g_signal_connect_swapped (explorer_window_get_exact (stage->window), "changed",
                            G_CALLBACK (on_estimate), drag);
  bench_stage_point_at (stage, row, ROW, COLUMN);
  bench_wait (drag->events.moved != 0);
  bench_stage_send (stage, "mousedown 1");
  bench_stage_rest (300);
}

static double
measure (const BenchDrag *drag)
{
  const gint64 end = bench_stage_wait_painted (drag->stage, drag->n_painted);

  return 1e-3 * (double) (end - drag->events.moved);
}

double
bench_drag_move (BenchDrag *drag)
{
  const guint before = drag->n_answers;

  drag->column += STRIDE;
  drag->events.moved = 0;
  bench_stage_point_at (drag->stage, drag->row, ROW, drag->column);
  bench_wait (drag->events.moved != 0 && has_sensor (drag, ROW, drag->column)
              && drag->n_answers > before);
  return measure (drag);
}

double
bench_drag_rest (BenchDrag *drag)
{
  bench_wait (explorer_exact_is_current (explorer_window_get_exact (drag->stage->window)));
  return measure (drag);
}

void
bench_drag_end (BenchDrag *drag)
{
  bench_stage_send (drag->stage, "mouseup 1");
  bench_stage_rest (300);
  bench_events_clear (&drag->events);
  g_signal_handlers_disconnect_by_data (explorer_window_get_exact (drag->stage->window), drag);
}
