/* Chart of one node: the samples' histogram, and beside it what the exact Gaussian posterior would
 * have of as many samples, with lines at the truth and at the estimate; or of the standardised
 * errors of many nodes beside the unit Gaussian. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-marginal.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdMarginal *marginal; /* NULL: there is only the note */
  const char *place;            /* below the axis: "a at x 0.31, y 0.62" */
  const char *note;             /* why there is nothing to show */
  const char *missing;          /* why the Gaussian is not beside it; NULL: it is, or no words */
  const char *counted;          /* in the legend; NULL: "16 samples" */
  const char *gaussian;         /* likewise; NULL: "exact Gaussian" */
} PisdMarginalChart;

void pisd_draw_marginal (cairo_t *cr,
                         const PisdBox *box,
                         const PisdPalette *palette,
                         const PisdMarginalChart *chart,
                         double type);
/* Over the chart: the numbers at a place under the pointer. */
void pisd_draw_marginal_readout (cairo_t *cr,
                                 const PisdBox *box,
                                 const PisdPalette *palette,
                                 const PisdMarginalChart *chart,
                                 double type,
                                 double x);

G_END_DECLS
