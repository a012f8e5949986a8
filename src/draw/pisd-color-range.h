/* How a view's colour range follows its data. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_RANGE_GROW,       /* widens with the data, never shrinks within a run */
  PISD_RANGE_FIXED,      /* the given range: one value, one colour, everywhere */
  PISD_RANGE_STEP,       /* of this step alone */
  PISD_RANGE_PERCENTILE, /* 2nd to 98th percentile of this step */
  PISD_RANGE_SYMMETRIC,  /* of this step, symmetric about 0 */
  PISD_N_RANGES
} PisdRangeMode;

typedef struct
{
  double min, max;
  gboolean valid; /* FALSE: nothing seen yet */
} PisdColorRange;

/* Updates `range` for showing `field` in that mode (FIXED leaves it as it is, if valid).  With
 * `diverging` every mode but FIXED is made symmetric about 0, so that neutral stays at 0. */
void pisd_color_range_update (PisdColorRange *range,
                              PisdRangeMode mode,
                              gboolean diverging,
                              const PisdField *field);

/* The end of a range, symmetric about 0, that a truth shares with estimates of it, from the largest
 * magnitudes of both: the larger one, but at most `headroom` times the truth's, beyond which an
 * estimate is lost and must not grey the rest.  A truth that is flat, or nothing beside what is
 * shown, has no say. */
double pisd_color_limit (double truth, double shown, double headroom);

/* A range symmetric about 0 of a field's own values, -1 to 1 where there is nothing else. */
void pisd_color_get_symmetric (const PisdField *field, double *min, double *max);

G_END_DECLS
