/* Does watching slow the sampler? */
#include "bench.h"

#include <math.h>

#define LEAST_RATIO 0.95 /* DESIGN section 7 */

typedef struct
{
  double rate;   /* steps a second */
  double frames; /* painted a second */
} Run;

/* Off: nobody takes what the worker publishes, so nothing is decoded and nothing drawn; history,
 * slot and the window itself are as ever. */
static void
run_unwatched (BenchStage *stage)
{
  const guint signal = g_signal_lookup ("frame-ready", EXPLORER_TYPE_SESSION);
  const GSignalMatchType match = G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA;

  g_signal_handlers_block_matched (stage->session, match, signal, 0, NULL, NULL, stage->window);
  bench_stage_run (stage);
  g_signal_handlers_unblock_matched (stage->session, match, signal, 0, NULL, NULL, stage->window);
}

/* The worker's own clock, from its first step to its last. */
static Run
run (BenchStage *stage, gboolean watched)
{
  const guint before = stage->n_painted;
  const PisdResult *result;
  double seconds;

  if (watched)
    bench_stage_run (stage);
  else
    run_unwatched (stage);
  result = explorer_session_get_result (stage->session);
  seconds = result->seconds - result->setup_seconds;
  bench_stage_rest (200);
  return (Run){ result->n_steps / seconds, (stage->n_painted - before) / seconds };
}

static void
add (CliTable *table, const char *what, double value, const char *unit, double least, char *how)
{
  bench_add (table, g_strdup (what), value, unit, least, NAN, how);
}

/* Microseconds that the worker gives to whoever watches, a step: the history, the slot, and waking
 * where nobody takes. */
static double
time_publishing (BenchStage *stage, guint n_steps)
{
  const gsize n = pisd_representation_get_n (explorer_session_get_representation (stage->session));
  g_autoptr (PisdChannel) channel = pisd_channel_new (0, PISD_PACE_FREE, NULL, NULL);
  g_autofree PisdFrame **frames = g_new (PisdFrame *, n_steps);
  gint64 start;

  for (guint step = 0; step < n_steps; step++)
    {
      frames[step] = pisd_frame_new (n);
      frames[step]->step = step;
    }
  start = g_get_monotonic_time ();
  for (guint step = 0; step < n_steps; step++)
    pisd_channel_publish (channel, frames[step]);
  return (double) (g_get_monotonic_time () - start) / n_steps;
}

/* Every other pair begins with the other one. */
static void
run_pair (BenchStage *stage, guint number, Run *on, Run *off)
{
  const gboolean on_first = number % 2 == 0;

  *(on_first ? on : off) = run (stage, on_first);
  *(on_first ? off : on) = run (stage, !on_first);
}

/* What the machine itself does to a run shows in the range of the unwatched ones. */
static void
add_rates (CliTable *table, const char *what, double *rates, guint n, const char *how)
{
  const double median = bench_quantile (rates, n, 0.5);

  add (table, what, median, "steps/s", NAN,
       g_strdup_printf ("median, from %.4g to %.4g; %s", rates[0], rates[n - 1], how));
}

static void
add_ratio (CliTable *table, BenchStage *stage, double *ratios, guint n, guint n_steps)
{
  g_autofree char *size = bench_stage_dup_size (stage);
  const double median = bench_quantile (ratios, n, 0.5);

  add (table, "live view on / off", median, "", LEAST_RATIO,
       g_strdup_printf ("median of %u alternating pairs, from %.3g to %.3g; %u steps, window %s", n,
                        ratios[0], ratios[n - 1], n_steps, size));
}

void
bench_live (const BenchOptions *options, CliTable *table)
{
  g_autoptr (BenchStage) stage = bench_stage_new (options->n_steps);
  g_autofree double *ratios = g_new (double, options->n_pairs);
  g_autofree double *on_rates = g_new (double, options->n_pairs);
  g_autofree double *off_rates = g_new (double, options->n_pairs);
  g_autofree double *frames = g_new (double, options->n_pairs);
  g_autofree char *drawn = NULL;
  const guint n = options->n_pairs;

  bench_stage_run (stage);
  for (guint k = 0; k < n; k++)
    {
      Run on, off;

      run_pair (stage, k, &on, &off);
      ratios[k] = on.rate / off.rate;
      on_rates[k] = on.rate;
      off_rates[k] = off.rate;
      frames[k] = on.frames;
    }
  drawn = g_strdup_printf ("%.3g pictures a second", bench_quantile (frames, n, 0.5));
  add_ratio (table, stage, ratios, n, options->n_steps);
  add_rates (table, "throughput, watched", on_rates, n, drawn);
  add_rates (table, "throughput, unwatched", off_rates, n,
             "every step published, none taken or drawn");
  add (table, "publishing a step", time_publishing (stage, options->n_steps), "µs", NAN,
       g_strdup_printf ("mean of %u: all that the worker does for the view", options->n_steps));
}
