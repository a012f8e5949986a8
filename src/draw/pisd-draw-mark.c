#include "pisd-draw-mark.h"

#include "pisd-draw-text.h"

static const double veil = 0.55;
static const double ground = 0.85; /* of the band */
/* Measures at scale 1. */
static const double type_size = 11.5;
static const double padding = 4.0;

static void
fill (cairo_t *cr, const PisdBox *box, double height, const PisdInk *ink, double factor)
{
  cairo_rectangle (cr, box->x, box->y, box->width, height);
  pisd_ink_set_faded (cr, ink, factor);
  cairo_fill (cr);
}

void
pisd_draw_veil (cairo_t *cr, const PisdBox *heat, const PisdPalette *palette)
{
  g_return_if_fail (cr != NULL && heat != NULL && palette != NULL);

  fill (cr, heat, heat->height, &palette->background, veil);
}

void
pisd_draw_mark (cairo_t *cr,
                const PisdBox *heat,
                double scale,
                const PisdPalette *palette,
                const char *words)
{
  const double space = padding * scale;
  PisdTextStyle style;
  double height;

  g_return_if_fail (cr != NULL && heat != NULL && palette != NULL && words != NULL);

  style = (PisdTextStyle){ .size = type_size * scale,
                           .bold = TRUE,
                           .ink = &palette->background,
                           .align = 0.5,
                           .max_width = MAX (heat->width - 2.0 * space, 1.0) };
  height = pisd_draw_paragraph (NULL, 0.0, 0.0, &style, words);
  cairo_save (cr);
  fill (cr, heat, MIN (height + 2.0 * space, heat->height), &palette->text, ground);
  pisd_draw_paragraph (cr, heat->x + space, heat->y + space, &style, words);
  cairo_restore (cr);
}
