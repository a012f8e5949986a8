#include "pisd-draw-trace.h"

#include <math.h>

/* What the curve covers of one column of pixels. */
typedef struct
{
  double low, high; /* rows; low > high: nothing */
  gboolean bent; /* a vertex lies inside: low and high are extremes, not the two ends of a line */
} Span;

struct _PisdTrace
{
  int x0, n_columns;
  int y0, y1;
  double x, y; /* pen */
  Span *spans; /* [n_columns] */
};

PisdTrace *
pisd_trace_new (int x0, int n_columns, int y0, int y1)
{
  PisdTrace *trace;

  g_return_val_if_fail (n_columns > 0 && y1 >= y0, NULL);

  trace = g_new0 (PisdTrace, 1);
  trace->x0 = x0;
  trace->n_columns = n_columns;
  trace->y0 = y0;
  trace->y1 = y1;
  trace->spans = g_new (Span, (gsize) n_columns);
  pisd_trace_clear (trace);
  return trace;
}

void
pisd_trace_free (PisdTrace *trace)
{
  if (trace == NULL)
    return;
  g_free (trace->spans);
  g_free (trace);
}

void
pisd_trace_clear (PisdTrace *trace)
{
  g_return_if_fail (trace != NULL);

  for (int k = 0; k < trace->n_columns; k++)
    trace->spans[k] = (Span){ G_MAXDOUBLE, -G_MAXDOUBLE, FALSE };
}

void
pisd_trace_move_to (PisdTrace *trace, double x, double y)
{
  trace->x = x;
  trace->y = y;
}

static void
extend (PisdTrace *trace, int column, double ya, double yb)
{
  Span *span = &trace->spans[column];

  span->bent = span->bent || span->high >= span->low;
  span->low = MIN (span->low, MIN (ya, yb));
  span->high = MAX (span->high, MAX (ya, yb));
}

void
pisd_trace_line_to (PisdTrace *trace, double x, double y)
{
  double slope = x > trace->x ? (y - trace->y) / (x - trace->x) : 0.0;
  int first = (int) floor (trace->x) - trace->x0;
  int last = (int) floor (x) - trace->x0;

  if (x - trace->x0 == last && last > first)
    last--; /* ends on the border between two columns */
  for (int k = MAX (first, 0); k <= MIN (last, trace->n_columns - 1); k++)
    {
      double xa = MAX (trace->x, (double) (trace->x0 + k));
      double xb = MIN (x, (double) (trace->x0 + k + 1));

      extend (trace, k, k == first ? trace->y : trace->y + slope * (xa - trace->x),
              k == last ? y : trace->y + slope * (xb - trace->x));
    }
  trace->x = x;
  trace->y = y;
}

/* Share of row [r, r + 1] that the span covers.  A straight piece of height s, half as thick as h
 * across its direction, covers h sqrt (1 + s^2) on either side of its middle and fades out over s
 * rows. */
static double
get_coverage (const Span *span, int r, double half)
{
  double middle = 0.5 * (span->low + span->high);
  double height = span->high - span->low;
  double reach = half * sqrt (1.0 + height * height);
  double inside;

  if (span->bent)
    inside = MIN (r + 1.0, span->high + half) - MAX ((double) r, span->low - half);
  else
    inside = (reach - fabs (r + 0.5 - middle)) / MAX (height, 1.0) + 0.5;
  return CLAMP (inside, 0.0, 1.0);
}

/* Ink over a premultiplied pixel. */
static guint32
blend (guint32 below, const PisdInk *ink, double coverage)
{
  double alpha = ink->a * coverage;
  double over[4] = { ink->b * alpha, ink->g * alpha, ink->r * alpha, alpha };
  guint32 mixed = 0;

  for (guint k = 0; k < 4; k++)
    {
      double channel = ((below >> (8 * k)) & 255) * (1.0 - alpha) + 255.0 * over[k];

      mixed |= (guint32) (channel + 0.5) << (8 * k);
    }
  return mixed;
}

static void
paint_column (const PisdTrace *trace,
              int column,
              guint8 *data,
              int stride,
              const PisdInk *ink,
              double half)
{
  const Span *span = &trace->spans[column];
  double reach = half * sqrt (1.0 + (span->high - span->low) * (span->high - span->low)) + 1.0;
  int first, last;

  if (span->high < span->low)
    return;
  if (span->bent)
    reach = half + 1.0;
  first = MAX (trace->y0, (int) floor (span->low - reach));
  last = MIN (trace->y1 - 1, (int) ceil (span->high + reach));
  for (int r = first; r <= last; r++)
    {
      guint32 *pixel = (guint32 *) (gpointer) (data + (gssize) r * stride) + trace->x0 + column;
      double coverage = get_coverage (span, r, half);

      if (coverage > 0.0)
        *pixel = blend (*pixel, ink, coverage);
    }
}

void
pisd_trace_paint (const PisdTrace *trace,
                  cairo_surface_t *surface,
                  const PisdInk *ink,
                  double width,
                  double on,
                  double off)
{
  guint8 *data;
  int stride;

  g_return_if_fail (trace != NULL && surface != NULL && ink != NULL);
  g_return_if_fail (trace->x0 >= 0
                    && trace->x0 + trace->n_columns <= cairo_image_surface_get_width (surface));
  g_return_if_fail (trace->y0 >= 0 && trace->y1 <= cairo_image_surface_get_height (surface));

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int k = 0; k < trace->n_columns; k++)
    if (off <= 0.0 || fmod (k, on + off) < on)
      paint_column (trace, k, data, stride, ink, 0.5 * width);
  cairo_surface_mark_dirty (surface);
}
