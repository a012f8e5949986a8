/* Numbers by their size, and what lies in their middle.
 *
 * Shapes:  values [n], sorted in place; none is NaN.
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void pisd_sort (gsize n, double *values);
/* The value in the middle, or half way between the two there; n > 0. */
double pisd_sort_median (gsize n, double *values);

G_END_DECLS
