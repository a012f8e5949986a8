/* How a grid's loops run: line by line, a node's channels at once. */
#pragma once

#include "pisd-clones.h"
#include "pisd-grid.h"

#define PISD_VECTORS PISD_CLONES ("avx512f", "avx2", "default")

/* A line's loops, compiled into the function that calls them. */
#define PISD_LOOPS static inline __attribute__ ((always_inline)) void

/* The loops with a block that the compiler knows, of those that libraries use: a node's channels
 * then are whole vectors, and the same bits take a quarter less time. */
#define PISD_RUN_LOOPS(loops, side, block, ...) \
  G_STMT_START                                  \
  {                                             \
    if (block == 16)                            \
      loops (side, 16, __VA_ARGS__);            \
    else if (block == 8)                        \
      loops (side, 8, __VA_ARGS__);             \
    else                                        \
      loops (side, block, __VA_ARGS__);         \
  }                                             \
  G_STMT_END

/* One block of one field is a plane. */
static inline guint
pisd_grid_count_planes (const PisdGrid *grid)
{
  return grid->batch * grid->n_groups;
}

static inline gsize
pisd_grid_dense_line (const PisdGrid *grid, guint plane, guint line)
{
  return ((gsize) plane * grid->side + line) * grid->side * grid->block;
}

/* Of the first node inside the halo. */
static inline gsize
pisd_grid_padded_line (const PisdGrid *grid, guint plane, guint line)
{
  gsize padded = grid->side + 2;

  return ((plane * padded + line + 1) * padded + 1) * grid->block;
}
