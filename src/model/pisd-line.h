/* A line over grid nodes, walked one node at a time: what a stroke paints between two motion
 * events. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int i, j; /* where the walk is */

  /*< private >*/
  int goal_i, goal_j; /* of the line that the rest belongs to */
  int height, width;  /* nodes from its beginning to its goal */
  int excess;
  gboolean under_way;
} PisdLine;

/* Moves to the next node, one of the eight neighbours, of the line to (i, j): FALSE, nothing moved,
 * when it is there.  A new goal begins a new line where the walk is.  Source: Bresenham (1965). */
gboolean pisd_line_step (PisdLine *line, int i, int j);

G_END_DECLS
