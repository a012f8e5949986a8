/* From the start of the process to its window, and to the first step of diffusion in it. */
#include "bench.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <math.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "bench-child.h"
#include "explorer-application.h"

#define MOST_SECONDS 1.0 /* DESIGN section 7 */
#define LOOK_EVERY 2000  /* µs */

/* The real program, seen from the X server's side. */

/* A window may go between two questions. */
static int
on_x_error (Display *display, XErrorEvent *event)
{
  return 0;
}

/* The longs of a window's property; NULL if it has none.  XFree() it. */
static unsigned char *
get_longs (Display *display, Window window, const char *name, Atom type, unsigned long *n)
{
  unsigned char *data = NULL;
  unsigned long left;
  Atom actual;
  int format;

  *n = 0;
  if (XGetWindowProperty (display, window, XInternAtom (display, name, False), 0, 1024, False, type,
                          &actual, &format, n, &left, &data)
      != Success)
    return NULL;
  return data;
}

static gboolean
belongs_to (Display *display, Window window, GPid pid)
{
  unsigned long n;
  unsigned char *data = get_longs (display, window, "_NET_WM_PID", XA_CARDINAL, &n);
  const gboolean equal =
      data != NULL && n == 1 && *(unsigned long *) (gpointer) data == (unsigned long) pid;

  if (data != NULL)
    XFree (data);
  return equal;
}

static gboolean
is_viewable (Display *display, Window window)
{
  XWindowAttributes attributes;

  return XGetWindowAttributes (display, window, &attributes) != 0
         && attributes.map_state == IsViewable;
}

/* Among the windows that the window manager manages. */
static gboolean
has_window (Display *display, GPid pid)
{
  unsigned long n;
  unsigned char *data =
      get_longs (display, DefaultRootWindow (display), "_NET_CLIENT_LIST", XA_WINDOW, &n);
  const Window *windows = (gpointer) data;
  gboolean found = FALSE;

  for (unsigned long k = 0; data != NULL && k < n && !found; k++)
    found = belongs_to (display, windows[k], pid) && is_viewable (display, windows[k]);
  if (data != NULL)
    XFree (data);
  return found;
}

static double
time_program (Display *display, const char *program)
{
  const char *const words[] = { program, NULL };
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  gint64 end;
  GPid pid;

  if (!g_spawn_async (NULL, (char **) words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                      &error))
    g_error ("%s", error->message);
  while (!has_window (display, pid))
    {
      if (g_get_monotonic_time () - start > BENCH_GUARD * G_USEC_PER_SEC)
        g_error ("%s: no window after %d s", program, BENCH_GUARD);
      g_usleep (LOOK_EVERY);
    }
  end = g_get_monotonic_time ();
  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);
  g_spawn_close_pid (pid);
  return 1e-6 * (double) (end - start);
}

/* The same program with a clock inside. */

typedef struct
{
  GtkWidget *window;
  guint n_frames;
  gboolean painted;
} Probe;

static void
print_now (const char *name)
{
  bench_child_print (name, (double) g_get_monotonic_time ());
}

/* Seconds of a processor that the main thread has taken so far. */
static void
print_effort (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  bench_child_print ("effort", (double) now.tv_sec + 1e-9 * (double) now.tv_nsec);
}

static void
on_frame (Probe *probe)
{
  probe->n_frames++;
}

/* The last window closed ends the program. */
static void
on_done (gpointer window)
{
  gtk_window_destroy (window);
}

static void
on_after_paint (Probe *probe)
{
  gdk_display_sync (gtk_widget_get_display (probe->window));
  if (!probe->painted)
    {
      print_now ("painted");
      print_effort ();
    }
  probe->painted = TRUE;
  if (probe->n_frames == 0)
    return;
  print_now ("frame");
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (probe->window), probe);
  g_idle_add_once (on_done, probe->window);
}

static void
on_map (Probe *probe)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (probe->window), "after-paint",
                            G_CALLBACK (on_after_paint), probe);
}

static void
on_window_added (Probe *probe, GtkWindow *window)
{
  probe->window = GTK_WIDGET (window);
  g_signal_connect_swapped (explorer_window_get_session (EXPLORER_WINDOW (window)), "frame",
                            G_CALLBACK (on_frame), probe);
  g_signal_connect_swapped (window, "map", G_CALLBACK (on_map), probe);
}

int
bench_start_child (guint number)
{
  g_autoptr (ExplorerApplication) application = NULL;
  Probe probe = { 0 };

  explorer_application_init_locale ();
  application = explorer_application_new ();
  g_signal_connect_swapped (application, "window-added", G_CALLBACK (on_window_added), &probe);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static void
add (CliTable *table, const char *what, double *times, guint n, double most, const char *how)
{
  const double median = bench_quantile (times, n, 0.5);

  bench_add (table, g_strdup (what), median, "s", NAN, most,
             g_strdup_printf ("%s; median of %u, slowest %.3g s", how, n, times[n - 1]));
}

void
bench_start (const BenchOptions *options, CliTable *table)
{
  Display *display = XOpenDisplay (NULL);
  const guint n = options->n_starts;
  g_autofree double *mapped = g_new (double, n);
  g_autofree double *painted = g_new (double, n);
  g_autofree double *frame = g_new (double, n);
  g_autofree double *effort = g_new (double, n);

  if (display == NULL)
    g_error ("no X display");
  XSetErrorHandler (on_x_error);
  for (guint k = 0; k < n; k++)
    {
      const gint64 start = g_get_monotonic_time ();
      g_autofree char *figures = bench_child_run ("start", 0);

      painted[k] = 1e-6 * (bench_child_get (figures, "painted") - (double) start);
      frame[k] = 1e-6 * (bench_child_get (figures, "frame") - (double) start);
      effort[k] = bench_child_get (figures, "effort");
      mapped[k] = time_program (display, options->explorer);
    }
  XSetErrorHandler (NULL);
  XCloseDisplay (display);
  add (table, "start to the window", mapped, n, MOST_SECONDS,
       "process start until the window can be seen on the X server");
  add (table, "start to the first painted picture", painted, n, MOST_SECONDS, "in a twin of it");
  add (table, "effort to the first painted picture", effort, n, NAN,
       "of a processor, by the twin's main thread");
  add (table, "start to the first step of diffusion", frame, n, NAN, "in a twin of it");
}
