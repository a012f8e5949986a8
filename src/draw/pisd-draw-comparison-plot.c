#include "pisd-draw-comparison-plot.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Measures at scale 1. */
static const double type_size = 11.5;
static const double curve_width = 2.4;
static const double rim = 1.2;
static const double level_width = 1.6;
static const double dot_radius = 4.0;

static const double least_remark = 0.7; /* of its size, before it is cut */

/* Right of `left`: up to the plot's right edge where there is room, else above the labels too. */
static void
draw_remark (cairo_t *cr,
             const PisdComparisonLayout *layout,
             const PisdTextStyle *title,
             double left,
             const char *remark)
{
  const PisdBox *area = &layout->area;
  g_autofree char *escaped = g_markup_escape_text (remark, -1);
  double width = pisd_text_get_width (title, escaped);
  double right = CLAMP (left + width, layout->plot.x + layout->plot.width, area->x + area->width);
  PisdTextStyle style = *title;

  style.align = 1.0;
  style.max_width = right - left;
  pisd_draw_fitted_text (cr, right, area->y + 9.0 * layout->scale, &style, least_remark, remark);
}

static void
draw_error_axis (cairo_t *cr,
                 const PisdComparisonLayout *layout,
                 const PisdPalette *palette,
                 const PisdComparison *comparison)
{
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  PisdTextStyle title = { .size = type_size * s, .ink = &palette->faint };
  const PisdFieldInfo *info = &comparison->fields[comparison->field];
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, info->n_frames - 1);
  g_autofree char *text = g_strdup_printf (_ ("relative error of %s"), symbol);
  PisdChartAxis axis = { .side = PISD_SIDE_LEFT,
                         .scale = &layout->errors,
                         .n_most = pisd_scale_count_numbers (&layout->errors, 16.0 * s, 2, 14),
                         .type_size = type_size * s,
                         .gap = 8.0 * s,
                         .dup_label = pisd_label_dup_percent };

  pisd_draw_axis (cr, plot, palette, &axis);
  pisd_draw_text (cr, layout->area.x, layout->area.y + 9.0 * s, &title, text);
  if (comparison->remark != NULL)
    draw_remark (cr, layout, &title, layout->area.x + pisd_text_get_width (&title, text) + 20.0 * s,
                 comparison->remark);
}

static char *
dup_fraction_label (double fraction)
{
  return pisd_label_dup_percent (round (100.0 * fraction));
}

static void
draw_run_axis (cairo_t *cr,
               const PisdComparisonLayout *layout,
               const PisdPalette *palette,
               const PisdComparison *comparison)
{
  static const struct
  {
    const char *title;
    char *(*dup_label) (double);
    double spacing;
    guint most;
  } rows[PISD_N_COMPARISON_AXES] = {
    [PISD_COMPARISON_FRACTION] = { N_ ("part of each method’s run"), dup_fraction_label, 1.0, 6 },
    [PISD_COMPARISON_EVALUATIONS] = { N_ ("evaluations of the denoiser"), pisd_label_dup_plain,
                                      50.0, 14 },
  };
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  guint k = comparison->axis;
  PisdTextStyle style = { .size = type_size * s, .ink = &palette->faint, .align = 0.5 };
  PisdChartAxis axis = { .side = PISD_SIDE_BOTTOM,
                         .scale = &layout->run,
                         .n_most = pisd_scale_count_numbers (&layout->run, rows[k].spacing * s, 3,
                                                             rows[k].most),
                         .type_size = type_size * s,
                         .gap = 12.0 * s,
                         .dup_label = rows[k].dup_label };

  pisd_draw_axis (cr, plot, palette, &axis);
  pisd_draw_text (cr, plot->x + 0.5 * plot->width, plot->y + plot->height + 30.0 * s, &style,
                  _ (rows[k].title));
}

static void
draw_curve (cairo_t *cr,
            const PisdComparisonLayout *layout,
            const PisdPalette *palette,
            const PisdComparisonColumn *column)
{
  double s = layout->scale;
  PisdLine line = { .ink = *pisd_comparison_get_ink (palette, column), .width = curve_width * s };
  g_autofree double *x = g_new (double, column->n_known);
  g_autofree double *y = g_new (double, column->n_known);

  for (guint i = 0; i < column->n_known; i++)
    {
      x[i] = pisd_comparison_layout_get_x (layout, column, i);
      y[i] = pisd_comparison_layout_get_y (layout, column->errors[i]);
    }
  pisd_draw_polyline (cr, &line, rim * s, palette, column->n_known, x, y);
}

static void
draw_level (cairo_t *cr,
            const PisdComparisonLayout *layout,
            const PisdPalette *palette,
            const PisdComparisonColumn *column)
{
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  double y = pisd_comparison_layout_get_y (layout, column->level);
  PisdLine line = { *pisd_comparison_get_ink (palette, column), level_width * s, 7.0 * s, 4.5 * s };

  pisd_draw_segment (cr, &line, plot->x, y, plot->x + plot->width, y);
}

void
pisd_draw_comparison_dot (cairo_t *cr,
                          const PisdComparisonLayout *layout,
                          const PisdPalette *palette,
                          const PisdComparisonColumn *column,
                          double x,
                          double y)
{
  double s = layout->scale;

  pisd_draw_marker (cr, x, y, dot_radius * s, 0.6 * dot_radius * s, palette,
                    pisd_comparison_get_ink (palette, column));
}

/* The part of every run that the heatmaps show. */
static void
draw_mark (cairo_t *cr,
           const PisdComparisonLayout *layout,
           const PisdPalette *palette,
           const PisdComparison *comparison)
{
  const PisdBox *plot = &layout->plot;
  double x = plot->x + comparison->fraction * plot->width;
  PisdLine line = { .ink = palette->accent, .width = 1.5 * layout->scale };

  line.ink.a *= 0.8;
  if (comparison->axis == PISD_COMPARISON_FRACTION)
    pisd_draw_segment (cr, &line, x, plot->y, x, plot->y + plot->height);
  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];
      guint step;
      double y;

      if (!pisd_comparison_column_has_curve (column))
        continue;
      step = MIN ((guint) lround (comparison->fraction * column->n_steps), column->n_known - 1);
      y = pisd_comparison_layout_get_y (layout, pisd_comparison_column_get_error (column, step));
      if (!isnan (y))
        pisd_draw_comparison_dot (cr, layout, palette, column,
                                  pisd_comparison_layout_get_x (layout, column, step), y);
    }
}

void
pisd_draw_comparison_plot (cairo_t *cr,
                           const PisdComparisonLayout *layout,
                           const PisdPalette *palette,
                           const PisdComparison *comparison)
{
  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && comparison != NULL);

  cairo_save (cr);
  draw_error_axis (cr, layout, palette, comparison);
  draw_run_axis (cr, layout, palette, comparison);
  for (guint c = 0; c < comparison->n_columns; c++)
    if (pisd_comparison_column_has_curve (&comparison->columns[c]))
      draw_curve (cr, layout, palette, &comparison->columns[c]);
  for (guint c = 0; c < comparison->n_columns; c++)
    if (comparison->columns[c].ink >= 0
        && !isnan (pisd_comparison_get_log (comparison->columns[c].level)))
      draw_level (cr, layout, palette, &comparison->columns[c]);
  pisd_draw_comparison_labels (cr, layout, palette, comparison);
  if (!isnan (comparison->fraction))
    draw_mark (cr, layout, palette, comparison);
  cairo_restore (cr);
}
