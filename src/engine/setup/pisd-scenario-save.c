#include "pisd-scenario-save.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-save.h"
#include "pisd-scenario-keys.h"
#include "pisd-sensor-row.h"
#include "pisd-scenario-reading.h"
#include "pisd-scenario-weights.h"
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

/* The truth beside a scenario.  Two files cannot change at once: the scenario that is replaced
 * keeps its own truth until the new one is there, which has the other one of two names. */
static const char *const endings[] = { "-truth.npz", "-truth-2.npz" };

typedef struct
{
  char *before; /* what the scenario that is replaced names; NULL: nothing */
  char *path;   /* NULL: the new one has none beside it */
  gboolean is_new;
} Beside;

static void
beside_clear (Beside *beside)
{
  g_free (beside->before);
  g_free (beside->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Beside, beside_clear)

/* NAME.scenario -> NAME-truth.npz */
static char *
dup_truth_path (const char *path, guint k)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *truth = NULL;
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  truth = g_strconcat (name, endings[k], NULL);
  return g_build_filename (directory, truth, NULL);
}

/* Whether its truth is a file that this program wrote beside the scenario at `path`. */
static gboolean
is_beside (const PisdScenario *scenario, const char *path)
{
  gboolean is_one = FALSE;

  if (path == NULL || pisd_instance_get_reading (scenario->instance) != NULL)
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (endings); k++)
    {
      g_autofree char *truth = dup_truth_path (path, k);
      g_autofree char *same = dup_relative_path (truth, path);
      g_autofree char *own = dup_relative_path (scenario->truth_path, path);

      is_one |= g_str_equal (own, same);
    }
  return is_one;
}

/* Which of the two names the file at `path` has as its truth, as a path; NULL: neither. */
static char *
dup_truth_before (const char *path)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *raw = NULL;
  g_autofree char *file = NULL;

  if (!g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  raw = g_key_file_get_value (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_FILE, NULL);
  if (raw == NULL || g_str_has_suffix (raw, "\\")) /* neither name ends so */
    return NULL;
  file = g_key_file_get_string (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_FILE, NULL);
  for (guint k = 0; file != NULL && k < G_N_ELEMENTS (endings); k++)
    {
      g_autofree char *truth = dup_truth_path (path, k);
      g_autofree char *relative = dup_relative_path (truth, path);

      if (g_str_equal (file, relative))
        return g_steal_pointer (&truth);
    }
  return NULL;
}

static gboolean
holds (const char *path, const PisdInstance *truth)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
  g_autoptr (PisdInstance) there =
      input != NULL ? pisd_instance_new_from_npz (pisd_instance_get_equation (truth), input, NULL)
                    : NULL;

  return there != NULL && pisd_instance_equal (there, truth);
}

/* Writes it, unless it is what the scenario names already. */
static gboolean
write_beside (Beside *beside, const PisdInstance *truth, const char *path, GError **error)
{
  g_autofree char *first = dup_truth_path (path, 0);

  if (beside->before != NULL && holds (beside->before, truth))
    {
      beside->path = g_strdup (beside->before);
      return TRUE;
    }
  beside->is_new = TRUE;
  beside->path = dup_truth_path (path, g_strcmp0 (beside->before, first) == 0);
  return pisd_instance_save_npz (truth, beside->path, error);
}

/* Of old and new the one that is of no use any more. */
static void
tidy (const Beside *beside, gboolean is_saved)
{
  if (!is_saved && beside->is_new)
    g_unlink (beside->path);
  if (is_saved && beside->before != NULL && g_strcmp0 (beside->before, beside->path) != 0)
    g_unlink (beside->before);
}

static gboolean
store_truth (GKeyFile *keys,
             const PisdScenario *scenario,
             const char *path,
             Beside *beside,
             GError **error)
{
  switch (pisd_truth_get_kind (scenario))
    {
    case PISD_TRUTH_RANDOM:
      return TRUE;
    case PISD_TRUTH_FILE:
      if (!is_beside (scenario, path))
        return pisd_scenario_store_reading (keys, pisd_instance_get_reading (scenario->instance),
                                            error)
               && store_truth_file (keys, scenario->truth_path, path, error);
      G_GNUC_FALLTHROUGH; /* it may have gone with a scenario that was saved since */
    case PISD_TRUTH_DRAWN:
      beside->before = dup_truth_before (path);
      return write_beside (beside, scenario->instance, path, error)
             && store_truth_file (keys, beside->path, path, error);
    default:
      g_key_file_set_boolean (keys, PISD_SCENARIO_TRUTH, PISD_SCENARIO_KNOWN, FALSE);
      return TRUE;
    }
}

/* `path`: of the file that it is for; NULL: none. */
static gboolean
store_prior (GKeyFile *keys, const PisdScenario *scenario, const char *path, GError **error)
{
  g_autofree char *hash = pisd_scenario_dup_weights_hash (scenario);

  if (scenario->socket_name != NULL)
    g_key_file_set_string (keys, PISD_SCENARIO_PRIOR, PISD_SCENARIO_SOCKET, scenario->socket_name);
  if (hash != NULL)
    g_key_file_set_string (keys, PISD_SCENARIO_PRIOR, PISD_SCENARIO_HASH, hash);
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
  if (!store_prior (keys, scenario, NULL, error))
    return NULL;
  store_sensors (keys, scenario->sensors);
  return g_key_file_to_data (keys, size, NULL);
}

static gboolean
save (GKeyFile *keys,
      const PisdScenario *scenario,
      const char *path,
      Beside *beside,
      GError **error)
{
  g_autofree char *text = NULL;
  gsize size;

  store_settings (keys, &scenario->settings);
  if (!store_truth (keys, scenario, path, beside, error)
      || !store_prior (keys, scenario, path, error))
    return FALSE;
  store_sensors (keys, scenario->sensors);
  text = g_key_file_to_data (keys, &size, NULL);
  return pisd_save_bytes (path, text, size, error);
}

gboolean
pisd_scenario_save (const PisdScenario *scenario, const char *path, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_auto (Beside) beside = { NULL };
  gboolean is_saved;

  g_return_val_if_fail (scenario != NULL && path != NULL, FALSE);

  is_saved = save (keys, scenario, path, &beside, error);
  tidy (&beside, is_saved);
  return is_saved;
}
