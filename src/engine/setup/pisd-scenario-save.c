#include "pisd-scenario-save.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-save.h"
#include "pisd-scenario-keys.h"
#include "pisd-sensor-row.h"
#include "pisd-scenario-reading.h"
#include "pisd-truth.h"

static void
store_settings (GKeyFile *keys, const PisdSettings *settings)
{
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (settings, &infos[i]);

      g_key_file_set_string (keys, PISD_SCENARIO_SETTINGS, infos[i].key, text);
    }
}

static void
store_sensors (GKeyFile *keys, const PisdSensors *sensors)
{
  g_autoptr (GString) rows = g_string_new ("");

  if (sensors->n == 0)
    return;
  for (guint i = 0; i < sensors->n; i++)
    {
      pisd_sensor_append_row (&sensors->items[i], rows);
      g_string_append_c (rows, ';');
    }
  g_key_file_set_string (keys, PISD_SCENARIO_SENSORS, PISD_SCENARIO_ROWS, rows->str);
}

/* The path to write for a truth file: relative where it lies below the scenario. */
static char *
dup_relative_path (const char *truth_path, const char *path)
{
  g_autofree char *truth = g_canonicalize_filename (truth_path, NULL);
  g_autofree char *scenario = g_canonicalize_filename (path, NULL);
  g_autofree char *directory = g_path_get_dirname (scenario);
  gsize n = strlen (directory);

  if (g_str_has_prefix (truth, directory) && truth[n] == G_DIR_SEPARATOR)
    return g_strdup (truth + n + 1);
  return g_steal_pointer (&truth);
}

/* NAME.scenario -> NAME-truth.npz */
static char *
dup_truth_path (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *truth = NULL;
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  truth = g_strconcat (name, "-truth.npz", NULL);
  return g_build_filename (directory, truth, NULL);
}

/* What the scenario does not hold itself, at that key. */
static gboolean
store_file (GKeyFile *keys,
            const char *group,
            const char *key,
            const char *file_path,
            const char *path,
            GError **error)
{
  g_autofree char *file = path != NULL ? dup_relative_path (file_path, path)
                                       : g_canonicalize_filename (file_path, NULL);

  if (!g_utf8_validate (file, -1, NULL))
    {
      g_autofree char *quoted = pisd_error_quote (file);
      g_autofree char *name = pisd_error_escape (path != NULL ? path : _ ("set-up"));

      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
                   _ ("%s: path in [%s]: got %s, expected a name in UTF-8"), name, group, quoted);
      return FALSE;
    }
  g_key_file_set_string (keys, group, key, file);
  return TRUE;
}

static gboolean
store_truth_file (GKeyFile *keys, const char *truth_path, const char *path, GError **error)
{
  return store_file (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_FILE, truth_path, path, error);
}

static gboolean
store_truth (GKeyFile *keys, const PisdScenario *scenario, const char *path, GError **error)
{
  g_autofree char *written = NULL;

  switch (pisd_truth_get_kind (scenario))
    {
    case PISD_TRUTH_RANDOM:
      return TRUE;
    case PISD_TRUTH_FILE:
      pisd_scenario_store_reading (keys, pisd_instance_get_reading (scenario->instance));
      return store_truth_file (keys, scenario->truth_path, path, error);
    case PISD_TRUTH_DRAWN:
      written = dup_truth_path (path);
      return pisd_instance_save_npz (scenario->instance, written, error)
             && store_truth_file (keys, written, path, error);
    default:
      g_key_file_set_boolean (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_KNOWN, FALSE);
      return TRUE;
    }
}

/* `path`: of the file that it is for; NULL: none. */
static gboolean
store_weights (GKeyFile *keys, const PisdScenario *scenario, const char *path, GError **error)
{
  return scenario->weights_path == NULL
         || store_file (keys, PISD_SCENARIO_PRIOR, PISD_SCENARIO_WEIGHTS, scenario->weights_path,
                        path, error);
}

char *
pisd_scenario_dup_text (const PisdScenario *scenario, gsize *size, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  g_return_val_if_fail (scenario != NULL && size != NULL, NULL);

  store_settings (keys, &scenario->settings);
  if (pisd_truth_get_kind (scenario) != PISD_TRUTH_RANDOM)
    g_key_file_set_boolean (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_KNOWN, FALSE);
  if (!store_weights (keys, scenario, NULL, error))
    return NULL;
  store_sensors (keys, scenario->sensors);
  return g_key_file_to_data (keys, size, NULL);
}

gboolean
pisd_scenario_save (const PisdScenario *scenario, const char *path, GError **error)
{
  g_autoptr (GKeyFile) keys = NULL;
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (scenario != NULL && path != NULL, FALSE);

  keys = g_key_file_new ();
  store_settings (keys, &scenario->settings);
  if (!store_truth (keys, scenario, path, error) || !store_weights (keys, scenario, path, error))
    return FALSE;
  store_sensors (keys, scenario->sensors);
  text = g_key_file_to_data (keys, &size, NULL);
  return pisd_save_bytes (path, text, size, error);
}
