#include "explorer-zoom.h"

/* x' = x - (x - x0) side' / side */
void
explorer_zoom_by (PisdWindow *window, double factor, double x, double y)
{
  const double side = window->side > 0.0 ? window->side : 1.0;
  const double next = CLAMP (side / factor, EXPLORER_ZOOM_LEAST, 1.0);

  *window =
      (PisdWindow){ x - (x - window->x) * next / side, y - (y - window->y) * next / side, next };
  explorer_zoom_move (window, 0.0, 0.0);
  if (next >= 1.0)
    *window = (PisdWindow){ 0 };
}

void
explorer_zoom_move (PisdWindow *window, double dx, double dy)
{
  const double room = 1.0 - window->side;

  if (window->side <= 0.0)
    return;
  window->x = CLAMP (window->x + dx, 0.0, room);
  window->y = CLAMP (window->y + dy, 0.0, room);
}

/* How far an interval that begins at `from` has to go for [low, high] to lie in it. */
static double
get_way (double from, double side, double low, double high)
{
  if (low < from)
    return low - from;
  return high > from + side ? high - from - side : 0.0;
}

void
explorer_zoom_reveal (PisdWindow *window, double x, double y, double half)
{
  explorer_zoom_move (window, get_way (window->x, window->side, x - half, x + half),
                      get_way (window->y, window->side, y - half, y + half));
}
