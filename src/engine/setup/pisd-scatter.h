/* Sensors placed on nodes of the grid, one by one or at random.
 *
 * Units   node (i, j) = (row, column) lies at y = i/127, x = j/127
 */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

/* A sensor on node (i, j); its reading is that of the instance, 0 without one. */
PisdSensor pisd_sensor_at_node (const PisdInstance *instance,
                                PisdFieldId field,
                                guint i,
                                guint j,
                                double sd);
/* Adds `n` sensors of one field on distinct random nodes, noise as in pisd_sensors_measure().
 * FALSE, nothing added, if they do not fit. */
gboolean pisd_sensors_scatter (PisdSensors *sensors,
                               const PisdInstance *instance,
                               PisdFieldId field,
                               guint n,
                               double sd,
                               guint64 seed);

G_END_DECLS
