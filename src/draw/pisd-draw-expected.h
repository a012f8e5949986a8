/* The chart of the error that more sensors leave: placed where they help most, at random, or on a
 * grid.
 *
 * Units: user units of the Cairo context. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_sensors; /* there are, ... */
  double left;     /* ... and what they leave of the variance, which is 1 under the prior */
  guint n;
  /* [n] what 1, 2, ... more leave, NaN where there is no such number of them; NULL: not known */
  const double *best, *random, *grid;
} PisdExpected;

/* type: what the reader's type is larger than usual by. */
void pisd_draw_expected (cairo_t *cr,
                         const PisdBox *box,
                         const PisdPalette *palette,
                         const PisdExpected *expected,
                         double type);
/* A card with the numbers at x. */
void pisd_draw_expected_readout (cairo_t *cr,
                                 const PisdBox *box,
                                 const PisdPalette *palette,
                                 const PisdExpected *expected,
                                 double type,
                                 double x);

G_END_DECLS
