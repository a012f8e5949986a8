#include "explorer-packing.h"

#include <math.h>

/* Lines and columns of an arrangement, and what they take beside the pictures. */
typedef struct
{
  guint lines, columns;   /* of a block */
  guint n_down, n_across; /* of all blocks */
  double line, bars;      /* what a line takes below its pictures' width; the bars' of a block */
  gboolean bar_after[EXPLORER_PACKING_MOST]; /* a bar stands after the column */
} Frame;

/* Whether a bar ends at a pane: the next one has its own, or stands on the next line. */
static gboolean
ends_bar (const ExplorerPackingRoom *room, guint n_columns, guint pane)
{
  return pane + 1 == room->n_panes || (pane + 1) % n_columns == 0 || !room->shares[pane + 1];
}

static Frame
get_frame (const ExplorerPackingRoom *room, guint n_columns, gboolean beside, gboolean below)
{
  Frame frame = { .lines = (room->n_panes + n_columns - 1) / n_columns, .columns = n_columns };

  frame.n_down = frame.lines * (beside ? 1 : room->n_blocks);
  frame.n_across = frame.columns * (beside ? room->n_blocks : 1);
  frame.line = room->title + (below ? room->bar_height : 0);
  for (guint k = 0; k < room->n_panes && !below; k++)
    {
      const guint column = k % n_columns;

      if (!ends_bar (room, n_columns, k) || frame.bar_after[column])
        continue;
      frame.bar_after[column] = TRUE;
      frame.bars += room->bar_width;
    }
  return frame;
}

/* side = min ((W - bars - gaps) / columns, (H - lines (title + bar) - gaps) / lines) */
static double
get_side (const ExplorerPackingRoom *room, const Frame *frame)
{
  const double blocks_across = (double) frame->n_across / frame->columns;
  const double width =
      room->width - blocks_across * frame->bars - (frame->n_across - 1) * room->gap;
  const double height =
      room->height - frame->n_down * frame->line - (frame->n_down - 1) * room->gap;

  return fmin (width / frame->n_across, height / frame->n_down);
}

double
explorer_packing_get_side (const ExplorerPackingRoom *room,
                           guint n_columns,
                           gboolean beside,
                           gboolean below)
{
  Frame frame;

  g_return_val_if_fail (room != NULL && n_columns > 0 && n_columns <= room->n_panes, 0);
  frame = get_frame (room, n_columns, beside, below);
  return floor (get_side (room, &frame));
}

ExplorerPacking
explorer_packing_choose (const ExplorerPackingRoom *room)
{
  ExplorerPacking best = { 1, FALSE, FALSE, -HUGE_VAL };

  g_return_val_if_fail (room != NULL && room->n_blocks > 0, best);
  g_return_val_if_fail (room->n_panes > 0 && room->n_panes <= EXPLORER_PACKING_MOST, best);
  for (guint n = room->n_panes; n > 0; n--)
    for (guint way = 0; way < 4; way++)
      {
        const gboolean beside = way / 2 == 1, below = way % 2 == 1;
        const double side = explorer_packing_get_side (room, n, beside, below);

        if (side > best.side)
          best = (ExplorerPacking){ n, beside, below, side };
      }
  return best;
}

/* Where a column's picture begins; `spare`: what lies free before, between and after columns. */
static double
get_x (const ExplorerPackingRoom *room,
       const Frame *frame,
       const ExplorerPacking *packing,
       guint across,
       double spare)
{
  double x = spare + across * (packing->side + room->gap + spare);

  for (guint k = 0; k < across; k++)
    if (frame->bar_after[k % frame->columns])
      x += room->bar_width;
  return round (x);
}

/* The bar of the panes `first` .. `last`, beside the last picture or below all of them. */
static ExplorerPackingBox
get_bar (const ExplorerPackingRoom *room,
         const ExplorerPacking *packing,
         const ExplorerPackingBox *first,
         const ExplorerPackingBox *last)
{
  if (packing->below)
    return (ExplorerPackingBox){ first->x, last->y + last->height, last->x + last->width - first->x,
                                 room->bar_height };
  return (ExplorerPackingBox){ last->x + last->width, last->y + room->title, room->bar_width,
                               packing->side };
}

static void
place_block (const ExplorerPackingRoom *room,
             const ExplorerPacking *packing,
             const Frame *frame,
             guint block,
             ExplorerPackingPlace *places)
{
  const double room_x = room->width - get_x (room, frame, packing, frame->n_across, 0) + room->gap;
  const double line = frame->line + packing->side + room->gap;
  const double room_y = room->height - frame->n_down * line + room->gap;
  const double spare_x = fmax (0, room_x) / (frame->n_across + 1);
  const double spare_y = fmax (0, room_y) / (frame->n_down + 1);
  guint first = 0;

  for (guint k = 0; k < room->n_panes; k++)
    {
      const guint across = k % frame->columns + (packing->beside ? block * frame->columns : 0);
      const guint down = k / frame->columns + (packing->beside ? 0 : block * frame->lines);
      ExplorerPackingPlace *place = &places[k];

      place->pane = (ExplorerPackingBox){ get_x (room, frame, packing, across, spare_x),
                                          round (spare_y + down * (line + spare_y)), packing->side,
                                          room->title + packing->side };
      place->first = first;
      place->has_bar = ends_bar (room, frame->columns, k);
      if (!place->has_bar)
        continue;
      place->bar = get_bar (room, packing, &places[first].pane, &place->pane);
      first = k + 1;
    }
}

void
explorer_packing_place (const ExplorerPackingRoom *room,
                        const ExplorerPacking *packing,
                        ExplorerPackingPlace *places)
{
  Frame frame;

  g_return_if_fail (room != NULL && packing != NULL && places != NULL);
  frame = get_frame (room, packing->n_columns, packing->beside, packing->below);
  for (guint block = 0; block < room->n_blocks; block++)
    place_block (room, packing, &frame, block, &places[block * room->n_panes]);
}
