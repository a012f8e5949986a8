/* What the window costs, printed for `./dev bench`: time to the first picture, throughput of the sampler with
 * and without a live view, time to redraw a step while scrubbing, memory after a long run. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ui-fixture.h"

#define N_PAIRS 5
#define N_STEPS 2000
#define N_SCRUBS 100

static int
compare (const void *a, const void *b)
{
  const double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

/* Since the kernel started this process: the libraries' loading is part of what a person waits for. */
static double
seconds_since_start (void)
{
  g_autofree char *text = NULL;
  struct timespec now;
  unsigned long long ticks = 0;
  const char *p;

  g_assert_true (g_file_get_contents ("/proc/self/stat", &text, NULL, NULL));
  p = strrchr (text, ')');
  for (guint field = 2; field < 22; field++)
    p = strchr (p + 1, ' ');
  ticks = g_ascii_strtoull (p + 1, NULL, 10);
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec
         - (double) ticks / (double) sysconf (_SC_CLK_TCK);
}

static double
resident_megabytes (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  return (double) g_ascii_strtoull (strstr (text, "VmRSS:") + 6, NULL, 10) / 1024;
}

static double
steps_a_second (const PisdResult *result)
{
  return result->n_steps / (result->seconds - result->setup_seconds);
}

static double
measure_with_view (Ui *ui)
{
  g_assert_true (explorer_session_run (ui->session, PISD_PACE_FREE));
  ui_wait (!explorer_session_is_running (ui->session));
  return steps_a_second (explorer_session_get_result (ui->session));
}

static void
look_away (gpointer data)
{
}

/* The same work, history included, but nobody takes a frame. */
static double
measure_without_view (Ui *ui)
{
  const PisdScenario *scenario = explorer_session_get_scenario (ui->session);
  g_autoptr (PisdChannel) channel = pisd_channel_new (0, PISD_PACE_FREE, look_away, NULL);
  g_autoptr (PisdResult) result = pisd_run (scenario, channel, 1, NULL, NULL, NULL);

  return steps_a_second (result);
}

static void
bench_throughput (Ui *ui)
{
  double with[N_PAIRS], without[N_PAIRS], ratio[N_PAIRS];

  for (guint k = 0; k < N_PAIRS; k++)
    {
      with[k] = measure_with_view (ui);
      without[k] = measure_without_view (ui);
      ratio[k] = with[k] / without[k];
    }
  printf ("live view on / off, %d steps, median of %d pairs: %.3f (%.0f and %.0f steps a second)\n",
          N_STEPS, N_PAIRS, median (ratio, N_PAIRS), median (with, N_PAIRS),
          median (without, N_PAIRS));
}

typedef struct
{
  gint64 begin, end; /* of the last drawing */
} Painting;

static void
on_before_paint (GdkFrameClock *clock, Painting *painting)
{
  painting->begin = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, Painting *painting)
{
  painting->end = g_get_monotonic_time ();
}

/* Decoding and everything GTK does for the frame; not the wait for the display's beat. */
static double
redraw_milliseconds (Ui *ui, Painting *painting, guint step)
{
  const gint64 start = g_get_monotonic_time ();
  gint64 chosen;

  painting->end = 0;
  g_signal_emit_by_name (ui->timeline, "step-selected", step);
  chosen = g_get_monotonic_time () - start;
  ui_wait (painting->end != 0);
  return 1e-3 * (double) (chosen + painting->end - painting->begin);
}

static void
bench_scrub (Ui *ui)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (ui->window));
  double times[N_SCRUBS];
  Painting painting;

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &painting);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), &painting);
  for (guint k = 0; k < N_SCRUBS; k++)
    times[k] = redraw_milliseconds (ui, &painting, (k * 677) % (N_STEPS + 1));
  g_signal_handlers_disconnect_by_data (clock, &painting);
  qsort (times, N_SCRUBS, sizeof *times, compare);
  printf ("redraw of a step while scrubbing at 1600x1000: median %.1f ms, slowest of %d %.1f ms\n",
          median (times, N_SCRUBS), N_SCRUBS, times[N_SCRUBS - 1]);
}

int
main (int argc, char *argv[])
{
  Ui ui;

  adw_init ();
  ui_set_up (&ui, "as opened");
  ui_wait (explorer_window_get_shown_step (ui.window) > 0);
  printf ("start to the first step in the window: %.2f s\n", seconds_since_start ());
  explorer_session_stop (ui.session);
  ui_wait (!explorer_session_is_running (ui.session));
  ui_send ("getactivewindow windowsize --sync 1600 1000");
  ui_settle (&ui);
  g_assert_true (explorer_session_set_setting (ui.session, "steps", G_STRINGIFY (N_STEPS)));
  bench_throughput (&ui);
  printf ("resident memory after %d steps at K = 44: %.0f MB\n", N_STEPS, resident_megabytes ());
  bench_scrub (&ui);
  ui_tear_down (&ui, NULL);
  return 0;
}
