#include "pisd-schedule.h"

#include <math.h>

#define N_TIMES 1000 /* T of the process that keeps the variance */

/* DDPM's betas of the first and of the last time. */
#define LINEAR_FIRST 1e-4
#define LINEAR_LAST 0.02

/* The cosine's offset, and its largest beta. */
#define COSINE_OFFSET 0.008
#define COSINE_MOST 0.999

/* One of the two: levels in closed form, or the betas that they come from. */
typedef struct
{
  double (*level) (const PisdSchedule *schedule, double fraction);
  double (*beta) (guint t); /* t = 1 .. N_TIMES */
} ScheduleOps;

/* fraction: i / (N - 1). */
static double
edm_level (const PisdSchedule *schedule, double fraction)
{
  double high = pow (schedule->sigma_max, 1.0 / schedule->rho);
  double low = pow (schedule->sigma_min, 1.0 / schedule->rho);

  return pow (high + fraction * (low - high), schedule->rho);
}

static double
linear_beta (guint t)
{
  return LINEAR_FIRST + (t - 1) * (LINEAR_LAST - LINEAR_FIRST) / (N_TIMES - 1);
}

/* abar_t, but for a factor. */
static double
cosine_signal (guint t)
{
  double wave = cos (((double) t / N_TIMES + COSINE_OFFSET) / (1.0 + COSINE_OFFSET) * 0.5 * G_PI);

  return wave * wave;
}

static double
cosine_beta (guint t)
{
  return fmin (1.0 - cosine_signal (t) / cosine_signal (t - 1), COSINE_MOST);
}

static const ScheduleOps schedule_table[PISD_N_SCHEDULES] = {
  [PISD_SCHEDULE_EDM] = { .level = edm_level },
  [PISD_SCHEDULE_LINEAR] = { .beta = linear_beta },
  [PISD_SCHEDULE_COSINE] = { .beta = cosine_beta },
};

/* log sigma at the times 1 .. N_TIMES, from sigma^2 = 1 / abar - 1: rising. */
static void
fill_times (double (*beta) (guint t), double *level)
{
  double decay = 0.0; /* - log abar */

  for (guint t = 1; t <= N_TIMES; t++)
    {
      decay -= log1p (-beta (t));
      level[t - 1] = 0.5 * log (expm1 (decay));
    }
}

/* The time, counted from 0, at which log sigma is that; the nearest end where it never is. */
static double
find_time (const double *level, double wanted)
{
  guint low = 0, high = N_TIMES - 1;

  if (wanted <= level[low])
    return low;
  if (wanted >= level[high])
    return high;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      *(level[middle] <= wanted ? &low : &high) = middle;
    }
  return low + (wanted - level[low]) / (level[high] - level[low]);
}

static double
get_at (const double *level, double time)
{
  guint before = MIN ((guint) time, N_TIMES - 2);

  return level[before] + (time - before) * (level[before + 1] - level[before]);
}

void
pisd_schedule_get_range (PisdScheduleId id, double *low, double *high)
{
  double level[N_TIMES];

  g_return_if_fail ((guint) id < PISD_N_SCHEDULES);

  *low = 0.0;
  *high = INFINITY;
  if (schedule_table[id].beta == NULL)
    return;
  fill_times (schedule_table[id].beta, level);
  *low = exp (level[0]);
  *high = exp (level[N_TIMES - 1]);
}

/* Times equally far apart between those of the two ends. */
static void
fill_by_times (const PisdSchedule *schedule, guint n_steps, double *out)
{
  double level[N_TIMES], first, last;

  fill_times (schedule_table[schedule->id].beta, level);
  first = find_time (level, log (schedule->sigma_max));
  last = find_time (level, log (schedule->sigma_min));
  for (guint i = 0; i < n_steps; i++)
    {
      double fraction = n_steps == 1 ? 0.0 : (double) i / (n_steps - 1);

      out[i] = exp (get_at (level, MAX (first + fraction * (last - first), last)));
    }
}

void
pisd_schedule_fill (const PisdSchedule *schedule, guint n_steps, double *out)
{
  const ScheduleOps *ops;

  g_return_if_fail (schedule != NULL && (guint) schedule->id < PISD_N_SCHEDULES);
  g_return_if_fail (n_steps >= 1 && schedule->sigma_min > 0.0
                    && schedule->sigma_max > schedule->sigma_min && schedule->rho > 0.0);

  ops = &schedule_table[schedule->id];
  if (ops->beta != NULL)
    fill_by_times (schedule, n_steps, out);
  else
    for (guint i = 0; i < n_steps; i++)
      out[i] = ops->level (schedule, n_steps == 1 ? 0.0 : (double) i / (n_steps - 1));
  out[n_steps] = 0.0;
}

double
pisd_churn_raise (const PisdChurn *churn, guint n_steps, double sigma)
{
  if (!(churn->amount > 0.0) || sigma < churn->from || sigma > churn->to)
    return sigma;
  return (1.0 + fmin (churn->amount / n_steps, G_SQRT2 - 1.0)) * sigma;
}
