/* What a network does node by node, in the layout that its convolutions want.
 *
 *   silu (p) = p / (1 + exp (-p)),   p = scale x + shift
 *
 * Channels lie in blocks, the channels of a block side by side at every node.  A padded array has
 * one more node all round, a halo that says what lies beyond the edges.
 *
 * Shapes:  dense [batch, n_groups, side, side, block], padded the same with side + 2, one number a
 *          channel [batch, n_groups, block].
 * Threads: no state; any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint batch, n_channels; /* n_channels: without what fills the last block */
  guint n_groups, block, side;
} PisdGrid;

void pisd_grid_init (PisdGrid *grid, guint batch, guint n_channels, guint block, guint side);
/* Numbers of a dense and a padded array, and of one number a channel. */
gsize pisd_grid_get_n (const PisdGrid *grid);
gsize pisd_grid_get_n_padded (const PisdGrid *grid);
gsize pisd_grid_get_n_channels (const PisdGrid *grid);

/* From [batch, n_channels, side, side], and back; unpacking adds a bias a channel ([n_channels] or
 * NULL). */
void pisd_grid_pack (const PisdGrid *grid, const float *x, float *dense);
void pisd_grid_unpack (const PisdGrid *grid, const float *dense, const float *bias, float *x);

/* Dense into padded; the halo stays as it is. */
void pisd_grid_pad (const PisdGrid *grid, const float *dense, float *padded);
/* The halo of a field whose edges meet. */
void pisd_grid_wrap (const PisdGrid *grid, float *padded);

/* y = silu (scale x + shift); y padded, its halo as it is. */
void pisd_grid_activate (const PisdGrid *grid,
                         const float *x,
                         const float *scale,
                         const float *shift,
                         float *y);
/* Its tangent: dy = scale silu' (scale x + shift) dx; dy padded. */
void pisd_grid_activate_jvp (const PisdGrid *grid,
                             const float *x,
                             const float *scale,
                             const float *shift,
                             const float *dx,
                             float *dy);
/* Its transpose: v becomes scale silu' (scale x + shift) v; dense.  gscale and gshift, unless NULL,
 * become the sums of silu' v x and silu' v over the nodes. */
void pisd_grid_activate_vjp (const PisdGrid *grid,
                             const float *x,
                             const float *scale,
                             const float *shift,
                             float *v,
                             float *gscale,
                             float *gshift);

/* y += x + bias; dense. */
void pisd_grid_add (const PisdGrid *grid, const float *x, const float *bias, float *y);
/* y += bias; dense. */
void pisd_grid_add_bias (const PisdGrid *grid, const float *bias, float *y);
/* sums += those of v over nodes and batch.  sums: [n_groups, block]. */
void pisd_grid_add_sums (const PisdGrid *grid, const float *v, float *sums);

/* result = factor times the sum of 2 x 2 nodes of the grid that is twice as fine; dense. */
void pisd_grid_gather (const PisdGrid *coarse, float factor, const float *fine, float *result);
/* Its transpose: to each of the four nodes factor times the coarse one is added. */
void pisd_grid_spread (const PisdGrid *coarse, float factor, const float *from, float *fine);

G_END_DECLS
