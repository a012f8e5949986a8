#include "pisd-draw-chart.h"
#include "pisd-draw-text.h"

#include <math.h>
#include <string.h>

/* Grid lines are fainter than frames. */
static const double grid_alpha = 0.75;

/* Percentages from here to there are written plainly. */
static const double least_plain = 0.009;
static const double most_plain = 9999.0;

/* The rim of a curve hides what it crosses, but not all of it. */
static const double rim_alpha = 0.8;

gboolean
pisd_scale_is_used (const PisdScale *scale)
{
  g_return_val_if_fail (scale != NULL, FALSE);

  return scale->high > scale->low;
}

/* place = start + (value - low) / (high - low) (end - start), a straight line between the ends. */
double
pisd_scale_get_place (const PisdScale *scale, double value)
{
  double fraction = 0.5;

  g_return_val_if_fail (scale != NULL, 0.0);

  if (pisd_scale_is_used (scale))
    fraction = CLAMP ((value - scale->low) / (scale->high - scale->low), 0.0, 1.0);
  return scale->start + fraction * (scale->end - scale->start);
}

double
pisd_scale_get_value (const PisdScale *scale, double place)
{
  double fraction;

  g_return_val_if_fail (scale != NULL && scale->end != scale->start, 0.0);

  fraction = CLAMP ((place - scale->start) / (scale->end - scale->start), 0.0, 1.0);
  return scale->low + fraction * (scale->high - scale->low);
}

guint
pisd_scale_count_numbers (const PisdScale *scale, double spacing, guint least, guint most)
{
  g_return_val_if_fail (scale != NULL && spacing > 0.0, least);

  return (guint) CLAMP (fabs (scale->end - scale->start) / spacing, least, most);
}

/* Round numbers that %g would write with an exponent, as 1e-05, are powers of ten. */
char *
pisd_label_dup_plain (double number)
{
  g_autofree char *text = g_strdup_printf ("%g", number);

  if (number > 0.0 && strchr (text, 'e') != NULL && strpbrk (text, ".,") == NULL)
    return pisd_ticks_dup_power (number);
  return g_steal_pointer (&text);
}

/* Numbers that %g would write long, or with an exponent, are powers of ten. */
char *
pisd_label_dup_percent (double number)
{
  g_autofree char *power = NULL;

  if (number == 0.0 || (fabs (number) < most_plain && fabs (number) >= least_plain))
    return g_strdup_printf ("%g\u2009%%", number);
  power = pisd_ticks_dup_power (number);
  return g_strconcat (power, "\u2009%", NULL);
}

static double
snap (double place)
{
  return floor (place) + 0.5;
}

void
pisd_draw_rule (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  gboolean vertical = x0 == x1;

  cairo_set_line_width (cr, 1.0);
  cairo_move_to (cr, vertical ? snap (x0) : x0, vertical ? y0 : snap (y0));
  cairo_line_to (cr, vertical ? snap (x1) : x1, vertical ? y1 : snap (y1));
  cairo_stroke (cr);
}

static double
get_edge (const PisdBox *box, PisdSide side)
{
  if (side == PISD_SIDE_BOTTOM)
    return box->y + box->height;
  return side == PISD_SIDE_LEFT ? box->x : box->x + box->width;
}

static gboolean
is_on_frame (const PisdScale *scale, double place)
{
  return fabs (place - scale->start) <= 1.0 || fabs (place - scale->end) <= 1.0;
}

/* A tick outside the box, or a line across it. */
static void
draw_tick (cairo_t *cr,
           const PisdBox *box,
           const PisdPalette *palette,
           const PisdChartAxis *axis,
           double place)
{
  double edge = get_edge (box, axis->side);
  double far = axis->side == PISD_SIDE_LEFT ? edge - axis->tick : edge + axis->tick;

  if (axis->tick > 0.0)
    pisd_ink_set (cr, &palette->faint);
  else
    pisd_ink_set_faded (cr, &palette->line, grid_alpha);
  if (axis->tick > 0.0 && axis->side == PISD_SIDE_BOTTOM)
    pisd_draw_rule (cr, place, edge, place, far);
  else if (axis->tick > 0.0)
    pisd_draw_rule (cr, edge, place, far, place);
  else if (axis->framed && is_on_frame (axis->scale, place))
    return;
  else if (axis->side == PISD_SIDE_BOTTOM)
    pisd_draw_rule (cr, place, box->y, place, box->y + box->height);
  else
    pisd_draw_rule (cr, box->x, place, box->x + box->width, place);
}

static void
draw_number (cairo_t *cr,
             const PisdBox *box,
             const PisdPalette *palette,
             const PisdChartAxis *axis,
             double place,
             const char *label)
{
  static const double aligns[] = {
    [PISD_SIDE_LEFT] = 1.0, [PISD_SIDE_RIGHT] = 0.0, [PISD_SIDE_BOTTOM] = 0.5
  };
  PisdTextStyle style = { .size = axis->type_size,
                          .ink = &palette->text,
                          .align = aligns[axis->side] };
  double edge = get_edge (box, axis->side);

  if (axis->side == PISD_SIDE_BOTTOM)
    pisd_draw_markup (cr, place, edge + axis->gap, &style, label);
  else if (axis->side == PISD_SIDE_LEFT)
    pisd_draw_markup (cr, edge - axis->gap, place, &style, label);
  else
    pisd_draw_markup (cr, edge + axis->gap, place, &style, label);
}

static void
init_ticks (PisdTicks *ticks, const PisdChartAxis *axis)
{
  const PisdScale *scale = axis->scale;

  if (scale->logarithmic)
    pisd_ticks_init_log (ticks, pow (10.0, scale->low), pow (10.0, scale->high), axis->n_most);
  else
    pisd_ticks_init_linear (ticks, scale->low, scale->high, axis->n_most);
}

void
pisd_draw_axis (cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                const PisdChartAxis *axis)
{
  PisdTicks ticks;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && axis != NULL);

  if (!pisd_scale_is_used (axis->scale))
    return;
  init_ticks (&ticks, axis);
  for (guint k = 0; k < ticks.n; k++)
    {
      double number = ticks.values[k];
      double value = axis->scale->logarithmic ? log10 (number) : number;
      double place = pisd_scale_get_place (axis->scale, value);
      g_autofree char *label = axis->dup_label (number);

      if (label == NULL)
        continue;
      draw_tick (cr, box, palette, axis, place);
      draw_number (cr, box, palette, axis, place, label);
    }
}

void
pisd_draw_frame (cairo_t *cr, const PisdBox *box, const PisdPalette *palette)
{
  g_return_if_fail (cr != NULL && box != NULL && palette != NULL);

  cairo_new_path (cr);
  cairo_rectangle (cr, box->x + 0.5, box->y + 0.5, box->width - 1.0, box->height - 1.0);
  cairo_set_line_width (cr, palette->weight);
  pisd_ink_set (cr, &palette->line);
  cairo_stroke (cr);
}

void
pisd_line_apply (const PisdLine *line, cairo_t *cr)
{
  const double dashes[] = { line->on, line->off };

  pisd_ink_set (cr, &line->ink);
  cairo_set_line_width (cr, line->width);
  cairo_set_dash (cr, dashes, line->off > 0.0 ? G_N_ELEMENTS (dashes) : 0, 0.0);
}

void
pisd_draw_segment (cairo_t *cr, const PisdLine *line, double x0, double y0, double x1, double y1)
{
  g_return_if_fail (cr != NULL && line != NULL);

  cairo_save (cr);
  pisd_line_apply (line, cr);
  cairo_new_path (cr);
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
pisd_draw_polyline (cairo_t *cr,
                    const PisdLine *line,
                    double rim,
                    const PisdPalette *palette,
                    guint n,
                    const double *x,
                    const double *y)
{
  gboolean drawing = FALSE;

  g_return_if_fail (cr != NULL && line != NULL && palette != NULL);

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  for (guint k = 0; k < n; k++)
    {
      if (!isnan (y[k]))
        (drawing ? cairo_line_to : cairo_move_to) (cr, x[k], y[k]);
      drawing = !isnan (y[k]);
    }
  if (rim > 0.0)
    {
      pisd_ink_set_faded (cr, &palette->background, rim_alpha);
      cairo_set_line_width (cr, line->width + 2.0 * rim);
      cairo_stroke_preserve (cr);
    }
  pisd_line_apply (line, cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
pisd_draw_marker (cairo_t *cr,
                  double x,
                  double y,
                  double radius,
                  double rim,
                  const PisdPalette *palette,
                  const PisdInk *ink)
{
  g_return_if_fail (cr != NULL && palette != NULL && ink != NULL);

  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0.0, 2.0 * G_PI);
  if (rim > 0.0)
    {
      pisd_ink_set (cr, &palette->background);
      cairo_set_line_width (cr, rim);
      cairo_stroke_preserve (cr);
    }
  pisd_ink_set (cr, ink);
  cairo_fill (cr);
}
