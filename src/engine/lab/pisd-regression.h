/* One run of the training lab: a dense network that learns a polynomial, step by step.
 *
 *   L (theta) = 1/n sum over the points of (y - p (x))^2 + decay |theta|^2 / 2
 *   gradient: theta -= rate grad L        over all points
 *   adam:     m = 0.9 m + 0.1 g,  v = 0.999 v + 0.001 g^2,
 *             theta -= rate mhat / (sqrt (vhat) + 1e-8)      g over a batch
 *   flow:     theta' = - grad L           by an adaptive Runge-Kutta method
 *
 * Points are uniform on [-1, 1]^d, drawn once; a batch is the next part of them in an order that is
 * drawn anew whenever all have been used.  Losses that are reported are without the decay.
 * What a step does depends on the plan, the rates so far and its own number alone.
 * Errors:  of the ODE's; PISD_ERROR_NUMERIC where the loss is no number any more.
 * Threads: one a thread.
 * Source:  Kingma and Ba 2015 (arXiv 1412.6980). */
#pragma once

#include "pisd-cancel.h"
#include "pisd-regression-plan.h"

G_BEGIN_DECLS

typedef struct _PisdRegression PisdRegression;

/* What is known of a run after a step. */
typedef struct
{
  guint64 step;
  double time;     /* of the flow; of gradient descent rate times steps; of Adam the step */
  double loss;     /* mean square over all points; NaN: not measured here */
  double batch;    /* mean of the batches' losses since the row before; NaN: none */
  double norm;     /* |theta| */
  double gradient; /* |grad L|, over all points; NaN: not measured here */
  double layers[PISD_REGRESSION_MAX_LAYERS]; /* norm of W and b of each */
} PisdRegressionRow;

/* cancel: kept by reference, looked at between blocks of points; once it says stop, what a run
 * holds is worthless. */
PisdRegression *pisd_regression_new (const PisdRegressionPlan *plan,
                                     PisdCancel *cancel,
                                     GError **error);
void pisd_regression_free (PisdRegression *run); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRegression, pisd_regression_free)

const PisdRegressionPlan *pisd_regression_get_plan (const PisdRegression *run);
guint64 pisd_regression_get_step (const PisdRegression *run);
gsize pisd_regression_get_n_parameters (const PisdRegression *run);
const double *pisd_regression_get_parameters (const PisdRegression *run);
/* From the next step on. */
void pisd_regression_set_rate (PisdRegression *run, double rate);
/* The flow has come to its end. */
gboolean pisd_regression_is_through (const PisdRegression *run);
gboolean pisd_regression_step (PisdRegression *run, GError **error);
/* whole: loss and gradient too, which take as long as a step over all points. */
void pisd_regression_measure (PisdRegression *run, gboolean whole, PisdRegressionRow *row);

G_END_DECLS
