/* Where the parts of the curves' plot lie, and how far its axes reach. */
#include "pisd-draw-curves.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <math.h>

/* Left axis: whole decades, and no more of them below the top than can be told apart. */
static const double most_decades = 14.0;

/* Measures at scale 1. */
static const double left_margin = 50.0;
static const double right_margin = 60.0;
static const double header_height = 28.0;
static const double footer_height = 19.0;
static const double legend_height = 20.0;
static const double least_legend = 0.6; /* of its type, where there is little room */
static const double swatch_width = 16.0;
static const double entry_gap = 15.0;
static const double type_size = 11.5;
static const double slim_margin = 16.0;
static const double slim_top = 5.0;

/* Extremes of an axis' visible curves; FALSE if it has none. */
static gboolean
get_extremes (const PisdCurves *curves, PisdAxis axis, double *min, double *max)
{
  gboolean found = FALSE;

  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    {
      if (pisd_curve_get_axis (c) != axis || curves->hidden[c] || !curves->present[c])
        continue;
      *min = found ? MIN (*min, curves->min[c]) : curves->min[c];
      *max = found ? MAX (*max, curves->max[c]) : curves->max[c];
      found = TRUE;
    }
  return found;
}

/* Rounded outwards, so that a live axis moves rarely: decades for losses, 1-2-5 for errors. */
static void
choose_ends (PisdScale *scale, const PisdCurves *curves, PisdAxis axis)
{
  double min = 0.0;
  double max = 0.0;

  if (!get_extremes (curves, axis, &min, &max))
    return;
  min = MAX (min, max - most_decades);
  if (axis == PISD_AXIS_LEFT)
    {
      min = floor (min);
      max = MAX (ceil (max), min + 1.0);
    }
  else
    {
      min = log10 (pisd_ticks_round_down (pow (10.0, min)));
      max = log10 (pisd_ticks_round_up (pow (10.0, max)));
      max = MAX (max, min + log10 (5.0));
    }
  scale->low = min;
  scale->high = max;
}

static void
place_legend (PisdCurvesLayout *layout, const PisdCurves *curves)
{
  double scale = layout->legend_scale;
  PisdTextStyle style = { .size = type_size * scale };
  double x = layout->plot.x;

  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    {
      g_autofree char *title = NULL;
      double width;

      layout->legend[c] = (PisdBox){ 0 };
      if (!curves->present[c])
        continue;
      title = pisd_curves_dup_title (curves, c);
      width = (swatch_width + 5.0) * scale + pisd_text_get_width (&style, title);
      layout->legend[c] = (PisdBox){ x, layout->legend_y - 0.5 * legend_height * scale, width,
                                     legend_height * scale };
      layout->legend_end = x + width;
      x += width + entry_gap * scale;
    }
}

/* In smaller type where it would be cut at `right`. */
static void
fit_legend (PisdCurvesLayout *layout, const PisdCurves *curves, double right)
{
  const double room = right - layout->plot.x;

  layout->legend_scale = layout->scale;
  place_legend (layout, curves);
  if (layout->legend_end <= right)
    return;
  layout->legend_scale *= MAX (room / (layout->legend_end - layout->plot.x), least_legend);
  place_legend (layout, curves);
}

/* Scales of steps and values along the plot. */
static void
set_scales (PisdCurvesLayout *layout, const PisdCurves *curves)
{
  const PisdBox *plot = &layout->plot;

  layout->steps = (PisdScale){ FALSE, 0.0, curves->n_steps, plot->x, plot->x + plot->width };
  for (guint axis = 0; axis < PISD_N_AXES; axis++)
    {
      layout->axes[axis] = (PisdScale){ TRUE, 0.0, 0.0, plot->y + plot->height, plot->y };
      choose_ends (&layout->axes[axis], curves, (PisdAxis) axis);
    }
}

static void
set_plot (PisdCurvesLayout *layout, double left, double top, double right, double bottom)
{
  PisdBox *plot = &layout->plot;

  plot->x = round (left);
  plot->y = round (top);
  plot->width = MAX (floor (right) - plot->x, 1.0);
  plot->height = MAX (floor (bottom) - plot->y, 1.0);
}

void
pisd_curves_layout_init (PisdCurvesLayout *layout,
                         const PisdCurves *curves,
                         const PisdBox *box,
                         double gap,
                         double type)
{
  double scale, bottom;

  g_return_if_fail (layout != NULL && curves != NULL && box != NULL && type > 0.0);

  scale = type * CLAMP (sqrt (MIN (box->height / 190.0, box->width / 700.0)), 0.85, 1.5);
  bottom = floor (box->y + box->height - footer_height * scale - gap);
  *layout = (PisdCurvesLayout){ .scale = scale };
  set_plot (layout, box->x + left_margin * scale, box->y + header_height * scale,
            box->x + box->width - right_margin * scale, bottom);
  layout->labels_y = bottom + gap + 0.52 * footer_height * scale;
  layout->legend_y = box->y + 0.4 * header_height * scale;
  layout->legend_end = layout->plot.x;
  layout->header_end = layout->plot.x + layout->plot.width;
  fit_legend (layout, curves, box->x + box->width);
  set_scales (layout, curves);
}

void
pisd_curves_layout_init_slim (PisdCurvesLayout *layout,
                              const PisdCurves *curves,
                              const PisdBox *box,
                              double gap,
                              double type,
                              double tail)
{
  double right;

  g_return_if_fail (layout != NULL && curves != NULL && box != NULL && type > 0.0);

  right = box->x + box->width - slim_margin;
  *layout = (PisdCurvesLayout){ .scale = type };
  set_plot (layout, box->x + slim_margin, box->y + slim_top, right - tail,
            box->y + box->height - gap);
  layout->legend_y = box->y + 0.5 * box->height;
  layout->legend_end = layout->plot.x + layout->plot.width;
  layout->header_end = right;
  set_scales (layout, curves);
}

double
pisd_curves_layout_get_x (const PisdCurvesLayout *layout, guint step)
{
  return pisd_scale_get_place (&layout->steps, step);
}

guint
pisd_curves_layout_get_step (const PisdCurvesLayout *layout, double x)
{
  return (guint) round (pisd_scale_get_value (&layout->steps, x));
}
