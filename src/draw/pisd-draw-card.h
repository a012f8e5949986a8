/* A card of numbers beside a place that is pointed at: a swatch, a name and a value a row. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

#define PISD_CARD_MOST 12 /* rows */

typedef struct
{
  PisdInk ink;  /* of the swatch */
  char *name;   /* owned */
  char *detail; /* owned; faint, before the value; NULL: none */
  char *value;  /* owned; markup */
} PisdCardRow;

typedef struct
{
  char *title; /* owned; a bold line above the rows, whose values are plain then; NULL: none */
  double scale;
  double width; /* at scale 1 */
  guint n_rows;
  PisdCardRow rows[PISD_CARD_MOST];
} PisdCard;

/* Takes the row's texts over; a row too many is left out. */
void pisd_card_take_row (PisdCard *card, const PisdCardRow *row);
void pisd_card_clear (PisdCard *card);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdCard, pisd_card_clear)

/* Height at the card's own scale. */
double pisd_card_get_height (const PisdCard *card);
/* To the right of x with its top at y; to the left where it would reach beyond `right`; always
 * within `bounds` where it fits into them. */
PisdBox pisd_card_place (const PisdCard *card,
                         double x,
                         double y,
                         double right,
                         const PisdBox *bounds);
void pisd_draw_card (cairo_t *cr,
                     const PisdBox *box,
                     const PisdPalette *palette,
                     const PisdCard *card);

G_END_DECLS
