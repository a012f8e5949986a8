/* A curve with one value at every x, painted pixel by pixel: what a stroke of cairo's would show,
 * at a small part of its cost where points are closer than pixels. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

typedef struct _PisdTrace PisdTrace;

/* Everything is in the pixels of an image surface; columns x0 .. x0 + n_columns - 1, rows y0 .. y1
 * - 1. */
PisdTrace *pisd_trace_new (int x0, int n_columns, int y0, int y1);
void pisd_trace_free (PisdTrace *trace); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrace, pisd_trace_free)

void pisd_trace_clear (PisdTrace *trace);
/* x must not decrease between two calls. */
void pisd_trace_move_to (PisdTrace *trace, double x, double y);
void pisd_trace_line_to (PisdTrace *trace, double x, double y);
/* Paints the curve `width` pixels thick; dashes of `on` and `off` pixels (off = 0: solid).
 * `surface`: an image of format RGB24 or ARGB32. */
void pisd_trace_paint (const PisdTrace *trace,
                       cairo_surface_t *surface,
                       const PisdInk *ink,
                       double width,
                       double on,
                       double off);

G_END_DECLS
