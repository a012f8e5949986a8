/* Sensors as the arrays of a file: NPZ, NumPy, MATLAB, HDF5.
 *
 * Shapes  one of these, the first that is there:
 *           `sensors` [N, 6]: field, x, y, t, value, sd, as results have it
 *           `x`, `y`, `value` [N] and optionally `t`, `sd`, `field`; [N, 1] and [1, N] are [N]
 *           arrays that are called as the fields, [N, 3 to 5]: x, y, value, then t, then sd
 *           one array [N, 3 to 6] of any name: as a field's, or as `sensors`
 *         a field is a number, a 0, u 1, w 2; where there is none it is the equation's first
 * Units   as those of CSV tables (pisd-sensor-row.h)
 * Errors  PISD_ERROR_IO, FORMAT, SHAPE, RANGE, UNKNOWN, LIMIT: file, row (the first is 1), column,
 *         got, expected; it is refused as a whole */
#pragma once

#include "pisd-arrays.h"
#include "pisd-sensors.h"

G_BEGIN_DECLS

/* Whether its arrays are sensors, good ones or not, and no fields beside them. */
gboolean pisd_sensors_arrays_recognise (PisdInput *input);
PisdSensors *pisd_sensors_load_arrays_from (PisdProblemId problem,
                                            PisdInput *input,
                                            GError **error);
/* Arrays or a CSV table. */
PisdSensors *pisd_sensors_load_from (PisdProblemId problem, PisdInput *input, GError **error);

G_END_DECLS
