/* A window with the table of the sensors: sorted by any column, edited cell by cell, rows deleted,
 * copied to and pasted from a spreadsheet; the sensors of the chosen rows are marked on the panes.
 *
 * Pasted rows take the place of the chosen ones, or come behind all where none is chosen.
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-gauge.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SENSOR_TABLE (explorer_sensor_table_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSensorTable, explorer_sensor_table, EXPLORER, SENSOR_TABLE, AdwWindow)

GtkWidget *explorer_sensor_table_new (GtkApplication *application,
                                      ExplorerSession *session,
                                      ExplorerGauge *gauge);

/* For tests. */
GtkColumnView *explorer_sensor_table_get_view (ExplorerSensorTable *self);
const char *explorer_sensor_table_get_last_toast (ExplorerSensorTable *self);

G_END_DECLS
