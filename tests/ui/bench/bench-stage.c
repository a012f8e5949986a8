#include "bench-stage.h"

#include <math.h>

#include "explorer-application.h"

static gboolean
on_guard (gpointer what)
{
  g_error ("waited %d s in vain for: %s", BENCH_GUARD, (const char *) what);
  return G_SOURCE_REMOVE;
}

guint
bench_guard_begin (const char *what)
{
  return g_timeout_add_seconds (BENCH_GUARD, on_guard, (gpointer) what);
}

static void
on_frame (BenchStage *stage)
{
  stage->n_frames++;
}

static void
on_paint (BenchStage *stage)
{
  stage->painting = TRUE;
}

static void
on_after_paint (BenchStage *stage)
{
  if (stage->painting)
    {
      stage->n_painted++;
      stage->n_shown = stage->n_frames;
    }
  stage->painting = FALSE;
}

static AdwApplication *
get_application (void)
{
  static AdwApplication *application = NULL;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application = ADW_APPLICATION (explorer_application_new ());
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  g_application_hold (G_APPLICATION (application));
  return application;
}

static ExplorerPreferences *
make_preferences (void)
{
  ExplorerPreferences *preferences = explorer_preferences_new ();

  explorer_preferences_set (preferences, "window-width", BENCH_WIDTH);
  explorer_preferences_set (preferences, "window-height", BENCH_HEIGHT);
  explorer_preferences_set (preferences, "maximized", FALSE);
  explorer_preferences_set (preferences, "side-bar", TRUE);
  explorer_preferences_set (preferences, "follow", FALSE);
  explorer_preferences_set (preferences, "pace", PISD_PACE_FREE);
  return preferences;
}

static void
set (BenchStage *stage, const char *key, const char *text)
{
  if (!explorer_session_set_setting (stage->session, key, text))
    g_error ("%s", explorer_window_get_last_toast (stage->window));
}

static void
set_number (BenchStage *stage, const char *key, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  set (stage, key, text);
}

static GSubprocess *
start_hands (void)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *hands =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "xdotool", "-", NULL);

  if (hands == NULL)
    g_error ("%s", error->message);
  return hands;
}

void
bench_stage_send (BenchStage *stage, const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all (g_subprocess_get_stdin_pipe (stage->hands), text, strlen (text),
                                  NULL, NULL, &error))
    g_error ("xdotool: %s", error->message);
}

/* To no window in particular: xdotool remembers the one of a motion before, and what it sends there
 * GTK does not hear. */
void
bench_stage_press (BenchStage *stage, const char *key)
{
  g_autofree char *words = g_strconcat ("key --window 0 ", key, NULL);

  bench_stage_send (stage, words);
}

void
bench_stage_point (BenchStage *stage, GtkWidget *widget, double x, double y)
{
  g_autofree char *words = NULL;
  double surface_x, surface_y;

  gtk_widget_translate_coordinates (widget, GTK_WIDGET (stage->window), x, y, &x, &y);
  gtk_native_get_surface_transform (GTK_NATIVE (stage->window), &surface_x, &surface_y);
  words = g_strdup_printf ("getactivewindow mousemove --window %%1 %d %d",
                           (int) lround (x + surface_x), (int) lround (y + surface_y));
  bench_stage_send (stage, words);
}

void
bench_stage_point_at (BenchStage *stage, guint row, int i, int j)
{
  ExplorerFieldView *view =
      explorer_view_grid_get_view (explorer_window_get_grid (stage->window), row, 0);
  double x, y;

  explorer_field_view_get_node_position (view, i, j, &x, &y);
  bench_stage_point (stage, GTK_WIDGET (view), x, y);
}

/* Shows the window, which `prepare` has seen before, and stops the run that it begins with. */
static BenchStage *
open_window (void (*prepare) (ExplorerWindow *window))
{
  BenchStage *stage = g_new0 (BenchStage, 1);

  stage->hands = start_hands ();
  stage->preferences = make_preferences ();
  stage->window = EXPLORER_WINDOW (explorer_window_new (get_application (), stage->preferences));
  stage->session = explorer_window_get_session (stage->window);
  if (prepare != NULL)
    prepare (stage->window);
  gtk_window_present (GTK_WINDOW (stage->window));
  bench_wait (gtk_window_is_active (GTK_WINDOW (stage->window)));
  explorer_session_stop (stage->session);
  bench_wait (!explorer_session_is_running (stage->session));
  return stage;
}

static void
watch (BenchStage *stage)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->window));

  g_signal_connect_swapped (clock, "paint", G_CALLBACK (on_paint), stage);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_after_paint), stage);
  g_signal_connect_swapped (stage->session, "frame", G_CALLBACK (on_frame), stage);
  bench_stage_rest (500);
}

BenchStage *
bench_stage_new (guint n_steps)
{
  BenchStage *stage = open_window (NULL);

  set (stage, "mode-set", "square");
  set_number (stage, "modes", BENCH_MODES);
  set_number (stage, "steps", n_steps);
  watch (stage);
  return stage;
}

BenchStage *
bench_stage_new_flow (void)
{
  BenchStage *stage = open_window (explorer_window_open_first);
  PisdProblemId problem = 0;

  while (pisd_operator_get (problem)->flow == NULL)
    problem++;
  explorer_session_choose_problem (stage->session, problem);
  bench_wait (explorer_exact_is_current (explorer_window_get_exact (stage->window)));
  watch (stage);
  return stage;
}

void
bench_stage_free (BenchStage *stage)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->window));

  g_signal_handlers_disconnect_by_data (clock, stage);
  g_signal_handlers_disconnect_by_data (stage->session, stage);
  g_object_add_weak_pointer (G_OBJECT (stage->window), (gpointer *) &stage->window);
  gtk_window_destroy (GTK_WINDOW (stage->window));
  bench_wait (stage->window == NULL);
  g_object_unref (stage->preferences);
  g_output_stream_close (g_subprocess_get_stdin_pipe (stage->hands), NULL, NULL);
  g_subprocess_wait (stage->hands, NULL, NULL);
  g_object_unref (stage->hands);
  g_free (stage);
}

void
bench_stage_run (BenchStage *stage)
{
  explorer_session_run (stage->session, PISD_PACE_FREE);
  bench_wait (!explorer_session_is_running (stage->session));
}

static gint64
sync_with_server (BenchStage *stage)
{
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (stage->window)));
  return g_get_monotonic_time ();
}

gint64
bench_stage_wait_painted (BenchStage *stage, guint before)
{
  bench_wait (stage->n_painted > before);
  return sync_with_server (stage);
}

gint64
bench_stage_wait_shown (BenchStage *stage, guint n_frames)
{
  bench_wait (stage->n_shown > n_frames);
  return sync_with_server (stage);
}

static gboolean
on_rested (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
bench_stage_rest (guint milliseconds)
{
  gboolean rested = FALSE;

  g_timeout_add (milliseconds, on_rested, &rested);
  bench_wait (rested);
}

char *
bench_stage_dup_size (BenchStage *stage)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (stage->window));

  return g_strdup_printf ("%d x %d", gdk_surface_get_width (surface),
                          gdk_surface_get_height (surface));
}
