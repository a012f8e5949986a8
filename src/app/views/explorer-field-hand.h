/* Pointer and keyboard on one field: cross-hair, brush, strokes; what the person does becomes
 * signals of the view.
 *
 * Left drag paints, right drag erases, as does the left one while erasing; Shift and the left one
 * draw the line that a profile is taken along.  With focus: arrows
 * move the cross-hair (Shift: by 8), Enter toggles one sensor there.
 * Units: nodes as (row i, column j); (-1, -1) is none. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-field-picture.h"
#include "pisd-line.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *view;                     /* borrowed: it holds the hand */
  const ExplorerFieldPicture *picture; /* borrowed: what the hand is on */
  gboolean editable;                   /* strokes are accepted */
  gboolean erasing;
  int radius;               /* of the brush, in nodes */
  int cross_i, cross_j;     /* the cross-hair */
  gboolean by_keys;         /* it was moved by keys last */
  int pointer_i, pointer_j; /* node under the pointer */
  gboolean stroking;
  gboolean stroke_erases;
  gboolean measuring;       /* a line is drawn, ... */
  int measure_i, measure_j; /* ... from that node on */
  PisdLine line;            /* where the stroke is; may lie outside the grid */
} ExplorerFieldHand;

/* Gives the view its controllers; it must have the signals of ExplorerFieldView. */
void explorer_field_hand_init (ExplorerFieldHand *hand,
                               GtkWidget *view,
                               const ExplorerFieldPicture *picture);
void explorer_field_hand_end_stroke (ExplorerFieldHand *hand);
/* Does not emit "hover". */
void explorer_field_hand_set_crosshair (ExplorerFieldHand *hand, int i, int j);
/* Cross-hair with read-out, or brush, and the focus. */
void explorer_field_hand_draw (const ExplorerFieldHand *hand,
                               cairo_t *cr,
                               const PisdPanelLayout *layout);

G_END_DECLS
