#include "pisd-draw-curves.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Measures at scale 1. */
static const double type_size = 11.0;
static const double row_height = 15.5;
static const double padding = 8.0;
static const double swatch = 9.0;
static const double name_width = 66.0;
static const double value_width = 66.0;
static const double distance = 12.0; /* from the line to the card */
static const double radius = 6.0;

static gboolean
is_shown (const PisdCurves *curves, guint c, guint step)
{
  return curves->present[c] && !curves->hidden[c] && !isnan (curves->values[c][step]);
}

static guint
count_rows (const PisdCurves *curves, guint step)
{
  guint n = 1; /* the step itself */

  for (guint c = 0; c < PISD_N_CURVES; c++)
    n += is_shown (curves, c, step) ? 1 : 0;
  return n;
}

static void
trace_rounded (cairo_t *cr, const PisdBox *box, double r)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, box->y + r, r, -G_PI_2, 0.0);
  cairo_arc (cr, right - r, bottom - r, r, 0.0, G_PI_2);
  cairo_arc (cr, box->x + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, box->x + r, box->y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_card (cairo_t *cr, const PisdBox *card, const PisdPalette *palette, double scale)
{
  trace_rounded (cr, card, radius * scale);
  pisd_ink_set_faded (cr, &palette->background, 0.95);
  cairo_fill_preserve (cr);
  pisd_ink_set_faded (cr, &palette->faint, 0.5);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}

static void
draw_points (cairo_t *cr,
             const PisdCurvesLayout *layout,
             const PisdPalette *palette,
             const PisdCurves *curves,
             guint step)
{
  double x = pisd_curves_layout_get_x (layout, curves, step);

  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      double value = curves->logs[c][step];

      if (!is_shown (curves, c, step) || isnan (value))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, x,
                 pisd_curves_layout_get_y (layout, pisd_curve_get_axis ((PisdCurve) c), value),
                 3.4 * layout->scale, 0.0, 2.0 * G_PI);
      pisd_ink_set (cr, &palette->background);
      cairo_set_line_width (cr, 2.0);
      cairo_stroke_preserve (cr);
      pisd_ink_set (cr, pisd_curve_get_ink ((PisdCurve) c, palette));
      cairo_fill (cr);
    }
}

static void
draw_row (cairo_t *cr,
          const PisdBox *card,
          double y,
          const PisdPalette *palette,
          const PisdCurves *curves,
          guint c,
          guint step,
          double scale)
{
  double left = card->x + padding * scale;
  double right = card->x + card->width - padding * scale;
  PisdTextStyle name = { .size = type_size * scale, .ink = &palette->text };
  PisdTextStyle number = { .size = type_size * scale, .ink = &palette->text, .align = 1.0 };
  g_autofree char *text = pisd_number_dup_markup (curves->values[c][step]);
  gboolean percent = pisd_curve_get_axis ((PisdCurve) c) == PISD_AXIS_RIGHT;
  g_autofree char *value = percent ? g_strconcat (text, "\u2009%", NULL) : g_strdup (text);

  cairo_rectangle (cr, left, y - 1.5 * scale, swatch * scale, 3.0 * scale);
  pisd_ink_set (cr, pisd_curve_get_ink ((PisdCurve) c, palette));
  cairo_fill (cr);
  pisd_draw_text (cr, left + (swatch + 6.0) * scale, y, &name,
                  pisd_curve_get_title ((PisdCurve) c));
  pisd_draw_markup (cr, right, y, &number, value);
}

static PisdBox
place_card (const PisdBox *box, const PisdCurvesLayout *layout, double x, guint n_rows)
{
  double scale = layout->scale;
  PisdBox card;

  card.width = (2.0 * padding + swatch + 6.0 + name_width + value_width) * scale;
  card.height = (n_rows * row_height + 1.5 * padding) * scale;
  card.x = x + distance * scale;
  if (card.x + card.width > box->x + box->width - 1.0)
    card.x = x - distance * scale - card.width;
  card.y = layout->plot.y + 0.5 * (layout->plot.height - card.height);
  card.y =
      CLAMP (card.y, box->y + 1.0, MAX (box->y + box->height - card.height - 1.0, box->y + 1.0));
  card.x = round (card.x) + 0.5;
  card.y = round (card.y) + 0.5;
  return card;
}

void
pisd_draw_curves_readout (cairo_t *cr,
                          const PisdBox *box,
                          const PisdCurvesLayout *layout,
                          const PisdPalette *palette,
                          const PisdCurves *curves,
                          guint step)
{
  PisdTextStyle style;
  PisdBox card;
  double scale, x, y;
  g_autofree char *title = NULL;

  g_return_if_fail (cr != NULL && box != NULL && layout != NULL && palette != NULL
                    && curves != NULL);
  g_return_if_fail (curves->known != NULL && step <= curves->n_steps);

  scale = layout->scale;
  style = (PisdTextStyle){ .size = type_size * scale, .bold = TRUE, .ink = &palette->text };
  x = pisd_curves_layout_get_x (layout, curves, step);
  card = place_card (box, layout, x, count_rows (curves, step));
  title = g_strdup_printf (_ ("step %u"), step);
  cairo_save (cr);
  cairo_set_line_width (cr, 1.0);
  pisd_ink_set_faded (cr, &palette->faint, 0.6);
  cairo_move_to (cr, floor (x) + 0.5, layout->plot.y);
  cairo_rel_line_to (cr, 0.0, layout->plot.height);
  cairo_stroke (cr);
  draw_points (cr, layout, palette, curves, step);
  draw_card (cr, &card, palette, scale);
  y = card.y + (0.75 * padding + 0.5 * row_height) * scale;
  pisd_draw_text (cr, card.x + padding * scale, y, &style, title);
  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      if (!is_shown (curves, c, step))
        continue;
      y += row_height * scale;
      draw_row (cr, &card, y, palette, curves, c, step, scale);
    }
  cairo_restore (cr);
}
