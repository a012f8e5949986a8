/* How the pictures of all fields share a rectangle: each field is a block of panes, a pane is a
 * title above a square picture, and panes that follow each other may share one colour bar.
 *
 * The arrangement is the one with the largest pictures: how many panes of a block stand side by
 * side, whether the blocks do, and whether the bars stand beside the pictures or below them.
 * Units: pixels.
 * Threads: any; it computes and keeps nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EXPLORER_PACKING_MOST 8 /* panes of a block */

/* What there is to arrange, and the room for it. */
typedef struct
{
  double width, height;
  guint n_blocks;
  guint n_panes;                          /* of every block */
  gboolean shares[EXPLORER_PACKING_MOST]; /* the pane shares the bar of the one before it */
  double title;                           /* height, above every picture */
  double bar_width, bar_height;           /* beside and below the pictures */
  double gap;                             /* between any two */
} ExplorerPackingRoom;

typedef struct
{
  guint n_columns; /* panes of a block side by side */
  gboolean beside; /* blocks stand side by side, not below each other */
  gboolean below;  /* bars stand below the pictures, not to the right of them */
  double side;     /* of a picture; below 1 where there is no room */
} ExplorerPacking;

typedef struct
{
  double x, y, width, height;
} ExplorerPackingBox;

/* Where one pane is. */
typedef struct
{
  ExplorerPackingBox pane; /* title and picture */
  ExplorerPackingBox bar;  /* of the panes `first` .. this one; where has_bar */
  gboolean has_bar;        /* this is the last of those who share it, on its line */
  guint first;
} ExplorerPackingPlace;

/* The arrangement with the largest pictures; of several, the plainest. */
ExplorerPacking explorer_packing_choose (const ExplorerPackingRoom *room);
/* The side of a picture in an arrangement of that many columns. */
double explorer_packing_get_side (const ExplorerPackingRoom *room,
                                  guint n_columns,
                                  gboolean beside,
                                  gboolean below);
/* Places of the panes, block by block; what is left over lies between them in equal parts.
 *
 * Shapes: places [n_blocks * n_panes]. */
void explorer_packing_place (const ExplorerPackingRoom *room,
                             const ExplorerPacking *packing,
                             ExplorerPackingPlace *places);

G_END_DECLS
