/* Physical time with six views open: how long does the picture of a moment take when the flow is
 * played, and when the pointer goes along the line of its frames? */
#include "bench.h"

#include "bench-events.h"
#include "explorer-flow-bar.h"

#define MOST_MILLISECONDS 16.7
#define N_PICTURES 100
#define REST 30 /* ms between two motions */
#define FRAMES_A_SECOND 60

typedef struct
{
  BenchStage *stage;
  gint64 begun; /* what the display's frame is made of */
  guint frame;  /* of the flow in the picture before */
  guint n;
  double times[N_PICTURES];
} Playback;

static void
on_update (Playback *playback)
{
  playback->begun = g_get_monotonic_time ();
}

/* Pictures of the moment before are none. */
static void
on_after_paint (Playback *playback)
{
  const guint frame = explorer_flow_get_frame (explorer_window_get_flow (playback->stage->window));

  if (frame == playback->frame || playback->n == N_PICTURES)
    return;
  playback->frame = frame;
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (playback->stage->window)));
  playback->times[playback->n++] = 1e-3 * (double) (g_get_monotonic_time () - playback->begun);
}

static void
add (CliTable *table, const char *what, double *times, guint n, const char *lines)
{
  const double late = bench_quantile (times, n, 0.95);

  bench_add (table, g_strdup_printf ("%s%s", what, lines), bench_quantile (times, n, 0.5), "ms",
             NAN, MOST_MILLISECONDS,
             g_strdup_printf ("until the X server has it; median of %u, 95 %% %.3g ms", n, late));
}

static void
play (BenchStage *stage, const char *lines, CliTable *table)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->window));
  Playback playback = { .stage = stage };
  gint64 begun, end;

  bench_stage_press (stage, "p");
  bench_wait (explorer_flow_is_playing (explorer_window_get_flow (stage->window)));
  bench_stage_rest (300);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (on_update), &playback);
  g_signal_connect_data (clock, "after-paint", G_CALLBACK (on_after_paint), &playback, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  begun = g_get_monotonic_time ();
  bench_wait (playback.n == N_PICTURES);
  end = g_get_monotonic_time ();
  g_signal_handlers_disconnect_by_data (clock, &playback);
  bench_stage_press (stage, "p");
  bench_wait (!explorer_flow_is_playing (explorer_window_get_flow (stage->window)));
  add (table, "a picture of the flow that is played", playback.times, N_PICTURES, lines);
  cli_table_add (table,
                 cli_row (g_strdup_printf ("pictures a second%s", lines),
                          1e6 * N_PICTURES / (double) (end - begun), "1/s",
                          g_strdup_printf ("of the same; %d are asked for", FRAMES_A_SECOND)));
}

static ExplorerFlowTrack *
find_track (GtkWidget *widget)
{
  ExplorerFlowTrack *track = NULL;

  if (EXPLORER_IS_FLOW_BAR (widget))
    return explorer_flow_bar_get_track (EXPLORER_FLOW_BAR (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && track == NULL;
       child = gtk_widget_get_next_sibling (child))
    track = find_track (child);
  return track;
}

static void
scrub (BenchStage *stage, const char *lines, CliTable *table)
{
  ExplorerFlow *flow = explorer_window_get_flow (stage->window);
  ExplorerFlowTrack *track = find_track (GTK_WIDGET (stage->window));
  const guint n_frames = explorer_flow_get_info (flow)->n_frames;
  const double y = 0.5 * gtk_widget_get_height (GTK_WIDGET (track));
  double times[N_PICTURES];
  BenchEvents events;

  bench_events_init (&events, stage, 0);
  bench_stage_point (stage, GTK_WIDGET (track), explorer_flow_track_get_x (track, 0), y);
  bench_stage_send (stage, "mousedown 1");
  bench_wait (explorer_flow_get_frame (flow) == 0);
  for (guint k = 0; k < N_PICTURES; k++)
    {
      const guint frame = (k + 1) % n_frames;
      guint before;

      bench_stage_rest (REST);
      before = stage->n_painted;
      bench_stage_point (stage, GTK_WIDGET (track), explorer_flow_track_get_x (track, frame), y);
      bench_wait (explorer_flow_get_frame (flow) == frame);
      times[k] = 1e-3 * (double) (bench_stage_wait_painted (stage, before) - events.moved);
    }
  bench_stage_send (stage, "mouseup 1");
  bench_stage_rest (REST);
  bench_events_clear (&events);
  add (table, "the pointer on the line of frames to the picture", times, N_PICTURES, lines);
}

void
bench_playback (const BenchOptions *options, CliTable *table)
{
  static const char *const words[PISD_N_FLOWS] = { "", ", with streamlines", ", with arrows" };
  g_autoptr (BenchStage) stage = bench_stage_new_flow ();

  bench_stage_run (stage);
  bench_stage_rest (500);
  explorer_preferences_set (stage->preferences, "column-exact", FALSE);
  explorer_preferences_set (stage->preferences, "flow-speed", FRAMES_A_SECOND);
  for (guint k = 0; k < PISD_N_FLOWS; k++)
    {
      explorer_preferences_set (stage->preferences, "flow-lines", (int) k);
      bench_stage_rest (500);
      play (stage, words[k], table);
      scrub (stage, words[k], table);
    }
}
