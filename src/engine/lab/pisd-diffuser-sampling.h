/* Samples by the reverse process from pure noise, with all states on the way.
 *
 *   ddpm   x_s drawn from N (m_hat, V), with a choice of variance (pisd-reverse.h)
 *   ddim   its step with eta
 *   heun   the probability-flow ODE dx / dphi = v in the angle phi with tan phi = sigma, where
 *          v = (sqrt (abar) x - x0) / sqrt (1 - abar), by Heun's rule; the last step, to phi = 0,
 *          is that of DDIM
 *
 * A step may leave times out; all formulas are those of any two times.
 *
 * Shapes:  states [n_steps + 1, n, dimension], the first at time T, the last at 0; estimates
 *          [n_steps, n, dimension], those that the step from the state of the same index took.
 * Threads: as in pisd_parallel(); noise has its address (seed, sample, step), so that the bits
 *          depend neither on their number nor on how many samples there are.
 * Source:  Ho et al. 2020, algorithm 2; Song et al. 2021 (DDIM), equation 12; Karras et al. 2022,
 *          algorithm 1. */
#pragma once

#include "pisd-estimator.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_SAMPLE_DDPM,
  PISD_SAMPLE_DDIM,
  PISD_SAMPLE_HEUN,
  PISD_N_SAMPLE_RULES
} PisdSampleRule;

/* "ddpm", "ddim", "heun" */
const char *pisd_sample_rule_get_name (PisdSampleRule rule);

typedef struct
{
  guint64 seed;
  PisdSampleRule rule;
  guint n_steps; /* at most T */
  gsize n;
  double eta;            /* ddim */
  PisdVariance variance; /* ddpm */
  const guint *labels;   /* [n] borrowed; NULL: none */
  gboolean keeps_last;   /* and nothing on the way */
} PisdSamplePlan;

typedef struct
{
  gsize n;
  guint dimension, n_steps;
  guint *times;        /* [n_steps + 1] falling from T to 0 */
  guint failed_step;   /* the first that led to a state that is no number; 0: none */
  gboolean keeps_last; /* of the states two take turns, of the estimates there is one */
  double *states, *estimates;
} PisdTrajectories;

/* NULL where cancelled. */
PisdTrajectories *pisd_trajectories_new (const PisdEstimator *estimator,
                                         const PisdProcess *process,
                                         const PisdSamplePlan *plan,
                                         guint n_threads,
                                         PisdCancel *cancel);
void pisd_trajectories_free (PisdTrajectories *trajectories); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrajectories, pisd_trajectories_free)

/* Errors: PISD_ERROR_NUMERIC where a state is no number: at which step, and what to try. */
gboolean pisd_trajectories_check (const PisdTrajectories *trajectories, GError **error);

/* While all are kept, or of the last step: states after so many steps, [n, dimension]; estimates of
 * that state, and after the last step the samples themselves.  Borrowed. */
const double *pisd_trajectories_get_state (const PisdTrajectories *trajectories, guint step);
const double *pisd_trajectories_get_estimate (const PisdTrajectories *trajectories, guint step);

G_END_DECLS
