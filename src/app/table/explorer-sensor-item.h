/* A sensor as a row of a list.
 *
 * Signals: "changed" ()    it is another one
 * Threads: main thread only. */
#pragma once

#include <glib-object.h>

#include "pisd-sensors.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SENSOR_ITEM (explorer_sensor_item_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSensorItem, explorer_sensor_item, EXPLORER, SENSOR_ITEM, GObject)

ExplorerSensorItem *explorer_sensor_item_new (guint index, const PisdSensor *sensor);
guint explorer_sensor_item_get_index (ExplorerSensorItem *self);
const PisdSensor *explorer_sensor_item_get_sensor (ExplorerSensorItem *self);
void explorer_sensor_item_set_sensor (ExplorerSensorItem *self, const PisdSensor *sensor);
/* A number of a column behind the first, and the order of two sensors in any column. */
double explorer_sensor_get_number (const PisdSensor *sensor, guint column);
int explorer_sensor_compare (const PisdSensor *a, const PisdSensor *b, guint column);
/* A cell as it is shown: short; and as it is edited: bit for bit. */
char *explorer_sensor_dup_cell (const PisdSensor *sensor, guint column, gboolean brief);

G_END_DECLS
