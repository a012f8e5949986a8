/* The sums of a dense layer over a tile of points, vectorised over the points.
 *
 * Shapes:  a tile of values is [width, PISD_TILE_BLOCK], one row a unit; n points are used, a
 *          multiple of PISD_TILE_LANES.
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_TILE_BLOCK 128 /* points of a tile */
#define PISD_TILE_LANES 16  /* points that go together */

/* y_o = b_o + sum over i of W [o * stride_out + i * stride_in] x_i; bias NULL: zero. */
void pisd_perceptron_kernel_sum (gsize n,
                                 guint n_out,
                                 guint n_in,
                                 const double *weight,
                                 gsize stride_out,
                                 gsize stride_in,
                                 const double *bias,
                                 const double *x,
                                 double *y);
/* W [o, i] += sum over points of d_o x_i, b [o] += that of d_o.  W [n_out, n_in], b [n_out]. */
void pisd_perceptron_kernel_correlate (gsize n,
                                       guint n_out,
                                       guint n_in,
                                       const double *d,
                                       const double *x,
                                       double *weight,
                                       double *bias);
/* v_i *= s_i for all values of `width` units. */
void pisd_perceptron_kernel_scale (gsize n, guint width, const double *s, double *v);

G_END_DECLS
