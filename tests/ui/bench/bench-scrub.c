/* How long does a recorded step take to be on the screen? */
#include "bench.h"

#include <math.h>

#define MOST_MILLISECONDS 16.0 /* DESIGN section 7 */
#define REST 40                /* ms, so that no frame of before is under way */
#define SEED 1

/* As the timeline does it when its knob is moved. */
static void
select_step (BenchStage *stage, guint step)
{
  ExplorerTimeline *timeline = explorer_window_get_timeline (stage->window);

  explorer_timeline_set_step (timeline, step);
  g_signal_emit_by_name (timeline, "step-selected", step);
}

#include <time.h>
static double cpu(clockid_t c){struct timespec t;clock_gettime(c,&t);return 1e3*t.tv_sec+1e-6*t.tv_nsec;}
static double T_emit,T_frame,W_emit,W_frame,T_sync;static int N;
static double
time_step (BenchStage *stage, guint step)
{
  gint64 start;

  bench_stage_rest (REST);
  start = g_get_monotonic_time ();
  double c0=cpu(CLOCK_THREAD_CPUTIME_ID);
  gint64 w0=g_get_monotonic_time();
  select_step (stage, step);
  T_emit+=cpu(CLOCK_THREAD_CPUTIME_ID)-c0; W_emit+=1e-3*(g_get_monotonic_time()-w0);
  c0=cpu(CLOCK_THREAD_CPUTIME_ID);  w0=g_get_monotonic_time();
  {guint b=stage->n_painted; while(stage->n_painted==b) g_main_context_iteration(NULL,TRUE);}
  T_frame+=cpu(CLOCK_THREAD_CPUTIME_ID)-c0;W_frame+=1e-3*(g_get_monotonic_time()-w0);
  w0=g_get_monotonic_time();
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (stage->window)));
  T_sync+=1e-3*(g_get_monotonic_time()-w0);
  if(++N%100==0){g_printerr("per scrub: emit cpu %.2f wall %.2f; frame cpu %.2f wall %.2f; sync wall %.2f\n",T_emit/N,W_emit/N,T_frame/N,W_frame/N,T_sync/N);}
  return 1e-3*(g_get_monotonic_time()-start); return 1e-3 * (double) (bench_stage_wait_painted (stage) - start);
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
  cli_table_add (table, (CliRow){ .what = g_strdup (what),
                                  .value = milliseconds,
                                  .error = NAN,
                                  .unit = "ms",
                                  .minimum = NAN,
                                  .maximum = MOST_MILLISECONDS,
                                  .counted = how });
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
  for (guint k = 0; k < n; k++)
    times[k] = time_step (stage, choose_step (stage, random, options->n_steps));
  add (table, "scrub to a step, median", bench_quantile (times, n, 0.5),
       g_strdup_printf ("from the choice until the X server has the picture; %u random steps of a "
                        "%u-step run, window %s, Cairo renderer",
                        n, options->n_steps, size));
  add (table, "scrub to a step, 95 %", bench_quantile (times, n, 0.95), g_strdup ("of the same"));
  add (table, "scrub to a step, slowest", times[n - 1], g_strdup ("of the same"));
}
