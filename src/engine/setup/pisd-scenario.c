#include "pisd-scenario.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-save.h"
#include "pisd-truth.h"

#define GROUP_SETTINGS "scenario"
#define GROUP_TRUTH "truth"
#define GROUP_SENSORS "sensors"
#define KEY_FILE "file"
#define KEY_KNOWN "known"
#define KEY_ROWS "rows"

/* A full set of sensors with every number at its longest takes 3 MB. */
#define MAX_FILE (16 * 1024 * 1024)

PisdScenario *
pisd_scenario_new (void)
{
  PisdScenario *scenario = g_new0 (PisdScenario, 1);

  pisd_settings_init_default (&scenario->settings);
  scenario->sensors = pisd_sensors_new ();
  return scenario;
}

PisdScenario *
pisd_scenario_dup (const PisdScenario *scenario)
{
  PisdScenario *copy;

  g_return_val_if_fail (scenario != NULL, NULL);

  copy = g_new (PisdScenario, 1);
  copy->settings = scenario->settings;
  copy->sensors = pisd_sensors_dup (scenario->sensors);
  copy->instance = scenario->instance != NULL ? pisd_instance_ref (scenario->instance) : NULL;
  copy->truth_path = g_strdup (scenario->truth_path);
  return copy;
}

void
pisd_scenario_free (PisdScenario *scenario)
{
  if (scenario == NULL)
    return;

  pisd_sensors_free (scenario->sensors);
  pisd_instance_unref (scenario->instance);
  g_free (scenario->truth_path);
  g_free (scenario);
}

PisdTask
pisd_scenario_get_task (const PisdScenario *scenario)
{
  gboolean a, u;

  g_return_val_if_fail (scenario != NULL, PISD_TASK_FORWARD);

  a = pisd_sensors_count (scenario->sensors, PISD_FIELD_A) > 0;
  u = pisd_sensors_count (scenario->sensors, PISD_FIELD_U) > 0;
  if (a && u)
    return PISD_TASK_BOTH;
  return u ? PISD_TASK_INVERSE : PISD_TASK_FORWARD;
}

/* A scenario file being read into a scenario that nobody else sees yet. */
typedef struct
{
  const char *path;
  GKeyFile *keys;
  PisdScenario *scenario;
} Loader;

static gboolean
fail (const Loader *loader,
      const char *what,
      const char *got,
      const char *expected,
      PisdError code,
      GError **error)
{
  g_autofree char *quoted = pisd_error_quote (got);

  g_set_error (error, PISD_ERROR, code, "%s: %s: got %s, expected %s", loader->path, what, quoted,
               expected);
  return FALSE;
}

/* The value of a key that is there, escapes resolved; NULL if it is not UTF-8 or has a false
 * escape. */
static char *
dup_value (const Loader *loader, const char *group, const char *key, GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *value = g_key_file_get_string (loader->keys, group, key, &reason);

  if (value == NULL)
    g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT, "%s: [%s] %s: %s", loader->path, group, key,
                 reason->message);
  return value;
}

static gboolean
load_setting (Loader *loader, const char *key, GError **error)
{
  g_autofree char *text = NULL;

  /* An unknown key is reported as that, whatever its value. */
  if (pisd_settings_find (key) != NULL)
    {
      text = dup_value (loader, GROUP_SETTINGS, key, error);
      if (text == NULL)
        return FALSE;
    }
  if (pisd_settings_set (&loader->scenario->settings, key, text != NULL ? text : "", error))
    return TRUE;

  g_prefix_error (error, "%s: [" GROUP_SETTINGS "] ", loader->path);
  return FALSE;
}

/* The instance that the settings describe. */
static gboolean
make_random_truth (Loader *loader, GError **error)
{
  if (pisd_truth_set_random (loader->scenario, error))
    return TRUE;
  g_prefix_error (error, "%s: ", loader->path);
  return FALSE;
}

static gboolean
load_truth_file (Loader *loader, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (loader->path);
  g_autofree char *file = dup_value (loader, GROUP_TRUTH, KEY_FILE, error);
  g_autofree char *path = NULL;

  if (file == NULL)
    return FALSE;
  if (file[0] == '\0')
    return fail (loader, "[" GROUP_TRUTH "] " KEY_FILE, file, "the path of an NPZ file",
                 PISD_ERROR_FORMAT, error);

  path = g_path_is_absolute (file) ? g_strdup (file) : g_build_filename (directory, file, NULL);
  if (pisd_truth_open (loader->scenario, path, error))
    return TRUE;
  g_prefix_error (error, "%s: [" GROUP_TRUTH "] " KEY_FILE ": ", loader->path);
  return FALSE;
}

/* known = true says nothing that its absence does not say. */
static gboolean
load_known (Loader *loader, gboolean *known, GError **error)
{
  g_autofree char *text = dup_value (loader, GROUP_TRUTH, KEY_KNOWN, error);

  if (text == NULL)
    return FALSE;
  *known = g_str_equal (text, "true");
  if (!*known && !g_str_equal (text, "false"))
    return fail (loader, "[" GROUP_TRUTH "] " KEY_KNOWN, text, "true or false", PISD_ERROR_FORMAT,
                 error);
  return TRUE;
}

static gboolean
load_truth (Loader *loader, GError **error)
{
  gboolean has_file = g_key_file_has_key (loader->keys, GROUP_TRUTH, KEY_FILE, NULL);
  gboolean known = TRUE;

  if (g_key_file_has_key (loader->keys, GROUP_TRUTH, KEY_KNOWN, NULL)
      && !load_known (loader, &known, error))
    return FALSE;
  if (has_file && !known)
    return fail (loader, "[" GROUP_TRUTH "] " KEY_KNOWN, "false", "true beside a " KEY_FILE,
                 PISD_ERROR_FORMAT, error);

  if (has_file)
    return load_truth_file (loader, error);
  return known ? make_random_truth (loader, error) : TRUE;
}

static gboolean
add_row (Loader *loader, const char *row, guint number, GError **error)
{
  PisdSensors *sensors = loader->scenario->sensors;
  PisdSensor sensor;

  if (!pisd_sensor_set_row (&sensor, loader->scenario->settings.problem, row, error))
    {
      g_prefix_error (error, "%s: [" GROUP_SENSORS "] " KEY_ROWS ", sensor %u: ", loader->path,
                      number);
      return FALSE;
    }
  if (pisd_sensors_add (sensors, &sensor))
    return TRUE;

  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               "%s: [" GROUP_SENSORS "] " KEY_ROWS
               ": got more than %d sensors, expected at most %d",
               loader->path, PISD_MAX_SENSORS, PISD_MAX_SENSORS);
  return FALSE;
}

static gboolean
load_sensors (Loader *loader, GError **error)
{
  g_autofree char *rows = NULL;
  char *row, *next;
  guint number = 1;

  if (!g_key_file_has_key (loader->keys, GROUP_SENSORS, KEY_ROWS, NULL))
    return TRUE;
  rows = dup_value (loader, GROUP_SENSORS, KEY_ROWS, error);
  if (rows == NULL)
    return FALSE;

  /* The last row may end in a semicolon. */
  for (row = rows; *row != '\0'; row = next, number++)
    {
      next = strchr (row, ';');
      if (next != NULL)
        *next++ = '\0';
      else
        next = row + strlen (row);
      if (!add_row (loader, row, number, error))
        return FALSE;
    }
  return TRUE;
}

/* What a scenario file may hold; NULL keys: those of the settings. */
typedef struct
{
  const char *name;
  const char *const *keys;
} Group;

static const char *const truth_keys[] = { KEY_FILE, KEY_KNOWN, NULL };
static const char *const sensor_keys[] = { KEY_ROWS, NULL };

static const Group groups[] = {
  { GROUP_SETTINGS, NULL },
  { GROUP_TRUTH, truth_keys },
  { GROUP_SENSORS, sensor_keys },
};
#define GROUP_LIST GROUP_SETTINGS ", " GROUP_TRUTH " or " GROUP_SENSORS

static gboolean
check_key (const Loader *loader, const Group *group, const char *key, GError **error)
{
  g_autofree char *expected = NULL;
  g_autofree char *what = NULL;

  if (group->keys == NULL || g_strv_contains (group->keys, key))
    return TRUE;

  expected = g_strjoinv (" or ", (char **) group->keys);
  what = g_strdup_printf ("key in [%s]", group->name);
  return fail (loader, what, key, expected, PISD_ERROR_UNKNOWN, error);
}

static gboolean
check_group (const Loader *loader, const char *name, GError **error)
{
  const Group *group = groups;
  g_auto (GStrv) keys = NULL;

  while (group < groups + G_N_ELEMENTS (groups) && !g_str_equal (group->name, name))
    group++;
  if (group == groups + G_N_ELEMENTS (groups))
    return fail (loader, "group", name, GROUP_LIST, PISD_ERROR_UNKNOWN, error);

  keys = g_key_file_get_keys (loader->keys, name, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!check_key (loader, group, keys[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_groups (const Loader *loader, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_groups (loader->keys, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (!check_group (loader, names[i], error))
      return FALSE;
  if (!g_key_file_has_group (loader->keys, GROUP_SETTINGS))
    return fail (loader, "groups", names[0] != NULL ? names[0] : "", "a group [" GROUP_SETTINGS "]",
                 PISD_ERROR_FORMAT, error);
  return TRUE;
}

static gboolean
load_settings (Loader *loader, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (loader->keys, GROUP_SETTINGS, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!load_setting (loader, keys[i], error))
      return FALSE;
  if (pisd_settings_check (&loader->scenario->settings, error))
    return TRUE;

  g_prefix_error (error, "%s: [" GROUP_SETTINGS "] ", loader->path);
  return FALSE;
}

static gboolean
check_size (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && info.st_size > MAX_FILE)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
                   "%s: got %" G_GINT64_FORMAT " bytes, expected at most %d", path,
                   (gint64) info.st_size, MAX_FILE);
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_keys (Loader *loader, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!check_size (loader->path, error))
    return FALSE;

  /* With translations kept, `seed[de]` is seen and refused like any other unknown key. */
  if (g_key_file_load_from_file (loader->keys, loader->path, G_KEY_FILE_KEEP_TRANSLATIONS, &reason))
    return TRUE;

  g_set_error (error, PISD_ERROR,
               reason->domain == G_FILE_ERROR ? PISD_ERROR_IO : PISD_ERROR_FORMAT,
               "%s: cannot be read as a scenario: %s", loader->path, reason->message);
  return FALSE;
}

PisdScenario *
pisd_scenario_load (const char *path, GError **error)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (GKeyFile) keys = NULL;
  Loader loader;

  g_return_val_if_fail (path != NULL, NULL);

  scenario = pisd_scenario_new ();
  keys = g_key_file_new ();
  loader = (Loader){ path, keys, scenario };
  if (!load_keys (&loader, error) || !check_groups (&loader, error)
      || !load_settings (&loader, error) || !load_sensors (&loader, error)
      || !load_truth (&loader, error))
    return NULL;
  return g_steal_pointer (&scenario);
}

static void
store_settings (GKeyFile *keys, const PisdSettings *settings)
{
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (settings, &infos[i]);

      g_key_file_set_string (keys, GROUP_SETTINGS, infos[i].key, text);
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
  g_key_file_set_string (keys, GROUP_SENSORS, KEY_ROWS, rows->str);
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

static gboolean
store_truth_file (GKeyFile *keys, const char *truth_path, const char *path, GError **error)
{
  g_autofree char *file = dup_relative_path (truth_path, path);

  if (!g_utf8_validate (file, -1, NULL))
    {
      g_autofree char *quoted = pisd_error_quote (file);

      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
                   "%s: path of the truth: got %s, expected a name in UTF-8", path, quoted);
      return FALSE;
    }
  g_key_file_set_string (keys, GROUP_TRUTH, KEY_FILE, file);
  return TRUE;
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
      return store_truth_file (keys, scenario->truth_path, path, error);
    case PISD_TRUTH_DRAWN:
      written = dup_truth_path (path);
      return pisd_instance_save_npz (scenario->instance, written, error)
             && store_truth_file (keys, written, path, error);
    default:
      g_key_file_set_boolean (keys, GROUP_TRUTH, KEY_KNOWN, FALSE);
      return TRUE;
    }
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
  if (!store_truth (keys, scenario, path, error))
    return FALSE;
  store_sensors (keys, scenario->sensors);
  text = g_key_file_to_data (keys, &size, NULL);
  return pisd_save_bytes (path, text, size, error);
}
