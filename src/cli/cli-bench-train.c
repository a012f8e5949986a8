/* How fast a network is trained: multiply-adds a second of a whole step, beside those of a product
 * of matrices on as many threads. */
#include "cli-bench.h"

#include <cblas.h>

#include "pisd-parallel.h"
#include "pisd-sort.h"
#include "pisd-training.h"

/* Of one product, whose matrices do not fit into a cache near the core. */
#define SIDE 1024
#define LOOP_TIME (200 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  float *a, *b, *c; /* [SIDE, SIDE] each, one set a thread */
} Matrices;

static void
multiply (guint block, gpointer data)
{
  Matrices *m = (Matrices *) data + block;

  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, SIDE, SIDE, SIDE, 1.0f, m->a, SIDE, m->b,
               SIDE, 0.0f, m->c, SIDE);
}

/* Floating-point operations a second of all threads together, each at a product of its own. */
static double
measure_loop (Matrices *matrices, guint n_threads)
{
  const gint64 start = g_get_monotonic_time ();
  guint n = 0;

  while (g_get_monotonic_time () - start < LOOP_TIME)
    {
      pisd_parallel (n_threads, n_threads, NULL, multiply, matrices);
      n += n_threads;
    }
  return 2.0 * n * SIDE * SIDE * SIDE * G_TIME_SPAN_SECOND / (g_get_monotonic_time () - start);
}

/* The median of several loops. */
static double
measure_sgemm (guint n_threads, guint n_repeats)
{
  g_autofree double *rates = g_new (double, n_repeats);
  g_autofree Matrices *matrices = g_new (Matrices, n_threads);
  g_autofree float *memory = g_new0 (float, (gsize) 3 * n_threads * SIDE * SIDE);

  for (guint t = 0; t < n_threads; t++)
    matrices[t] = (Matrices){ memory + (gsize) (3 * t) * SIDE * SIDE,
                              memory + (gsize) (3 * t + 1) * SIDE * SIDE,
                              memory + (gsize) (3 * t + 2) * SIDE * SIDE };
  for (guint i = 0; i < n_repeats; i++)
    rates[i] = measure_loop (matrices, n_threads);
  return pisd_sort_median (n_repeats, rates);
}

/* Seconds a step, the median of several: data, both passes, Adam and all. */
static gboolean
measure_steps (const PisdTrainingPlan *plan,
               const CliBenchOptions *options,
               guint n_threads,
               double *seconds,
               GError **error)
{
  g_autoptr (PisdTraining) training = pisd_training_new (plan, n_threads, NULL, error);
  g_autofree double *times = g_new (double, options->n_repeats);
  PisdTrainingReport report;

  if (training == NULL)
    return FALSE;
  pisd_training_step (training, NULL, &report);
  for (guint i = 0; i < options->n_repeats; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!cli_bench_may_go_on (options, error))
        return FALSE;
      pisd_training_step (training, NULL, &report);
      times[i] = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
    }
  *seconds = pisd_sort_median (options->n_repeats, times);
  return TRUE;
}

/* What is learned of an equation unless --set says otherwise. */
static void
find_latent (PisdProblemId problem, PisdSettings *settings)
{
  const gboolean is_linear = pisd_operator_get (problem)->linear != NULL;

  pisd_settings_init_default (settings);
  settings->problem = problem;
  settings->space = is_linear ? PISD_SPACE_DECOUPLED : PISD_SPACE_JOINT;
  settings->modes = is_linear ? 44 : 32;
}

static gboolean
bench_backend (const CliBenchOptions *options,
               PisdProblemId problem,
               PisdBackend backend,
               guint n_threads,
               double sgemm,
               CliTable *table,
               GError **error)
{
  PisdSettings settings;
  PisdTrainingPlan plan;
  double seconds, work;
  CliRow row;

  find_latent (problem, &settings);
  if (!cli_apply_sets (options->sets, &settings, error))
    return FALSE;
  pisd_training_plan_init (&plan, &settings);
  plan.backend = backend;
  if (!pisd_training_plan_complete (&plan, error)
      || !measure_steps (&plan, options, n_threads, &seconds, error))
    return FALSE;
  work = 3.0 * 2.0 * pisd_network_count_work (&plan.shape) * plan.batch;
  row = cli_row (
      g_strdup_printf ("%s, %s, %u channels, batch %u", pisd_operator_get (problem)->name,
                       pisd_backend_get_name (backend), plan.shape.width, plan.batch),
      work / seconds * 1e-9, "GFLOP/s",
      g_strdup_printf ("%.3g of sgemm, %.4g ms a step, median of %u, %u threads",
                       work / seconds / sgemm, 1e3 * seconds, options->n_repeats, n_threads));
  row.minimum = sgemm * 1e-9;
  cli_table_add (table, row);
  return TRUE;
}

gboolean
cli_bench_train (const CliBenchOptions *options, CliTable *table, GError **error)
{
  guint n_threads = options->n_threads > 0 ? options->n_threads : g_get_num_processors ();
  double sgemm;

  cli_signals_begin_run (options->signals);
  sgemm = measure_sgemm (n_threads, options->n_repeats);
  cli_table_add (table, cli_row (g_strdup ("sgemm"), sgemm * 1e-9, "GFLOP/s",
                                 g_strdup_printf ("%d x %d, one a thread, median of %u, %u threads",
                                                  SIDE, SIDE, options->n_repeats, n_threads)));
  for (guint p = 0; p < pisd_operator_get_n (); p++)
    for (guint b = 0; b < PISD_N_BACKENDS; b++)
      if ((options->problems >> p & 1) != 0 && pisd_backend_is_available (b)
          && !bench_backend (options, p, b, n_threads, sgemm, table, error))
        return FALSE;
  return TRUE;
}
