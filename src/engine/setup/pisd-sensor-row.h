/* A sensor as a row of text: one cell a column.
 *
 * Columns  field, x, y, t, value, sd, in the order in which rows are written
 * Numbers  in the C locale; x, y and t one rounding step outside 0 to 1 are taken for the edge
 * Errors   PISD_ERROR_FORMAT, RANGE, UNKNOWN: column, got, expected; the sensor stays untouched
 */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

#define PISD_N_SENSOR_COLUMNS 6
/* For a message. */
#define PISD_SENSOR_COLUMN_LIST "field, x, y, value, t, sd"

typedef struct _PisdSensorColumn PisdSensorColumn;

const PisdSensorColumn *pisd_sensor_get_column (guint index);
const PisdSensorColumn *pisd_sensor_find_column (const char *name); /* NULL if there is none */
const char *pisd_sensor_column_get_name (const PisdSensorColumn *column);
/* Whether a table of sensors cannot do without it. */
gboolean pisd_sensor_column_is_required (const PisdSensorColumn *column);

gboolean pisd_sensor_set_cell (PisdSensor *sensor,
                               PisdProblemId problem,
                               const PisdSensorColumn *column,
                               const char *text,
                               GError **error);
/* "field,x,y,t,value,sd", numbers as pisd_sensor_set_cell() reads them back bit for bit. */
void pisd_sensor_append_row (const PisdSensor *sensor, GString *text);
/* The inverse of pisd_sensor_append_row(). */
gboolean pisd_sensor_set_row (PisdSensor *sensor,
                              PisdProblemId problem,
                              const char *text,
                              GError **error);

G_END_DECLS
