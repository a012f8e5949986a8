/* A sensor as a row of text: one cell a column.
 *
 * Columns  field, x, y, t, value, sd, in the order in which rows are written
 * Fields   those of the equation; where they are frames of one whole also the whole's name, and t
 *          says which of them is meant, whatever the name
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

/* For any number of cells between these two: a sensor of which nothing is said yet, and what its
 * field, time and place come to when all is said.  An edge of a periodic field is its first node
 * again. */
void pisd_sensor_begin (PisdSensor *sensor);
void pisd_sensor_settle (PisdSensor *sensor, PisdProblemId problem);
gboolean pisd_sensor_set_cell (PisdSensor *sensor,
                               PisdProblemId problem,
                               const PisdSensorColumn *column,
                               const char *text,
                               GError **error);
/* The same of a cell that is a number; of a field it is a PisdFieldId. */
gboolean pisd_sensor_set_number (PisdSensor *sensor,
                                 PisdProblemId problem,
                                 const PisdSensorColumn *column,
                                 double number,
                                 GError **error);
/* "field,x,y,t,value,sd", numbers as pisd_sensor_set_cell() reads them back bit for bit. */
void pisd_sensor_append_row (const PisdSensor *sensor, GString *text);
/* The inverse of pisd_sensor_append_row(). */
gboolean pisd_sensor_set_row (PisdSensor *sensor,
                              PisdProblemId problem,
                              const char *text,
                              GError **error);

G_END_DECLS
