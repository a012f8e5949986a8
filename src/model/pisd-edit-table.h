/* Edits of a scenario's sensors as rows of a table, each all or nothing: on an error the scenario
 * is as it was.  Values are taken as they are, and the truth stays.
 *
 * Rows:   indices of sensors, ascending, none twice.
 * Errors: those of pisd_sensor_set_cell() and pisd_sensors_load_csv(), PISD_ERROR_LIMIT (too many).
 */
#pragma once

#include "pisd-scenario.h"
#include "pisd-sensor-row.h"

G_BEGIN_DECLS

/* One cell of a sensor becomes what the text says. */
gboolean pisd_edit_set_cell (PisdScenario *scenario,
                             guint row,
                             const PisdSensorColumn *column,
                             const char *text,
                             GError **error);
void pisd_edit_remove_rows (PisdScenario *scenario, guint n, const guint *rows);
/* Other sensors take the place of these, or come behind all where there are none of these. */
gboolean pisd_edit_paste_rows (PisdScenario *scenario,
                               guint n,
                               const guint *rows,
                               const PisdSensors *pasted,
                               GError **error);

/* Rows as a spreadsheet takes them: tabs, a header, and that decimal point. */
char *pisd_edit_dup_rows (const PisdSensors *sensors, guint n, const guint *rows, char decimal);
/* What a spreadsheet gives, with any separator of pisd-csv.h; `name` stands for the file in
 * messages, which have line and column. */
PisdSensors *pisd_edit_read_rows (PisdProblemId problem,
                                  const char *name,
                                  const char *text,
                                  GError **error);

G_END_DECLS
