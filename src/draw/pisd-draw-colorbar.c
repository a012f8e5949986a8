#include "pisd-draw-panel.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <math.h>

/* Measures in units of the type's scale. */
static const double bar_units = 11.0;
static const double thin_units = 9.0;  /* of a bar that lies */
static const double inset_units = 4.0; /* free at its ends, and more where a number stands there */
static const double tick_units = 3.0;
static const double number_gap = 4.0; /* between two numbers, at least */
static const double type_units = 11.0;
static const double arrow_units = 9.0;
static const double units_per_tick = 26.0;
static const double units_per_tick_across = 54.0;
#define N_SHADES 256

/* Where a bar is drawn. */
typedef struct
{
  PisdBox body; /* of its shades, without arrows */
  double unit;
  gboolean across; /* values grow to the right, not upwards */
} Bar;

static double
get_unit (const PisdBox *box, const PisdColorScale *scale)
{
  return scale->across ? box->height / PISD_COLOR_SCALE_HEIGHT
                       : box->width / PISD_COLOR_SCALE_WIDTH;
}

static PisdTextStyle
get_style (const PisdInk *ink, double unit)
{
  return (PisdTextStyle){ .size = type_units * unit, .ink = ink };
}

/* What a bar that lies keeps free at an end: half the number there, which may reach beyond it. */
static double
get_inset (const PisdTicks *ticks, guint index, double unit)
{
  const PisdTextStyle style = get_style (NULL, unit);
  g_autofree char *label = ticks->n > 0 ? pisd_ticks_dup_label (ticks, index) : g_strdup ("");

  return MAX (inset_units * unit, 0.5 * pisd_text_get_width (&style, label));
}

/* The factor of its numbers stands to the right of a bar that lies. */
static double
get_factor_room (const char *factor, double unit)
{
  const PisdTextStyle style = get_style (NULL, unit);

  return factor == NULL ? 0.0 : pisd_text_get_width (&style, factor) + 8.0 * unit;
}

static Bar
place_across (const PisdBox *box, const PisdColorScale *scale, const PisdTicks *ticks)
{
  Bar bar = { .unit = get_unit (box, scale), .across = TRUE };
  const double arrow = arrow_units * bar.unit;
  g_autofree char *factor = pisd_ticks_dup_factor (ticks);
  double left = box->x + get_inset (ticks, 0, bar.unit) + (scale->under ? arrow : 0.0);
  double right = box->x + box->width - get_inset (ticks, MAX (ticks->n, 1) - 1, bar.unit)
                 - (scale->over ? arrow : 0.0) - get_factor_room (factor, bar.unit);

  bar.body = (PisdBox){ left, box->y, MAX (right - left, 0.0), thin_units * bar.unit };
  return bar;
}

/* The shades of an upright bar lie between the arrows. */
static Bar
place_upright (const PisdBox *box, const PisdColorScale *scale)
{
  Bar bar = { .unit = get_unit (box, scale) };
  const double arrow = arrow_units * bar.unit;

  bar.body = (PisdBox){ box->x, box->y, bar_units * bar.unit, box->height };
  if (scale->over)
    {
      bar.body.y += arrow;
      bar.body.height -= arrow;
    }
  if (scale->under)
    bar.body.height -= arrow;
  return bar;
}

static void
init_ticks (PisdTicks *ticks, const PisdBox *box, const PisdColorScale *scale)
{
  const double unit = get_unit (box, scale);
  const double n_fit = scale->across ? box->width / (units_per_tick_across * unit)
                                     : box->height / (units_per_tick * unit);

  pisd_ticks_init_linear (ticks, scale->min, scale->max, (guint) CLAMP (n_fit, 3.0, 9.0));
}

static Bar
place_bar (const PisdBox *box, const PisdColorScale *scale, const PisdTicks *ticks)
{
  return scale->across ? place_across (box, scale, ticks) : place_upright (box, scale);
}

/* The place of a value along the bar, kept between its ends. */
static double
get_place (const Bar *bar, const PisdColorScale *scale, double value)
{
  double fraction = 0.5;

  if (scale->max > scale->min)
    fraction = CLAMP ((value - scale->min) / (scale->max - scale->min), 0.0, 1.0);
  if (bar->across)
    return bar->body.x + fraction * bar->body.width;
  return bar->body.y + (1.0 - fraction) * bar->body.height;
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

  *scale = (PisdColorScale){ .map = map, .min = min, .max = max };
  if (field == NULL || !(max > min) || !pisd_field_get_range (field, &lowest, &highest))
    return;
  tolerance = 1e-9 * (max - min); /* as pisd_colormap_apply() has it */
  scale->under = lowest < min - tolerance;
  scale->over = highest > max + tolerance;
}

/* The shades as an image: a column from the highest down, or a row from the lowest on. */
static cairo_surface_t *
create_shades (const PisdColorScale *scale)
{
  cairo_surface_t *shades = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, scale->across ? N_SHADES : 1, scale->across ? 1 : N_SHADES);
  guint8 *pixel = cairo_image_surface_get_data (shades);
  const int stride = scale->across ? 4 : cairo_image_surface_get_stride (shades);

  if (pixel == NULL)
    return shades;
  cairo_surface_flush (shades);
  for (guint k = 0; k < N_SHADES; k++, pixel += stride)
    {
      const double fraction = k / (N_SHADES - 1.0);

      *(guint32 *) (gpointer) pixel =
          pisd_colormap_lookup (scale->map, scale->across ? fraction : 1.0 - fraction);
    }
  cairo_surface_mark_dirty (shades);
  return shades;
}

static void
set_packed (cairo_t *cr, guint32 color)
{
  cairo_set_source_rgb (cr, ((color >> 16) & 255) / 255.0, ((color >> 8) & 255) / 255.0,
                        (color & 255) / 255.0);
}

/* A point of the bar: `along` it from where the lowest value is, `off` its left or top edge. */
static void
go (cairo_t *cr, const Bar *bar, gboolean drawing, double along, double off)
{
  const double x = bar->across ? bar->body.x + along : bar->body.x + off;
  const double y = bar->across ? bar->body.y + off : bar->body.y + bar->body.height - along;

  (drawing ? cairo_line_to : cairo_move_to) (cr, x, y);
}

static double
get_length (const Bar *bar)
{
  return bar->across ? bar->body.width : bar->body.height;
}

static double
get_thickness (const Bar *bar)
{
  return bar->across ? bar->body.height : bar->body.width;
}

static void
draw_arrow (cairo_t *cr, const Bar *bar, double from, double tip, guint32 color)
{
  const double thickness = get_thickness (bar);

  go (cr, bar, FALSE, from, 0.0);
  go (cr, bar, TRUE, tip, 0.5 * thickness);
  go (cr, bar, TRUE, from, thickness);
  cairo_close_path (cr);
  set_packed (cr, color);
  cairo_fill (cr);
}

static void
trace_outline (cairo_t *cr, const Bar *bar, const PisdColorScale *scale, double arrow)
{
  const double length = get_length (bar), thickness = get_thickness (bar);

  go (cr, bar, FALSE, length, 0.0);
  if (scale->over)
    go (cr, bar, TRUE, length + arrow, 0.5 * thickness);
  go (cr, bar, TRUE, length, thickness);
  go (cr, bar, TRUE, 0.0, thickness);
  if (scale->under)
    go (cr, bar, TRUE, -arrow, 0.5 * thickness);
  go (cr, bar, TRUE, 0.0, 0.0);
  cairo_close_path (cr);
}

static void
draw_shades (cairo_t *cr, const Bar *bar, const PisdPalette *palette, const PisdColorScale *scale)
{
  const double arrow = arrow_units * bar->unit;
  cairo_surface_t *shades = create_shades (scale);

  pisd_draw_heatmap_pixels (cr, &bar->body, shades);
  cairo_surface_destroy (shades);
  if (scale->over)
    draw_arrow (cr, bar, get_length (bar), get_length (bar) + arrow,
                pisd_colormap_get_over (scale->map));
  if (scale->under)
    draw_arrow (cr, bar, 0.0, -arrow, pisd_colormap_get_under (scale->map));
  trace_outline (cr, bar, scale, arrow);
  pisd_ink_set_faded (cr, &palette->faint, 0.8);
  cairo_set_line_width (cr, 0.8 * bar->unit * palette->weight);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static double
get_edge (const Bar *bar)
{
  return (bar->across ? bar->body.y : bar->body.x) + get_thickness (bar);
}

static void
draw_tick (cairo_t *cr, const Bar *bar, const PisdPalette *palette, double place)
{
  const double edge = get_edge (bar), end = edge + tick_units * bar->unit;

  cairo_move_to (cr, bar->across ? place : edge, bar->across ? edge : place);
  cairo_line_to (cr, bar->across ? place : end, bar->across ? end : place);
  pisd_ink_set (cr, &palette->faint);
  cairo_stroke (cr);
}

static void
draw_number (cairo_t *cr,
             const Bar *bar,
             const PisdPalette *palette,
             double place,
             const char *label)
{
  PisdTextStyle style = get_style (&palette->text, bar->unit);
  const double end = get_edge (bar) + tick_units * bar->unit;

  style.align = bar->across ? 0.5 : 0.0;
  if (bar->across)
    pisd_draw_text (cr, place, end + 0.72 * style.size, &style, label);
  else
    pisd_draw_text (cr, end + 3.0 * bar->unit, place, &style, label);
}

/* Whether numbers beside each other have room, where every `step`-th tick has one. */
static gboolean
has_room (const Bar *bar,
          const PisdColorScale *scale,
          const PisdTicks *ticks,
          guint first,
          guint step)
{
  const PisdTextStyle style = get_style (NULL, bar->unit);
  double end = -INFINITY;

  for (guint k = first; k < ticks->n; k += step)
    {
      g_autofree char *label = pisd_ticks_dup_label (ticks, k);
      const double half = 0.5 * pisd_text_get_width (&style, label);
      const double place = get_place (bar, scale, ticks->values[k]);

      if (place - half < end + number_gap * bar->unit)
        return FALSE;
      end = place + half;
    }
  return TRUE;
}

/* Every how many-th tick has a number, and the first of them; zero has one. */
static guint
choose_step (const Bar *bar, const PisdColorScale *scale, const PisdTicks *ticks, guint *first)
{
  guint zero = 0, step = 1;

  while (zero + 1 < ticks->n && fabs (ticks->values[zero]) > 1e-9 * (scale->max - scale->min))
    zero++;
  *first = 0;
  while (bar->across && step < ticks->n && !has_room (bar, scale, ticks, *first, step))
    {
      step++;
      *first = zero % step;
    }
  return step;
}

/* Above an upright bar, to the right of one that lies. */
static void
draw_factor (cairo_t *cr,
             const Bar *bar,
             const PisdPalette *palette,
             const PisdColorScale *scale,
             const char *factor)
{
  const PisdTextStyle style = get_style (&palette->faint, bar->unit);
  const double arrow = scale->over ? arrow_units * bar->unit : 0.0;
  const PisdBox *body = &bar->body;

  if (bar->across)
    pisd_draw_markup (cr, body->x + body->width + arrow + 8.0 * bar->unit,
                      body->y + 0.5 * body->height, &style, factor);
  else
    pisd_draw_markup (cr, body->x, body->y - 10.0 * bar->unit - arrow, &style, factor);
}

static void
draw_numbers (cairo_t *cr,
              const Bar *bar,
              const PisdPalette *palette,
              const PisdColorScale *scale,
              const PisdTicks *ticks)
{
  g_autofree char *factor = pisd_ticks_dup_factor (ticks);
  guint first;
  const guint step = choose_step (bar, scale, ticks, &first);

  cairo_set_line_width (cr, 0.8 * bar->unit * palette->weight);
  for (guint k = 0; k < ticks->n; k++)
    {
      g_autofree char *label = pisd_ticks_dup_label (ticks, k);
      const double place = get_place (bar, scale, ticks->values[k]);

      draw_tick (cr, bar, palette, place);
      if (k % step == first)
        draw_number (cr, bar, palette, place, label);
    }
  if (factor != NULL)
    draw_factor (cr, bar, palette, scale, factor);
}

void
pisd_draw_color_scale (cairo_t *cr,
                       const PisdBox *box,
                       const PisdPalette *palette,
                       const PisdColorScale *scale)
{
  PisdTicks ticks;
  Bar bar;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && scale != NULL);

  init_ticks (&ticks, box, scale);
  bar = place_bar (box, scale, &ticks);
  if (get_length (&bar) <= 0.0)
    return;
  cairo_save (cr);
  draw_shades (cr, &bar, palette, scale);
  draw_numbers (cr, &bar, palette, scale, &ticks);
  cairo_restore (cr);
}

void
pisd_draw_color_scale_mark (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdColorScale *scale,
                            double value,
                            gboolean hollow)
{
  PisdTicks ticks;
  double along;
  Bar bar;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && scale != NULL);

  if (isnan (value))
    return;
  init_ticks (&ticks, box, scale);
  bar = place_bar (box, scale, &ticks);
  along = get_place (&bar, scale, value);
  along = bar.across ? along - bar.body.x : bar.body.y + bar.body.height - along;
  cairo_save (cr);
  go (cr, &bar, FALSE, along, 1.5 * bar.unit);
  go (cr, &bar, TRUE, along + 3.5 * bar.unit, -4.5 * bar.unit);
  go (cr, &bar, TRUE, along - 3.5 * bar.unit, -4.5 * bar.unit);
  cairo_close_path (cr);
  pisd_ink_set (cr, hollow ? &palette->background : &palette->text);
  cairo_fill_preserve (cr);
  pisd_ink_set (cr, &palette->text);
  cairo_set_line_width (cr, bar.unit);
  cairo_stroke (cr);
  cairo_restore (cr);
}
