/* Sensors placed on nodes of the grid, one by one or at random.
 *
 * Units   node (i, j) = (row, column) lies at pisd_field_info_get_node() of i and j
 */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

/* A sensor on node (i, j) of a frame; its reading is that of the instance, 0 without one. */
PisdSensor pisd_sensor_at_node (const PisdInstance *instance,
                                const PisdFieldInfo *info,
                                guint frame,
                                guint i,
                                guint j,
                                double sd);
/* Adds `n` sensors of one frame on distinct random nodes, noise as in pisd_sensors_measure().
 * FALSE, nothing added, if they do not fit. */
gboolean pisd_sensors_scatter_on (PisdSensors *sensors,
                                  const PisdInstance *instance,
                                  const PisdFieldInfo *info,
                                  guint frame,
                                  guint n,
                                  double sd,
                                  guint64 seed);
/* The same on the frame that a sensor of that field is on where nothing is said of its time. */
gboolean pisd_sensors_scatter (PisdSensors *sensors,
                               const PisdInstance *instance,
                               PisdFieldId field,
                               guint n,
                               double sd,
                               guint64 seed);

G_END_DECLS
