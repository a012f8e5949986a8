/* What stands along a straight line across a field: truth, estimate, a band of two standard
 * deviations, and the sensors near the line.
 *
 * Between the nodes fields are bilinear,
 *
 *   f (y, x) = sum over the four nodes around of f_ij (1 - |y/h - i|) (1 - |x/h - j|)
 *
 * so that a line along a row or a column of nodes has exactly their values; a periodic field goes
 * on behind its last node with its first one.
 *
 * Units:   places and distances in units of the square's side.
 * Threads: immutable. */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

typedef struct
{
  double x0, y0, x1, y1; /* in [0, 1] */
} PisdSegment;

/* Of one field with all its frames; NULL: not known. */
typedef struct
{
  const PisdField *truth, *estimate;
  const PisdField *mean, *sd; /* the band is mean - 2 sd to mean + 2 sd */
} PisdProfileFields;

typedef struct
{
  guint n;                  /* places, twice as many as the line passes nodes */
  double *distance;         /* [n] from the line's beginning */
  double *truth, *estimate; /* [n]; NULL: not known; likewise below */
  double *low, *high;       /* [n] */
  guint n_sensors;          /* at most a node's distance and a half beside the line */
  double *sensor_distance;  /* [n_sensors] ascending */
  double *sensor_value;     /* [n_sensors] */
} PisdProfile;

/* Sensors: those of that frame are looked at; NULL: there are none. */
PisdProfile *pisd_profile_new (const PisdFieldInfo *info,
                               guint frame,
                               const PisdSegment *segment,
                               const PisdProfileFields *fields,
                               const PisdSensors *sensors);
void pisd_profile_free (PisdProfile *profile); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdProfile, pisd_profile_free)

G_END_DECLS
