#include "pisd-line.h"

gboolean
pisd_line_step (PisdLine *line, int i, int j)
{
  int height, width, twice;

  g_return_val_if_fail (line != NULL, FALSE);

  if (line->i == i && line->j == j)
    {
      line->under_way = FALSE;
      return FALSE;
    }
  if (!line->under_way || line->goal_i != i || line->goal_j != j)
    {
      line->under_way = TRUE;
      line->goal_i = i;
      line->goal_j = j;
      line->height = ABS (i - line->i);
      line->width = ABS (j - line->j);
      line->excess = line->width - line->height;
    }
  height = line->height;
  width = line->width;
  twice = 2 * line->excess;
  if (twice >= -height)
    {
      line->excess -= height;
      line->j += line->j < j ? 1 : -1;
    }
  if (twice <= width)
    {
      line->excess += width;
      line->i += line->i < i ? 1 : -1;
    }
  return TRUE;
}
