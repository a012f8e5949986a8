#include <string.h>

#include "pisd-grid-private.h"

void
pisd_grid_init (PisdGrid *grid, guint batch, guint n_channels, guint block, guint side)
{
  grid->batch = batch;
  grid->n_channels = n_channels;
  grid->n_groups = (n_channels + block - 1) / block;
  grid->block = block;
  grid->side = side;
}

gsize
pisd_grid_get_n_channels (const PisdGrid *grid)
{
  return (gsize) grid->batch * grid->n_groups * grid->block;
}

gsize
pisd_grid_get_n (const PisdGrid *grid)
{
  return pisd_grid_get_n_channels (grid) * grid->side * grid->side;
}

gsize
pisd_grid_get_n_padded (const PisdGrid *grid)
{
  return pisd_grid_get_n_channels (grid) * (grid->side + 2) * (grid->side + 2);
}

/* Where node 0 of a channel of a field lies in a dense array. */
static gsize
find_channel (const PisdGrid *grid, guint field, guint channel)
{
  return pisd_grid_dense_line (grid, field * grid->n_groups + channel / grid->block, 0)
         + channel % grid->block;
}

void
pisd_grid_pack (const PisdGrid *grid, const float *x, float *dense)
{
  gsize n_nodes = (gsize) grid->side * grid->side;

  for (guint b = 0; b < grid->batch; b++)
    for (guint c = 0; c < grid->n_channels; c++, x += n_nodes)
      {
        float *to = dense + find_channel (grid, b, c);

        for (gsize i = 0; i < n_nodes; i++)
          to[i * grid->block] = x[i];
      }
}

void
pisd_grid_unpack (const PisdGrid *grid, const float *dense, const float *bias, float *x)
{
  gsize n_nodes = (gsize) grid->side * grid->side;

  for (guint b = 0; b < grid->batch; b++)
    for (guint c = 0; c < grid->n_channels; c++, x += n_nodes)
      {
        const float *from = dense + find_channel (grid, b, c);
        float added = bias != NULL ? bias[c] : 0.0f;

        for (gsize i = 0; i < n_nodes; i++)
          x[i] = from[i * grid->block] + added;
      }
}

void
pisd_grid_pad (const PisdGrid *grid, const float *dense, float *padded)
{
  gsize n = (gsize) grid->side * grid->block;

  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      memcpy (padded + pisd_grid_padded_line (grid, p, i),
              dense + pisd_grid_dense_line (grid, p, i), n * sizeof (float));
}

void
pisd_grid_wrap (const PisdGrid *grid, float *padded)
{
  gsize node = grid->block, line = (grid->side + 2) * node, last = grid->side * node;

  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    {
      float *plane = padded + p * (grid->side + 2) * line;

      for (guint i = 1; i <= grid->side; i++)
        {
          float *at = plane + i * line;

          memcpy (at, at + last, node * sizeof (float));
          memcpy (at + last + node, at + node, node * sizeof (float));
        }
      memcpy (plane, plane + grid->side * line, line * sizeof (float));
      memcpy (plane + (grid->side + 1) * line, plane + line, line * sizeof (float));
    }
}

/* y += x + bias */
PISD_LOOPS
add_nodes (guint side,
           guint block,
           const float *restrict x,
           const float *restrict bias,
           float *restrict y)
{
  for (guint j = 0; j < side; j++, x += block, y += block)
    for (guint c = 0; c < block; c++)
      y[c] += x[c] + bias[c];
}

PISD_VECTORS static void
add_line (guint side,
          guint block,
          const float *restrict x,
          const float *restrict bias,
          float *restrict y)
{
  PISD_RUN_LOOPS (add_nodes, side, block, x, bias, y);
}

void
pisd_grid_add (const PisdGrid *grid, const float *x, const float *bias, float *y)
{
  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      {
        gsize at = pisd_grid_dense_line (grid, p, i);

        add_line (grid->side, grid->block, x + at, bias + (gsize) p * grid->block, y + at);
      }
}

void
pisd_grid_add_bias (const PisdGrid *grid, const float *bias, float *y)
{
  gsize n_nodes = (gsize) grid->side * grid->side;

  for (guint p = 0; p < pisd_grid_count_planes (grid); p++, bias += grid->block)
    for (gsize i = 0; i < n_nodes; i++, y += grid->block)
      for (guint c = 0; c < grid->block; c++)
        y[c] += bias[c];
}

/* sum += v */
PISD_LOOPS
sum_nodes (guint side, guint block, const float *restrict v, float *restrict sum)
{
  for (guint j = 0; j < side; j++, v += block)
    for (guint c = 0; c < block; c++)
      sum[c] += v[c];
}

PISD_VECTORS static void
sum_line (guint side, guint block, const float *restrict v, float *restrict sum)
{
  PISD_RUN_LOOPS (sum_nodes, side, block, v, sum);
}

void
pisd_grid_add_sums (const PisdGrid *grid, const float *v, float *sums)
{
  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      sum_line (grid->side, grid->block, v + pisd_grid_dense_line (grid, p, i),
                sums + (gsize) (p % grid->n_groups) * grid->block);
}

/* A coarse node: factor times the sum of its four fine ones, two of either line. */
PISD_LOOPS
gather_nodes (guint side,
              guint block,
              float factor,
              const float *restrict upper,
              const float *restrict lower,
              float *restrict to)
{
  for (guint j = 0; j < side; j++, upper += 2 * block, lower += 2 * block, to += block)
    for (guint c = 0; c < block; c++)
      to[c] = factor * (upper[c] + upper[block + c] + lower[c] + lower[block + c]);
}

PISD_VECTORS static void
gather_line (guint side,
             guint block,
             float factor,
             const float *restrict upper,
             const float *restrict lower,
             float *restrict to)
{
  PISD_RUN_LOOPS (gather_nodes, side, block, factor, upper, lower, to);
}

void
pisd_grid_gather (const PisdGrid *coarse, float factor, const float *fine, float *result)
{
  guint block = coarse->block, wide = 2 * coarse->side;

  for (gsize line = 0; line < (gsize) pisd_grid_count_planes (coarse) * coarse->side; line++)
    {
      const float *upper = fine + 2 * line * wide * block;

      gather_line (coarse->side, block, factor, upper, upper + wide * block,
                   result + line * coarse->side * block);
    }
}

/* To a line of the fine grid from one of the coarse one. */
PISD_LOOPS
spread_nodes (guint side, guint block, float factor, const float *restrict from, float *restrict to)
{
  for (guint j = 0; j < side; j++, from += block, to += 2 * block)
    for (guint c = 0; c < block; c++)
      {
        to[c] += factor * from[c];
        to[block + c] += factor * from[c];
      }
}

PISD_VECTORS static void
spread_line (guint side, guint block, float factor, const float *restrict from, float *restrict to)
{
  PISD_RUN_LOOPS (spread_nodes, side, block, factor, from, to);
}

void
pisd_grid_spread (const PisdGrid *coarse, float factor, const float *from, float *fine)
{
  guint block = coarse->block, wide = 2 * coarse->side;

  for (gsize line = 0; line < (gsize) pisd_grid_count_planes (coarse) * coarse->side; line++)
    for (guint half = 0; half < 2; half++)
      spread_line (coarse->side, block, factor, from + line * coarse->side * block,
                   fine + (2 * line + half) * wide * block);
}
