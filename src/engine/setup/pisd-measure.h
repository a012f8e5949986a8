/* Readings of a known instance at the places of sensors, with noise.
 *
 * Formula  value = f (x, y) + sd n; f is the frame nearest to t: what is stored at a node, and
 *          between nodes the spectral interpolant of the frame on the grid; n ~ N(0, 1) has the
 *          address (seed, READING, field, i) for the i-th sensor of that field
 */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

/* Reads every value anew.  Sensors in a field that the instance does not have keep theirs. */
void pisd_sensors_measure (PisdSensors *sensors, const PisdInstance *instance, guint64 seed);

G_END_DECLS
