/* A cell of the table of sensors: a text that a double click, Enter or F2 makes an entry; Enter and
 * leaving it take what was typed, Esc does not.
 *
 * Signals: "edited" (char *text)    something else was typed
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-sensor-item.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SENSOR_CELL (explorer_sensor_cell_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSensorCell, explorer_sensor_cell, EXPLORER, SENSOR_CELL, GtkWidget)

GtkWidget *explorer_sensor_cell_new (guint column);
guint explorer_sensor_cell_get_column (ExplorerSensorCell *self);
/* NULL: of none. */
void explorer_sensor_cell_set_item (ExplorerSensorCell *self, ExplorerSensorItem *item);
ExplorerSensorItem *explorer_sensor_cell_get_item (ExplorerSensorCell *self);
const char *explorer_sensor_cell_get_text (ExplorerSensorCell *self);

G_END_DECLS
