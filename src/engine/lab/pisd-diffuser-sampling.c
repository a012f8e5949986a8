#include "pisd-diffuser-sampling.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-field.h"
#include "pisd-lab-data.h"
#include "pisd-parallel.h"

/* Samples that go together. */
#define SAMPLE_BLOCK 128

static const char *const rule_names[PISD_N_SAMPLE_RULES] = {
  [PISD_SAMPLE_DDPM] = "ddpm",
  [PISD_SAMPLE_DDIM] = "ddim",
  [PISD_SAMPLE_HEUN] = "heun",
};

const char *
pisd_sample_rule_get_name (PisdSampleRule rule)
{
  g_return_val_if_fail (rule < PISD_N_SAMPLE_RULES, NULL);

  return rule_names[rule];
}

/* All samples, and one block of them. */
typedef struct
{
  const PisdEstimator *estimator;
  const PisdProcess *process;
  const PisdSamplePlan *plan;
  PisdCancel *cancel;
  PisdTrajectories *out;
  guint *failed_steps; /* [blocks] */
} Run;

typedef struct
{
  const Run *run;
  gsize first, n, n_values;
  const guint *labels;
  gpointer work;
  double *noise, *v, *log_variance;
  double *state, *estimate; /* of Heun's second stage */
} Block;

static void
block_init (Block *block, const Run *run, guint number)
{
  const guint d = run->estimator->dimension;
  const gsize first = (gsize) number * SAMPLE_BLOCK, n = MIN (SAMPLE_BLOCK, run->plan->n - first);

  *block = (Block){ run,
                    first,
                    n,
                    n * d,
                    run->plan->labels != NULL ? run->plan->labels + first : NULL,
                    run->estimator->open (run->estimator->model, n),
                    g_new (double, n *d),
                    g_new (double, n *d),
                    g_new (double, n *d),
                    g_new (double, n *d),
                    g_new (double, n *d) };
}

static void
block_clear (Block *block)
{
  block->run->estimator->close (block->work);
  g_free (block->noise);
  g_free (block->v);
  g_free (block->log_variance);
  g_free (block->state);
  g_free (block->estimate);
}

/* Noise of a step; that of the first one is the state that it begins with. */
static void
draw_noise (const Block *block, guint step, double *out)
{
  const guint d = block->run->estimator->dimension;

  for (gsize i = 0; i < block->n; i++)
    pisd_rng_fill_normal (block->run->plan->seed, PISD_STREAM_DIFFUSION,
                          PISD_LANE_SAMPLES + (guint32) (block->first + i), (guint64) step * d, d,
                          out + i * d);
}

/* x_s = m_hat + sqrt (V) z; the last step adds no noise and ends at m_hat. */
static void
step_ddpm (const Block *block, guint step, const double *x, const double *x0, double *out)
{
  const Run *run = block->run;
  const guint t = run->out->times[step], s = run->out->times[step + 1];
  const PisdReverse reverse = pisd_reverse_get (run->process, s, t, 1.0);

  pisd_variance_fill (run->plan->variance, run->process, s, t, block->n_values, block->v,
                      block->log_variance);
  draw_noise (block, step + 1, block->noise);
  for (gsize k = 0; k < block->n_values; k++)
    out[k] = reverse.x0 * x0[k] + reverse.x * x[k]
             + (s > 0 ? exp (0.5 * block->log_variance[k]) * block->noise[k] : 0.0);
}

static void
step_ddim (const Block *block, guint step, const double *x, const double *x0, double *out)
{
  const Run *run = block->run;
  const PisdReverse reverse = pisd_reverse_get (run->process, run->out->times[step + 1],
                                                run->out->times[step], run->plan->eta);

  draw_noise (block, step + 1, block->noise);
  for (gsize k = 0; k < block->n_values; k++)
    out[k] = reverse.x0 * x0[k] + reverse.x * x[k] + reverse.sd * block->noise[k];
}

/* v = (a x - x0) / b of a state. */
static double
get_velocity (double a, double b, double x, double x0)
{
  return (a * x - x0) / b;
}

/* x_s = x_t + (phi_s - phi_t) (v_t + v_s) / 2, v_s at Euler's place */
static void
step_heun (const Block *block, guint step, const double *x, const double *x0, double *out)
{
  const Run *run = block->run;
  const PisdProcess *process = run->process;
  const guint t = run->out->times[step], s = run->out->times[step + 1];
  const double a_t = sqrt (process->abar[t]), b_t = sqrt (process->rest[t]);
  const double a_s = sqrt (process->abar[s]), b_s = sqrt (process->rest[s]);
  const double turn = atan2 (b_s, a_s) - atan2 (b_t, a_t);

  if (s == 0)
    {
      memcpy (out, x0, block->n_values * sizeof (double));
      return;
    }
  for (gsize k = 0; k < block->n_values; k++)
    block->state[k] = x[k] + turn * get_velocity (a_t, b_t, x[k], x0[k]);
  run->estimator->estimate (block->work, s, block->n, block->state, block->labels, block->estimate,
                            NULL);
  for (gsize k = 0; k < block->n_values; k++)
    out[k] = x[k]
             + turn
                   * (get_velocity (a_t, b_t, x[k], x0[k])
                      + get_velocity (a_s, b_s, block->state[k], block->estimate[k]))
                   / 2.0;
}

typedef void (
    *StepFunc) (const Block *block, guint step, const double *x, const double *x0, double *out);

static const StepFunc step_table[PISD_N_SAMPLE_RULES] = {
  [PISD_SAMPLE_DDPM] = step_ddpm,
  [PISD_SAMPLE_DDIM] = step_ddim,
  [PISD_SAMPLE_HEUN] = step_heun,
};

/* Where the state after so many steps lies, and the estimate of that state. */
static double *
get_state (const PisdTrajectories *self, guint step)
{
  return self->states + (self->keeps_last ? step % 2 : step) * self->n * self->dimension;
}

static double *
get_estimate (const PisdTrajectories *self, guint step)
{
  return self->estimates + (self->keeps_last ? 0 : step) * self->n * self->dimension;
}

static void
run_block (guint number, gpointer data)
{
  const Run *run = data;
  const PisdTrajectories *out = run->out;
  const gboolean learned = run->plan->variance == PISD_VARIANCE_LEARNED;
  gsize first;
  Block block;

  block_init (&block, run, number);
  first = block.first * out->dimension;
  draw_noise (&block, 0, get_state (out, 0) + first);
  for (guint i = 0; i < out->n_steps && !pisd_cancel_look (run->cancel); i++)
    {
      const double *x = get_state (out, i) + first;
      double *x0 = get_estimate (out, i) + first;

      run->estimator->estimate (block.work, out->times[i], block.n, x, block.labels, x0,
                                learned ? block.v : NULL);
      step_table[run->plan->rule](&block, i, x, x0, get_state (out, i + 1) + first);
      if (run->failed_steps[number] == 0
          && !pisd_all_finite (block.n_values, get_state (out, i + 1) + first))
        run->failed_steps[number] = i + 1;
    }
  block_clear (&block);
}

PisdTrajectories *
pisd_trajectories_new (const PisdEstimator *estimator,
                       const PisdProcess *process,
                       const PisdSamplePlan *plan,
                       guint n_threads,
                       PisdCancel *cancel)
{
  const guint n_blocks = pisd_parallel_count_blocks ((guint) plan->n, SAMPLE_BLOCK);
  g_autofree guint *failed_steps = g_new0 (guint, n_blocks);
  g_autoptr (PisdTrajectories) self = NULL;
  gsize n_slots;
  Run run;

  g_return_val_if_fail (plan->n > 0 && plan->n_steps > 0, NULL);
  g_return_val_if_fail (plan->n_steps <= process->n_steps, NULL);
  g_return_val_if_fail (plan->rule < PISD_N_SAMPLE_RULES, NULL);

  self = g_new0 (PisdTrajectories, 1);
  self->n = plan->n;
  self->dimension = estimator->dimension;
  self->n_steps = plan->n_steps;
  self->times = g_new (guint, plan->n_steps + 1);
  pisd_process_fill_times (process, plan->n_steps, self->times);
  self->keeps_last = plan->keeps_last;
  n_slots = plan->keeps_last ? 1 : plan->n_steps;
  self->states = g_new0 (double, (n_slots + 1) * plan->n * self->dimension);
  self->estimates = g_new0 (double, n_slots * plan->n * self->dimension);
  run = (Run){ estimator, process, plan, cancel, self, failed_steps };
  if (!pisd_parallel (n_blocks, n_threads, cancel, run_block, &run) || pisd_cancel_look (cancel))
    return NULL;
  for (guint b = 0; b < n_blocks; b++)
    if (failed_steps[b] > 0 && (self->failed_step == 0 || failed_steps[b] < self->failed_step))
      self->failed_step = failed_steps[b];
  return g_steal_pointer (&self);
}

gboolean
pisd_trajectories_check (const PisdTrajectories *trajectories, GError **error)
{
  g_return_val_if_fail (trajectories != NULL, FALSE);

  return trajectories->failed_step == 0
         || pisd_error_fail (error, PISD_ERROR_NUMERIC,
                             _ ("Step %u of %u of sampling: a state is no finite number, expected "
                                "a network that was trained well: less guidance, or a lower "
                                "learning rate, may help"),
                             trajectories->failed_step, trajectories->n_steps);
}

void
pisd_trajectories_free (PisdTrajectories *trajectories)
{
  if (trajectories == NULL)
    return;
  g_free (trajectories->times);
  g_free (trajectories->states);
  g_free (trajectories->estimates);
  g_free (trajectories);
}

const double *
pisd_trajectories_get_state (const PisdTrajectories *trajectories, guint step)
{
  g_return_val_if_fail (trajectories != NULL && step <= trajectories->n_steps, NULL);

  return get_state (trajectories, step);
}

const double *
pisd_trajectories_get_estimate (const PisdTrajectories *trajectories, guint step)
{
  g_return_val_if_fail (trajectories != NULL && step <= trajectories->n_steps, NULL);

  if (step == trajectories->n_steps)
    return pisd_trajectories_get_state (trajectories, step);
  return get_estimate (trajectories, step);
}
