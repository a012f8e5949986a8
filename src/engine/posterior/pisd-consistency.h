/* Whether readings, equation and prior can all be true: readings of what the equation fixes,
 * readings that no field of the prior could give, and the scale of all of them together. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* Further away than this many standard deviations of the prior a reading is named. */
#define PISD_CONSISTENCY_EXTREME 1e6
/* Where the flow moves draws further than this, root mean square in the prior's standard
 * deviations, their spread may be too small. */
#define PISD_CONSISTENCY_BENT 0.13
/* An estimate whose latent has a larger root mean square, 1 on average, is beyond what the
 * prior can be. */
#define PISD_CONSISTENCY_BEYOND 10.0

typedef enum
{
  PISD_SCALE_FITS,
  PISD_SCALE_TOO_SMALL, /* the readings are calmer than the prior: its spread is too large */
  /* the readings contradict the prior, or each other: its spread is too small */
  PISD_SCALE_TOO_LARGE
} PisdReadingsScale;

typedef struct
{
  guint n_silent; /* readings on a boundary where the equation fixes the value: they say nothing */
  guint n_wrong;  /* of these, those that contradict that value, which is 0 ... */
  guint first_wrong;   /* ... and the sensor that does so first */
  guint n_extreme;     /* readings beyond PISD_CONSISTENCY_EXTREME ... */
  guint first_extreme; /* ... and the first of them, so many deviations away */
  double deviations;
  double ratio; /* of the readings' scale to the prior's, 1 on average; NaN: nothing is read */
  PisdReadingsScale scale;
  /* Of a flow's later readings, as pisd_conditioning_judge() says; 0 else. */
  gboolean is_cut; /* the flow that they ask for is too fast to be followed on the finest grids */
  double misfit;   /* of the estimate's flow from them, in standard deviations of their noise */
  double bend;     /* how far the flow moves draws, in the prior's standard deviations; 0 too where
                      nothing was drawn */
} PisdConsistency;

/* What to think of n readings that are `ratio` times as large as the prior, all of it at once, lets
 * them be. */
PisdReadingsScale pisd_consistency_judge (double ratio, guint n);
/* `factors`: those of these sensors; with a factor of G the ratio is sqrt (y' G^-1 y / n), all
 * of the prior at once.  NULL, or without one: each reading is compared with its own field
 * alone, and only a gross mismatch is told.  FALSE: cancelled, `consistency` as it was.
 * `representation`: NULL is fine where there are factors. */
gboolean pisd_consistency_check (const PisdRepresentation *representation,
                                 const PisdSensors *sensors,
                                 const PisdFactors *factors,
                                 PisdCancel *cancel,
                                 PisdConsistency *consistency);
/* FALSE where a reading is so large that squares of what it leads to are no numbers.
 * Errors: PISD_ERROR_RANGE, which names sensor and reading. */
gboolean pisd_consistency_allow (const PisdSensors *sensors, GError **error);
/* The same of readings of a flow's later frames, which are squared themselves. */
gboolean pisd_consistency_allow_later (PisdProblemId problem,
                                       const PisdSensors *sensors,
                                       GError **error);

G_END_DECLS
