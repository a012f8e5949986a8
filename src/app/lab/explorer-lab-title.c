#include "explorer-lab-title.h"

#include "pisd-draw-text.h"

#define HEIGHT 24.0
#define SIZE 13.0
#define MARGIN 8.0

PisdBox
explorer_lab_title_get_rest (const PisdBox *box, double type)
{
  const double title = HEIGHT * type;

  return (PisdBox){ box->x, box->y + title, box->width, MAX (box->height - title, 1.0) };
}

void
explorer_lab_title_draw (cairo_t *cr,
                         const PisdBox *box,
                         const PisdPalette *palette,
                         double type,
                         const char *title)
{
  const PisdTextStyle style = {
    .size = SIZE * type,
    .bold = TRUE,
    .ink = &palette->text,
    .max_width = box->width - 2.0 * MARGIN,
  };

  pisd_draw_fitted_text (cr, box->x + MARGIN, box->y + 0.5 * HEIGHT * type, &style, 0.7, title);
}
