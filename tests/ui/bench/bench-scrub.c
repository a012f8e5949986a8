/* How long does a recorded step take to be on the screen? */
#include "bench.h"

#include <math.h>

#define MOST_MILLISECONDS 16.0 /* DESIGN section 7 */
#define REST 40                /* ms, so that no frame of before is under way */
#define REST_AFTER_RUN 500     /* ms, its end changes more than the fields */
#define SEED 1

/* As the timeline does it when its knob is moved. */
static void
select_step (BenchStage *stage, guint step)
{
  ExplorerTimeline *timeline = explorer_window_get_timeline (stage->window);

  explorer_timeline_set_step (timeline, step);
  g_signal_emit_by_name (timeline, "step-selected", step);
}

static double
time_step (BenchStage *stage, guint step)
{
  gint64 start;

  bench_stage_rest (REST);
  start = g_get_monotonic_time ();
  select_step (stage, step);
  return 1e-3 * (double) (bench_stage_wait_painted (stage, stage->n_painted) - start);
}

static guint
choose_step (BenchStage *stage, GRand *random, guint n_steps)
{
  guint step;

  do
    step = (guint) g_rand_int_range (random, 0, (gint32) n_steps + 1);
  while (step == explorer_window_get_shown_step (stage->window));
  return step;
}

static void
add (CliTable *table, const char *what, double milliseconds, char *how)
{
  bench_add (table, g_strdup (what), milliseconds, "ms", NAN, MOST_MILLISECONDS, how);
}

void
bench_scrub (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autofree double *times = g_new (double, options->n_scrubs);
  g_autofree char *size = bench_stage_dup_size (stage);
  const guint n = options->n_scrubs;

  bench_stage_run (stage);
  bench_stage_rest (REST_AFTER_RUN);
  for (guint k = 0; k < n; k++)
    times[k] = time_step (stage, choose_step (stage, random, options->n_steps));
  add (table, "scrub to a step, median", bench_quantile (times, n, 0.5),
       g_strdup_printf ("from the choice until the X server has the picture; %u random steps of a "
                        "%u-step run, window %s, Cairo renderer",
                        n, options->n_steps, size));
  add (table, "scrub to a step, 95 %", bench_quantile (times, n, 0.95), g_strdup ("of the same"));
  add (table, "scrub to a step, slowest", times[n - 1], g_strdup ("of the same"));
}
