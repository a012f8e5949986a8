#include "pisd-draw-lines.h"
#include "pisd-draw-trace.h"

#include <math.h>

/* Steps closer than this many units are drawn pixel by pixel. */
static const double trace_spacing = 3.0;

/* How a curve is drawn: with cairo (and everywhere but in images), or pixel by pixel. */
typedef struct
{
  cairo_t *cr;
  PisdTrace *trace;          /* NULL: with cairo */
  double pixel;              /* size of a device pixel in user units */
  double origin_x, origin_y; /* of the user's coordinates, in device pixels */
} Pen;

static void
pen_go (const Pen *pen, gboolean drawing, double x, double y)
{
  if (pen->trace == NULL)
    (drawing ? cairo_line_to : cairo_move_to) (pen->cr, x, y);
  else
    (drawing ? pisd_trace_line_to : pisd_trace_move_to) (pen->trace, pen->origin_x + x / pen->pixel,
                                                         pen->origin_y + y / pen->pixel);
}

/* Extremes of a curve within one column, a device pixel wide. */
typedef struct
{
  double x, low, high;
  gboolean any;
} Column;

static void
flush_column (const Pen *pen, Column *column, double *y, gboolean *drawing)
{
  gboolean low_first;

  if (!column->any)
    return;
  /* go first to the end nearer to where the pen is: fewer crossings, a truer line */
  low_first = !*drawing || fabs (column->low - *y) < fabs (column->high - *y);
  pen_go (pen, *drawing, column->x, low_first ? column->low : column->high);
  *drawing = TRUE;
  *y = low_first ? column->high : column->low;
  if (column->high > column->low)
    pen_go (pen, TRUE, column->x, *y);
  column->any = FALSE;
}

static void
column_add (Column *column, double x, double y)
{
  column->x = column->any ? column->x : x;
  column->low = column->any ? MIN (column->low, y) : y;
  column->high = column->any ? MAX (column->high, y) : y;
  column->any = TRUE;
}

/* Steps not yet known are bridged; a known step without a value (NaN, zero) breaks the line. */
static void
trace_curve (const Pen *pen, const PisdCurvesLayout *layout, const PisdCurves *curves, PisdCurve c)
{
  const PisdScale *scale = &layout->axes[pisd_curve_get_axis (c)];
  double dx = layout->plot.width / curves->n_steps;
  double column_end = -G_MAXDOUBLE;
  Column column = { 0 };
  gboolean drawing = FALSE;
  double y = 0.0;

  for (int step = 0; step <= curves->last; step++)
    {
      double value = curves->logs[c][step];
      double x = layout->plot.x + step * dx;

      if (isnan (value))
        {
          if (!curves->known[step])
            continue;
          flush_column (pen, &column, &y, &drawing);
          drawing = FALSE;
          continue;
        }
      if (x >= column_end)
        {
          flush_column (pen, &column, &y, &drawing);
          column_end = x + pen->pixel;
        }
      column_add (&column, x, pisd_scale_get_place (scale, value));
    }
  flush_column (pen, &column, &y, &drawing);
}

/* Drawing pixel by pixel needs pixels, square ones, and pays where steps are close. */
static PisdTrace *
create_trace (cairo_t *cr, const PisdBox *plot, guint n_steps, Pen *pen)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  double x_scale, y_scale;
  double x = 0.0;
  double y = 0.0;
  double dx = 1.0;
  double dy = 1.0;
  int left, right, top, bottom;

  cairo_surface_get_device_scale (surface, &x_scale, &y_scale);
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device_distance (cr, &dx, &dy);
  pen->pixel = 1.0 / fabs (dx * x_scale);
  pen->origin_x = x * x_scale;
  pen->origin_y = y * y_scale;
  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE || dx <= 0.0
      || fabs (dx * x_scale - dy * y_scale) > 1e-6 * dx || plot->width / n_steps > trace_spacing)
    return NULL;
  left = MAX ((int) floor (pen->origin_x + plot->x / pen->pixel), 0);
  right = (int) ceil (pen->origin_x + (plot->x + plot->width) / pen->pixel) + 1;
  top = MAX ((int) floor (pen->origin_y + plot->y / pen->pixel) - 1, 0);
  bottom = (int) ceil (pen->origin_y + (plot->y + plot->height) / pen->pixel) + 1;
  right = MIN (right, cairo_image_surface_get_width (surface));
  bottom = MIN (bottom, cairo_image_surface_get_height (surface));
  return right > left && bottom > top ? pisd_trace_new (left, right - left, top, bottom) : NULL;
}

static void
draw_curve (const Pen *pen,
            const PisdCurvesLayout *layout,
            const PisdPalette *palette,
            const PisdCurves *curves,
            PisdCurve c)
{
  PisdLine line = pisd_curve_get_line (c, palette, layout->scale);

  if (pen->trace != NULL)
    {
      pisd_trace_clear (pen->trace);
      trace_curve (pen, layout, curves, c);
      pisd_trace_paint (pen->trace, cairo_get_target (pen->cr), &line.ink, line.width / pen->pixel,
                        line.on / pen->pixel, line.off / pen->pixel);
      return;
    }
  cairo_new_path (pen->cr);
  trace_curve (pen, layout, curves, c);
  pisd_line_apply (&line, pen->cr);
  cairo_stroke (pen->cr);
}

void
pisd_draw_curve_lines (cairo_t *cr,
                       const PisdCurvesLayout *layout,
                       const PisdPalette *palette,
                       const PisdCurves *curves)
{
  const PisdBox *plot = &layout->plot;
  Pen pen = { .cr = cr };

  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && curves != NULL);

  if (curves->n_steps == 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, plot->x - 2.0, plot->y - 2.0, plot->width + 4.0, plot->height + 4.0);
  cairo_clip (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  pen.trace = create_trace (cr, plot, curves->n_steps, &pen);
  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    if (!curves->hidden[c] && curves->present[c])
      draw_curve (&pen, layout, palette, curves, c);
  pisd_trace_free (pen.trace);
  cairo_restore (cr);
}
