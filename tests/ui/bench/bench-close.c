/* Closing the window in the middle of anything: how long until the main loop of the process has
 * ended? */
#include "bench.h"

#include <math.h>

#include "bench-child.h"
#include "bench-sweep.h"
#include "explorer-application.h"

#define MOST_MILLISECONDS 300.0
#define N_ALL (PISD_GRID * PISD_GRID)
#define OPENED 1500 /* ms after the start, when the window shows its opening */
#define N_DELAYS 3

/* ms from the beginning of what is interrupted to the wish to close. */
static const guint delays[N_DELAYS] = { 60, 400, 1500 };

typedef struct Closing Closing;

typedef struct
{
  const char *name, *what;
  void (*begin) (ExplorerSession *session, Closing *closing);
} Case;

struct Closing
{
  const Case *row;
  guint delay;
  ExplorerWindow *window;
  gint64 asked;
  char *path; /* of a big file, or NULL */
};

static void
begin_set_up (ExplorerSession *session, Closing *closing)
{
  explorer_session_apply_preset (session, PISD_GUIDANCE_SECOND_ORDER);
  explorer_session_scatter (session, PISD_FIELD_A, 0, N_ALL, 1);
  explorer_session_run (session, PISD_PACE_FREE);
}

static void
begin_run (ExplorerSession *session, Closing *closing)
{
  explorer_session_apply_preset (session, PISD_GUIDANCE_DPS);
  explorer_session_set_setting (session, "steps", "2000");
  explorer_session_run (session, PISD_PACE_FREE);
}

static void
begin_exact (ExplorerSession *session, Closing *closing)
{
  explorer_session_scatter (session, PISD_FIELD_U, 0, 8000, 1);
}

static void
begin_load (ExplorerSession *session, Closing *closing)
{
  const char *const paths[] = { closing->path, NULL };

  explorer_window_open (closing->window, paths);
}

/* The same, and guidance of a step of it is taken apart meanwhile. */
static void
begin_inspection (ExplorerSession *session, Closing *closing)
{
  explorer_session_scatter (session, PISD_FIELD_U, 0, 2000, 1);
  begin_run (session, closing);
  gtk_widget_activate_action (GTK_WIDGET (closing->window), "win.inspect", NULL);
}

static void
begin_sweep (ExplorerSession *session, Closing *closing)
{
  bench_sweep_start (closing->window);
}

static const Case cases[] = {
  { "set-up", "second order, set-up of 16,384 sensors", begin_set_up },
  { "run", "DPS, 2000 steps, in mid-run", begin_run },
  { "exact", "exact answer of 8000 sensors on u", begin_exact },
  { "inspect", "DPS with 2000 sensors on u, taken apart", begin_inspection },
  { "sweep", "4 x 4 runs of PISD, 2000 steps each", begin_sweep },
  { "load", "a hostile table of 64 MB", begin_load },
};

/* The child's side. */

static gboolean
on_close (gpointer data)
{
  Closing *closing = data;

  ExplorerSweep *sweep = bench_find_window (EXPLORER_TYPE_SWEEP);

  closing->asked = g_get_monotonic_time ();
  if (sweep != NULL)
    gtk_window_close (GTK_WINDOW (sweep));
  gtk_window_close (GTK_WINDOW (closing->window));
  return G_SOURCE_REMOVE;
}

static gboolean
on_begin (gpointer data)
{
  Closing *closing = data;
  ExplorerSession *session = explorer_window_get_session (closing->window);

  explorer_session_stop (session);
  closing->row->begin (session, closing);
  g_timeout_add (closing->delay, on_close, closing);
  return G_SOURCE_REMOVE;
}

static void
on_activate (GtkApplication *application, Closing *closing)
{
  closing->window = EXPLORER_WINDOW (gtk_application_get_active_window (application));
  g_timeout_add (OPENED, on_begin, closing);
}

int
bench_close_child (guint number)
{
  g_autoptr (AdwApplication) application = ADW_APPLICATION (explorer_application_new ());
  Closing closing = { .row = &cases[number / N_DELAYS], .delay = delays[number % N_DELAYS] };

  if (closing.row->begin == begin_load)
    closing.path = bench_dup_hostile_file ();
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), &closing);
  g_application_run (G_APPLICATION (application), 0, NULL);
  bench_child_print ("close", 1e-3 * (double) (g_get_monotonic_time () - closing.asked));
  if (closing.path != NULL)
    bench_remove_file (closing.path);
  g_free (closing.path);
  return 0;
}

/* The parent's side. */

static double
measure (guint row)
{
  double longest = 0;

  for (guint k = 0; k < N_DELAYS; k++)
    {
      g_autofree char *figures = bench_child_run ("close", row * N_DELAYS + k);

      longest = fmax (longest, bench_child_get (figures, "close"));
    }
  return longest;
}

void
bench_close (const BenchOptions *options, CliTable *table)
{
  for (guint row = 0; row < G_N_ELEMENTS (cases); row++)
    bench_add (table, g_strdup_printf ("close: %s", cases[row].name), measure (row), "ms", NAN,
               MOST_MILLISECONDS,
               g_strdup_printf ("until the main loop has ended, the longest of %d; %s", N_DELAYS,
                                cases[row].what));
}
