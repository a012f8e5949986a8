#include "pisd-draw-card.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures at scale 1. */
static const double type_size = 11.25;
static const double row_height = 16.5;
static const double padding = 8.5;
static const double radius = 6.0;
static const double swatch_width = 10.0;
static const double swatch_height = 3.5;
static const double swatch_gap = 6.0;
static const double value_width = 56.0; /* kept free where a row has a detail */
static const double distance = 13.0;    /* from the place that is pointed at */

static void
free_row (const PisdCardRow *row)
{
  g_free (row->name);
  g_free (row->detail);
  g_free (row->value);
}

void
pisd_card_take_row (PisdCard *card, const PisdCardRow *row)
{
  g_return_if_fail (card != NULL && row != NULL);

  if (card->n_rows < PISD_CARD_MOST)
    {
      card->rows[card->n_rows++] = *row;
      return;
    }
  free_row (row);
}

void
pisd_card_clear (PisdCard *card)
{
  for (guint k = 0; k < card->n_rows; k++)
    free_row (&card->rows[k]);
  g_free (card->title);
  *card = (PisdCard){ 0 };
}

double
pisd_card_get_height (const PisdCard *card)
{
  guint n_lines = card->n_rows + (card->title != NULL ? 1 : 0);

  return (n_lines * row_height + 1.5 * padding) * card->scale;
}

PisdBox
pisd_card_place (const PisdCard *card, double x, double y, double right, const PisdBox *bounds)
{
  double gap = distance * card->scale;
  PisdBox box = { x + gap, y, card->width * card->scale, pisd_card_get_height (card) };

  if (box.x + box.width > right)
    box.x = x - gap - box.width;
  box.x = MAX (box.x, bounds->x);
  box.y = MAX (MIN (box.y, bounds->y + bounds->height - box.height - 1.0), bounds->y);
  box.x = round (box.x) + 0.5;
  box.y = round (box.y) + 0.5;
  return box;
}

static void
trace_rounded (cairo_t *cr, const PisdBox *box, double r)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;

  cairo_new_path (cr);
  cairo_arc (cr, right - r, box->y + r, r, -G_PI_2, 0.0);
  cairo_arc (cr, right - r, bottom - r, r, 0.0, G_PI_2);
  cairo_arc (cr, box->x + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, box->x + r, box->y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_ground (cairo_t *cr, const PisdBox *box, const PisdPalette *palette, double scale)
{
  trace_rounded (cr, box, radius * scale);
  pisd_ink_set_faded (cr, &palette->background, 0.95);
  cairo_fill_preserve (cr);
  pisd_ink_set_faded (cr, &palette->faint, 0.5);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}

static void
draw_row (cairo_t *cr,
          const PisdBox *box,
          double y,
          const PisdPalette *palette,
          const PisdCard *card,
          const PisdCardRow *row)
{
  double s = card->scale;
  double left = box->x + padding * s;
  double right = box->x + box->width - padding * s;
  PisdTextStyle name = { .size = type_size * s, .ink = &palette->text };
  PisdTextStyle detail = { .size = type_size * s, .ink = &palette->faint, .align = 1.0 };
  PisdTextStyle value = {
    .size = type_size * s, .bold = card->title == NULL, .ink = &palette->text, .align = 1.0
  };

  cairo_rectangle (cr, left, y - 0.5 * swatch_height * s, swatch_width * s, swatch_height * s);
  pisd_ink_set (cr, &row->ink);
  cairo_fill (cr);
  pisd_draw_text (cr, left + (swatch_width + swatch_gap) * s, y, &name, row->name);
  if (row->detail != NULL)
    pisd_draw_text (cr, right - value_width * s, y, &detail, row->detail);
  pisd_draw_markup (cr, right, y, &value, row->value);
}

void
pisd_draw_card (cairo_t *cr, const PisdBox *box, const PisdPalette *palette, const PisdCard *card)
{
  PisdTextStyle title;
  double s, y;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && card != NULL);

  s = card->scale;
  title = (PisdTextStyle){ .size = type_size * s, .bold = TRUE, .ink = &palette->text };
  y = box->y + (0.75 * padding + 0.5 * row_height) * s;
  cairo_save (cr);
  draw_ground (cr, box, palette, s);
  if (card->title != NULL)
    {
      pisd_draw_text (cr, box->x + padding * s, y, &title, card->title);
      y += row_height * s;
    }
  for (guint k = 0; k < card->n_rows; k++)
    draw_row (cr, box, y + k * row_height * s, palette, card, &card->rows[k]);
  cairo_restore (cr);
}
