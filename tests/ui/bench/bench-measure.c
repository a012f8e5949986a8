/* How long does a recorded step take with every pane open and a chart that reads and measures, and
 * how long a profile that follows the pointer? */
#include "bench.h"

#include <math.h>

#include "explorer-columns.h"
#include "explorer-gauge.h"

#define MOST_MILLISECONDS 16.0
#define REST 40        /* ms, so that no frame of before is under way */
#define REST_AFTER 700 /* ms, a run's end and another chart change more than the fields */
#define N_SCRUBS 40    /* of each chart */
#define SEED 1

static const char *const names[EXPLORER_N_MEASURES] = { "no chart", "standardised errors",
                                                        "a profile", "spectra", "pinned nodes" };

static void
time_step (BenchStage *stage, GRand *random, guint n_steps, double *wall, double *effort)
{
  ExplorerTimeline *timeline = explorer_window_get_timeline (stage->window);
  const guint shown = explorer_window_get_shown_step (stage->window);
  const guint step =
      (shown + 1 + (guint) g_rand_int_range (random, 0, (gint32) n_steps - 1)) % n_steps;
  double before;
  gint64 start;

  bench_stage_rest (REST);
  before = bench_get_effort (CLOCK_THREAD_CPUTIME_ID);
  start = g_get_monotonic_time ();
  explorer_timeline_set_step (timeline, step);
  g_signal_emit_by_name (timeline, "step-selected", step);
  *wall = 1e-3 * (double) (bench_stage_wait_painted (stage, stage->n_painted) - start);
  *effort = bench_get_effort (CLOCK_THREAD_CPUTIME_ID) - before;
}

/* From the signal of the grid: events of another process have a way of their own. */
static void
time_pointer (BenchStage *stage, guint k, double *wall, double *effort)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (explorer_window_get_grid (stage->window),
                                                         0, EXPLORER_COLUMN_ESTIMATE);
  double before;
  gint64 start;

  bench_stage_rest (REST);
  before = bench_get_effort (CLOCK_THREAD_CPUTIME_ID);
  start = g_get_monotonic_time ();
  g_signal_emit_by_name (view, "hover", (int) (20 + k), (int) (100 - k));
  *wall = 1e-3 * (double) (bench_stage_wait_painted (stage, stage->n_painted) - start);
  *effort = bench_get_effort (CLOCK_THREAD_CPUTIME_ID) - before;
}

/* Of one picture after the other: what they took on the clock, and of this thread's processor, which
 * a busy machine does not change. */
typedef struct
{
  double wall[N_SCRUBS], effort[N_SCRUBS];
} Times;

static void
add_row (CliTable *table, char *what, double milliseconds, char *how)
{
  bench_add (table, what, milliseconds, "ms", NAN, MOST_MILLISECONDS, how);
}

static void
add (CliTable *table, const char *what, const char *chart, Times *times, char *how)
{
  add_row (table, g_strdup_printf ("%s with %s, median", what, chart),
           bench_quantile (times->wall, N_SCRUBS, 0.5), how);
  add_row (table, g_strdup_printf ("%s with %s, 95 %%", what, chart),
           bench_quantile (times->wall, N_SCRUBS, 0.95), g_strdup ("of the same"));
  add_row (table, g_strdup_printf ("%s with %s, processor, 95 %%", what, chart),
           bench_quantile (times->effort, N_SCRUBS, 0.95), g_strdup ("of the window's thread"));
}

static void
show_columns (BenchStage *stage, gboolean all)
{
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_preferences_set (stage->preferences, explorer_columns_get_key (c),
                              all || c <= EXPLORER_COLUMN_ERROR);
}

static void
pin_nodes (BenchStage *stage)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (explorer_window_get_grid (stage->window),
                                                         0, EXPLORER_COLUMN_ESTIMATE);

  for (int k = 0; k < EXPLORER_MOST_PINS; k++)
    {
      g_signal_emit_by_name (view, "hover", 20 * k + 10, 25 * k + 5);
      gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.pin", NULL);
    }
  g_signal_emit_by_name (view, "hover", -1, -1); /* nothing is pointed at */
}

static void
measure_pointer (BenchStage *stage, ExplorerMeasure measure, CliTable *table)
{
  Times times;

  explorer_preferences_set (stage->preferences, "measure", (int) measure);
  bench_stage_rest (REST_AFTER);
  for (guint k = 0; k < N_SCRUBS; k++)
    time_pointer (stage, k, &times.wall[k], &times.effort[k]);
  add (table, "another node pointed at, every pane,", names[measure], &times,
       g_strdup ("a node a picture"));
}

void
bench_measure (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autofree char *size = bench_stage_dup_size (stage);
  Times times;

  show_columns (stage, TRUE);
  bench_stage_run (stage);
  bench_stage_rest (REST_AFTER);
  for (guint measure = 0; measure < EXPLORER_N_MEASURES; measure++)
    {
      explorer_preferences_set (stage->preferences, "measure", (int) measure);
      if (measure == EXPLORER_MEASURE_PINS)
        pin_nodes (stage);
      bench_stage_rest (REST_AFTER);
      bench_wait (!explorer_spread_is_busy (explorer_window_get_spread (stage->window)));
      for (guint k = 0; k < N_SCRUBS; k++)
        time_step (stage, random, options->n_steps, &times.wall[k], &times.effort[k]);
      add (table, "scrub, every pane,", names[measure], &times,
           g_strdup_printf ("%u random steps, window %s", N_SCRUBS, size));
    }
  measure_pointer (stage, EXPLORER_MEASURE_NONE, table);
  measure_pointer (stage, EXPLORER_MEASURE_PROFILE, table);
  explorer_preferences_set (stage->preferences, "measure", EXPLORER_MEASURE_NONE);
  show_columns (stage, FALSE);
}
