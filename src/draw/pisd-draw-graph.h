/* A chart of a few curves over one axis, each with its entry in a legend above the plot.
 *
 * Units: user units of the Cairo context; measures of series are those at scale 1. */
#pragma once

#include "pisd-draw-chart.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;        /* in the legend; NULL: no entry */
  guint n;                  /* points */
  const double *x, *y;      /* [n] what is not finite breaks the line; y NULL: a band alone */
  const double *low, *high; /* [n] a band around it; NULL: none */
  PisdLine line;
  double marker;     /* radius of a dot at every point; 0: none */
  gboolean is_guide; /* no read-out tells of it */
} PisdSeries;

typedef struct
{
  const char *title; /* of x NULL: none */
  gboolean logarithmic;
  double low, high;    /* equal: as the series need them */
  double most_decades; /* of a logarithmic axis, counted from its top */
  char *(*dup_label) (double number);
  char *(*dup_value) (double number); /* markup for a read-out; NULL: the chart has none */
} PisdGraphAxis;

typedef struct
{
  PisdGraphAxis x, y;
  guint n_series;
  const PisdSeries *series; /* [n_series] */
  double mark;              /* a place on the x axis with a line of its own; NaN: none */
  guint n_flags;            /* places on the x axis with a small triangle */
  const double *flags;      /* [n_flags] */
  const char *flag_title;   /* in the legend; NULL: no entry */
  const char *note;         /* where nothing can be drawn */
} PisdGraph;

typedef struct
{
  double scale; /* of type and spacing */
  PisdBox plot;
  gboolean is_low;   /* too low for a title below its numbers, and for a second row of the legend */
  PisdScale x, y;    /* of log10 where the axis is logarithmic; unused where there is nothing */
  double legend_y;   /* middle of its first row */
  double legend_row; /* height of one */
} PisdGraphLayout;

/* type: what the reader's type is larger than usual by. */
void pisd_graph_layout_init (PisdGraphLayout *layout,
                             const PisdGraph *graph,
                             const PisdBox *box,
                             double type);
/* The index of the point nearest to a place; -1: none. */
int pisd_graph_find_point (const PisdGraphLayout *layout,
                           const PisdGraph *graph,
                           const PisdSeries *series,
                           double x);
void pisd_draw_graph (cairo_t *cr,
                      const PisdGraphLayout *layout,
                      const PisdPalette *palette,
                      const PisdGraph *graph);
/* A card with every curve's number at the point that is nearest to x, beside a line there; inside
 * the box.  Nothing where x is beside the plot. */
void pisd_draw_graph_readout (cairo_t *cr,
                              const PisdBox *box,
                              const PisdGraphLayout *layout,
                              const PisdPalette *palette,
                              const PisdGraph *graph,
                              double x);
/* Either of them, in a box of its own: the chart where x is NaN, else what is over it at x.
 * type: as above. */
void pisd_draw_graph_at (cairo_t *cr,
                         const PisdBox *box,
                         const PisdPalette *palette,
                         const PisdGraph *graph,
                         double type,
                         double x);

G_END_DECLS
