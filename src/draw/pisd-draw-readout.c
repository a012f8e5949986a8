#include "pisd-draw-card.h"
#include "pisd-draw-curves.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double card_width = 164.0; /* at scale 1 */

static void
fill_card (PisdCard *card, const PisdPalette *palette, const PisdCurves *curves, guint step)
{
  card->title = g_strdup_printf (_ ("step %u"), step);
  card->width = card_width;
  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    {
      PisdCardRow row = { .ink = pisd_curve_get_line (c, palette, 1.0).ink };
      g_autofree char *number = NULL;

      if (!pisd_curves_is_shown (curves, c, step))
        continue;
      number = pisd_number_dup_markup (curves->values[c][step]);
      row.name = pisd_curves_dup_title (curves, c);
      row.value =
          g_strconcat (number, pisd_curve_get_axis (c) == PISD_AXIS_RIGHT ? "\u2009%" : NULL, NULL);
      pisd_card_take_row (card, &row);
    }
}

static void
draw_points (cairo_t *cr,
             const PisdCurvesLayout *layout,
             const PisdPalette *palette,
             const PisdCurves *curves,
             guint step)
{
  double x = pisd_curves_layout_get_x (layout, step);

  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    {
      double value = curves->logs[c][step];
      PisdLine line = pisd_curve_get_line (c, palette, layout->scale);

      if (pisd_curves_is_shown (curves, c, step) && !isnan (value))
        pisd_draw_marker (cr, x,
                          pisd_scale_get_place (&layout->axes[pisd_curve_get_axis (c)], value),
                          3.4 * layout->scale, 2.0, palette, &line.ink);
    }
}

void
pisd_draw_curves_readout (cairo_t *cr,
                          const PisdBox *box,
                          const PisdCurvesLayout *layout,
                          const PisdPalette *palette,
                          const PisdCurves *curves,
                          guint step)
{
  const PisdBox *plot = &layout->plot;
  g_auto (PisdCard) card = { .scale = layout->scale };
  double x, y;
  PisdBox place;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && curves != NULL);
  g_return_if_fail (curves->known != NULL && step <= curves->n_steps);

  fill_card (&card, palette, curves, step);
  x = pisd_curves_layout_get_x (layout, step);
  y = plot->y + 0.5 * (plot->height - pisd_card_get_height (&card));
  place = pisd_card_place (&card, x, y, box->x + box->width - 1.0, box);
  cairo_save (cr);
  pisd_ink_set_faded (cr, &palette->faint, 0.6);
  pisd_draw_rule (cr, x, plot->y, x, plot->y + plot->height);
  draw_points (cr, layout, palette, curves, step);
  pisd_draw_card (cr, &place, palette, &card);
  cairo_restore (cr);
}
