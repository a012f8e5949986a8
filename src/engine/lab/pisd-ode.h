/* y' = f (t, y) by an adaptive Runge-Kutta method of order 5, step by step: SUNDIALS' ERKStep.
 *
 * A step's local error is kept below relative |y_i| + absolute in the root mean square.
 * Errors:  PISD_ERROR_UNKNOWN where the program was built without SUNDIALS, PISD_ERROR_NUMERIC
 *          where a step fails.
 * Threads: one a thread.
 * Source:  Reynolds et al. 2023 (arXiv 2205.14077) for ARKODE; the method is that of Dormand and
 *          Prince. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdOde PisdOde;

/* y, dy: [n]. */
typedef void (*PisdOdeSlope) (double t, const double *y, double *dy, gpointer data);

/* y: [n] the beginning, at t = 0 (copied). */
PisdOde *pisd_ode_new (gsize n,
                       const double *y,
                       double relative,
                       double absolute,
                       PisdOdeSlope slope,
                       gpointer data,
                       GError **error);
void pisd_ode_free (PisdOde *ode); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdOde, pisd_ode_free)

/* One step; the last one ends at `end`, which may be infinite.  t, y: overwritten. */
gboolean pisd_ode_step (PisdOde *ode, double end, double *t, double *y, GError **error);

G_END_DECLS
