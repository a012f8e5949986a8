/* Noise levels of a run, and how churn raises them.
 *
 * One row of a table a schedule.  edm has a closed form.  linear and cosine are those of a process
 * that keeps the variance, x_t = sqrt (abar_t) z + sqrt (1 - abar_t) n with abar_t the product of
 * 1 - beta_i over its first t of 1000 steps; divided by sqrt (abar_t) its state is z + sigma_t n
 * with
 *   sigma_t = sqrt ((1 - abar_t) / abar_t).
 *
 * Source:  Karras et al. 2022 (EDM), equation 5 and algorithm 2; Ho et al. 2020 (DDPM), section 4
 *          (linear); Nichol and Dhariwal 2021, equation 17 (cosine).
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PISD_SCHEDULE_EDM,
  PISD_SCHEDULE_LINEAR,
  PISD_SCHEDULE_COSINE,
  PISD_N_SCHEDULES
} PisdScheduleId;

typedef struct
{
  PisdScheduleId id;
  double sigma_min, sigma_max;
  double rho; /* edm: how strongly steps crowd at low noise */
} PisdSchedule;

/* The lowest and the highest level above zero that the schedule has, whatever is asked of it: edm
 * has all of them, 0 to infinity. */
void pisd_schedule_get_range (PisdScheduleId id, double *low, double *high);

/* The levels above zero, falling, then 0.  out: [n_steps + 1].  They reach from the schedule's
 * sigma_max to its sigma_min, of linear and cosine as far as their own range does, which has to
 * meet these two:
 *   edm             (max^(1/rho) + i / (N-1) (min^(1/rho) - max^(1/rho)))^rho
 *   linear, cosine  sigma_t at times t equally far apart; log sigma goes straight between whole t.
 * One step goes from the highest level straight to 0. */
void pisd_schedule_fill (const PisdSchedule *schedule, guint n_steps, double *out);

/* Noise that is added before a step, so that the step goes down from a higher level. */
typedef struct
{
  double amount;   /* S; 0: none */
  double from, to; /* the levels that are raised */
  double noise;    /* standard deviation of what is added, over what the level says */
} PisdChurn;

/* (1 + min (S / n_steps, sqrt (2) - 1)) sigma between `from` and `to`, else sigma. */
double pisd_churn_raise (const PisdChurn *churn, guint n_steps, double sigma);

G_END_DECLS
