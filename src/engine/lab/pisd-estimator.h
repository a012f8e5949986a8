/* What says E[x0 given x_t]: a trained network, or the closed form of a mixture; and what can be
 * asked of any of them.
 *
 * Threads: the estimator is constant: any; an opened one belongs to one thread. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-plane-mixture.h"
#include "pisd-reverse.h"

G_BEGIN_DECLS

/* A label that stands for none. */
#define PISD_NO_LABEL G_MAXUINT

typedef struct
{
  guint dimension;
  gboolean learns_variance;
  gconstpointer model; /* borrowed */
  /* A thread's workspace for so many states at once, and its end. */
  gpointer (*open) (gconstpointer model, gsize most);
  GDestroyNotify close;
  /* Estimates x0 [n, dimension] of states x at time t > 0, with a label each (NULL: none); and v
   * [n, dimension], what is learned of the variance, where that is wanted (not NULL). */
  void (*estimate) (gpointer work,
                    guint t,
                    gsize n,
                    const double *x,
                    const guint *labels,
                    double *x0,
                    double *v);
} PisdEstimator;

/* The closed form of a mixture. */
typedef struct
{
  const PisdProcess *process;
  const PisdPlaneMixture *mixture;
} PisdExactModel;

/* `model` is borrowed, as is what it points to. */
PisdEstimator pisd_estimator_for_mixture (const PisdExactModel *model);

/* How the bound of pisd-bound.h is counted: with the smaller or the larger variance of DDPM, or
 * the learned one. */
typedef enum
{
  PISD_VARIANCE_SMALL,
  PISD_VARIANCE_LARGE,
  PISD_VARIANCE_LEARNED,
  PISD_N_VARIANCES
} PisdVariance;

/* "small", "large", "learned" */
const char *pisd_variance_get_name (PisdVariance id);
/* log V of a step: [n]; v: what is learned, NULL unless it is asked for. */
void pisd_variance_fill (PisdVariance id,
                         const PisdProcess *process,
                         guint s,
                         guint t,
                         gsize n,
                         const double *v,
                         double *log_variance);

/* The score grad log p of states x by their estimates: (sqrt (abar) x0 - x) / (1 - abar); all
 * [n]. */
void pisd_estimator_get_score (const PisdProcess *process,
                               guint t,
                               gsize n,
                               const double *x,
                               const double *x0,
                               double *score);

/* The bound in bits per dimension, a mean over samples x0 [n, dimension] with a label each (or
 * NULL), every step taken once with noise at its address (seed, sample, t).
 * terms: [n_steps + 1] where its parts are wanted, that of the step from t at t, the end's at 0;
 * NULL: not.  Errors: NAN where cancelled.
 * Threads: as in pisd_parallel(); the bits do not depend on their number. */
double pisd_estimator_get_bound (const PisdEstimator *estimator,
                                 const PisdProcess *process,
                                 PisdVariance variance,
                                 guint64 seed,
                                 gsize n,
                                 const double *x0,
                                 const guint *labels,
                                 double *terms,
                                 guint n_threads,
                                 PisdCancel *cancel);

G_END_DECLS
