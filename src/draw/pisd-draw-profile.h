/* Chart of what stands along a line across a field: truth, estimate, a band of two standard
 * deviations, and readings as dots. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-profile.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdProfile *profile; /* NULL: there is only the note */
  const char *symbol;         /* of the field, above the numbers */
  const char *note;           /* why there is nothing to show */
} PisdProfileChart;

/* The chart where x is NaN, else the numbers at that place over it. */
void pisd_draw_profile (cairo_t *cr,
                        const PisdBox *box,
                        const PisdPalette *palette,
                        const PisdProfileChart *chart,
                        double type,
                        double x);

G_END_DECLS
