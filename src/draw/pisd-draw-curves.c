#include "pisd-draw-curves.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* One row a curve: what it is called, which axis it belongs to, the colour in the palette. */
static const struct
{
  const char *title;
  PisdAxis axis;
  gsize ink;
} infos[PISD_N_CURVES] = {
  [PISD_CURVE_LOSS_A] = { N_ ("loss a"), PISD_AXIS_LEFT, G_STRUCT_OFFSET (PisdPalette, term[0]) },
  [PISD_CURVE_LOSS_U] = { N_ ("loss u"), PISD_AXIS_LEFT, G_STRUCT_OFFSET (PisdPalette, term[1]) },
  [PISD_CURVE_LOSS_PDE] = { N_ ("loss PDE"), PISD_AXIS_LEFT,
                            G_STRUCT_OFFSET (PisdPalette, term[2]) },
  [PISD_CURVE_SIGMA] = { N_ ("σ"), PISD_AXIS_LEFT, G_STRUCT_OFFSET (PisdPalette, sigma) },
  [PISD_CURVE_ERROR_A] = { N_ ("error a"), PISD_AXIS_RIGHT,
                           G_STRUCT_OFFSET (PisdPalette, error[0]) },
  [PISD_CURVE_ERROR_U] = { N_ ("error u"), PISD_AXIS_RIGHT,
                           G_STRUCT_OFFSET (PisdPalette, error[1]) },
};

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

const char *
pisd_curve_get_title (PisdCurve curve)
{
  g_return_val_if_fail ((guint) curve < PISD_N_CURVES, NULL);

  return _ (infos[curve].title);
}

PisdAxis
pisd_curve_get_axis (PisdCurve curve)
{
  g_return_val_if_fail ((guint) curve < PISD_N_CURVES, PISD_AXIS_LEFT);

  return infos[curve].axis;
}

const PisdInk *
pisd_curve_get_ink (PisdCurve curve, const PisdPalette *palette)
{
  g_return_val_if_fail ((guint) curve < PISD_N_CURVES && palette != NULL, NULL);

  return (const PisdInk *) G_STRUCT_MEMBER_P (palette, infos[curve].ink);
}

PisdCurves *
pisd_curves_new (void)
{
  PisdCurves *curves = g_new0 (PisdCurves, 1);

  curves->last = -1;
  return curves;
}

static void
clear_arrays (PisdCurves *curves)
{
  g_clear_pointer (&curves->known, g_free);
  g_clear_pointer (&curves->marked, g_free);
  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      g_clear_pointer (&curves->values[c], g_free);
      g_clear_pointer (&curves->logs[c], g_free);
      curves->present[c] = FALSE;
    }
}

void
pisd_curves_free (PisdCurves *curves)
{
  if (curves == NULL)
    return;
  clear_arrays (curves);
  g_free (curves);
}

static double *
new_unknown (gsize n)
{
  double *array = g_new (double, n);

  for (gsize k = 0; k < n; k++)
    array[k] = NAN;
  return array;
}

void
pisd_curves_start (PisdCurves *curves, guint n_steps)
{
  gsize n = (gsize) n_steps + 1;

  g_return_if_fail (curves != NULL);

  clear_arrays (curves);
  curves->n_steps = n_steps;
  curves->n_known = 0;
  curves->last = -1;
  curves->known = g_new0 (guint8, n);
  curves->marked = g_new0 (guint8, n);
  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      curves->values[c] = new_unknown (n);
      curves->logs[c] = new_unknown (n);
    }
}

static double
get_frame_value (const PisdFrame *frame, PisdCurve curve)
{
  switch (curve)
    {
    case PISD_CURVE_LOSS_A:
      return frame->losses[PISD_TERM_OBS_A];
    case PISD_CURVE_LOSS_U:
      return frame->losses[PISD_TERM_OBS_U];
    case PISD_CURVE_LOSS_PDE:
      return frame->losses[PISD_TERM_PDE];
    case PISD_CURVE_SIGMA:
      return frame->sigma;
    case PISD_CURVE_ERROR_A:
      return 100.0 * frame->errors[0];
    case PISD_CURVE_ERROR_U:
      return 100.0 * frame->errors[1];
    case PISD_N_CURVES:
    default:
      g_return_val_if_reached (NAN);
    }
}

static void
add_value (PisdCurves *curves, PisdCurve c, guint step, double value)
{
  double log_value;

  curves->values[c][step] = value;
  curves->logs[c][step] = NAN;
  if (!isfinite (value) || value <= 0.0)
    return;
  log_value = log10 (value);
  curves->logs[c][step] = log_value;
  curves->min[c] = curves->present[c] ? MIN (curves->min[c], log_value) : log_value;
  curves->max[c] = curves->present[c] ? MAX (curves->max[c], log_value) : log_value;
  curves->present[c] = TRUE;
}

void
pisd_curves_add_frame (PisdCurves *curves, const PisdFrame *frame)
{
  g_return_if_fail (curves != NULL && frame != NULL);
  g_return_if_fail (curves->known != NULL && frame->step <= curves->n_steps);

  for (guint c = 0; c < PISD_N_CURVES; c++)
    add_value (curves, (PisdCurve) c, frame->step, get_frame_value (frame, (PisdCurve) c));
  curves->known[frame->step] = TRUE;
  curves->marked[frame->step] = frame->parameters_changed != FALSE;
  curves->last = MAX (curves->last, (int) frame->step);
  while (curves->n_known <= curves->n_steps && curves->known[curves->n_known])
    curves->n_known++;
}

/* Extremes of an axis' visible curves; FALSE if it has none. */
static gboolean
get_extremes (const PisdCurves *curves, PisdAxis axis, double *min, double *max)
{
  gboolean found = FALSE;

  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      if (infos[c].axis != axis || curves->hidden[c] || !curves->present[c])
        continue;
      *min = found ? MIN (*min, curves->min[c]) : curves->min[c];
      *max = found ? MAX (*max, curves->max[c]) : curves->max[c];
      found = TRUE;
    }
  return found;
}

/* Rounded outwards, so that a live axis moves rarely: decades for losses, 1-2-5 for errors. */
static void
choose_ends (PisdCurvesLayout *layout, const PisdCurves *curves, PisdAxis axis)
{
  double min = 0.0;
  double max = 0.0;

  layout->bottom[axis] = layout->top[axis] = 0.0;
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
  layout->bottom[axis] = min;
  layout->top[axis] = max;
}

static void
place_legend (PisdCurvesLayout *layout, const PisdCurves *curves)
{
  double scale = layout->scale;
  PisdTextStyle style = { .size = type_size * scale };
  double x = layout->plot.x;

  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      double width;

      layout->legend[c] = (PisdBox){ 0 };
      if (!curves->present[c])
        continue;
      width = (swatch_width + 5.0) * scale
              + pisd_text_get_width (&style, pisd_curve_get_title ((PisdCurve) c));
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
  double scale, right, bottom;

  g_return_if_fail (layout != NULL && curves != NULL && box != NULL);

  scale = CLAMP (sqrt (MIN (box->height / 190.0, box->width / 700.0)), 0.85, 1.5);
  layout->scale = scale;
  layout->plot.x = round (box->x + left_margin * scale);
  layout->plot.y = round (box->y + header_height * scale);
  right = floor (box->x + box->width - right_margin * scale);
  bottom = floor (box->y + box->height - footer_height * scale - gap);
  layout->plot.width = MAX (right - layout->plot.x, 1.0);
  layout->plot.height = MAX (bottom - layout->plot.y, 1.0);
  layout->labels_y = bottom + gap + 0.52 * footer_height * scale;
  layout->legend_y = box->y + 0.4 * header_height * scale;
  layout->legend_end = layout->plot.x;
  place_legend (layout, curves);
  choose_ends (layout, curves, PISD_AXIS_LEFT);
  choose_ends (layout, curves, PISD_AXIS_RIGHT);
}

double
pisd_curves_layout_get_x (const PisdCurvesLayout *layout, const PisdCurves *curves, guint step)
{
  return layout->plot.x + layout->plot.width * step / MAX (curves->n_steps, 1);
}

guint
pisd_curves_layout_get_step (const PisdCurvesLayout *layout, const PisdCurves *curves, double x)
{
  double step = round ((x - layout->plot.x) / layout->plot.width * curves->n_steps);

  return (guint) CLAMP (step, 0.0, (double) curves->n_steps);
}

double
pisd_curves_layout_get_y (const PisdCurvesLayout *layout, PisdAxis axis, double value)
{
  double span = layout->top[axis] - layout->bottom[axis];
  double fraction = span > 0.0 ? (value - layout->bottom[axis]) / span : 0.5;

  return layout->plot.y + (1.0 - CLAMP (fraction, 0.0, 1.0)) * layout->plot.height;
}
