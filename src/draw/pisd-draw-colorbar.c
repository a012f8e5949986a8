#include "pisd-draw-panel.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <math.h>

/* Measures in units of the type's scale; the box is 54 of them wide. */
static const double box_units = 54.0;
static const double bar_units = 11.0;
static const double tick_units = 3.0;
static const double type_units = 11.0;
static const double arrow_units = 9.0;
static const double units_per_tick = 26.0;
#define N_SHADES 256

/* The box of the bar itself lies between the arrows. */
static PisdBox
get_body (const PisdBox *box, const PisdColorScale *scale)
{
  double unit = box->width / box_units;
  PisdBox body = { box->x, box->y, bar_units * unit, box->height };

  if (scale->over)
    {
      body.y += arrow_units * unit;
      body.height -= arrow_units * unit;
    }
  if (scale->under)
    body.height -= arrow_units * unit;
  return body;
}

static double
get_value_y (const PisdBox *body, const PisdColorScale *scale, double value)
{
  double fraction = 0.5;

  if (scale->max > scale->min)
    fraction = (value - scale->min) / (scale->max - scale->min);
  return body->y + (1.0 - CLAMP (fraction, 0.0, 1.0)) * body->height;
}

void
pisd_color_scale_init (PisdColorScale *scale,
                       PisdColormap map,
                       double min,
                       double max,
                       const PisdField *field)
{
  double lowest, highest, tolerance;

  g_return_if_fail (scale != NULL);

  *scale = (PisdColorScale){ map, min, max, FALSE, FALSE };
  if (field == NULL || !(max > min) || !pisd_field_get_range (field, &lowest, &highest))
    return;
  tolerance = 1e-9 * (max - min); /* as pisd_colormap_apply() has it */
  scale->under = lowest < min - tolerance;
  scale->over = highest > max + tolerance;
}

/* The shades from top to bottom as an image one pixel wide. */
static cairo_surface_t *
create_shades (PisdColormap map)
{
  cairo_surface_t *shades = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, N_SHADES);
  guint8 *row = cairo_image_surface_get_data (shades);
  int stride = cairo_image_surface_get_stride (shades);

  if (row == NULL)
    return shades;
  cairo_surface_flush (shades);
  for (guint k = 0; k < N_SHADES; k++, row += stride)
    *(guint32 *) (gpointer) row = pisd_colormap_lookup (map, 1.0 - k / (N_SHADES - 1.0));
  cairo_surface_mark_dirty (shades);
  return shades;
}

static void
set_packed (cairo_t *cr, guint32 color)
{
  cairo_set_source_rgb (cr, ((color >> 16) & 255) / 255.0, ((color >> 8) & 255) / 255.0,
                        (color & 255) / 255.0);
}

static void
draw_arrow (cairo_t *cr, const PisdBox *body, double y, double tip, guint32 color)
{
  cairo_move_to (cr, body->x, y);
  cairo_line_to (cr, body->x + 0.5 * body->width, tip);
  cairo_line_to (cr, body->x + body->width, y);
  cairo_close_path (cr);
  set_packed (cr, color);
  cairo_fill (cr);
}

static void
trace_outline (cairo_t *cr, const PisdBox *body, const PisdColorScale *scale, double arrow)
{
  double right = body->x + body->width;
  double bottom = body->y + body->height;
  double middle = body->x + 0.5 * body->width;

  cairo_move_to (cr, body->x, body->y);
  if (scale->over)
    cairo_line_to (cr, middle, body->y - arrow);
  cairo_line_to (cr, right, body->y);
  cairo_line_to (cr, right, bottom);
  if (scale->under)
    cairo_line_to (cr, middle, bottom + arrow);
  cairo_line_to (cr, body->x, bottom);
  cairo_close_path (cr);
}

static void
draw_shades (cairo_t *cr,
             const PisdBox *body,
             const PisdPalette *palette,
             const PisdColorScale *scale,
             double unit)
{
  double arrow = arrow_units * unit;
  cairo_surface_t *shades = create_shades (scale->map);

  pisd_draw_heatmap_pixels (cr, body, shades);
  cairo_surface_destroy (shades);
  if (scale->over)
    draw_arrow (cr, body, body->y, body->y - arrow, pisd_colormap_get_over (scale->map));
  if (scale->under)
    draw_arrow (cr, body, body->y + body->height, body->y + body->height + arrow,
                pisd_colormap_get_under (scale->map));
  trace_outline (cr, body, scale, arrow);
  pisd_ink_set_faded (cr, &palette->faint, 0.8);
  cairo_set_line_width (cr, 0.8 * unit);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_numbers (cairo_t *cr,
              const PisdBox *body,
              const PisdPalette *palette,
              const PisdColorScale *scale,
              double unit)
{
  PisdTextStyle style = { .size = type_units * unit, .ink = &palette->text };
  guint n_most = (guint) CLAMP (body->height / (units_per_tick * unit), 3.0, 9.0);
  double edge = body->x + body->width;
  PisdTicks ticks;
  g_autofree char *factor = NULL;

  pisd_ticks_init_linear (&ticks, scale->min, scale->max, n_most);
  cairo_set_line_width (cr, 0.8 * unit);
  for (guint k = 0; k < ticks.n; k++)
    {
      g_autofree char *label = pisd_ticks_dup_label (&ticks, k);
      double y = get_value_y (body, scale, ticks.values[k]);

      cairo_move_to (cr, edge, y);
      cairo_line_to (cr, edge + tick_units * unit, y);
      pisd_ink_set (cr, &palette->faint);
      cairo_stroke (cr);
      pisd_draw_text (cr, edge + (tick_units + 3.0) * unit, y, &style, label);
    }
  factor = pisd_ticks_dup_factor (&ticks);
  style.ink = &palette->faint;
  if (factor != NULL)
    pisd_draw_markup (cr, body->x, body->y - 10.0 * unit - (scale->over ? arrow_units * unit : 0.0),
                      &style, factor);
}

void
pisd_draw_color_scale (cairo_t *cr,
                       const PisdBox *box,
                       const PisdPalette *palette,
                       const PisdColorScale *scale)
{
  PisdBox body;
  double unit;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && scale != NULL);

  body = get_body (box, scale);
  unit = box->width / box_units;
  if (body.height <= 0.0)
    return;
  cairo_save (cr);
  draw_shades (cr, &body, palette, scale, unit);
  draw_numbers (cr, &body, palette, scale, unit);
  cairo_restore (cr);
}

void
pisd_draw_color_scale_mark (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdColorScale *scale,
                            double value)
{
  PisdBox body;
  double unit, y;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && scale != NULL);

  if (isnan (value))
    return;
  body = get_body (box, scale);
  unit = box->width / box_units;
  y = get_value_y (&body, scale, value);
  cairo_save (cr);
  cairo_move_to (cr, body.x + 1.5 * unit, y);
  cairo_rel_line_to (cr, -6.0 * unit, -3.5 * unit);
  cairo_rel_line_to (cr, 0.0, 7.0 * unit);
  cairo_close_path (cr);
  pisd_ink_set (cr, &palette->text);
  cairo_fill (cr);
  cairo_restore (cr);
}
