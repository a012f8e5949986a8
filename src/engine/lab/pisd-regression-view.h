/* Where a network's function is looked at: on a line of points, or on a grid where it has two
 * variables.
 *
 * With one variable the line is [-1, 1]; with three or more it is the diagonal x1 = x2 = ...
 * Shapes:  values [n]; of a grid row-major [y, x] with y = x2 growing downwards.
 * Threads: one a thread. */
#pragma once

#include "pisd-regression-plan.h"

G_BEGIN_DECLS

typedef struct _PisdRegressionView PisdRegressionView;

PisdRegressionView *pisd_regression_view_new (const PisdRegressionPlan *plan);
void pisd_regression_view_free (PisdRegressionView *view); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRegressionView, pisd_regression_view_free)

gboolean pisd_regression_view_is_grid (const PisdRegressionView *view);
/* Points; of a grid its side squared. */
guint pisd_regression_view_get_n (const PisdRegressionView *view);
guint pisd_regression_view_get_side (const PisdRegressionView *view);
/* Where the points of a line lie, in [-1, 1]; of a grid those of a row. */
const double *pisd_regression_view_get_places (const PisdRegressionView *view);
const double *pisd_regression_view_get_target (const PisdRegressionView *view);
void pisd_regression_view_evaluate (PisdRegressionView *view,
                                    PisdActivation activation,
                                    const double *parameters,
                                    double *values);

G_END_DECLS
