/* Chart of the values at pinned nodes against the step of a run, or against physical time, each
 * with its number and colour, the truth beside it, and at the end of the run the exact posterior's
 * density.
 *
 * Shapes:  arrays [n_pins, n] but for mean and sd [n_pins]; NULL: not known. */
#pragma once

#include "pisd-draw-graph.h"

G_BEGIN_DECLS

#define PISD_PINS_MOST 5

typedef struct
{
  guint n_pins, n;
  gboolean of_time;        /* x is a time, else a step */
  const double *x;         /* [n] */
  const double *y, *truth; /* what is not known yet is NaN */
  const double *low, *high;
  const double *mean, *sd; /* of the density right of the last step */
  double last;             /* step */
  double mark;             /* the place that is shown; NaN: none */
  const char *axis;        /* below it */
  const char *symbol;      /* of the field, above the numbers */
  const char *note;        /* where nothing can be drawn */
} PisdPinsChart;

/* The colour of a pin. */
const PisdInk *pisd_pins_get_ink (const PisdPalette *palette, guint pin);
/* The chart where x is NaN, else the numbers at that place over it. */
void pisd_draw_pins (cairo_t *cr,
                     const PisdBox *box,
                     const PisdPalette *palette,
                     const PisdPinsChart *chart,
                     double type,
                     double x);

G_END_DECLS
