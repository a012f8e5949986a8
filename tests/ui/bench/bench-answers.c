/* Does the window answer while as many sensors as there are nodes are placed and dragged, and while
 * files are read and written? */
#include "bench.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#define MOST_MILLISECONDS 100.0
#define N_ALL (PISD_GRID * PISD_GRID)
#define N_MOVES 20
#define RADIUS 6
#define HOSTILE_SIZE (64 * 1024 * 1024)
#define REST 4000 /* ms for what follows a change */

/* The main loop answers nothing between one poll and the next.  GLib's poll function has no data
 * of its own, so that its state has no other place than here. */
typedef struct
{
  GPollFunc poll;
  gint64 woken;
  gint64 longest;
  gint64 used, most; /* of the processor, by this thread */
} Loop;

static Loop loop;

static gint64
get_used (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (gint64) used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static int
poll_and_time (GPollFD *files, guint n, int timeout)
{
  int result;

  if (loop.woken != 0)
    {
      loop.longest = MAX (loop.longest, g_get_monotonic_time () - loop.woken);
      loop.most = MAX (loop.most, get_used () - loop.used);
    }
  result = loop.poll (files, n, timeout);
  loop.woken = g_get_monotonic_time ();
  loop.used = get_used ();
  return result;
}

/* What is done to the sensors, from within the main loop. */

static gboolean
on_scatter (gpointer data)
{
  BenchStage *stage = data;

  explorer_session_scatter (stage->session, PISD_FIELD_A, 0, N_ALL, 1);
  return G_SOURCE_REMOVE;
}

static void
scatter (BenchStage *stage)
{
  g_idle_add (on_scatter, stage);
  bench_stage_rest (REST);
}

static void
drag (BenchStage *stage, int button)
{
  g_autofree char *words = g_strdup_printf ("mousedown %d", button);

  bench_stage_point_at (stage, 0, 20, 20);
  bench_stage_rest (200);
  bench_stage_send (stage, words);
  for (int k = 0; k < N_MOVES; k++)
    {
      bench_stage_point_at (stage, 0, 20 + 4 * k, 20 + 4 * k);
      bench_stage_rest (50);
    }
  bench_stage_send (stage, button == 1 ? "mouseup 1" : "mouseup 3");
  bench_stage_rest (REST);
}

static void
erase (BenchStage *stage)
{
  drag (stage, 3);
}

static void
paint (BenchStage *stage)
{
  drag (stage, 1);
}

static gboolean
on_undo (gpointer data)
{
  explorer_session_undo (((BenchStage *) data)->session);
  return G_SOURCE_REMOVE;
}

static void
undo (BenchStage *stage)
{
  g_idle_add (on_undo, stage);
  bench_stage_rest (REST);
}

static gboolean
on_grid (gpointer data)
{
  explorer_session_place_grid (((BenchStage *) data)->session, PISD_FIELD_A, 0, PISD_GRID,
                               PISD_GRID);
  return G_SOURCE_REMOVE;
}

static void
place_grid (BenchStage *stage)
{
  g_idle_add (on_grid, stage);
  bench_stage_rest (REST);
}

/* Files, in a folder of their own. */

static char *
dup_path (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("pisd-bench-XXXXXX", NULL);

  return g_build_filename (folder, name, NULL);
}

void
bench_remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
}

static void
open_file (BenchStage *stage, const char *path)
{
  const char *const paths[] = { path, NULL };
  ExplorerLoader *loader = explorer_window_get_loader (stage->window);

  explorer_window_open (stage->window, paths);
  bench_wait (explorer_loader_get_reading (loader) == NULL);
}

typedef struct
{
  BenchStage *stage;
  ExplorerExport kind;
  const char *path;
} Saving;

static gboolean
on_save (gpointer data)
{
  const Saving *saving = data;

  explorer_window_save (saving->stage->window, saving->kind, saving->path);
  return G_SOURCE_REMOVE;
}

static void
save_file (BenchStage *stage, ExplorerExport kind, const char *path)
{
  Saving saving = { stage, kind, path };

  g_idle_add (on_save, &saving);
  bench_stage_rest (REST);
}

static void
open_hostile (BenchStage *stage)
{
  g_autofree char *path = bench_dup_hostile_file ();

  bench_stage_rest (REST);
  loop.longest = loop.most = 0;
  open_file (stage, path);
  bench_remove_file (path);
}

static void
open_sensors (BenchStage *stage)
{
  g_autofree char *path = dup_path ("sensors.csv");

  save_file (stage, EXPLORER_EXPORT_SENSORS, path);
  loop.longest = loop.most = 0;
  open_file (stage, path);
  bench_stage_rest (REST);
  bench_remove_file (path);
}

static void
save (BenchStage *stage, ExplorerExport kind, const char *name)
{
  g_autofree char *path = dup_path (name);

  save_file (stage, kind, path);
  bench_remove_file (path);
}

static void
save_sensors (BenchStage *stage)
{
  save (stage, EXPLORER_EXPORT_SENSORS, "sensors.csv");
}

static void
save_scenario (BenchStage *stage)
{
  save (stage, EXPLORER_EXPORT_SCENARIO, "scenario.pisd");
}

static void
save_png (BenchStage *stage)
{
  save (stage, EXPLORER_EXPORT_PICTURE, "fields.png");
}

static void
save_pdf (BenchStage *stage)
{
  save (stage, EXPLORER_EXPORT_PICTURE, "fields.pdf");
}

static void
save_result (BenchStage *stage)
{
  explorer_session_clear_sensors (stage->session);
  explorer_session_set_setting (stage->session, "steps", "10");
  explorer_session_set_setting (stage->session, "samples", "64");
  bench_stage_run (stage);
  loop.longest = loop.most = 0;
  save (stage, EXPLORER_EXPORT_RESULT, "result.npz");
}

static const struct
{
  const char *what;
  void (*act) (BenchStage *stage);
} acts[] = {
  { "a sensor on every node", place_grid },
  { "the same, scattered", scatter },
  { "the brush erases among them", erase },
  { "the brush paints them anew", paint },
  { "undo", undo },
  { "sensors on every node are opened", open_sensors },
  { "they are saved", save_sensors },
  { "their scenario is saved", save_scenario },
  { "a picture of them is saved as PNG", save_png },
  { "the same as PDF", save_pdf },
  { "a hostile table of 64 MB is opened", open_hostile },
  { "the result of 64 samples is saved", save_result },
};

char *
bench_dup_hostile_file (void)
{
  static const char row[] = ",,,\n";
  char *path = dup_path ("hostile.csv");
  g_autoptr (GString) text = g_string_new ("field,x,y,value\n");
  g_autoptr (GError) error = NULL;

  while (text->len + strlen (row) <= HOSTILE_SIZE)
    g_string_append (text, row);
  if (!g_file_set_contents (path, text->str, (gssize) text->len, &error))
    g_error ("%s", error->message);
  return path;
}

void
bench_answers (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  GMainContext *context = g_main_context_default ();

  explorer_brush_resize (explorer_window_get_brush (stage->window), RADIUS);
  loop = (Loop){ .poll = g_main_context_get_poll_func (context) };
  g_main_context_set_poll_func (context, poll_and_time);
  for (guint k = 0; k < G_N_ELEMENTS (acts); k++)
    {
      loop.longest = loop.most = 0;
      acts[k].act (stage);
      bench_add (table, g_strdup_printf ("longest silence: %s", acts[k].what),
                 1e-3 * (double) loop.longest, "ms", NAN, MOST_MILLISECONDS,
                 g_strdup_printf ("between two polls of the main loop; at most %.0f ms of "
                                  "the processor",
                                  1e-3 * (double) loop.most));
    }
  g_main_context_set_poll_func (context, loop.poll);
}
