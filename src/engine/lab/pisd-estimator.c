#include "pisd-estimator.h"

#include <math.h>

#include "pisd-bound.h"
#include "pisd-lab-data.h"
#include "pisd-parallel.h"

/* States that the bound takes at once. */
#define BOUND_BLOCK 128

static const char *const variance_names[PISD_N_VARIANCES] = {
  [PISD_VARIANCE_SMALL] = "small",
  [PISD_VARIANCE_LARGE] = "large",
  [PISD_VARIANCE_LEARNED] = "learned",
};

/* The closed form. */

static gpointer
open_exact (gconstpointer model, gsize most)
{
  return (gpointer) model;
}

static void
close_exact (gpointer work)
{
}

/* It knows no labels, and nothing of the variance: v = -1 is the smaller one. */
static void
estimate_exact (gpointer work,
                guint t,
                gsize n,
                const double *x,
                const guint *labels,
                double *x0,
                double *v)
{
  const PisdExactModel *model = work;
  const PisdProcess *process = model->process;

  pisd_plane_mixture_denoise (model->mixture, process->abar[t], process->rest[t], n, x, x0);
  for (gsize k = 0; v != NULL && k < 2 * n; k++)
    v[k] = -1.0;
}

PisdEstimator
pisd_estimator_for_mixture (const PisdExactModel *model)
{
  return (PisdEstimator){ 2, FALSE, model, open_exact, close_exact, estimate_exact };
}

/* What is asked of any of them. */

const char *
pisd_variance_get_name (PisdVariance id)
{
  g_return_val_if_fail (id < PISD_N_VARIANCES, NULL);

  return variance_names[id];
}

void
pisd_variance_fill (PisdVariance id,
                    const PisdProcess *process,
                    guint s,
                    guint t,
                    gsize n,
                    const double *v,
                    double *log_variance)
{
  double low, high;

  if (id == PISD_VARIANCE_LEARNED)
    {
      pisd_bound_learn_variance (process, s, t, n, v, log_variance);
      return;
    }
  pisd_reverse_get_log_variances (process, s, t, &low, &high);
  for (gsize k = 0; k < n; k++)
    log_variance[k] = id == PISD_VARIANCE_SMALL ? low : high;
}

void
pisd_estimator_get_score (const PisdProcess *process,
                          guint t,
                          gsize n,
                          const double *x,
                          const double *x0,
                          double *score)
{
  const double a = sqrt (process->abar[t]), rest = process->rest[t];

  for (gsize k = 0; k < n; k++)
    score[k] = (a * x0[k] - x[k]) / rest;
}

/* The bound. */

typedef struct
{
  const PisdEstimator *estimator;
  const PisdProcess *process;
  PisdVariance variance;
  guint64 seed;
  gsize n;
  const double *x0;
  const guint *labels;
  PisdCancel *cancel;
  double *sums; /* [blocks, n_steps + 1] in nats */
} Bound;

/* What a block works in. */
typedef struct
{
  gpointer work;
  double *noise, *x, *estimate, *v, *log_variance;
} Tools;

static void
tools_init (Tools *tools, const PisdEstimator *estimator)
{
  const gsize n = (gsize) BOUND_BLOCK * estimator->dimension;

  *tools = (Tools){ estimator->open (estimator->model, BOUND_BLOCK),
                    g_new (double, n),
                    g_new (double, n),
                    g_new (double, n),
                    g_new (double, n),
                    g_new (double, n) };
}

static void
tools_clear (Tools *tools, const PisdEstimator *estimator)
{
  estimator->close (tools->work);
  g_free (tools->noise);
  g_free (tools->x);
  g_free (tools->estimate);
  g_free (tools->v);
  g_free (tools->log_variance);
}

/* L_(t-1) of the samples first to first + n. */
static double
get_term (const Bound *bound, Tools *tools, guint t, gsize first, gsize n)
{
  const guint d = bound->estimator->dimension;
  const double *x0 = bound->x0 + first * d;

  for (gsize i = 0; i < n; i++)
    pisd_rng_fill_normal (bound->seed, PISD_STREAM_DIFFUSION, PISD_LANE_BOUND,
                          ((first + i) * (bound->process->n_steps + 1) + t) * d, d,
                          tools->noise + i * d);
  pisd_process_carry (bound->process, t, n * d, x0, tools->noise, tools->x);
  bound->estimator->estimate (tools->work, t, n, tools->x,
                              bound->labels != NULL ? bound->labels + first : NULL, tools->estimate,
                              bound->variance == PISD_VARIANCE_LEARNED ? tools->v : NULL);
  pisd_variance_fill (bound->variance, bound->process, t - 1, t, n * d, tools->v,
                      tools->log_variance);
  return pisd_bound_get_term (bound->process, t - 1, t, n * d, x0, tools->estimate,
                              tools->log_variance);
}

static void
add_block (guint block, gpointer data)
{
  const Bound *bound = data;
  const guint n_steps = bound->process->n_steps;
  const gsize first = (gsize) block * BOUND_BLOCK, n = MIN (BOUND_BLOCK, bound->n - first);
  const guint d = bound->estimator->dimension;
  double *sums = bound->sums + (gsize) block * (n_steps + 1);
  Tools tools;

  tools_init (&tools, bound->estimator);
  sums[0] = pisd_bound_get_end (bound->process, n * d, bound->x0 + first * d);
  for (guint t = 1; t <= n_steps && !pisd_cancel_look (bound->cancel); t++)
    sums[t] = get_term (bound, &tools, t, first, n);
  tools_clear (&tools, bound->estimator);
}

double
pisd_estimator_get_bound (const PisdEstimator *estimator,
                          const PisdProcess *process,
                          PisdVariance variance,
                          guint64 seed,
                          gsize n,
                          const double *x0,
                          const guint *labels,
                          double *terms,
                          guint n_threads,
                          PisdCancel *cancel)
{
  const guint n_blocks = pisd_parallel_count_blocks ((guint) n, BOUND_BLOCK);
  const guint n_terms = process->n_steps + 1;
  g_autofree double *sums = g_new0 (double, (gsize) n_blocks *n_terms);
  Bound bound = { estimator, process, variance, seed, n, x0, labels, cancel, sums };
  const double bits = PISD_BOUND_BITS / ((double) n * estimator->dimension);
  double sum = 0.0;

  if (!pisd_parallel (n_blocks, n_threads, cancel, add_block, &bound) || pisd_cancel_look (cancel))
    return NAN;
  for (guint t = 0; t < n_terms; t++)
    {
      double term = 0.0;

      for (guint b = 0; b < n_blocks; b++)
        term += sums[(gsize) b * n_terms + t];
      if (terms != NULL)
        terms[t] = term * bits;
      sum += term * bits;
    }
  return sum;
}
