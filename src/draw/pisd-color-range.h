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

const char *pisd_range_mode_get_name (PisdRangeMode mode);

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

G_END_DECLS
