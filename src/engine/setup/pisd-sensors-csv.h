/* Tables of sensors as CSV files.
 *
 * Columns  field, x, y, value; optionally t (else its field's time) and sd (else 0); in
 *          any order; a first column without a name (row numbers) and empty cells at the end of
 *          a row say nothing
 * Dialect  as pisd-csv.h reads them: comma, semicolon, tab, decimal comma, UTF-8, UTF-16
 * Errors   PISD_ERROR_IO, FORMAT, RANGE, UNKNOWN, LIMIT: file, line, column, got, expected; it is
 *          refused as a whole, and more than PISD_MAX_SENSORS rows without reading on
 */
#pragma once

#include "pisd-input.h"
#include "pisd-sensors.h"

G_BEGIN_DECLS

PisdSensors *pisd_sensors_load_csv (PisdProblemId problem, const char *path, GError **error);
PisdSensors *pisd_sensors_load_csv_from (PisdProblemId problem, PisdInput *input, GError **error);
/* Whether the first row looks like the header of such a table, complete or not. */
gboolean pisd_sensors_csv_recognise (PisdInput *input);
/* Writes what pisd_sensors_load_csv() reads back bit for bit, atomically. */
gboolean pisd_sensors_save_csv (const PisdSensors *sensors, const char *path, GError **error);

G_END_DECLS
