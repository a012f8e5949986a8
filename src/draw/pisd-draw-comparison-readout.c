/* Every method's step and error at one place of a comparison's plot. */
#include "pisd-draw-card.h"
#include "pisd-draw-comparison-plot.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double card_width = 218.0; /* at scale 1 */

/* One method in the read-out; step -1: a level, which has none. */
typedef struct
{
  const PisdComparisonColumn *column;
  int step;
  double error;
} Row;

/* FALSE where the method has nothing to say there. */
static gboolean
row_init (Row *row,
          const PisdComparisonLayout *layout,
          const PisdComparisonColumn *column,
          double x)
{
  *row = (Row){ column, -1, column->level };
  if (column->ink < 0)
    return FALSE;
  if (pisd_comparison_column_has_curve (column))
    {
      row->step = pisd_comparison_layout_find_step (layout, column, x);
      row->error =
          row->step < 0 ? NAN : pisd_comparison_column_get_error (column, (guint) row->step);
    }
  return isfinite (row->error);
}

static void
add_to_card (PisdCard *card, const PisdPalette *palette, const Row *row)
{
  PisdCardRow line = { .ink = *pisd_comparison_get_ink (palette, row->column),
                       .name = g_strdup (row->column->title),
                       .value = pisd_comparison_dup_percent (row->error) };

  if (row->step >= 0)
    line.detail = g_strdup_printf (_ ("step %u"), (guint) row->step);
  pisd_card_take_row (card, &line);
}

static void
draw_row_dot (cairo_t *cr,
              const PisdComparisonLayout *layout,
              const PisdPalette *palette,
              const Row *row)
{
  double y = pisd_comparison_layout_get_y (layout, row->error);

  if (row->step >= 0 && !isnan (y))
    pisd_draw_comparison_dot (cr, layout, palette, row->column,
                              pisd_comparison_layout_get_x (layout, row->column, (guint) row->step),
                              y);
}

void
pisd_draw_comparison_readout (cairo_t *cr,
                              const PisdComparisonLayout *layout,
                              const PisdPalette *palette,
                              const PisdComparison *comparison,
                              double x)
{
  const PisdBox *plot = &layout->plot;
  Row rows[PISD_COMPARISON_MOST];
  g_auto (PisdCard) card = { .scale = layout->scale, .width = card_width };
  PisdBox place;
  guint n = 0;

  g_return_if_fail (cr != NULL && palette != NULL && comparison != NULL);

  for (guint c = 0; c < comparison->n_columns; c++)
    n += row_init (&rows[n], layout, &comparison->columns[c], x) ? 1 : 0;
  if (n == 0)
    return;
  for (guint k = 0; k < n; k++)
    add_to_card (&card, palette, &rows[k]);
  place = pisd_card_place (&card, x, plot->y + 6.0 * layout->scale, plot->x + plot->width,
                           &layout->area);
  cairo_save (cr);
  pisd_ink_set_faded (cr, &palette->faint, 0.7);
  pisd_draw_rule (cr, x, plot->y, x, plot->y + plot->height);
  for (guint k = 0; k < n; k++)
    draw_row_dot (cr, layout, palette, &rows[k]);
  pisd_draw_card (cr, &place, palette, &card);
  cairo_restore (cr);
}
