#include "pisd-draw-panel.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures at scale 1. */
static const double type_size = 10.0;
static const double label_room = 34.0; /* along an axis, from one number to the next */
static const double inset = 8.0;       /* of the numbers, from the edge */
static const double tick_length = 4.0;
static const double grip_radius = 6.5;

static const PisdInk white = { 1.0, 1.0, 1.0, 1.0 };
static const PisdInk dark = { 0.05, 0.06, 0.08, 1.0 };

/* White with a dark rim, so that it is read on any colour. */
static void
draw_label (cairo_t *cr, double x, double y, double align, double scale, const char *text)
{
  PisdTextStyle style = { .size = type_size * scale, .bold = TRUE, .ink = &dark, .align = align };
  const double offset = 0.9 * scale;

  for (int di = -1; di <= 1; di++)
    for (int dj = -1; dj <= 1; dj++)
      if (di != 0 || dj != 0)
        pisd_draw_text (cr, x + dj * offset, y + di * offset, &style, text);
  style.ink = &white;
  pisd_draw_text (cr, x, y, &style, text);
}

static void
stroke_visibly (cairo_t *cr, double scale)
{
  pisd_ink_set (cr, &dark);
  cairo_set_line_width (cr, 2.6 * scale);
  cairo_stroke_preserve (cr);
  pisd_ink_set (cr, &white);
  cairo_set_line_width (cr, 1.2 * scale);
  cairo_stroke (cr);
}

/* Wave numbers from one label to the next: 1, 2 or 5 times a power of ten. */
static guint
choose_spacing (double pixels_a_wave, double scale)
{
  static const guint spacings[] = { 1, 2, 5, 10, 20, 50 };

  for (guint k = 0; k < G_N_ELEMENTS (spacings); k++)
    if (spacings[k] * pixels_a_wave >= label_room * scale)
      return spacings[k];
  return 100;
}

/* The middle of the first mode with that wave number, along an axis; NaN where there is none. */
static double
find_place (PisdBasis basis, guint n, guint wave, double from, double length)
{
  for (guint k = 0; k < n; k++)
    if (pisd_basis_get_wave_number (basis, k) == wave)
      return from + (k + 0.5) / n * length;
  return NAN;
}

static void
draw_axis (cairo_t *cr,
           const PisdBox *heat,
           const PisdBox *whole,
           double scale,
           PisdBasis basis,
           guint n,
           gboolean across)
{
  const double from = across ? whole->x : whole->y, length = across ? whole->width : whole->height;
  const double low = across ? heat->x : heat->y, high = low + (across ? heat->width : heat->height);
  const guint last = pisd_basis_get_wave_number (basis, n - 1);
  const guint step = choose_spacing (length / MAX (last, 1), scale);

  for (guint wave = step; wave <= last; wave += step)
    {
      const double at = find_place (basis, n, wave, from, length);
      g_autofree char *text = g_strdup_printf ("%u", wave);

      if (isnan (at) || at < low + 1.5 * inset * scale || at > high - inset * scale)
        continue;
      cairo_move_to (cr, across ? at : heat->x, across ? heat->y : at);
      cairo_rel_line_to (cr, across ? 0.0 : tick_length * scale,
                         across ? tick_length * scale : 0.0);
      stroke_visibly (cr, scale);
      draw_label (cr, across ? at : heat->x + inset * scale,
                  across ? heat->y + (inset + tick_length) * scale : at, across ? 0.5 : 0.0, scale,
                  text);
    }
}

void
pisd_draw_wave_numbers (cairo_t *cr,
                        const PisdBox *heat,
                        const PisdBox *whole,
                        double scale,
                        PisdBasis basis,
                        guint n)
{
  g_return_if_fail (cr != NULL && heat != NULL && whole != NULL && n > 0);

  cairo_save (cr);
  cairo_new_path (cr);
  draw_axis (cr, heat, whole, scale, basis, n, TRUE);
  draw_axis (cr, heat, whole, scale, basis, n, FALSE);
  cairo_restore (cr);
}

/* A line from edge to edge, with a grip in its middle. */
void
pisd_draw_divider (cairo_t *cr,
                   const PisdBox *heat,
                   double scale,
                   double divider,
                   const char *range)
{
  const double x = heat->x + divider * heat->width, y = heat->y + 0.5 * heat->height;

  g_return_if_fail (cr != NULL && heat != NULL);

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_move_to (cr, x, heat->y);
  cairo_line_to (cr, x, heat->y + heat->height);
  stroke_visibly (cr, scale);
  cairo_arc (cr, x, y, grip_radius * scale, 0.0, 2.0 * G_PI);
  pisd_ink_set (cr, &white);
  cairo_fill_preserve (cr);
  pisd_ink_set (cr, &dark);
  cairo_set_line_width (cr, 1.2 * scale);
  cairo_stroke (cr);
  if (range != NULL)
    draw_label (cr, heat->x + heat->width - 0.5 * inset * scale,
                heat->y + heat->height - inset * scale, 1.0, scale, range);
  cairo_restore (cr);
}

char *
pisd_panel_dup_range_beside (const PisdPanel *panel, const PisdPanel *beside)
{
  g_autofree char *text = NULL;

  if (beside->field == NULL
      || (panel->map == beside->map && panel->min == beside->min && panel->max == beside->max))
    return NULL;
  text = g_strdup_printf ("%.2g … %.2g", beside->min, beside->max);
  return pisd_number_take_with_minus (g_steal_pointer (&text));
}
