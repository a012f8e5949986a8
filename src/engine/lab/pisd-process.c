#include "pisd-process.h"

#include <math.h>
#include <string.h>

#include "pisd-schedule.h"

/* The ends of edm, and of sigmoid in the argument of its function. */
#define EDM_LOW 0.002
#define EDM_HIGH 80.0
#define EDM_RHO 7.0
#define SIGMOID_END 3.0
/* No step takes all of the signal away, so that every abar is above zero. */
#define LARGEST_BETA 0.999

typedef struct
{
  const char *name;
  PisdScheduleId levels; /* PISD_N_SCHEDULES: it is no schedule of noise levels */
} Row;

static const Row rows[PISD_N_PROCESSES] = {
  [PISD_PROCESS_LINEAR] = { "linear", PISD_SCHEDULE_LINEAR },
  [PISD_PROCESS_COSINE] = { "cosine", PISD_SCHEDULE_COSINE },
  [PISD_PROCESS_SIGMOID] = { "sigmoid", PISD_N_SCHEDULES },
  [PISD_PROCESS_EDM] = { "edm", PISD_SCHEDULE_EDM },
};

const char *
pisd_process_get_name (PisdProcessId id)
{
  g_return_val_if_fail (id < PISD_N_PROCESSES, NULL);

  return rows[id].name;
}

/* abar = 1 / (1 + sigma^2) keeps 1 - abar = sigma^2 / (1 + sigma^2) exact for small levels. */
static void
fill_from_levels (PisdProcess *self, PisdScheduleId id)
{
  const guint n = self->n_steps;
  PisdSchedule schedule = { id, EDM_LOW, EDM_HIGH, EDM_RHO };
  g_autofree double *sigma = g_new (double, n + 1);
  double low, high;

  pisd_schedule_get_range (id, &low, &high);
  if (low > 0.0)
    schedule = (PisdSchedule){ id, low, high, EDM_RHO };
  pisd_schedule_fill (&schedule, n, sigma);
  for (guint t = 1; t <= n; t++)
    {
      const double square = sigma[n - t] * sigma[n - t];

      self->abar[t] = 1.0 / (1.0 + square);
      self->rest[t] = square / (1.0 + square);
    }
}

/* A difference of two sigmoids is written as a product of positive numbers: with e = exp (-z),
 * sigmoid (a) - sigmoid (b) = (e_b - e_a) / ((1 + e_a) (1 + e_b)). */
static double
get_sigmoid_difference (double a, double b)
{
  return (exp (-b) * -expm1 (b - a)) / ((1.0 + exp (-a)) * (1.0 + exp (-b)));
}

static void
fill_sigmoid (PisdProcess *self)
{
  const double whole = get_sigmoid_difference (SIGMOID_END, -SIGMOID_END);
  double least;

  for (guint t = 1; t <= self->n_steps; t++)
    {
      const double z = (2.0 * t / self->n_steps - 1.0) * SIGMOID_END;

      least = (1.0 - LARGEST_BETA) * self->abar[t - 1];
      self->abar[t] = MAX (get_sigmoid_difference (SIGMOID_END, z) / whole, least);
      self->rest[t] = self->abar[t] > least ? get_sigmoid_difference (z, -SIGMOID_END) / whole
                                            : 1.0 - self->abar[t];
    }
}

/* beta_t = 1 - abar_t / abar_(t-1) = (rest_t - rest_(t-1)) / abar_(t-1) */
static void
fill_beta (PisdProcess *self)
{
  for (guint t = 1; t <= self->n_steps; t++)
    self->beta[t] = (self->rest[t] - self->rest[t - 1]) / self->abar[t - 1];
}

static PisdProcess *
allocate (PisdProcessId id, guint n_steps)
{
  PisdProcess *self = g_new0 (PisdProcess, 1);

  self->id = id;
  self->n_steps = n_steps;
  self->abar = g_new0 (double, n_steps + 1);
  self->rest = g_new0 (double, n_steps + 1);
  self->beta = g_new0 (double, n_steps + 1);
  self->abar[0] = 1.0;
  return self;
}

PisdProcess *
pisd_process_new (PisdProcessId id, guint n_steps)
{
  PisdProcess *self;

  g_return_val_if_fail (id < PISD_N_PROCESSES && n_steps > 0, NULL);

  self = allocate (id, n_steps);
  if (rows[id].levels < PISD_N_SCHEDULES)
    fill_from_levels (self, rows[id].levels);
  else
    fill_sigmoid (self);
  fill_beta (self);
  return self;
}

PisdProcess *
pisd_process_dup (const PisdProcess *process)
{
  g_return_val_if_fail (process != NULL, NULL);

  return pisd_process_new (process->id, process->n_steps);
}

void
pisd_process_free (PisdProcess *process)
{
  if (process == NULL)
    return;
  g_free (process->abar);
  g_free (process->rest);
  g_free (process->beta);
  g_free (process);
}

double
pisd_process_get_sigma (const PisdProcess *process, guint t)
{
  g_return_val_if_fail (process != NULL && t <= process->n_steps, NAN);

  return sqrt (process->rest[t] / process->abar[t]);
}

double
pisd_process_get_snr (const PisdProcess *process, guint t)
{
  g_return_val_if_fail (process != NULL && t <= process->n_steps, NAN);

  return process->abar[t] / process->rest[t];
}

void
pisd_process_carry (const PisdProcess *process,
                    guint t,
                    gsize n,
                    const double *x0,
                    const double *noise,
                    double *out)
{
  double a, b;

  g_return_if_fail (process != NULL && t <= process->n_steps);

  a = sqrt (process->abar[t]);
  b = sqrt (process->rest[t]);
  for (gsize k = 0; k < n; k++)
    out[k] = a * x0[k] + b * noise[k];
}

void
pisd_process_fill_times (const PisdProcess *process, guint n, guint *out)
{
  g_return_if_fail (process != NULL && n > 0 && n <= process->n_steps && out != NULL);

  for (guint i = 0; i <= n; i++)
    out[i] = (guint) (((guint64) process->n_steps * (n - i) * 2 + n) / (2 * (guint64) n));
}
