/* What laying out a chart and drawing it share. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-draw-text.h"

G_BEGIN_DECLS

/* Measures at scale 1: beside the plot, and of an entry of the legend. */
#define PISD_GRAPH_RIGHT_MARGIN 14.0
#define PISD_GRAPH_SWATCH 18.0
#define PISD_GRAPH_SWATCH_GAP 5.0

/* Where the next entry of the legend goes. */
typedef struct
{
  double x, y; /* left end of the swatch, middle */
  double start, end;
} PisdLegendRow;

/* Not kept between the ends of the scale: what lies beyond them is clipped.  NaN: none. */
double pisd_graph_get_place (const PisdGraphAxis *axis, const PisdScale *scale, double number);
/* palette: NULL for measuring. */
PisdTextStyle pisd_graph_get_legend_style (const PisdGraphLayout *layout,
                                           const PisdPalette *palette);
/* The title of entry k of the legend, the flags' after those of the series; NULL: it has none. */
const char *pisd_graph_get_entry (const PisdGraph *graph, guint k);
/* The left end of an entry: in another row where this one is full. */
void pisd_graph_place_entry (const PisdGraphLayout *layout,
                             const char *title,
                             PisdLegendRow *row,
                             double *x);

G_END_DECLS
