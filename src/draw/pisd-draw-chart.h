/* The kit of every chart: scales, axes with their numbers, frames, lines and markers.
 *
 * Units: places and sizes are in user units of the Cairo context; values on a logarithmic scale
 *        are given by their log10. */
#pragma once

#include "pisd-draw-ticks.h"
#include "pisd-draw.h"

G_BEGIN_DECLS

/* Values along one direction of a picture. */
typedef struct
{
  gboolean logarithmic;
  double low, high;  /* values at the two ends; equal where the scale carries nothing */
  double start, end; /* places of low and of high; `end` may be the smaller one */
} PisdScale;

gboolean pisd_scale_is_used (const PisdScale *scale);
/* The place of a value, kept between the ends; the middle of a scale that carries nothing. */
double pisd_scale_get_place (const PisdScale *scale, double value);
/* The value at a place, kept between the ends. */
double pisd_scale_get_value (const PisdScale *scale, double place);
/* As many numbers as fit `spacing` apart, at least `least` and at most `most`. */
guint pisd_scale_count_numbers (const PisdScale *scale, double spacing, guint least, guint most);

/* Which side of the chart's box an axis stands on. */
typedef enum
{
  PISD_SIDE_LEFT,
  PISD_SIDE_RIGHT,
  PISD_SIDE_BOTTOM
} PisdSide;

typedef struct
{
  PisdSide side;
  const PisdScale *scale;
  guint n_most;     /* numbers */
  double type_size; /* of the numbers */
  double gap;       /* from the box to the numbers; below the box: to their middle */
  double tick;      /* length of the ticks outside the box; 0: lines across it */
  gboolean framed;  /* no line where the frame of the box already is */
  char *(*dup_label) (
      double number); /* markup of a number (not of its log10); NULL: leave it out */
} PisdChartAxis;

/* Draws nothing where the scale carries nothing. */
void pisd_draw_axis (cairo_t *cr,
                     const PisdBox *box,
                     const PisdPalette *palette,
                     const PisdChartAxis *axis);

/* Markup of a number as %g has it, and with a percent sign, where tiny and huge ones are powers of
 * ten. */
char *pisd_label_dup_plain (double number);
char *pisd_label_dup_percent (double number);

/* A line one unit wide just inside the box. */
void pisd_draw_frame (cairo_t *cr, const PisdBox *box, const PisdPalette *palette);

typedef struct
{
  PisdInk ink;
  double width;
  double on, off; /* of dashes; off = 0: a solid line */
} PisdLine;

void pisd_line_apply (const PisdLine *line, cairo_t *cr);
void pisd_draw_segment (cairo_t *cr,
                        const PisdLine *line,
                        double x0,
                        double y0,
                        double x1,
                        double y1);
/* A horizontal or vertical line of the current source, one unit wide, on whole units. */
void pisd_draw_rule (cairo_t *cr, double x0, double y0, double x1, double y1);
/* Through points [n]; a NaN in y breaks the line.  `rim`: width by which a lighter line of the
 * background shows on either side, which keeps crossing curves apart; 0: none. */
void pisd_draw_polyline (cairo_t *cr,
                         const PisdLine *line,
                         double rim,
                         const PisdPalette *palette,
                         guint n,
                         const double *x,
                         const double *y);
/* A filled circle.  `rim`: width of the background's line around its middle; 0: none. */
void pisd_draw_marker (cairo_t *cr,
                       double x,
                       double y,
                       double radius,
                       double rim,
                       const PisdPalette *palette,
                       const PisdInk *ink);

G_END_DECLS
