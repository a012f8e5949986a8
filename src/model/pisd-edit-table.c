#include "pisd-edit-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-sensors-csv.h"

gboolean
pisd_edit_set_cell (PisdScenario *scenario,
                    guint row,
                    const PisdSensorColumn *column,
                    const char *text,
                    GError **error)
{
  PisdSensor sensor;

  g_return_val_if_fail (scenario != NULL && row < scenario->sensors->n, FALSE);

  sensor = scenario->sensors->items[row];
  if (!pisd_sensor_set_cell (&sensor, scenario->settings.problem, column, text, error))
    return FALSE;
  pisd_sensor_settle (&sensor, scenario->settings.problem);
  pisd_sensors_edit (scenario->sensors)[row] = sensor;
  return TRUE;
}

static void
replace (PisdScenario *scenario, PisdSensors *next)
{
  pisd_sensors_free (scenario->sensors);
  scenario->sensors = next;
}

/* All but the rows; `pasted` (NULL: nothing) stands where the first of them was. */
static PisdSensors *
new_without (const PisdSensors *sensors, guint n, const guint *rows, const PisdSensors *pasted)
{
  PisdSensors *next = pisd_sensors_new ();
  guint skipped = 0;

  for (guint k = 0; k <= sensors->n; k++)
    {
      const gboolean is_skipped = skipped < n && rows[skipped] == k;

      if (pasted != NULL && (n > 0 ? is_skipped && skipped == 0 : k == sensors->n))
        for (guint i = 0; i < pasted->n; i++)
          pisd_sensors_add (next, &pasted->items[i]);
      if (is_skipped)
        skipped++;
      else if (k < sensors->n)
        pisd_sensors_add (next, &sensors->items[k]);
    }
  return next;
}

void
pisd_edit_remove_rows (PisdScenario *scenario, guint n, const guint *rows)
{
  g_return_if_fail (scenario != NULL && (rows != NULL || n == 0));

  replace (scenario, new_without (scenario->sensors, n, rows, NULL));
}

gboolean
pisd_edit_paste_rows (PisdScenario *scenario,
                      guint n,
                      const guint *rows,
                      const PisdSensors *pasted,
                      GError **error)
{
  g_return_val_if_fail (scenario != NULL && (rows != NULL || n == 0) && pasted != NULL, FALSE);

  if (scenario->sensors->n - n + pasted->n > PISD_MAX_SENSORS)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
                   _ ("rows: got %u sensors with those that are there, expected at most %d"),
                   scenario->sensors->n - n + pasted->n, PISD_MAX_SENSORS);
      return FALSE;
    }
  replace (scenario, new_without (scenario->sensors, n, rows, pasted));
  return TRUE;
}

/* Text. */

static void
append_row (GString *text, const char *row, char decimal)
{
  for (const char *p = row; *p != '\0'; p++)
    g_string_append_c (text, *p == ',' ? '\t' : *p == '.' ? decimal : *p);
  g_string_append_c (text, '\n');
}

char *
pisd_edit_dup_rows (const PisdSensors *sensors, guint n, const guint *rows, char decimal)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GString) row = g_string_new (NULL);

  g_return_val_if_fail (sensors != NULL && (rows != NULL || n == 0), NULL);

  for (guint k = 0; k < PISD_N_SENSOR_COLUMNS; k++)
    g_string_append_printf (text, "%s%s", k > 0 ? "\t" : "",
                            pisd_sensor_column_get_name (pisd_sensor_get_column (k)));
  g_string_append_c (text, '\n');
  for (guint k = 0; k < n; k++)
    {
      g_string_truncate (row, 0);
      pisd_sensor_append_row (&sensors->items[rows[k]], row);
      append_row (text, row->str, decimal);
    }
  return g_string_free (text, FALSE);
}

PisdSensors *
pisd_edit_read_rows (PisdProblemId problem, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PisdInput) input = NULL;

  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  bytes = g_bytes_new (text, strlen (text));
  input = pisd_input_new_for_bytes (name, bytes);
  return pisd_sensors_load_csv_from (problem, input, error);
}
