#include "pisd-draw-curves.h"
#include "pisd-draw-lines.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Measures at scale 1. */
static const double type_size = 11.0;
static const double legend_size = 11.5;
static const double units_per_row[PISD_N_AXES] = { 19.0, 15.0 }; /* between two numbers at least */
static const double units_per_column = 70.0; /* between two numbers of the steps */
static const double hidden_alpha = 0.4;

static double
snap (double value)
{
  return floor (value) + 0.5;
}

static void
stroke_line (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
}

static guint
get_n_rows (const PisdCurvesLayout *layout, PisdAxis axis)
{
  return (guint) CLAMP (layout->plot.height / (units_per_row[axis] * layout->scale), 2.0, 12.0);
}

static gboolean
axis_is_used (const PisdCurvesLayout *layout, PisdAxis axis)
{
  return layout->top[axis] > layout->bottom[axis];
}

static void
draw_left_axis (cairo_t *cr, const PisdCurvesLayout *layout, const PisdPalette *palette)
{
  const PisdBox *plot = &layout->plot;
  double x = plot->x - 7.0 * layout->scale;
  PisdTextStyle style = { .size = type_size * layout->scale, .ink = &palette->text, .align = 1.0 };
  PisdTicks ticks;

  if (!axis_is_used (layout, PISD_AXIS_LEFT))
    return;
  pisd_ticks_init_log (&ticks, pow (10.0, layout->bottom[PISD_AXIS_LEFT]),
                       pow (10.0, layout->top[PISD_AXIS_LEFT]),
                       get_n_rows (layout, PISD_AXIS_LEFT));
  for (guint k = 0; k < ticks.n; k++)
    {
      double y = pisd_curves_layout_get_y (layout, PISD_AXIS_LEFT, log10 (ticks.values[k]));
      g_autofree char *label = pisd_ticks_dup_power (ticks.values[k]);

      pisd_ink_set_faded (cr, &palette->line, 0.75);
      stroke_line (cr, plot->x, snap (y), plot->x + plot->width, snap (y));
      pisd_draw_markup (cr, x, y, &style, label);
    }
  style.ink = &palette->faint;
  pisd_draw_text (cr, x, layout->legend_y, &style, _ ("loss"));
}

static void
draw_right_axis (cairo_t *cr, const PisdCurvesLayout *layout, const PisdPalette *palette)
{
  double edge = layout->plot.x + layout->plot.width;
  double tick = 4.0 * layout->scale;
  double x = edge + 7.0 * layout->scale;
  PisdTextStyle style = { .size = type_size * layout->scale, .ink = &palette->text };
  PisdTicks ticks;

  if (!axis_is_used (layout, PISD_AXIS_RIGHT))
    return;
  pisd_ticks_init_log (&ticks, pow (10.0, layout->bottom[PISD_AXIS_RIGHT]),
                       pow (10.0, layout->top[PISD_AXIS_RIGHT]),
                       get_n_rows (layout, PISD_AXIS_RIGHT));
  for (guint k = 0; k < ticks.n; k++)
    {
      double y = pisd_curves_layout_get_y (layout, PISD_AXIS_RIGHT, log10 (ticks.values[k]));
      g_autofree char *label = g_strdup_printf ("%g\u2009%%", ticks.values[k]);

      pisd_ink_set (cr, &palette->faint);
      stroke_line (cr, edge, snap (y), edge + tick, snap (y));
      pisd_draw_text (cr, x, y, &style, label);
    }
  style.ink = &palette->faint;
  pisd_draw_text (cr, x, layout->legend_y, &style, _ ("error"));
}

static void
draw_step_axis (cairo_t *cr,
                const PisdCurvesLayout *layout,
                const PisdPalette *palette,
                const PisdCurves *curves)
{
  const PisdBox *plot = &layout->plot;
  guint n_most = (guint) CLAMP (plot->width / (units_per_column * layout->scale), 3.0, 16.0);
  PisdTextStyle style = { .size = type_size * layout->scale, .ink = &palette->text, .align = 0.5 };
  PisdTicks ticks;

  if (curves->n_steps == 0)
    return;
  pisd_ticks_init_linear (&ticks, 0.0, curves->n_steps, n_most);
  for (guint k = 0; k < ticks.n; k++)
    {
      double x = pisd_curves_layout_get_x (layout, curves, (guint) lround (ticks.values[k]));
      g_autofree char *label = NULL;

      if (fabs (ticks.values[k] - round (ticks.values[k])) > 1e-6)
        continue; /* short runs: there is no half step */
      label = g_strdup_printf ("%.0f", ticks.values[k]);
      pisd_ink_set_faded (cr, &palette->line, 0.75);
      if (x > plot->x + 1.0 && x < plot->x + plot->width - 1.0)
        stroke_line (cr, snap (x), plot->y, snap (x), plot->y + plot->height);
      pisd_draw_text (cr, x, layout->labels_y, &style, label);
    }
}

/* Where parameters changed: a thin line under a small triangle, at most one in two units. */
static void
draw_marks (cairo_t *cr,
            const PisdCurvesLayout *layout,
            const PisdPalette *palette,
            const PisdCurves *curves)
{
  const PisdBox *plot = &layout->plot;
  double half = 3.5 * layout->scale;
  double last = -G_MAXDOUBLE;

  for (int step = 0; step <= curves->last; step++)
    {
      double x = snap (pisd_curves_layout_get_x (layout, curves, (guint) step));

      if (!curves->marked[step] || x < last + 2.0)
        continue;
      last = x;
      pisd_ink_set_faded (cr, &palette->accent, 0.55);
      stroke_line (cr, x, plot->y, x, plot->y + plot->height);
      cairo_move_to (cr, x - half, plot->y - 0.5);
      cairo_line_to (cr, x + half, plot->y - 0.5);
      cairo_line_to (cr, x, plot->y + 1.3 * half);
      cairo_close_path (cr);
      pisd_ink_set (cr, &palette->accent);
      cairo_fill (cr);
    }
}

static void
draw_legend (cairo_t *cr,
             const PisdCurvesLayout *layout,
             const PisdPalette *palette,
             const PisdCurves *curves)
{
  double scale = layout->scale;

  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      const PisdBox *entry = &layout->legend[c];
      double alpha = curves->hidden[c] ? hidden_alpha : 1.0;
      PisdInk ink = palette->text;
      PisdTextStyle style = { .size = legend_size * scale, .ink = &ink };

      if (entry->width <= 0.0)
        continue;
      ink.a *= alpha;
      cairo_save (cr);
      pisd_ink_set_faded (cr, pisd_curve_get_ink ((PisdCurve) c, palette), alpha);
      pisd_curve_set_line (cr, (PisdCurve) c, 1.25 * scale);
      cairo_set_line_cap (cr, c == PISD_CURVE_SIGMA ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
      stroke_line (cr, entry->x + scale, layout->legend_y, entry->x + 15.0 * scale,
                   layout->legend_y);
      cairo_restore (cr);
      pisd_draw_text (cr, entry->x + 21.0 * scale, layout->legend_y, &style,
                      pisd_curve_get_title ((PisdCurve) c));
      if (!curves->hidden[c])
        continue;
      cairo_set_line_width (cr, scale);
      pisd_ink_set (cr, &ink);
      stroke_line (cr, entry->x + 20.0 * scale, layout->legend_y, entry->x + entry->width + scale,
                   layout->legend_y);
    }
}

static void
draw_border (cairo_t *cr, const PisdBox *plot, const PisdPalette *palette)
{
  cairo_rectangle (cr, plot->x + 0.5, plot->y + 0.5, plot->width - 1.0, plot->height - 1.0);
  pisd_ink_set (cr, &palette->line);
  cairo_stroke (cr);
}

void
pisd_draw_curves (cairo_t *cr,
                  const PisdCurvesLayout *layout,
                  const PisdPalette *palette,
                  const PisdCurves *curves)
{
  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && curves != NULL);

  cairo_save (cr);
  cairo_set_line_width (cr, 1.0);
  draw_left_axis (cr, layout, palette);
  draw_step_axis (cr, layout, palette, curves);
  draw_right_axis (cr, layout, palette);
  draw_border (cr, &layout->plot, palette);
  draw_marks (cr, layout, palette, curves);
  pisd_draw_curve_lines (cr, layout, palette, curves);
  draw_legend (cr, layout, palette, curves);
  cairo_restore (cr);
}
