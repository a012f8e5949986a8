/* Loops of the activations, compiled with the vector mathematics of the C library.
 *
 * Compiled apart with -ffast-math, which is what makes the compiler call vectors of exp, erf and
 * tanh; they err by 4 units of the last place at most.  Nothing here compares with NaN.
 * Shapes:  x, y = f (x), slope = f' (x): [n]; y may be x, slope may be NULL. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void pisd_activation_kernel_logistic (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_tanh (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_softplus (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_gelu (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_swish (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_elu (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_relu (gsize n, const double *x, double *y, double *slope);
void pisd_activation_kernel_identity (gsize n, const double *x, double *y, double *slope);

G_END_DECLS
