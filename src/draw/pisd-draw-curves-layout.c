/* Where the parts of the curves' plot lie, and how far its axes reach. */
#include "pisd-draw-curves.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <math.h>

/* Left axis: whole decades, and no more of them below the top than can be told apart. */
static const double most_decades = 14.0;

/* Measures at scale 1. */
static const double left_margin = 50.0;
static const double right_margin = 52.0;
static const double header_height = 28.0;
static const double footer_height = 19.0;
static const double legend_height = 20.0;
static const double swatch_width = 16.0;
static const double entry_gap = 15.0;
static const double type_size = 11.5;

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
  double scale = layout->scale;
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

void
pisd_curves_layout_init (PisdCurvesLayout *layout,
                         const PisdCurves *curves,
                         const PisdBox *box,
                         double gap)
{
  PisdBox *plot = &layout->plot;
  double scale, right, bottom;

  g_return_if_fail (layout != NULL && curves != NULL && box != NULL);

  scale = CLAMP (sqrt (MIN (box->height / 190.0, box->width / 700.0)), 0.85, 1.5);
  layout->scale = scale;
  plot->x = round (box->x + left_margin * scale);
  plot->y = round (box->y + header_height * scale);
  right = floor (box->x + box->width - right_margin * scale);
  bottom = floor (box->y + box->height - footer_height * scale - gap);
  plot->width = MAX (right - plot->x, 1.0);
  plot->height = MAX (bottom - plot->y, 1.0);
  layout->labels_y = bottom + gap + 0.52 * footer_height * scale;
  layout->legend_y = box->y + 0.4 * header_height * scale;
  layout->legend_end = plot->x;
  place_legend (layout, curves);
  layout->steps = (PisdScale){ FALSE, 0.0, curves->n_steps, plot->x, plot->x + plot->width };
  for (guint axis = 0; axis < PISD_N_AXES; axis++)
    {
      layout->axes[axis] = (PisdScale){ TRUE, 0.0, 0.0, plot->y + plot->height, plot->y };
      choose_ends (&layout->axes[axis], curves, (PisdAxis) axis);
    }
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
