/* What is trained on what, and how: the set-up of one run of the training lab.
 *
 * Errors:  PISD_ERROR_FORMAT, UNKNOWN, RANGE, SHAPE: which part, what it got and what it expected.
 * Threads: a plan is constant once it is complete: any. */
#pragma once

#include "pisd-perceptron.h"
#include "pisd-polynomial.h"

G_BEGIN_DECLS

#define PISD_REGRESSION_MAX_LAYERS 8
#define PISD_REGRESSION_MAX_WIDTH 500
#define PISD_REGRESSION_MAX_POINTS 100000

typedef enum
{
  PISD_DESCENT_GRADIENT,
  PISD_DESCENT_ADAM,
  PISD_DESCENT_FLOW,
  PISD_N_DESCENTS
} PisdDescent;

typedef struct
{
  const char *name, *title;
  double rate; /* preset; 0: it has none */
  guint batch; /* preset; 0: all points, always */
} PisdDescentTraits;

const PisdDescentTraits *pisd_descent_get_traits (PisdDescent method);

typedef struct
{
  char *target_name; /* that of a target, or the polynomial's text */
  PisdPolynomial *target;
  guint n_layers;
  guint widths[PISD_REGRESSION_MAX_LAYERS + 1];
  PisdActivation activation;
  PisdDescent method;
  double rate;      /* unused where the method has none */
  guint batch;      /* unused where the method takes all points */
  double decay;     /* weight decay: the loss has decay |theta|^2 / 2 more */
  double tolerance; /* relative, of a step of the flow */
  double end;       /* time at which the flow ends; infinite: by steps alone */
  guint n_points;
  guint64 seed; /* of first values, points and batches */
} PisdRegressionPlan;

/* The presets of a target and a method, with GELU. */
PisdRegressionPlan *pisd_regression_plan_new (const char *target,
                                              PisdDescent method,
                                              GError **error);
PisdRegressionPlan *pisd_regression_plan_dup (const PisdRegressionPlan *plan);
void pisd_regression_plan_free (PisdRegressionPlan *plan); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRegressionPlan, pisd_regression_plan_free)

/* "1-10-20-10-1"; it has to fit the target. */
gboolean pisd_regression_plan_set_widths (PisdRegressionPlan *plan,
                                          const char *text,
                                          GError **error);
char *pisd_regression_plan_dup_widths (const PisdRegressionPlan *plan);
/* Every number within its range. */
gboolean pisd_regression_plan_check (const PisdRegressionPlan *plan, GError **error);
/* Steps from one row of its log to the next, at that step: as many as take some hundredths of a
 * second, and fewer at the beginning, where more happens.  Every thousandth step has a row. */
guint pisd_regression_plan_get_stride (const PisdRegressionPlan *plan, guint64 step);
/* Rows until the last step, with that of the first values. */
guint64 pisd_regression_plan_count_rows (const PisdRegressionPlan *plan, guint64 n_steps);
/* Weights and biases of the network. */
gsize pisd_regression_plan_count_parameters (const PisdRegressionPlan *plan);

G_END_DECLS
