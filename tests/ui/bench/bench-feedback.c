/* From the key to the first picture of the run that it starts. */
#include "bench.h"

#include <math.h>

#define MOST_MILLISECONDS 100.0 /* DESIGN section 7 */
#define RUNNING 300             /* ms into a run */

typedef struct
{
  BenchStage *stage;
  gint64 pressed; /* 0: not yet */
} Press;

/* X counts milliseconds of the monotonic clock in 32 bits: what the key waited for is in it. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer data)
{
  Press *press = data;
  const gint64 now = g_get_monotonic_time ();
  const guint32 time =
      gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  const guint32 waited = (guint32) (now / 1000) - time;

  if (key == GDK_KEY_Return)
    press->pressed = now - 1000 * (gint64) (waited < 1000 * BENCH_GUARD ? waited : 0);
  return GDK_EVENT_PROPAGATE;
}

static double
since (gint64 start, gint64 end)
{
  return 1e-3 * (double) (end - start);
}

static double
time_key (Press *press)
{
  BenchStage *stage = press->stage;
  guint n_frames;
  gint64 end;

  press->pressed = 0;
  bench_stage_send (stage, "key ctrl+Return");
  bench_wait (press->pressed != 0);
  n_frames = stage->n_frames;
  end = bench_stage_wait_shown (stage, n_frames);
  return since (press->pressed, end);
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

  cli_table_add (table, (CliRow){ .what = g_strdup (what),
                                  .value = median,
                                  .error = NAN,
                                  .unit = "ms",
                                  .minimum = NAN,
                                  .maximum = MOST_MILLISECONDS,
                                  .counted = g_strdup_printf (
                                      "until the X server has the first picture of the run; median "
                                      "of %u, slowest %.3g ms",
                                      n, times[n - 1]) });
}

void
bench_feedback (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  GtkEventController *keys = gtk_event_controller_key_new ();
  Press press = { .stage = stage };
  const guint n = options->n_runs;
  g_autofree double *idle = g_new (double, n);
  g_autofree double *running = g_new (double, n);
  g_autofree double *sensor = g_new (double, n);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), &press);
  gtk_widget_add_controller (GTK_WIDGET (stage->window), keys);
  for (guint k = 0; k < n; k++)
    {
      idle[k] = time_key (&press);
      bench_stage_rest (RUNNING);
      running[k] = time_key (&press);
      stop (stage);
    }
  gtk_widget_remove_controller (GTK_WIDGET (stage->window), keys);
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
