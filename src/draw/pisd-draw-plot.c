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

/* A scale's title stands above its numbers, where the legend leaves room for it. */
static void
draw_title (cairo_t *cr,
            const PisdCurvesLayout *layout,
            const PisdPalette *palette,
            const PisdChartAxis *axis,
            const char *title)
{
  const PisdBox *plot = &layout->plot;
  gboolean left = axis->side == PISD_SIDE_LEFT;
  double x = left ? plot->x - axis->gap : plot->x + plot->width + axis->gap;
  PisdTextStyle style = { .size = axis->type_size,
                          .ink = &palette->faint,
                          .align = left ? 1.0 : 0.0 };

  if (pisd_scale_is_used (axis->scale) && (left || x > layout->legend_end))
    pisd_draw_text (cr, x, layout->legend_y, &style, title);
}

static void
draw_value_axes (cairo_t *cr, const PisdCurvesLayout *layout, const PisdPalette *palette)
{
  static const struct
  {
    PisdSide side;
    const char *title;
    double tick;
    char *(*dup_label) (double);
  } rows[PISD_N_AXES] = {
    [PISD_AXIS_LEFT] = { PISD_SIDE_LEFT, N_ ("loss"), 0.0, pisd_ticks_dup_power },
    [PISD_AXIS_RIGHT] = { PISD_SIDE_RIGHT, N_ ("error"), 4.0, pisd_label_dup_percent },
  };
  double s = layout->scale;

  for (guint k = 0; k < PISD_N_AXES; k++)
    {
      const PisdScale *scale = &layout->axes[k];
      guint n_most = pisd_scale_count_numbers (scale, units_per_row[k] * s, 2, 12);
      PisdChartAxis axis = { .side = rows[k].side,
                             .scale = scale,
                             .n_most = n_most,
                             .type_size = type_size * s,
                             .gap = 7.0 * s,
                             .tick = rows[k].tick * s,
                             .framed = TRUE,
                             .dup_label = rows[k].dup_label };

      pisd_draw_axis (cr, &layout->plot, palette, &axis);
      draw_title (cr, layout, palette, &axis, _ (rows[k].title));
    }
}

/* Short runs: there is no half step. */
static char *
dup_step_label (double step)
{
  if (fabs (step - round (step)) > 1e-6)
    return NULL;
  return g_strdup_printf ("%.0f", step);
}

static void
draw_step_axis (cairo_t *cr, const PisdCurvesLayout *layout, const PisdPalette *palette)
{
  double s = layout->scale;
  PisdChartAxis axis = {
    .side = PISD_SIDE_BOTTOM,
    .scale = &layout->steps,
    .n_most = pisd_scale_count_numbers (&layout->steps, units_per_column * s, 3, 16),
    .type_size = type_size * s,
    .gap = layout->labels_y - layout->plot.y - layout->plot.height,
    .framed = TRUE,
    .dup_label = dup_step_label,
  };

  pisd_draw_axis (cr, &layout->plot, palette, &axis);
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
      double x = floor (pisd_curves_layout_get_x (layout, (guint) step)) + 0.5;

      if (!curves->marked[step] || x < last + 2.0)
        continue;
      last = x;
      pisd_ink_set_faded (cr, &palette->accent, 0.55);
      pisd_draw_rule (cr, x, plot->y, x, plot->y + plot->height);
      cairo_move_to (cr, x - half, plot->y - 0.5);
      cairo_line_to (cr, x + half, plot->y - 0.5);
      cairo_line_to (cr, x, plot->y + 1.3 * half);
      cairo_close_path (cr);
      pisd_ink_set (cr, &palette->accent);
      cairo_fill (cr);
    }
}

/* A piece of the curve's line, a little wider, and its title; struck out where it is hidden. */
static void
draw_entry (cairo_t *cr,
            const PisdCurvesLayout *layout,
            const PisdPalette *palette,
            const PisdCurves *curves,
            PisdCurve c)
{
  const PisdBox *entry = &layout->legend[c];
  double s = layout->legend_scale;
  double y = layout->legend_y;
  double alpha = curves->hidden[c] ? hidden_alpha : 1.0;
  PisdLine sample = pisd_curve_get_line (c, palette, 1.25 * s);
  PisdLine strike = { .ink = palette->text, .width = s };
  PisdTextStyle style = { .size = legend_size * s, .ink = &strike.ink };
  g_autofree char *title = pisd_curves_dup_title (curves, c);

  sample.ink.a *= alpha;
  strike.ink.a *= alpha;
  cairo_set_line_cap (cr, sample.off > 0.0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  pisd_draw_segment (cr, &sample, entry->x + s, y, entry->x + 15.0 * s, y);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  pisd_draw_text (cr, entry->x + 21.0 * s, y, &style, title);
  if (curves->hidden[c])
    pisd_draw_segment (cr, &strike, entry->x + 20.0 * s, y, entry->x + entry->width + s, y);
}

void
pisd_draw_curves (cairo_t *cr,
                  const PisdCurvesLayout *layout,
                  const PisdPalette *palette,
                  const PisdCurves *curves)
{
  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && curves != NULL);

  cairo_save (cr);
  draw_value_axes (cr, layout, palette);
  draw_step_axis (cr, layout, palette);
  pisd_draw_frame (cr, &layout->plot, palette);
  draw_marks (cr, layout, palette, curves);
  pisd_draw_curve_lines (cr, layout, palette, curves);
  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    if (layout->legend[c].width > 0.0)
      draw_entry (cr, layout, palette, curves, c);
  cairo_restore (cr);
}
